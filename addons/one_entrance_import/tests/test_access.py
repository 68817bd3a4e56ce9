from odoo.tests import tagged

from odoo.addons.one_entrance.tests.test_access import AccessCase


@tagged("post_install", "-at_install")
class TestImportAccess(AccessCase):
    """The addon adds nothing that can be called from outside, beside what Odoo's import calls."""

    addon, rights = "one_entrance_import", {}

    def test_no_method_is_public_but_those_of_odoos_import(self):
        self._check_table()
        self._check_public_methods({"execute_import", "get_import_templates"})
