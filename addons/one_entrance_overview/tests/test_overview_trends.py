import json
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .test_overview import OverviewCase


@tagged("post_install", "-at_install")
class TestOverviewTrends(OverviewCase):
    """The trends: what took place in each of the last eight quarters, exact to the day, and right when it is back-dated."""

    def _get_quarter(self, name):
        return self.page.quarter_ids.filtered(lambda quarter: quarter.name == name)

    def test_the_running_quarter_is_the_last_of_eight(self):
        quarters = self.page.quarter_ids
        self.assertEqual(quarters.mapped("name")[::7], ["Q3 2022", "Q2 2024"])
        self.assertEqual(len(quarters), 8)
        self.assertEqual((quarters[-1].date_from, quarters[-1].date_to), (date(2024, 4, 1), date(2024, 6, 30)))
        with freeze_time("2025-01-01 10:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.page.quarter_ids.mapped("name")[::7], ["Q2 2023", "Q1 2025"])

    def test_each_quarter_is_what_a_count_of_the_records_gives(self):
        meetings = self.env["one.entrance.meeting"].search([])
        met = 0
        for quarter in self.page.quarter_ids:
            with self.subTest(quarter=quarter.name):

                def within(day, quarter=quarter):
                    return bool(day) and quarter.date_from <= day <= quarter.date_to

                then = meetings.filtered(lambda meeting, within=within: within(meeting.date))
                for state in ("held", "planned", "postponed", "cancelled"):
                    own = then.filtered(lambda meeting, state=state: meeting.state == state)
                    self.assertEqual(quarter[f"{state}_count"], len(own))
                first = self.actors.filtered(lambda actor, within=within: within(actor.one_entrance_contact_date))
                self.assertEqual(quarter.contact_count, len(first))
                met += len(then) + len(first)
        self.assertGreater(met, 10)

    def test_a_meeting_that_is_logged_late_is_in_the_quarter_it_was_held_in(self):
        quarter = self._get_quarter("Q1 2023")
        self.assertEqual(quarter.held_count, 0)
        self._make_meeting(self.overdue, "2023-03-31 21:59:00", state="held")  # 23:59 in Denmark
        self._make_meeting(self.overdue, "2023-03-31 22:00:00", state="held")  # the next day, and quarter
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((quarter.held_count, self._get_quarter("Q2 2023").held_count), (1, 1))

    def test_the_shares_are_of_the_held_meetings(self):
        sheet = self._make_sheet(self.led_new, ready=True)
        values = {"state": "held", "kind": "ad_hoc"}
        with_sheet = self._make_meeting(
            self.led_new, "2024-05-15 08:00:00", sheet_id=sheet.id, sheet_used=True, **values
        )
        self._make_meeting(self.led_new, "2024-05-14 08:00:00", sheet_used=True, **values)
        self._make_meeting(self.led_new, "2024-05-13 08:00:00", **values)
        self.env.flush_all()
        self.env.invalidate_all()
        quarter = self.page.quarter_ids[-1]
        self.assertEqual(quarter.held_count, 4)
        self.assertEqual((quarter.fresh_count, quarter.used_count), (1, 2))
        self.assertEqual((quarter.fresh_share, quarter.used_share), (0.25, 0.5))
        self.assertEqual(self._open(quarter, "fresh_share"), with_sheet)
        self.assertEqual(len(self._open(quarter, "used_share")), 2)
        self.assertEqual(self._get_quarter("Q3 2022").used_share, 0)

    def test_the_charts_show_the_numbers_of_the_list(self):
        chart = json.loads(self.page.held_graph)[0]
        self.assertEqual(chart["key"], "Meetings Held")
        self.assertEqual([bar["value"] for bar in chart["values"]], self.page.quarter_ids.mapped("held_count"))
        self.assertEqual({bar["type"] for bar in chart["values"][:-1]}, {"past"})
        self.assertEqual(chart["values"][-1]["type"], "future")
        shares = [bar["value"] for bar in json.loads(self.page.used_graph)[0]["values"]]
        self.assertEqual(shares, [round(share * 100) for share in self.page.quarter_ids.mapped("used_share")])

    def test_postgresql_counts_the_meetings_from_an_index_alone(self):
        meetings = self.env["one.entrance.meeting"].with_user(self.manager)
        _model, domain = self.page.quarter_ids._get_overview_domain("meeting_count")
        query = meetings._search(domain)
        by = [
            meetings._read_group_groupby(query.table, name, query)
            for name in ("date:quarter", "state", "sheet_fresh", "sheet_used")
        ]
        # a test's table is too small for the planner to care which index it reads
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = 'one_entrance_meeting' "
            "AND indexname NOT IN ('one_entrance_meeting_pkey', 'one_entrance_meeting_trend_idx')"
        )
        for (name,) in self.env.cr.fetchall():
            self.env.cr.execute(f'DROP INDEX "{name}"')  # pylint: disable=sql-injection
        for setting in ("enable_seqscan", "enable_bitmapscan"):
            self.env.cr.execute(f"SET LOCAL {setting} = off")  # pylint: disable=sql-injection
        select = query.select(*by)
        self.env.cr.execute(f"EXPLAIN {select.code}", select.params)  # pylint: disable=sql-injection
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertRegex(plan, "Index Only Scan using one_entrance_meeting_trend_idx")
