from datetime import date, datetime, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged, warmup

from .common import OneEntranceCase

ACTORS = 24
# A changed field is written to the log of its record by two inserts, in vanilla Odoo too.
LOG_LINE = 2


class QueryCountCase(OneEntranceCase):
    """Many actors of several leaders, with sheets, and what counts the queries that something takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaders = cls.director | cls.head
        for n in range(6):
            cls.leaders |= cls._make_leader(
                f"Leader {n}", cls.level_director, capacity=n, delegate_id=cls.delegate_user.id
            )
        cls.contacts = cls.env["res.partner"].with_user(cls.consultant)
        cls.actors = cls.contacts.create(
            [
                {
                    "name": f"Actor {n}",
                    "is_company": True,
                    "child_ids": [(0, 0, {"name": f"Contact {n}"})],
                    "one_entrance_kind": "company",
                    "one_entrance_consultant_id": cls.consultant.id,
                    "one_entrance_leader_id": cls.leaders[n % len(cls.leaders)].id,
                    "one_entrance_mayor_led": n % 10 == 0,
                }
                for n in range(ACTORS)
            ]
        )
        cls.actors[::2].write({"one_entrance_step": "letter", "one_entrance_letter_date": cls.today})
        cls.sheets = cls.env["one.entrance.sheet"].with_user(cls.consultant)._make_drafts(cls.actors[:-6])
        cls.sheets.section_ids.body = "<p>Om temaet</p>"
        cls.ready = cls.sheets[:-6]
        cls.ready.write({"state": "ready"})
        cls.env.cr.flush()

    def _count(self, function):
        """How many queries a function takes in a request that has read nothing yet.

        It runs twice and is undone each time: the first run fills the caches that a server in use has filled.
        """
        for _run in range(2):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.flush()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                function()
                self.env.cr.flush()
                count = self.env.cr.sql_log_count - before
                savepoint.rollback()
        return count

    def _assert_does_not_grow(self, function, few, many, each=0, slack=5):
        """Assert that a function takes no more queries for many records than for few.

        :param function: does its work on the number of records it is given
        :param int each: queries that each record may add all the same
        :param int slack: queries that a larger batch may add, Odoo cutting it in parts
        """
        small, large = self._count(lambda: function(few)), self._count(lambda: function(many))
        self.assertLessEqual(
            large, small + (many - few) * each + slack, f"{few} take {small} queries, {many} take {large}"
        )

    def _assert_list_does_not_grow(self, model, records, spec):
        """Assert that the list of all these records takes as many queries as the list of a tenth of them."""
        domain = [("id", "in", records.ids)]
        self._assert_does_not_grow(
            lambda n: model.web_search_read(domain, spec, limit=n), ACTORS // 10, ACTORS, slack=0
        )

    def _prepare_events(self, partners, with_actor=False):
        """Values of an event with each of these contacts, without mail, which is not what is counted."""
        return [
            {
                "name": partner.name,
                "start": datetime(2024, 6, 3, 8) + timedelta(minutes=n),
                "stop": datetime(2024, 6, 3, 9) + timedelta(minutes=n),
                "partner_ids": [Command.set(partner.ids)],
                **({"one_entrance_actor_id": partner.id} if with_actor else {}),
            }
            for n, partner in enumerate(partners)
        ]

    def _prepare_commitments(self, actors):
        """Values of a commitment to each of these actors."""
        meetings = self.env["one.entrance.meeting"].create(
            [{"partner_id": actor.id, "start": datetime(2024, 6, 3, 8)} for actor in actors]
        )
        return [
            {
                "meeting_id": meeting.id,
                "theme_id": self.themes[0].id,
                "summary": "Kajen",
                "commitment": "Svar om kajen",
                "responsible_id": self.consultant.id,
                "deadline": "2024-06-20",
            }
            for meeting in meetings
        ]

    def _make_seats(self, actors, **values):
        """A seat at each of these actors, each held by another politician."""
        politicians = self.env["res.partner"].create([{"name": f"Politician {n}"} for n in range(len(actors))])
        return (
            self.env["one.entrance.seat"]
            .with_user(self.consultant)
            .create(
                [
                    {
                        "partner_id": actor.id,
                        "politician_id": politician.id,
                        "body": "the board",
                        "date_from": "2024-01-01",
                        **values,
                    }
                    for actor, politician in zip(actors, politicians, strict=True)
                ]
            )
        )

    def _explain(self, domain, order):
        """:return: how PostgreSQL finds the first actors of a domain in an order, where it does not read all or sort"""
        for setting in ("enable_seqscan", "enable_sort", "enable_incremental_sort"):
            # a test's table is too small for the planner to care
            self.env.cr.execute(f"SET LOCAL {setting} = off")  # pylint: disable=sql-injection
        query = self.contacts._search(domain, order=order, limit=ACTORS).select()
        self.env.cr.execute(f"EXPLAIN {query.code}", query.params)  # pylint: disable=sql-injection
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def _get_spec(self, records, view, view_type):
        """What the web client asks for to show this view to the user of ``records``."""
        arch = records.get_views([(self.env.ref(view).id, view_type)])["views"][view_type]["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")} & records._fields.keys()
        return {
            name: {"fields": {"display_name": {}}} if records._fields[name].type == "many2one" else {} for name in names
        }


@tagged("post_install", "-at_install")
class TestQueryCount(QueryCountCase):
    """What the scheme costs: lists, groupings and batches take a number of queries that does not grow with them."""

    @warmup
    def test_list_of_many_actors(self):
        self._make_seats(self.actors[::2])
        self.env.flush_all()
        spec = self._get_spec(self.contacts, "one_entrance.res_partner_actor_view_list", "list")
        self.assertNotIn("application_statistics", spec)
        domain = [("one_entrance_step", "!=", False), ("id", "in", self.actors.ids)]
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            self.contacts.web_search_read(domain, spec, limit=ACTORS)

    @warmup
    def test_kanban_of_actors_by_step(self):
        spec = self._get_spec(self.contacts, "one_entrance.res_partner_actor_view_kanban", "kanban")
        domain = [("one_entrance_step", "!=", False), ("id", "in", self.actors.ids)]
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            self.contacts.web_read_group(
                domain, ["one_entrance_step"], auto_unfold=True, unfold_read_specification=spec
            )

    @warmup
    def test_pivot_of_actors(self):
        sets = [[], ["one_entrance_leader_id"], ["one_entrance_step"], ["one_entrance_leader_id", "one_entrance_step"]]
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            self.contacts.formatted_read_grouping_sets([("id", "in", self.actors.ids)], sets, ["__count"])

    def test_list_of_actors_with_their_dialogue_status(self):
        self.actors[::2].write(
            {
                "one_entrance_letter_date": self.today - timedelta(400),
                "one_entrance_contact_date": self.today - timedelta(350),
                "one_entrance_plan_date": self.today - timedelta(300),
                "one_entrance_interval": 6,
                "one_entrance_step": "plan",
            }
        )
        Meeting = self.env["one.entrance.meeting"].with_user(self.consultant)
        Meeting.create([{"partner_id": actor.id, "start": datetime(2024, 6, 3, 8)} for actor in self.actors[::5]])
        self.assertEqual(set(self.actors[:8].mapped("one_entrance_dialogue_state")), {"planned", "overdue", "no_plan"})
        spec = self._get_spec(self.contacts, "one_entrance.res_partner_actor_view_list", "list")
        self.assertIn("one_entrance_dialogue_state", spec)
        self._assert_list_does_not_grow(self.contacts, self.actors, spec)

    def test_list_of_meetings(self):
        Meeting = self.env["one.entrance.meeting"].with_user(self.consultant)
        meetings = Meeting.create([{"partner_id": actor.id, "start": datetime(2024, 6, 3, 8)} for actor in self.actors])
        spec = self._get_spec(Meeting, "one_entrance.one_entrance_meeting_view_list", "list")
        self._assert_list_does_not_grow(Meeting, meetings, spec)

    def test_list_of_commitments(self):
        Point = self.env["one.entrance.meeting.point"].with_user(self.consultant)
        points = Point.create(self._prepare_commitments(self.actors))
        spec = self._get_spec(Point, "one_entrance.one_entrance_meeting_point_view_list", "list")
        self._assert_list_does_not_grow(Point, points, spec)

    def test_open_commitments_of_many_actors(self):
        self.env["one.entrance.meeting.point"].with_user(self.consultant).create(self._prepare_commitments(self.actors))
        outside = self.env["res.partner"].with_user(self.consultant).create({"name": "No actor"})
        self._assert_does_not_grow(lambda n: self.actors[:n].mapped("one_entrance_open_point_ids"), 8, ACTORS, slack=0)
        outside.mapped("one_entrance_step")
        with self.assertQueryCount(0):
            self.assertFalse(outside.one_entrance_open_point_ids)

    def test_list_of_seats(self):
        seats = self._make_seats(self.actors)
        spec = self._get_spec(seats, "one_entrance.one_entrance_seat_view_list", "list")
        self._assert_list_does_not_grow(seats.browse(), seats, spec)

    @warmup
    def test_political_representation_of_many_actors(self):
        self._make_seats(self.actors[::2])
        self.env.flush_all()
        self.env.invalidate_all()
        self.actors.mapped("one_entrance_step")
        with self.assertQueryCount(2):
            self.assertEqual(set(self.actors.mapped("one_entrance_represented")), {True, False})
            self.assertEqual(len(set(self.actors.mapped("one_entrance_seat_text"))), ACTORS // 2 + 1)

    def test_seats_cost_nothing_on_contacts_who_have_none(self):
        outside = self.contacts.create({"name": "No actor"})
        outside.mapped("one_entrance_step")
        with self.assertQueryCount(0):
            self.assertFalse(outside.one_entrance_is_politician)
            self.assertFalse(outside.one_entrance_shown_seat_ids)
            self.assertFalse(outside.one_entrance_seat_text)

    def test_an_actors_seats_cost_nothing_on_its_contact(self):
        actor = self.actors[:1]
        actor.mapped("one_entrance_step")
        with self.assertQueryCount(0):
            self.assertFalse(actor.one_entrance_shown_seat_ids)

    def test_registering_many_seats(self):
        politicians = self.env["res.partner"].create([{"name": f"Politician {n}"} for n in range(ACTORS)])
        self._assert_does_not_grow(
            lambda n: (
                self.env["one.entrance.seat"]
                .with_user(self.consultant)
                .create(
                    [
                        {
                            "partner_id": self.actors[i].id,
                            "politician_id": politicians[i].id,
                            "body": "the board",
                            # some with an end of their own, some without
                            **({"date_to": "2029-12-31"} if i % 2 else {}),
                        }
                        for i in range(n)
                    ]
                )
            ),
            8,
            ACTORS,
        )

    def test_renewing_many_seats(self):
        seats = self._make_seats(self.actors, date_to="2024-06-30")
        Wizard = self.env["one.entrance.seat.renew.wizard"].with_user(self.consultant)
        self._assert_does_not_grow(lambda n: Wizard.create({"seat_ids": seats[:n].ids}).action_apply(), 8, ACTORS)

    def test_correcting_the_term_of_many_seats(self):
        self.company.one_entrance_election_date = "2025-12-31"

        def correct(n):
            self._make_seats(self.actors[:n])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.company.one_entrance_election_date = "2026-01-15"
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        counts = []
        for n in (8, ACTORS):
            self._count(lambda n=n: correct(n))
        self.assertLessEqual(counts[3], counts[1] + 5)

    def test_seats_to_confirm_are_found_by_an_index(self):
        seats = self._make_seats(self.actors, date_to="2024-06-30")
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        reasons = self.env["one.entrance.reminder.reason"]
        for model, domain in (
            (seats.sudo(), [("state", "=", "to_confirm")]),
            (self.env["res.partner"], reasons._get_actor_domain()),
        ):
            with self.subTest(model=model._name):
                query = model._search(domain).select()
                self.env.cr.execute(f"EXPLAIN {query.code}", query.params)  # pylint: disable=sql-injection
                plan = "\n".join(line for (line,) in self.env.cr.fetchall())
                self.assertIn("one_entrance_seat_confirm_idx", plan)

    def test_scheme_adds_at_most_two_queries_to_contacts(self):
        views = {"base.view_partner_tree": "list", "base.res_partner_kanban_view": "kanban"}
        people = self.env["res.partner"].create([{"name": f"Contact {n}", "city": "Grenaa"} for n in range(ACTORS)])
        for user in (self.colleague, self.consultant):
            for view, view_type in views.items():
                contacts = self.env["res.partner"].with_user(user)
                spec = self._get_spec(contacts, view, view_type)
                vanilla = {name: field for name, field in spec.items() if not name.startswith("one_entrance_")}
                self.assertLess(len(vanilla), len(spec))
                for shown in (self.actors, people):
                    with self.subTest(user=user.login, view=view_type, actors=shown == self.actors):
                        domain = [("id", "in", shown.ids)]
                        counts = [
                            self._count(lambda c=contacts, d=domain, f=fields: c.web_search_read(d, f, limit=ACTORS))
                            for fields in (vanilla, spec)
                        ]
                        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_scheme_adds_at_most_two_queries_to_the_form_of_who_is_no_actor(self):
        person = self.env["res.partner"].create({"name": "Contact", "city": "Grenaa"})
        for user in (self.colleague, self.consultant):
            with self.subTest(user=user.login):
                contact = person.with_user(user)
                spec = self._get_spec(contact, "base.view_partner_form", "form")
                vanilla = {name: field for name, field in spec.items() if not name.startswith("one_entrance_")}
                counts = [self._count(lambda c=contact, f=fields: c.web_read(f)) for fields in (vanilla, spec)]
                self.assertLessEqual(counts[1], counts[0] + 2)

    def test_creating_contacts_in_a_batch(self):
        self._assert_does_not_grow(
            lambda n: self.contacts.create([{"name": f"Contact {i}", "is_company": True} for i in range(n)]), 20, 200
        )

    def test_creating_actors_in_a_batch(self):
        self._assert_does_not_grow(
            lambda n: self.contacts.create(
                [
                    {"name": f"New {i}", "one_entrance_leader_id": self.leaders[i % len(self.leaders)].id}
                    for i in range(n)
                ]
            ),
            16,
            ACTORS,
        )

    def test_another_leader_for_many_actors(self):
        leader = self.leaders[-1]
        actors = self.actors.filtered(
            lambda actor: not actor.one_entrance_mayor_led and actor.one_entrance_leader_id != leader
        )
        self._assert_does_not_grow(
            lambda n: actors[:n].write({"one_entrance_leader_id": leader.id}), 16, 60, each=LOG_LINE
        )

    def test_handing_over_many_actors(self):
        """Each with a meeting in the calendar, a commitment and an activity."""
        old, new = self.director, self.leaders[-1]
        actors = self.actors.filtered(
            lambda actor: not actor.one_entrance_mayor_led and actor.one_entrance_leader_id != new
        )
        actors.write({"one_entrance_leader_id": old.id})
        meetings = self.env["one.entrance.meeting"].create(
            [
                {"partner_id": actor.id, "start": datetime(2024, 6, 3, 8), "stop": datetime(2024, 6, 3, 9)}
                for actor in actors
            ]
        )
        meetings.action_add_to_calendar()
        self.env["one.entrance.meeting.point"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "summary": "Kajen",
                    "commitment": "Svar om kajen",
                    "responsible_id": self.director_user.id,
                    "deadline": "2024-06-20",
                }
                for meeting in meetings
            ]
        )
        for actor in actors:
            actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        Appointment = self.env["one.entrance.appointment"].with_user(self.consultant)
        # beside the log line of the actor: who leaves an event is taken off its followers, a commitment follows its activity
        for day, each in ((date(2024, 5, 15), LOG_LINE + 2), (date(2024, 6, 1), 1)):
            with self.subTest(day=day):
                self._assert_does_not_grow(
                    lambda n, day=day: Appointment._hand_over(actors[:n], new, day, "New post"), 8, 48, each=each
                )

    def test_moving_many_actors_a_step(self):
        waiting = self.actors[::2]
        self._assert_does_not_grow(
            lambda n: waiting[:n].write({"one_entrance_step": "contact", "one_entrance_contact_date": self.today}),
            8,
            40,
            each=LOG_LINE,
        )

    def test_planning_many_meetings(self):
        Meeting = self.env["one.entrance.meeting"].with_user(self.consultant)
        start = datetime(2024, 6, 3, 8)
        self._assert_does_not_grow(
            lambda n: Meeting.create([{"partner_id": actor.id, "start": start} for actor in self.actors[:n]]), 8, ACTORS
        )

    def test_holding_many_meetings(self):
        meetings = (
            self.env["one.entrance.meeting"]
            .with_user(self.consultant)
            .create([{"partner_id": actor.id, "start": datetime(2024, 5, 14, 8)} for actor in self.actors])
        )
        self._assert_does_not_grow(lambda n: meetings[:n].action_hold(), 8, ACTORS, each=LOG_LINE)

    def test_events_without_actors_cost_what_they_did(self):
        """Creating them asks nothing of the scheme; changing them asks once whether one is a meeting."""
        Event = self.env["calendar.event"].with_user(self.consultant).with_context(no_mail_to_attendees=True)
        # two queries each, as in vanilla Odoo
        self._assert_does_not_grow(
            lambda n: Event.create(self._prepare_events(self.actors[:n])), 8, ACTORS, each=2, slack=10
        )
        events = Event.create(self._prepare_events(self.actors))
        move = {"start": datetime(2024, 6, 10, 8), "stop": datetime(2024, 6, 10, 9)}
        with_scheme = self._count(lambda: events.write(move))
        nothing = self.env["one.entrance.meeting"].sudo()
        with patch.object(type(Event), "_get_one_entrance_meetings", lambda self: nothing):
            without = self._count(lambda: events.write(move))
        self.assertLessEqual(with_scheme, without + 1)

    def test_planning_many_meetings_as_events(self):
        Event = self.env["calendar.event"].with_user(self.consultant).with_context(no_mail_to_attendees=True)

        def count(n, with_actor):
            return self._count(lambda: Event.create(self._prepare_events(self.actors[:n], with_actor)))

        few, many = (count(n, with_actor=True) - count(n, with_actor=False) for n in (8, ACTORS))
        self.assertLessEqual(many, few + 10, "a meeting is stored in the same batch as its event")

    def test_moving_many_meetings_in_the_calendar(self):
        Event = self.env["calendar.event"].with_user(self.consultant).with_context(dont_notify=True)
        Event = Event.with_context(no_mail_to_attendees=True)
        plain = Event.create(self._prepare_events(self.actors))
        meetings = Event.create(self._prepare_events(self.actors, with_actor=True))
        move = {"start": datetime(2024, 6, 10, 8), "stop": datetime(2024, 6, 10, 9)}

        def count_more(n):
            return self._count(lambda: meetings[:n].write(move)) - self._count(lambda: plain[:n].write(move))

        few, many = count_more(8), count_more(ACTORS)
        self.assertLessEqual(many, few + (ACTORS - 8) * LOG_LINE + 10)

    def test_drafts_for_many_actors(self):
        Sheet = self.env["one.entrance.sheet"].with_user(self.consultant)
        waiting = self.actors[60:]
        self._assert_does_not_grow(lambda n: Sheet._make_drafts(waiting[:n]), 2, 20)

    def test_printing_many_sheets_with_seats_on_both_sides_as_html(self):
        report = "one_entrance.report_background_sheet"
        seats = self._make_seats(self.actors)
        self.themes[0].council_ids = seats.politician_id
        meetings = self.env["one.entrance.meeting"].create(
            [{"partner_id": seat.partner_id.id, "start": datetime(2024, 6, 3, 8)} for seat in seats]
        )
        for meeting, seat in zip(meetings, seats, strict=True):
            meeting.attendee_ids = seat.politician_id
        Report = self.env["ir.actions.report"].with_user(self.consultant)
        self.assertIn("Consider whether", self.ready[7].with_user(self.consultant).conflict_text)
        self._assert_does_not_grow(lambda n: Report._render_qweb_html(report, self.ready[:n].ids), 1, len(self.ready))

    def test_printing_many_sheets_as_html(self):
        report = "one_entrance.report_background_sheet"
        Report = self.env["ir.actions.report"].with_user(self.consultant)
        self._assert_does_not_grow(lambda n: Report._render_qweb_html(report, self.ready[:n].ids), 1, len(self.ready))

    @warmup
    def test_state_of_the_sheets_of_many_actors(self):
        self.env.invalidate_all()
        with self.assertQueryCount(3):
            self.assertEqual(set(self.actors.mapped("one_entrance_sheet_state")), {"fresh", "draft", "missing"})

    def test_capacity_of_many_leaders(self):
        leaders = self.leaders.with_user(self.consultant)
        self.assertTrue(any(leaders.mapped("over_capacity")))
        self.assertTrue(all(leaders.mapped("actor_count")))
        self._assert_does_not_grow(lambda n: leaders[:n].mapped("over_capacity"), 1, len(leaders), slack=0)

    def test_lists_of_actors_are_found_in_order_by_an_index(self):
        plan = self._explain([("one_entrance_step", "not in", (False, "left"))], self.contacts._order)
        self.assertIn("res_partner_one_entrance_name_idx", plan)
        self.assertNotIn("Sort", plan)

    def test_actors_by_due_date_are_found_in_order_by_an_index(self):
        in_scheme = ("one_entrance_step", "not in", (False, "left"))
        for state in ("overdue", "due", "on_track", "no_plan"):
            with self.subTest(state=state):
                plan = self._explain(
                    [in_scheme, ("one_entrance_dialogue_state", "=", state)], "one_entrance_due_date, id"
                )
                self.assertIn("res_partner_one_entrance_due_idx", plan)
                self.assertNotIn("Sort", plan)

    def test_overdue_actors_are_found_in_the_order_of_the_list_by_an_index(self):
        plan = self._explain([("one_entrance_dialogue_state", "=", "overdue")], self.contacts._order)
        self.assertIn("res_partner_one_entrance_name_idx", plan)
        self.assertNotIn("Sort", plan)

    def test_actors_never_met_are_found_by_an_index(self):
        never_met = [("one_entrance_step", "not in", (False, "left")), ("one_entrance_last_meeting_date", "=", False)]
        plan = self._explain(never_met, self.contacts._order)
        self.assertIn("res_partner_one_entrance_never_met_idx", plan)
        self.assertNotIn("Sort", plan)
