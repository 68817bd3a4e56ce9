from collections import Counter

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.one_entrance.tests.dialogue.register import RegisterCase

STEPS = ("appointed", "letter", "contact", "plan")
DIALOGUE = ("no_plan", "on_track", "planned", "due", "overdue")
SHEETS = ("fresh", "stale", "draft", "missing")
MODELS = ("one.entrance.overview", "one.entrance.quarter", "one.entrance.district")
# The most queries that opening the page may take, all it asks the server for together.
MOST_QUERIES = 30


class OverviewCase(RegisterCase):
    """A municipality with something of everything, and the page of its head of administration."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = cls.env["one.entrance.overview"].with_user(cls.manager)._get_page()

    def _open(self, record, name):
        """What the button of a number opens."""
        action = record.with_context(one_entrance_count=name).action_open_overview()
        return self.env[action["res_model"]].with_user(record.env.user).search(action["domain"])

    def _get_numbers(self, records):
        """The numbers that a list or the page shows of these records."""
        return [
            name
            for name, field in records._fields.items()
            if name.endswith("_count") and (name.startswith("overview_") or records._name in MODELS)
        ]


@tagged("post_install", "-at_install")
class TestOverview(OverviewCase):
    """Where the whole stands: every number is what a count of the records themselves gives, and opens exactly those."""

    def _recount(self, actors, points):
        """Count records one by one, as somebody would who has nothing but the records."""
        today = self.today
        steps = Counter(actors.mapped("one_entrance_step"))
        dialogue = Counter(actors.mapped("one_entrance_dialogue_state"))
        sheets = Counter(actors.mapped("one_entrance_sheet_state"))
        promises = points.filtered(lambda point: point.commitment and not point.done)
        return {
            "overview_actor_count": len(actors),
            **{f"overview_{step}_count": steps[step] for step in STEPS},
            **{f"overview_{state}_count": dialogue[state] for state in DIALOGUE},
            **{f"overview_{state}_count": sheets[state] for state in SHEETS},
            "overview_commitment_count": len(promises),
            "overview_late_commitment_count": len(promises.filtered(lambda point: point.deadline < today)),
        }

    def _assert_numbers(self, record, expected):
        self.assertEqual({name: record[name] for name in expected}, expected)

    def test_the_whole_is_the_sum_of_its_records(self):
        inside = self.actors.filtered(lambda actor: actor.one_entrance_step != "left")
        points = self.env["one.entrance.meeting.point"].search([])
        expected = self._recount(inside, points)
        self.assertEqual(expected["overview_overdue_count"], 2)
        self.assertEqual({expected[f"overview_{state}_count"] for state in SHEETS}, {2, 1, 4})
        self.assertEqual((expected["overview_commitment_count"], expected["overview_late_commitment_count"]), (4, 2))
        self._assert_numbers(self.page, expected)
        self._assert_numbers(self.page, {"left_count": 2})

    def test_each_leader_s_line_counts_the_leader_s_own(self):
        for leader in self.director | self.head | self.mayor:
            with self.subTest(leader=leader.name):
                actors = self.actors.filtered(
                    lambda actor, leader=leader: (
                        actor.one_entrance_leader_id == leader and not actor.one_entrance_mayor_led
                    )
                )
                points = self.env["one.entrance.meeting.point"].search([("partner_id", "in", actors.ids)])
                self._assert_numbers(leader.with_user(self.manager), self._recount(actors, points))
        self.assertEqual(self.director.with_user(self.manager).overview_overdue_count, 1)

    def test_a_level_s_line_is_the_sum_of_its_leaders_lines(self):
        other = self._make_leader("Head of Plan", self.level_head)
        self.appointed.with_user(self.consultant).one_entrance_leader_id = other
        self.env.flush_all()
        self.env.invalidate_all()
        level = self.level_head.with_user(self.manager)
        leaders = (self.head | other).with_user(self.manager)
        for name in self._get_numbers(level):
            self.assertEqual(level[name], sum(leaders.mapped(name)), name)
        self.assertEqual(level.overview_actor_count, 4)
        self.assertEqual(self.page.level_ids, (self.level_top | self.level_director | self.level_head))

    def test_the_mayor_led_stand_apart(self):
        self._assert_numbers(
            self.page,
            {
                "mayor_led_count": 2,
                "mayor_led_no_plan_count": 1,
                "mayor_led_overdue_count": 1,
                "mayor_led_commitment_count": 1,
                "mayor_led_late_commitment_count": 1,
            },
        )
        self.assertEqual(sum(self.page.leader_ids.mapped("overview_actor_count")), self.page.overview_actor_count - 2)

    def test_every_number_opens_exactly_the_records_behind_it(self):
        shown = [
            self.page,
            *self.page.leader_ids,
            *self.page.level_ids,
            *self.page.quarter_ids,
            *self.page.district_ids,
        ]
        opened = 0
        for record in shown:
            for name in self._get_numbers(record):
                with self.subTest(record=record.display_name, number=name):
                    self.assertEqual(len(self._open(record, name)), record[name])
                    opened += bool(record[name])
        self.assertGreater(opened, 60, "the test needs numbers to open")

    def test_what_opens_keeps_no_filter_of_the_menu_s_own(self):
        action = self.page.with_context(one_entrance_count="overview_late_commitment_count").action_open_overview()
        self.assertEqual(action["context"], {"one_entrance_app": True})
        self.assertEqual(action["views"][0][1], "list")
        self.assertEqual(action["display_name"], "Where It Stands: Late Commitments")

    def test_an_archived_actor_is_neither_counted_nor_opened(self):
        before = self.page.overview_actor_count
        self.letter.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.page.overview_actor_count, before - 1)
        self.assertEqual(len(self._open(self.page, "overview_actor_count")), before - 1)

    def test_each_part_opens_as_a_pivot_or_graph_of_what_it_counts(self):
        for name, (number, view_type, rows, columns) in self.page._get_analyses().items():
            with self.subTest(analysis=name):
                action = self.page.with_context(one_entrance_analysis=name).action_analyse()
                self.assertEqual(action["views"][0][1], view_type)
                Model = self.env[action["res_model"]].with_user(self.manager)
                owner = self.page if number in self.page._fields else self.page.quarter_ids
                self.assertEqual(Model.search_count(action["domain"]), sum(owner.mapped(number)))
                if view_type == "pivot":
                    Model.formatted_read_grouping_sets(
                        action["domain"], [[], rows, columns, rows + columns], ["__count"]
                    )
                else:
                    Model.formatted_read_group(action["domain"], rows, ["__count"])
                Model.get_views(action["views"])

    def test_the_page_is_for_reading(self):
        form = Form(self.page, "one_entrance_overview.one_entrance_overview_view_form")
        self.assertEqual(form.overview_overdue_count, 2)
        for operation in ("write", "create", "unlink"):
            for name in MODELS:
                self.assertFalse(self.env[name].with_user(self.manager).has_access(operation), (name, operation))

    def test_opening_the_page_writes_nothing(self):
        with self.assertQueries([]), self.subTest("nothing is left to write"):
            self.env.flush_all()
        self._open_page()
        self.env.cr.precommit.run()
        with self.assertQueries([]):
            self.env.flush_all()

    def test_only_managers_read_it(self):
        for user in (self.colleague, self.director_user, self.consultant):
            page, head = self.page.with_user(user), self.head.with_user(user)
            level = self.level_head.with_user(user)
            with self.subTest(user=user.login):
                for name in MODELS:
                    self.assertFalse(self.env[name].with_user(user).has_access("read"))
                shown = self.page.quarter_ids[:1], self.page.district_ids[:1]
                for record in (page, head, level, *(each.with_user(user) for each in shown)):
                    name = "held_count" if record._name == "one.entrance.quarter" else "unreached_count"
                    name = name if record._name in MODELS else "overview_overdue_count"
                    with self.assertRaises(AccessError):
                        record.read([name])
                    with self.assertRaises(AccessError):
                        record.with_context(one_entrance_count=name).action_open_overview()
                with self.assertRaises(AccessError):
                    page.with_context(one_entrance_analysis="step").action_analyse()
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertNotIn(self.env.ref("one_entrance_overview.one_entrance_overview_menu").id, menus)
        menus = self.env["ir.ui.menu"].with_user(self.manager)._visible_menu_ids()
        self.assertIn(self.env.ref("one_entrance_overview.one_entrance_overview_menu").id, menus)

    def test_each_municipality_sees_its_own_and_who_works_in_two_the_chosen_one(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        both = self._make_user("both", "one_entrance.group_manager", company_ids=[(6, 0, (self.company | theirs).ids)])
        director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        self.env["res.partner"].create(
            {"name": "Deres", "is_company": True, "zip": "9000", "one_entrance_leader_id": director.id}
        )
        self.env.flush_all()
        Page = self.env["one.entrance.overview"].with_user(both)
        for companies, expected in (
            (theirs, (1, director, ["9000"])),
            (theirs | self.company, (1, director, ["9000"])),
            (self.company | theirs, (9, self.page.leader_ids, ["8500", ""])),
        ):
            with self.subTest(companies=companies.mapped("name")):
                page = Page.with_context(allowed_company_ids=companies.ids)._get_page()
                count = page.overview_actor_count
                self.assertEqual(page.company_id, companies[0])
                self.assertEqual((count, page.leader_ids, page.district_ids.mapped("zip")), expected)
                self.assertEqual(len(self._open(page, "overview_actor_count")), count)
                self.assertEqual(page.level_ids[-1].overview_actor_count, 1 if companies[0] == theirs else 4)

    def test_an_empty_municipality_is_told_what_to_do_first(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        user = self._make_user("theirs", "one_entrance.group_manager", company_id=theirs.id, company_ids=theirs.ids)
        page = (
            self.env["one.entrance.overview"].with_user(user).with_context(allowed_company_ids=theirs.ids)._get_page()
        )
        self.assertTrue(page.is_empty)
        self.assertFalse(page.has_leaders)
        self.assertFalse(self.page.is_empty)
        self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        self.env.invalidate_all()
        self.assertTrue(page.is_empty)
        self.assertTrue(page.has_leaders)

    def _open_page(self, user=None):
        """Ask for everything the web client asks for when the menu is clicked, and count the queries."""
        env = self.env(user=user or self.manager, context={"tz": "Europe/Copenhagen", "lang": "en_US"})
        menu = env.ref("one_entrance_overview.one_entrance_overview_menu")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action = env["ir.actions.act_window"].browse(menu.sudo().action.id).sudo()._get_action_dict()
        views = [(view_id, view_type) for view_id, view_type in action["views"]] + [(False, "search")]
        arch = env[action["res_model"]].get_views(views, {"load_filters": True, "toolbar": True})
        env[action["res_model"]].browse(action["res_id"]).web_read(self._get_spec(arch["views"]["form"]["arch"], env))
        return self.env.cr.sql_log_count - before

    def _get_spec(self, arch, env):
        from lxml import etree  # noqa: PLC0415

        spec = {}
        root = etree.fromstring(arch)
        for node in root.xpath("//field[not(ancestor::field)]"):
            field = env["one.entrance.overview"]._fields[node.get("name")]
            spec[field.name] = {}
            if field.type == "many2one":
                spec[field.name] = {"fields": {"display_name": {}}}
            elif field.type == "many2many":
                spec[field.name] = {"fields": {each.get("name"): {} for each in node.iter("field")}, "limit": 40}
                spec[field.name]["fields"].pop(field.name)
        return spec

    def test_opening_the_page_takes_few_queries_however_many_leaders_and_actors_there_are(self):
        counts = []
        for more in (0, 30):
            leaders = [self._make_leader(f"Leader {n}", self.level_head) for n in range(more)]
            for n, leader in enumerate(leaders):
                actor = self._make_actor(f"Actor {n}", leader)
                actor.zip = str(5000 + n)
                self._promise(
                    self._make_meeting(actor, "2024-04-02 08:00:00", state="held", kind="ad_hoc"), "2024-05-01"
                )
            self._open_page()  # what a server in use has read before
            counts.append(self._open_page())
        self.assertLessEqual(counts[1], counts[0], counts)
        self.assertLessEqual(counts[0], MOST_QUERIES)

    def test_the_day_is_the_municipalitys(self):
        late = self.page.overview_late_commitment_count
        early = self.page.with_context(tz="Pacific/Kiritimati")  # the sixteenth there already
        self.assertEqual(early.overview_late_commitment_count, late)
        self.company.partner_id.tz = "Pacific/Kiritimati"
        self.env.invalidate_all()
        self.assertEqual(self.page.overview_late_commitment_count, late + 1)
        self.assertEqual(len(self._open(self.page, "overview_late_commitment_count")), late + 1)
