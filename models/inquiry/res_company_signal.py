from odoo import models

SETTINGS = ("one_entrance_signal_actors", "one_entrance_signal_months")


class ResCompany(models.Model):
    """How many actors make a signal, and within how many months, is the municipality's to say; open signals follow (S9)."""

    _inherit = "res.company"

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
