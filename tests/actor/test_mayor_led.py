from datetime import datetime

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OneEntranceCase
from ..reminder.test_reminder import ReminderCase
from ..test_query_count import LOG_LINE


class OfficeCase(ReminderCase):
    """A mayor-led actor, and a user in the mayor's office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls._make_user("office", "one_entrance.group_leader")
        cls.mayor.delegate_id = cls.delegate_user
        cls.actor = cls._make_planned("Letbanen", mayor_led=True)

    def _set_office(self, user):
        self.company.one_entrance_mayor_office_id = user


@tagged("post_install", "-at_install")
class TestMayorOffice(OfficeCase):
    """The mayor's office acts for both principals: it is reminded, and reads and writes what concerns the mayor-led actors
    (S10).
    """

    def test_the_office_is_reminded_and_without_one_who_acts_for_the_mayor(self):
        self._remind()
        self._assert_reminded("due", self.actor, self.delegate_user)
        self._set_office(self.office)
        self._night("2024-05-16")
        self._assert_reminded("due", self.actor, self.office)

    def test_the_job_moves_the_reminders_where_the_office_changes(self):
        self._set_office(self.office)
        self._remind()
        self._assert_reminded("due", self.actor, self.office)
        next_office = self._make_user("next_office", "one_entrance.group_leader")
        self._set_office(next_office)
        self._assert_reminded("due", self.actor, self.office)
        self._night("2024-05-16")
        self._assert_reminded("due", self.actor, next_office)

    def test_an_office_that_has_closed_does_not_act(self):
        self._set_office(self.office)
        self.office.active = False
        self._remind()
        self._assert_reminded("due", self.actor, self.delegate_user)

    def test_an_actor_with_an_office_is_not_without_owner(self):
        self.mayor.delegate_id = False
        self._remind()
        self._assert_reminded("ownerless", self.actor, self.managers)
        self._set_office(self.office)
        self._night("2024-05-16")
        self._assert_not_reminded("ownerless", self.actor)

    def test_the_office_is_asked_whether_a_meeting_was_held_and_for_a_new_date(self):
        self._set_office(self.office)
        meeting = self._meet(self.actor, "2024-05-14 08:00:00")
        self._remind()
        self._assert_reminded("ask_held", meeting, self.office)
        self._postpone(meeting, "2024-05-20")
        self._night("2024-05-16")
        self._assert_reminded("plan_again", meeting, self.office)

    def test_where_nothing_is_due_it_takes_four_queries_with_an_office_too(self):
        self._set_office(self.office)
        self._meet(self.actor, "2024-05-14 08:00:00", state="held")
        reminder = self.env["one.entrance.reminder"]._with_time_zone()

        def run():
            looking = reminder._with_reminded_models()
            for part in (looking._remind_about_actors, looking._remind_about_meetings):
                self.assertEqual(list(part()), [0])

        run()  # fills the caches that a server in use has filled
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            run()

    def test_only_mayor_led_actors_are_the_offices(self):
        self._set_office(self.office)
        other = self._make_planned("Havnen")
        self._remind()
        self._assert_reminded("due", other, self.director_user)
        self.assertTrue(self.actor.with_user(self.office).one_entrance_is_mine)
        self.assertFalse(other.with_user(self.office).one_entrance_is_mine)

    def test_the_office_is_asked_to_read_the_sheet(self):
        self._set_office(self.office)
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(sheet.activity_ids.user_id, self.office)

    def test_without_an_office_each_principal_is_asked_to_read_the_sheet(self):
        self.municipal_director.user_id = self._make_user("municipal_director", "one_entrance.group_leader")
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(sheet.activity_ids.user_id, self.delegate_user | self.municipal_director.user_id)

    def test_the_rollouts_steps_lie_with_the_office(self):
        self._set_office(self.office)
        template = self.env["mail.activity.plan.template"].search([("responsible_type", "=", "one_entrance_leader")])[0]
        found = template.with_user(self.consultant)._determine_responsible(False, self.actor.with_user(self.consultant))
        self.assertEqual(found["responsible"], self.office)
        self.assertFalse(found["error"])

    def _hand_over_point(self, actor):
        Wizard = self.env["one.entrance.point.wizard"].with_user(self.colleague)
        Wizard.create({"partner_id": actor.id, "text": "Perronen"}).action_apply()
        return actor.activity_ids.filtered(lambda activity: "Perronen" in (activity.note or "")).user_id

    def test_a_colleagues_point_is_given_to_the_office(self):
        self._set_office(self.office)
        self.assertEqual(self._hand_over_point(self.actor), self.office)

    def test_a_colleagues_point_falls_to_the_delegate_of_a_leader_whose_login_is_closed(self):
        actor = self._make_actor("Havnen")
        self.director.delegate_id = self.delegate_user
        self.director_user.active = False
        self.assertEqual(self._hand_over_point(actor), self.delegate_user)

    def test_a_user_without_a_role_is_refused_by_name(self):
        with self.assertRaisesRegex(
            ValidationError, "Colleague has no role in One Entrance.*Contact Leader: Own Actors"
        ):
            self._set_office(self.colleague)

    def test_a_user_of_another_municipality_is_refused_by_name(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        user = self._make_user(
            "neighbour", "one_entrance.group_leader", company_id=theirs.id, company_ids=[Command.set(theirs.ids)]
        )
        with self.assertRaisesRegex(ValidationError, "Neighbour does not work in"):
            self._set_office(user)

    def test_it_is_set_in_settings(self):
        settings = self.env["res.config.settings"]
        with Form(settings) as form:
            form.one_entrance_mayor_office_id = self.office
        form.save().execute()
        self.assertEqual(self.company.one_entrance_mayor_office_id, self.office)

    def test_the_office_reads_and_writes_what_a_principals_delegate_does_and_nobody_elses(self):
        own = self._meet(self.actor, "2024-06-03 08:00:00", confidential=True)
        other = self._meet(self._make_actor("Havnen"), "2024-06-03 08:00:00")
        with self.assertRaises(AccessError):
            own.with_user(self.office).read(["summary"])
        self._set_office(self.office)
        self.env.invalidate_all()
        own.with_user(self.office).write(
            {"minutes": "<p>Sagt</p>", "point_ids": [Command.create({"summary": "Perronen"})]}
        )
        self.assertEqual(own._get_readers(self.office.partner_id), self.office.partner_id)
        sheet = self._make_sheet(self.actor)
        sheet.section_ids[0].with_user(self.office).body = "<p>Skrevet af kontoret</p>"
        with self.assertRaises(AccessError):
            other.with_user(self.office).read(["summary"])
        self.env.invalidate_all()
        self.assertEqual(self.env["one.entrance.meeting"].with_user(self.office).search([]), own)
        # what is confidential may lie with the office
        own.point_ids.with_user(self.manager).write(
            {"commitment": "Svar", "responsible_id": self.office.id, "deadline": "2024-06-20"}
        )

    def test_the_offices_page_is_the_two_principals(self):
        self._set_office(self.office)
        meeting = self._meet(self.actor, "2024-06-03 08:00:00")
        self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Perronen",
                "commitment": "Svar om perronen",
                "responsible_id": self.office.id,
                "deadline": "2024-05-01",
            }
        )
        action = self.env["one.entrance.leader"].with_user(self.office)._get_home_action()
        leaders = self.env["one.entrance.leader"].search(action["domain"])
        self.assertEqual(leaders, self.mayor | self.municipal_director)
        page = self.mayor.with_user(self.office)
        self.assertEqual(page.held_actor_ids, self.actor)
        self.assertEqual(page.next_meeting_ids, meeting)
        self.assertEqual(page.commitment_ids.commitment, "Svar om perronen")
        self.assertEqual(page.late_count, 1)
        self.assertIn(self.office.id, page.action_open_activities()["domain"][0][2])
        self.assertFalse(self.director.with_user(self.director_user).commitment_ids)

    def test_the_filter_my_meetings_shows_the_office_its_meetings(self):
        self._set_office(self.office)
        meeting = self._meet(self.actor, "2024-06-03 08:00:00")
        self._meet(self._make_actor("Havnen", leader=self.head), "2024-06-03 08:00:00")
        Meeting = self.env["one.entrance.meeting"].with_user(self.office)
        view = self.env.ref("one_entrance.one_entrance_meeting_view_search")
        arch = etree.fromstring(Meeting.get_view(view.id, "search")["arch"])
        domain = arch.find(".//filter[@name='mine']").get("domain")
        self.assertEqual(Meeting.search(safe_eval(domain, {"uid": self.office.id})), meeting)

    def test_a_handover_does_not_take_an_actor_from_the_office(self):
        self._set_office(self.office)
        self.assertEqual(self.env["one.entrance.appointment"]._get_heir(self.actor, self.director), self.office)


@tagged("post_install", "-at_install")
class TestMayorLed(OneEntranceCase):
    """An actor passes into the hands of mayor and municipal director and out of them, and its history and log keep it
    (S10, S14).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen").with_user(cls.consultant)
        cls.actor.one_entrance_appointment_ids.sudo().date_from = "2023-03-01"

    def _plan(self, actor=None, **values):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": (actor or self.actor).id, "start": "2024-06-03 08:00:00", **values}
        )

    def _get_log(self, actor=None):
        return "\n".join((actor or self.actor).message_ids.sorted("id").mapped("body"))

    def test_the_log_says_who_led_and_since_when(self):
        self.actor.one_entrance_mayor_led = True
        self.assertIn(
            "Now led by mayor and municipal director. Director, Technology, contact leader since 03/01/2023, stays in the "
            "history.",
            self._get_log(),
        )
        period = self.actor.one_entrance_appointment_ids
        self.assertEqual((period.leader_id, period.date_to, period.reason), (self.director, self.today, "Mayor-led"))

    def test_out_of_it_a_new_period_begins_and_the_log_says_so(self):
        self.actor.one_entrance_mayor_led = True
        self.actor.write({"one_entrance_mayor_led": False, "one_entrance_leader_id": self.head.id})
        self.assertIn("No longer mayor-led: Head of Culture is contact leader from today.", self._get_log())
        periods = self.actor.one_entrance_appointment_ids.sorted("id")
        self.assertEqual(periods.leader_id, self.director | self.head)
        self.assertEqual((periods[-1].date_from, periods[-1].date_to), (self.today, False))

    def test_without_a_leader_it_is_refused_by_name_over_rpc_form_and_import(self):
        self.actor.one_entrance_mayor_led = True
        self.env.flush_all()
        refusal = self.assertRaisesRegex(ValidationError, "Havnen would not be mayor-led any more")
        with refusal, self.cr.savepoint():
            self.actor.write({"one_entrance_mayor_led": False})
        self.env.invalidate_all()
        form = Form(self.actor, "one_entrance.res_partner_actor_view_form")
        form.one_entrance_mayor_led = False
        with self.assertRaisesRegex(AssertionError, "one_entrance_leader_id is a required field"):
            form.save()
        self.env["ir.model.data"].create(
            {"module": "test", "name": "havnen", "model": "res.partner", "res_id": self.actor.id}
        )
        result = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .load(["id", "one_entrance_mayor_led"], [["test.havnen", "0"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("Havnen would not be mayor-led any more", result["messages"][0]["message"])
        self.assertTrue(self.actor.one_entrance_mayor_led)

    def test_who_leaves_the_scheme_needs_no_leader(self):
        self.actor.one_entrance_mayor_led = True
        self.actor.write(
            {
                "one_entrance_mayor_led": False,
                "one_entrance_step": "left",
                "one_entrance_left_date": self.today,
                "one_entrance_left_reason": "Lukket",
            }
        )
        self.assertFalse(self.actor.one_entrance_mayor_led)

    def test_a_second_write_of_the_same_says_nothing(self):
        self.actor.one_entrance_mayor_led = True
        self.actor.write({"one_entrance_mayor_led": True})
        self.assertEqual(self._get_log().count("Now led by"), 1)
        self._make_actor("Banen", mayor_led=True).write({"one_entrance_mayor_led": True})

    def test_an_actor_taken_in_as_mayor_led_has_no_history_to_tell(self):
        contact = self.env["res.partner"].with_user(self.consultant).create({"name": "Banen", "is_company": True})
        contact.one_entrance_mayor_led = True
        self.assertIn("Now led by mayor and municipal director.", self._get_log(contact))
        self.assertNotIn("history", self._get_log(contact))

    def test_planned_meetings_go_along_to_the_principals_and_those_held_stay(self):
        held = self._plan(start="2024-05-01 08:00:00", state="held")
        unanswered = self._plan(start="2024-05-14 08:00:00")
        planned = self._plan()
        planned.action_add_to_calendar()
        mails = self.env["mail.mail"].search_count([])
        self.actor.one_entrance_mayor_led = True
        self.assertEqual(planned.leader_id, self.mayor)
        self.assertTrue(planned.mayor_led)
        self.assertEqual((planned.mayor_id, planned.municipal_director_id), (self.mayor, self.municipal_director))
        principals = (self.mayor | self.municipal_director).partner_id
        self.assertLessEqual(principals, planned.attendee_ids)
        self.assertNotIn(self.director.partner_id, planned.attendee_ids)
        self.assertEqual(planned.event_id.partner_ids, planned.attendee_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails, "nobody is invited anew")
        for meeting in held | unanswered:
            self.assertEqual(meeting.leader_id, self.director)
            self.assertFalse(meeting.mayor_led)
        self.assertIn("Planned meetings that go along: 1.", self._get_log())

    def test_planned_meetings_go_along_to_the_contact_leader(self):
        self.actor.one_entrance_mayor_led = True
        planned, secret = self._plan(), self._plan(start="2024-07-03 08:00:00", confidential=True)
        (planned | secret).action_add_to_calendar()
        self.actor.write({"one_entrance_mayor_led": False, "one_entrance_leader_id": self.head.id})
        for meeting in planned | secret:
            self.assertEqual(meeting.leader_id, self.head)
            self.assertFalse(meeting.mayor_led or meeting.mayor_id or meeting.municipal_director_id)
            self.assertIn(self.head.partner_id, meeting.attendee_ids)
            self.assertFalse((self.mayor | self.municipal_director).partner_id & meeting.attendee_ids)
        self.assertIn("Planned meetings that go along: 2.", self._get_log())

    def test_a_meeting_that_another_leader_holds_stays_that_ones_and_gets_the_principals(self):
        meeting = self._plan(leader_id=self.head.id)
        meeting.action_add_to_calendar()
        self.actor.one_entrance_mayor_led = True
        self.assertEqual(meeting.leader_id, self.head)
        self.assertLessEqual((self.mayor | self.municipal_director).partner_id, meeting.attendee_ids)

    def test_a_portal_user_and_a_colleague_change_nothing(self):
        for user in (self.colleague, self.director_user):
            with self.assertRaises(AccessError):
                self.actor.with_user(user).write({"one_entrance_mayor_led": True})

    def test_many_actors_cost_no_query_each_beyond_the_log(self):
        actors = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .create([{"name": f"Actor {n}", "one_entrance_leader_id": self.director.id} for n in range(40)])
        )
        self.env["one.entrance.meeting"].create(
            [{"partner_id": actor.id, "start": datetime(2024, 6, 3, 8)} for actor in actors]
        )

        def count(n, values):
            for _run in range(2):
                with self.env.cr.savepoint() as savepoint:
                    self.env.cr.flush()
                    self.env.invalidate_all()
                    before = self.env.cr.sql_log_count
                    actors[:n].write(values)
                    self.env.cr.flush()
                    queries = self.env.cr.sql_log_count - before
                    savepoint.rollback()
            return queries

        few, many = (count(n, {"one_entrance_mayor_led": True}) for n in (8, 40))
        # the tracked change, and the line that says what it means
        self.assertLessEqual(many, few + 32 * (LOG_LINE + 1) + 5)
        actors.write({"one_entrance_mayor_led": True})
        back = {"one_entrance_mayor_led": False, "one_entrance_leader_id": self.head.id}
        few, many = (count(n, back) for n in (8, 40))
        self.assertLessEqual(many, few + 32 * (LOG_LINE + 1) + 5)
