from odoo import fields, models


class ResCompany(models.Model):
    """Within how many days an actor has its first answer is the municipality's to say (S9)."""

    _inherit = "res.company"

    one_entrance_inquiry_days = fields.Integer(
        string="Days to the First Answer",
        default=14,
        help="An inquiry should get its first answer within this many days.",
    )

    _one_entrance_inquiry_days_range = models.Constraint(
        "CHECK (one_entrance_inquiry_days BETWEEN 1 AND 365)", "An inquiry has 1 to 365 days to its first answer."
    )
