import json
import re

from odoo import models
from odoo.tools.translate import code_translations

ADDON = "spreadsheet_dashboard_one_entrance"


class SpreadsheetDashboard(models.Model):
    """Translates what Odoo leaves untranslated of our dashboards: a sample, and the name of a filter that is set."""

    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        serialized = super()._get_serialized_readonly_dashboard()
        addon = self._get_dashboard_translation_namespace() or ""
        if not addon.startswith(ADDON):
            return serialized
        opened = json.loads(serialized)
        filters = opened["snapshot"].get("globalFilters", [])
        opened["snapshot"]["globalFilters"] = self._translate_json(filters, self._get_terms(addon))
        return json.dumps(opened)

    def _get_sample_dashboard(self):
        sample = super()._get_sample_dashboard()
        addon = (self.sample_dashboard_file_path or "").partition("/")[0]
        if not sample or not addon.startswith(ADDON):
            return sample
        return self._translate_json(sample, self._get_terms(addon))

    def _get_terms(self, addon):
        messages = code_translations.get_web_translations(addon, self.env.lang or "en_US")["messages"]
        return {message["id"]: message["string"] for message in messages}

    def _translate_json(self, node, terms):
        """:return: the same JSON with each text in it translated, and what stands in ``_t("…")`` of a formula"""
        if isinstance(node, dict):
            return {key: self._translate_json(value, terms) for key, value in node.items()}
        if isinstance(node, list):
            return [self._translate_json(value, terms) for value in node]
        if isinstance(node, str) and node.startswith("="):
            return re.sub(r'_t\("([^"]+)"\)', lambda found: f'"{terms.get(found[1], found[1])}"', node)
        return terms.get(node, node) if isinstance(node, str) else node
