from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    @api.constrains("one_entrance_sheet_validity")
    def _check_one_entrance_sheet_validity(self):
        for company in self:
            if company.one_entrance_sheet_validity < 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: the months between meetings and the months a sheet is valid are 1 or more.",
                        company=company.name,
                    )
                )

    @api.constrains("one_entrance_preparation_days")
    def _check_one_entrance_preparation_days(self):
        for company in self:
            if company.one_entrance_preparation_days < 0:
                raise ValidationError(
                    self.env._("%(company)s: the days to prepare a meeting are 0 or more.", company=company.name)
                )
