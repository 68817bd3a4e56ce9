from odoo.tests import tagged

from odoo.addons.one_entrance.tests.test_access import AccessCase

# Who may do what, as in the core's table: counted when it is asked for, of no table, there is nothing to write.
MODELS = {
    "one.entrance.overview": ("", "", "", "", "", "", "", "", "r"),
    "one.entrance.quarter": ("", "", "", "", "", "", "", "", "r"),
    "one.entrance.district": ("", "", "", "", "", "", "", "", "r"),
}


@tagged("post_install", "-at_install")
class TestOverviewAccess(AccessCase):
    """Who may read the page for the head of administration; test_overview.py tries its buttons."""

    addon, rights = "one_entrance_overview", MODELS

    def _get_record(self, model, variant):
        return self.env[model].search([], limit=1) if model in MODELS else super()._get_record(model, variant)

    def _prepare_values(self, model, variant):
        return {} if model in MODELS else super()._prepare_values(model, variant)

    def _prepare_change(self, model):
        if model in MODELS:
            return {"zip": "8500"} if model == "one.entrance.district" else {}
        return super()._prepare_change(model)

    def test_every_role_reads_and_writes_every_model_as_the_table_says(self):
        self._check_table()

    def test_no_method_is_public_but_those_tried_here(self):
        self._check_public_methods({"action_analyse", "action_open_overview"})
