from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.common import SCRIPTS, BrowserCase


@tagged("post_install", "-at_install")
class TestDashboardTour(BrowserCase):
    """The dashboard in a real browser, in Danish: it opens from the menu, and a figure opens the records behind it."""

    scripts = (*SCRIPTS, "spreadsheet.o_spreadsheet")
    # what lies outside the window is not there to be clicked
    browser_size = "1366x3600"

    def test_the_head_of_administration_goes_from_the_menu_to_the_records(self):
        planned = fields.Date.today() - relativedelta(months=4)
        self._make_actor(
            "Havnen på oversigten",
            letter_date=planned - relativedelta(days=20),
            contact_date=planned - relativedelta(days=10),
            plan_date=planned,
            interval=3,
            step="plan",
        )
        self.manager.lang = "da_DK"
        self.start_tour("/odoo", "spreadsheet_dashboard_one_entrance", login=self.manager.login)
