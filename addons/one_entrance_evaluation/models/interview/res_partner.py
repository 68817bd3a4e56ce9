from odoo import api, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """What an actor has answered in an evaluation is part of its history (S12, house rule 8)."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_interviewed(self):
        # sudo: the history counts also where the user may not read it
        interview = self.env["survey.user_input"].sudo().search([("one_entrance_actor_id", "in", self.ids)], limit=1)
        if interview:
            raise ValidationError(
                self.env._(
                    "%(actor)s is interviewed in “%(evaluation)s”, and the interview would be lost. Archive the contact instead.",
                    actor=interview.one_entrance_actor_id.display_name,
                    evaluation=interview.one_entrance_evaluation_id.name,
                )
            )
