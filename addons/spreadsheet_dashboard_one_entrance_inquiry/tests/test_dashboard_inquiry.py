from odoo.tests import tagged

from odoo.addons.spreadsheet_dashboard_one_entrance.tests.common import DashboardCase


@tagged("post_install", "-at_install")
class TestDashboardInquiry(DashboardCase):
    """The inquiries beside Where It Stands: each figure is what a count of the inquiries gives, and opens exactly those."""

    dashboard_id = "spreadsheet_dashboard_one_entrance_inquiry.spreadsheet_dashboard_inquiries"
    addon = "spreadsheet_dashboard_one_entrance_inquiry"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ask(cls.overdue, "2024-05-10")
        cls._ask(cls.on_track, "2024-04-01")
        cls._ask(cls.contact, "2024-04-01", state="dialogue", first_answer_date="2024-04-08")
        cls._ask(cls.due, "2024-03-01", state="referred", first_answer_date="2024-03-04")
        cls._ask(cls.due, "2023-12-01", state="answered", first_answer_date="2023-12-04", answered_date="2024-04-02")
        cls._ask(cls.due, "2021-11-01", state="answered", first_answer_date="2021-12-04", answered_date="2021-12-04")
        cls._ask(cls.led, "2024-03-01")
        cls.env["one.entrance.inquiry"].create({"name": "Fra en ukendt"})
        cls.env.flush_all()

    @classmethod
    def _ask(cls, actor, received_date, **values):
        evidence = {
            "referred": {"referred_to": "Vej og Park", "referred_date": received_date},
            "answered": {"answer": "<p>Der er plads bag hallen.</p>"},
        }
        values = {**evidence.get(values.get("state"), {}), **values}
        return cls.env["one.entrance.inquiry"].create(
            {"partner_id": actor.id, "name": "Parkering", "received_date": received_date, **values}
        )

    def test_every_figure_counts_the_inquiries_it_opens(self):
        self._check_every_read()

    def test_what_it_names_is_there(self):
        self._check_json()

    def test_it_is_danish(self):
        self._check_terms()

    def test_only_administrators_of_the_scheme_read_it(self):
        self._check_readers()
        other = self.env.ref(DashboardCase.dashboard_id)
        self.assertEqual(self.dashboard.dashboard_group_id, other.dashboard_group_id)

    def test_open_ones_are_told_by_status_and_by_who_sees_to_the_answer(self):
        self.assertEqual(self._count_pivot("1"), 6)
        self.assertEqual(self._count_pivot("1", ("leader_id.level_id", self.level_head.id)), 2)
        found = self._count("by_leader")
        self.assertEqual(found[self.director.id, "new"], 1)
        self.assertEqual(found[self.director.id, "referred"], 1)
        self.assertEqual((found[self.head.id, "new"], found[self.head.id, "dialogue"]), (1, 1))
        self.assertEqual(found[False, "new"], 1, "nobody knows yet whose it is")

    def test_late_is_who_has_heard_nothing_by_the_day(self):
        self.assertEqual(self._count_pivot("2"), 2)
        self.assertEqual(self._count("late_by_leader"), {self.head.id: 1, self.mayor.id: 1})

    def test_quarters_are_those_of_the_day_it_came_and_of_the_day_it_was_answered(self):
        self.assertEqual(self._count_pivot("3"), 1, "answered in this quarter")
        self.assertEqual(sum(self._count("received").values()), 7)
        self.assertEqual(sum(self._count("gone").values()), 1)
