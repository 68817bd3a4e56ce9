from odoo import fields, models


class ResCompany(models.Model):
    """The interval that a municipality proposes when a dialogue plan is agreed (S6)."""

    _inherit = "res.company"

    one_entrance_interval = fields.Integer(
        string="Usual Months Between Meetings",
        default=6,
        help="Proposed when a dialogue plan is agreed. Changing it changes no plan that is agreed already.",
    )

    _one_entrance_interval_positive = models.Constraint(
        "CHECK (one_entrance_interval >= 1)", "The usual months between meetings are 1 or more."
    )
