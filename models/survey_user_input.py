from odoo import fields, models


class SurveyUserInput(models.Model):
    """An interview of an evaluation: the answers of an actor, or of its contact leader, to the same questions (S12)."""

    _inherit = "survey.user_input"

    one_entrance_evaluation_id = fields.Many2one(
        "one.entrance.evaluation", string="Evaluation", ondelete="cascade", index="btree_not_null", readonly=True
    )
    one_entrance_actor_id = fields.Many2one(
        "res.partner", string="Actor", ondelete="restrict", index="btree_not_null", readonly=True
    )
    one_entrance_leader_id = fields.Many2one(
        "one.entrance.leader", string="Contact Leader", ondelete="restrict", index="btree_not_null", readonly=True
    )
    one_entrance_side = fields.Selection(
        [("actor", "Actor"), ("leader", "Contact Leader")], string="Side", readonly=True
    )
