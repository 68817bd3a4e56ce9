from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.common import BrowserCase


@tagged("post_install", "-at_install")
class TestOverviewTour(BrowserCase):
    """The page for the head of administration in a real browser: a number and a leader are a click away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        planned = fields.Date.today() - relativedelta(months=4)
        cls._make_actor(
            "Havnen på oversigten",
            letter_date=planned - relativedelta(days=20),
            contact_date=planned - relativedelta(days=10),
            plan_date=planned,
            interval=3,
            step="plan",
        )
        cls._make_actor("Glemt i Grenaa", cls.head).write({"zip": "8500", "city": "Grenaa"})

    def test_the_head_of_administration_goes_from_the_page_to_a_number_and_a_leader(self):
        self.start_tour("/odoo", "one_entrance_overview", login=self.manager.login)

    def test_the_page_fits_a_phone(self):
        self.browser_size = "390x844"
        self.touch_enabled = True
        self.start_tour("/odoo/one-entrance-overview", "one_entrance_overview_phone", login=self.manager.login)
