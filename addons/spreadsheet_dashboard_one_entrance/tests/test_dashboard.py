from freezegun import freeze_time

from odoo.tests import tagged

from .common import DashboardCase
from .reads import get_domain


@tagged("post_install", "-at_install")
class TestDashboard(DashboardCase):
    """Where It Stands: every figure is what a count of the records gives, and opens exactly those."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = cls.actors.filtered(lambda actor: actor.one_entrance_step != "left")

    def test_every_figure_counts_the_records_it_opens(self):
        self._check_every_read()

    def test_what_it_names_is_there(self):
        self._check_json()

    def test_it_is_danish(self):
        self._check_terms()

    def test_only_administrators_of_the_scheme_read_it(self):
        self._check_readers()
        menu = self.env.ref("spreadsheet_dashboard_one_entrance.spreadsheet_dashboard_menu")
        for user in (self.director_user, self.consultant):
            self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(self.manager)._visible_menu_ids())
        self.assertEqual(menu.action.params, {"dashboard_id": self.dashboard.id})

    def test_the_plots_are_of_the_register(self):
        self.assertEqual(self._count("rollout"), self._get_counter(self.actors, "one_entrance_step"))
        self.assertEqual(self._count("sheets"), self._get_counter(self.inside, "one_entrance_sheet_state"))
        dialogue = self._count("dialogue")
        states = self._get_counter(self.inside, "one_entrance_dialogue_state")
        for state, number in states.items():
            self.assertEqual(sum(count for (found, _level), count in dialogue.items() if found == state), number)
        self.assertEqual(dialogue["overdue", self.level_director.id], 1)
        self.assertEqual(dialogue["overdue", False], 1, "the mayor-led are on no level")
        self.assertEqual(self._count("overdue"), {self.director.id: 1, False: 1})

    def test_each_leader_s_line_and_the_mayor_led_add_up_to_the_whole(self):
        leader, state = "one_entrance_leader_id", "one_entrance_dialogue_state"
        self.assertEqual(self._count_pivot("1"), len(self.inside))
        for who in (self.director, self.head):
            own = self.inside.filtered(lambda actor, who=who: actor.one_entrance_leader_id == who)
            self.assertEqual(self._count_pivot("1", (leader, who.id)), len(own))
            for value, number in self._get_counter(own, state).items():
                self.assertEqual(self._count_pivot("1", (leader, who.id), (state, value)), number)
        self.assertEqual(self._count_pivot("1", (leader, False)), len(self.led | self.led_new))

    def test_commitments_are_open_or_late_by_who_gave_them_and_whose_actor_it_is(self):
        self.assertEqual(self._count("commitments"), {(self.consultant.id, "open"): 2, (self.consultant.id, "late"): 2})
        self.assertEqual(self._count_pivot("3", ("partner_id.one_entrance_leader_id", self.head.id)), 2)
        self.assertEqual(self._count_pivot("3", ("partner_id.one_entrance_leader_id", False), ("state", "late")), 1)

    def test_meetings_and_first_contacts_reach_back_eight_quarters(self):
        first = get_domain(self._get_env(), self.data["pivots"]["4"]["domain"])[-1][-1]
        self.assertEqual(first, "2022-07-01")
        for day, since in (("2025-01-01", "2023-04-01"), ("2024-12-31", "2023-01-01"), ("2024-08-31", "2022-10-01")):
            with freeze_time(f"{day} 10:00:00"):
                domain = get_domain(self._get_env(), self.data["pivots"]["4"]["domain"])
                self.assertEqual(domain[-1][-1], since)
        self._make_meeting(self.overdue, "2022-06-30 08:00:00", state="held")
        late = self._make_meeting(self.overdue, "2022-07-01 08:00:00", state="held")
        meetings = self.env["one.entrance.meeting"].search([("date", ">=", late.date)])
        found = self._count("meetings")
        for state, number in self._get_counter(meetings, "state").items():
            self.assertEqual(sum(count for (_day, which), count in found.items() if which == state), number)
        reached = self.actors.filtered("one_entrance_contact_date")
        self.assertEqual(sum(self._count("contacts").values()), len(reached))

    def test_held_meetings_are_told_by_their_sheet(self):
        sheet = self._make_sheet(self.led_new, ready=True)
        values = {"state": "held", "kind": "ad_hoc"}
        self._make_meeting(self.led_new, "2024-05-15 08:00:00", sheet_id=sheet.id, sheet_used=True, **values)
        self._make_meeting(self.led_new, "2024-05-14 08:00:00", sheet_used=True, **values)
        quarter = [("date", ">=", "2024-04-01")]
        found = [
            self.env["one.entrance.meeting"].search_count(
                get_domain(self._get_env(), self.data["pivots"][number]["domain"]) + quarter
            )
            for number in "456"
        ]
        self.assertEqual(found, [3, 2, 1])

    def test_who_was_never_reached_is_forgotten_also_when_it_left(self):
        self.assertEqual(
            self._count("kinds"),
            {
                ("company", "letter"): 1,
                ("association", "appointed"): 1,
                ("association", "left"): 1,
                (False, "appointed"): 1,
            },
        )
        self.assertEqual(
            self._count("districts"), {("8500", "company"): 1, ("8500", "association"): 2, (False, False): 1}
        )
        self.assertEqual(self._count_pivot("2", ("zip", "8500")), 3)
        self.assertEqual(self._count_pivot("2", ("zip", "8500"), ("one_entrance_step", "left")), 1)
        self._make_meeting(self.appointed, "2024-05-02 08:00:00", state="held", kind="ad_hoc")
        self.assertEqual(self._count_pivot("2", ("zip", "8500")), 2, "it was met before the rollout had come so far")

    def test_an_archived_actor_is_not_counted(self):
        before = self._count_pivot("1")
        self.letter.active = False
        self.env.flush_all()
        self.assertEqual(self._count_pivot("1"), before - 1)

    def test_it_counts_the_municipalities_that_are_chosen(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        self.manager.company_ids |= theirs
        director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        # a contact of no company is everybody's: whose actor it is, is told by the municipality it is in the scheme of
        self.env["res.partner"].create({"name": "Deres", "is_company": True, "one_entrance_leader_id": director.id})
        self.env.flush_all()
        for companies, expected in ((theirs, 1), (self.company, 9), (self.company | theirs, 10)):
            self.assertEqual(self._count_pivot("1", companies=companies), expected)
            self.assertEqual(sum(self._count("sheets", companies=companies).values()), expected)

    def test_postgresql_counts_from_an_index_alone(self):
        env = self._get_env()
        # a test's tables are too small for the planner to care
        for setting in ("enable_seqscan", "enable_bitmapscan"):
            self.env.cr.execute(f"SET LOCAL {setting} = off")  # pylint: disable=sql-injection
        for number, by, index in (
            ("1", ["one_entrance_leader_id", "one_entrance_dialogue_state"], "res_partner_one_entrance_dashboard_idx"),
            ("4", ["date:quarter"], "one_entrance_meeting_trend_idx"),
        ):
            pivot = self.data["pivots"][number]
            records = env[pivot["model"]]
            query = records._search(get_domain(env, pivot["domain"]))
            select = query.select(*(records._read_group_groupby(query.table, name, query) for name in by))
            self.env.cr.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname NOT IN (%s, %s)",
                [records._table, index, f"{records._table}_pkey"],
            )
            for (name,) in self.env.cr.fetchall():
                self.env.cr.execute(f'DROP INDEX "{name}" CASCADE')  # pylint: disable=sql-injection
            self.env.cr.execute(f"EXPLAIN {select.code}", select.params)  # pylint: disable=sql-injection
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            self.assertRegex(plan, f"Index Only Scan using {index}")
