from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """Within how many days an actor has its first answer is the municipality's to say (S9)."""

    _inherit = "res.company"

    one_entrance_inquiry_days = fields.Integer(
        string="Days to the First Answer",
        default=14,
        help="An inquiry should get its first answer within this many days.",
    )

    @api.constrains("one_entrance_inquiry_days")
    def _check_one_entrance_inquiry_days(self):
        for company in self:
            if not 1 <= company.one_entrance_inquiry_days <= 365:
                raise ValidationError(
                    self.env._("%(company)s: an inquiry has 1 to 365 days to its first answer.", company=company.name)
                )
