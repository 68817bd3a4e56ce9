from collections import Counter

from odoo.tests import tagged

from odoo.addons.one_entrance_overview.tests.test_overview import OverviewCase


@tagged("post_install", "-at_install")
class TestOverviewInquiry(OverviewCase):
    """The inquiries on the page: each number is what a count of the inquiries gives, and opens exactly those."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._ask(cls.overdue, "2024-05-10")
        cls._ask(cls.on_track, "2024-04-01")
        cls._ask(cls.contact, "2024-04-01", state="dialogue", first_answer_date="2024-04-08")
        cls._ask(cls.due, "2024-03-01", state="referred", first_answer_date="2024-03-04")
        cls._ask(cls.due, "2023-12-01", state="answered", first_answer_date="2023-12-04", answered_date="2024-04-02")
        cls._ask(cls.due, "2023-11-01", state="answered", first_answer_date="2023-12-04", answered_date="2023-12-04")
        cls._ask(cls.led, "2024-03-01")
        cls.env["one.entrance.inquiry"].create({"name": "Fra en ukendt"})
        cls.env.flush_all()
        cls.env.invalidate_all()

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

    def _recount(self, inquiries):
        """Count inquiries one by one, as somebody would who has nothing but the records."""
        waiting = inquiries.filtered(lambda inquiry: inquiry.state != "answered")
        return {
            "overview_inquiry_count": len(waiting),
            "overview_late_inquiry_count": len(
                waiting.filtered(lambda inquiry: not inquiry.first_answer_date and inquiry.answer_deadline < self.today)
            ),
        }

    def _assert_numbers(self, record, expected):
        self.assertEqual({name: record[name] for name in expected}, expected)

    def test_the_whole_is_the_sum_of_the_inquiries(self):
        inquiries = self.env["one.entrance.inquiry"].search([])
        expected = self._recount(inquiries)
        self.assertEqual((expected["overview_inquiry_count"], expected["overview_late_inquiry_count"]), (6, 2))
        states = Counter(inquiries.mapped("state"))
        self._assert_numbers(
            self.page,
            expected
            | {f"{state}_inquiry_count": states[state] for state in ("new", "dialogue", "referred")}
            | {"answered_inquiry_count": 1},
        )

    def test_each_leader_s_line_counts_the_leader_s_own(self):
        for leader in self.director | self.head | self.mayor:
            with self.subTest(leader=leader.name):
                inquiries = self.env["one.entrance.inquiry"].search([("leader_id", "=", leader.id)])
                self._assert_numbers(leader.with_user(self.manager), self._recount(inquiries))
        self.assertEqual(self.mayor.with_user(self.manager).overview_late_inquiry_count, 1)

    def test_a_level_s_line_is_the_sum_of_its_leaders_lines(self):
        level, leaders = self.level_head.with_user(self.manager), self.head.with_user(self.manager)
        for name in ("overview_inquiry_count", "overview_late_inquiry_count"):
            self.assertEqual(level[name], sum(leaders.mapped(name)), name)
        self.assertEqual(level.overview_inquiry_count, 2)

    def test_each_quarter_is_what_a_count_of_the_inquiries_gives(self):
        inquiries = self.env["one.entrance.inquiry"].search([])
        met = 0
        for quarter in self.page.quarter_ids:
            with self.subTest(quarter=quarter.name):

                def within(day, quarter=quarter):
                    return bool(day) and quarter.date_from <= day <= quarter.date_to

                received = inquiries.filtered(lambda inquiry, within=within: within(inquiry.received_date))
                self.assertEqual(quarter.received_count, len(received))
                answered = inquiries.filtered(lambda inquiry, within=within: within(inquiry.answered_date))
                self.assertEqual(quarter.answered_count, len(answered))
                met += len(received) + len(answered)
        self.assertGreater(met, 5)

    def test_every_number_opens_exactly_the_inquiries_behind_it(self):
        opened = 0
        for record in [self.page, *self.page.leader_ids, *self.page.level_ids, *self.page.quarter_ids]:
            for name in self._get_numbers(record):
                if "inquiry" in name or name in ("received_count", "answered_count"):
                    with self.subTest(record=record.display_name, number=name):
                        found = self._open(record, name)
                        self.assertEqual((found._name, len(found)), ("one.entrance.inquiry", record[name]))
                        opened += bool(record[name])
        self.assertGreater(opened, 12, "the test needs numbers to open")

    def test_each_part_opens_as_a_pivot_or_graph_of_what_it_counts(self):
        for name in ("inquiry", "received"):
            with self.subTest(analysis=name):
                number, view_type, _rows, _columns = self.page._get_analyses()[name]
                action = self.page.with_context(one_entrance_analysis=name).action_analyse()
                self.assertEqual(action["views"][0][1], view_type)
                owner = self.page if number in self.page._fields else self.page.quarter_ids
                Model = self.env[action["res_model"]].with_user(self.manager)
                self.assertEqual(Model.search_count(action["domain"]), sum(owner.mapped(number)))

    def test_a_leader_out_of_office_stays_while_something_is_open(self):
        former = self._make_leader("Former", self.level_director)
        inquiry = self._ask(self.overdue, "2024-05-01", leader_id=former.id)
        former.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(former, self.page.leader_ids)
        self.assertEqual(self._open(former.with_user(self.manager), "overview_inquiry_count"), inquiry)
        inquiry.write(
            {"state": "answered", "answer": "<p>Ja</p>", "first_answer_date": self.today, "answered_date": self.today}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn(former, self.page.leader_ids)

    def test_the_inquiries_are_of_the_municipality_one_works_in(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        both = self._make_user("both", "one_entrance.group_manager", company_ids=[(6, 0, (self.company | theirs).ids)])
        director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        actor = self.env["res.partner"].create(
            {"name": "Deres", "is_company": True, "one_entrance_leader_id": director.id}
        )
        self._ask(actor, "2024-05-01")
        self.env.flush_all()
        Page = self.env["one.entrance.overview"].with_user(both)
        for companies, expected in ((theirs, 1), (theirs | self.company, 1), (self.company | theirs, 6)):
            page = Page.with_context(allowed_company_ids=companies.ids)._get_page()
            self.assertEqual(page.overview_inquiry_count, expected)
