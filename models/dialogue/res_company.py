from odoo import fields, models


class ResCompany(models.Model):
    """How much earlier an actor with a new relation is due (S13)."""

    _inherit = "res.company"

    one_entrance_new_relation_factor = fields.Float(
        string="Interval of a New Relation",
        default=0.5,
        help="An actor with a new relation is due after this share of the agreed interval: 0.5 means twice as often, 1 means "
        "no earlier.",
    )

    _one_entrance_new_relation_factor_share = models.Constraint(
        "CHECK (one_entrance_new_relation_factor > 0 AND one_entrance_new_relation_factor <= 1)",
        "The interval of a new relation is a share of the agreed one, above 0 and at most 1.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "one_entrance_new_relation_factor" in vals:
            # sudo: a change of the setting moves every due date that follows from it
            actors = self.env["res.partner"].sudo().with_context(active_test=False)
            actors.search(
                [("one_entrance_company_id", "in", self.ids), ("one_entrance_relation", "=", "new")]
            )._push_one_entrance_due_dates()
        return result
