from odoo import fields, models


class ResCompany(models.Model):
    """How long a background sheet is valid, and how long before a meeting it is asked for (S8)."""

    _inherit = "res.company"

    one_entrance_sheet_validity = fields.Integer(
        string="Months a Sheet Is Valid",
        default=6,
        help="A background sheet is outdated this many months after it was made ready.",
    )
    one_entrance_preparation_days = fields.Integer(
        string="Days to Prepare a Meeting",
        default=14,
        help="This many days before a planned meeting the business consultant is asked to bring the sheet up to date.",
    )

    _one_entrance_sheet_validity_positive = models.Constraint(
        "CHECK (one_entrance_sheet_validity >= 1)", "The months that a background sheet is valid are 1 or more."
    )
    _one_entrance_preparation_days_not_negative = models.Constraint(
        "CHECK (one_entrance_preparation_days >= 0)", "The days to prepare a meeting are 0 or more."
    )
