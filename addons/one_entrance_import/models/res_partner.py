from odoo import api, models


class ResPartner(models.Model):
    """The register is imported from a spreadsheet to fill in (S2)."""

    _name = "res.partner"
    _inherit = ["res.partner", "one.entrance.import.mixin"]

    @api.model
    def get_import_templates(self):
        """Offer the register's spreadsheet first to whoever imports from the One Entrance app."""
        templates = super().get_import_templates()
        if not self.env.context.get("one_entrance_app"):
            return templates
        lang = "da" if (self.env.lang or "").startswith("da") else "en"
        return [
            {
                "label": self.env._("Import Template for the Actor Register"),
                "template": f"/one_entrance_import/static/xlsx/actors_{lang}.xlsx",
            },
            *templates,
        ]
