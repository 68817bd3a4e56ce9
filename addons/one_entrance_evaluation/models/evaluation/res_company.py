from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """From how many answers on a municipality shows figures (S12)."""

    _inherit = "res.company"

    one_entrance_minimum_group = fields.Integer(
        string="Fewest Answers Shown",
        default=5,
        help="An evaluation shows no figure from fewer answers than this, nor from one contact leader alone, so that nobody "
        "can be told from it.",
    )

    @api.constrains("one_entrance_minimum_group")
    def _check_one_entrance_minimum_group(self):
        for company in self:
            if company.one_entrance_minimum_group < 2:
                raise ValidationError(
                    self.env._(
                        "%(company)s: an evaluation shows figures from 2 answers or more, so that nobody can be told from them.",
                        company=company.name,
                    )
                )
