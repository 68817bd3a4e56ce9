from odoo import api, fields, models
from odoo.exceptions import ValidationError

SETTINGS = ("one_entrance_signal_actors", "one_entrance_signal_months")


class ResCompany(models.Model):
    """How many actors make a signal, and within how many months, is the municipality's to say; open signals follow (S9)."""

    _inherit = "res.company"

    one_entrance_signal_actors = fields.Integer(
        string="Actors That Make a Signal",
        default=3,
        help="When this many actors raise the same theme, the directorate gets a signal.",
    )
    one_entrance_signal_months = fields.Integer(
        string="Months of a Signal", default=6, help="The actors raise the theme within this many months."
    )

    @api.constrains("one_entrance_signal_actors", "one_entrance_signal_months")
    def _check_one_entrance_signal(self):
        for company in self:
            if company.one_entrance_signal_actors < 2 or not 1 <= company.one_entrance_signal_months <= 120:
                raise ValidationError(
                    self.env._(
                        "%(company)s: a signal takes 2 actors or more, within 1 to 120 months.", company=company.name
                    )
                )

    def write(self, vals):
        if vals.keys().isdisjoint(SETTINGS):
            return super().write(vals)
        before = {company: [company[name] for name in SETTINGS] for company in self}
        result = super().write(vals)
        changed = self.filtered(lambda company: before[company] != [company[name] for name in SETTINGS])
        # sudo: the setting holds for the themes that whoever changes it may not read, too
        themes = self.env["one.entrance.theme"].sudo().with_context(active_test=False).search([])
        self.env["one.entrance.signal"]._sync(themes, changed)
        return result
