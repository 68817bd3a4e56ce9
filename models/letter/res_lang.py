from odoo import api, models


class ResLang(models.Model):
    """A language that is taken into use gets the standard text of the official letter (S4)."""

    _inherit = "res.lang"

    @api.model_create_multi
    def create(self, vals_list):
        languages = super().create(vals_list)
        languages.filtered("active")._translate_one_entrance_letter_bodies()
        return languages

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self._translate_one_entrance_letter_bodies()
        return result

    def _translate_one_entrance_letter_bodies(self):
        """Translate the letters of all municipalities that are still the standard one."""
        if self:
            # sudo: the text belongs to the addon, whoever takes a language into use
            companies = self.env["res.company"].sudo().with_context(active_test=False).search([])
            companies._translate_one_entrance_letter_body(self.mapped("code"))
