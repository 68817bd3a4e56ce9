from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """The interval that a municipality proposes when a dialogue plan is agreed (S6)."""

    _inherit = "res.company"

    one_entrance_interval = fields.Integer(
        string="Usual Months Between Meetings",
        default=6,
        help="Proposed when a dialogue plan is agreed. Changing it changes no plan that is agreed already.",
    )

    @api.constrains("one_entrance_interval")
    def _check_one_entrance_interval(self):
        for company in self:
            if company.one_entrance_interval < 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: the months between meetings and the months a sheet is valid are 1 or more.",
                        company=company.name,
                    )
                )
