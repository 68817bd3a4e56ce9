import re

from odoo import models
from odoo.tools.translate import code_translations

ADDON = "spreadsheet_dashboard_one_entrance"


class SpreadsheetDashboard(models.Model):
    """A sample of ours is in the reader's language, as the dashboard itself is. Odoo translates the dashboard only."""

    _inherit = "spreadsheet.dashboard"

    def _get_sample_dashboard(self):
        # the samples of other addons stay as they are
        sample = super()._get_sample_dashboard()
        addon = (self.sample_dashboard_file_path or "").partition("/")[0]
        if not sample or not addon.startswith(ADDON):
            return sample
        messages = code_translations.get_web_translations(addon, self.env.lang or "en_US")["messages"]
        return self._translate_sample(sample, {message["id"]: message["string"] for message in messages})

    def _translate_sample(self, node, terms):
        """:return: the same JSON, translated: titles, and what stands in ``_t("…")``"""
        if isinstance(node, dict):
            return {key: self._translate_sample(value, terms) for key, value in node.items()}
        if isinstance(node, list):
            return [self._translate_sample(value, terms) for value in node]
        if isinstance(node, str) and node.startswith("="):
            return re.sub(r'_t\("([^"]+)"\)', lambda found: f'"{terms.get(found[1], found[1])}"', node)
        return terms.get(node, node) if isinstance(node, str) else node
