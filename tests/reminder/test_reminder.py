from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase

MODELS = "odoo.addons.one_entrance.models.reminder"


class ReminderCase(OneEntranceCase):
    """Actors and meetings of which somebody is to be reminded, and what is there after a night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.managers = cls.env["res.users"].search(
            [("all_group_ids", "in", cls.env.ref("one_entrance.group_manager").ids), ("id", "!=", 1)]
        )

    @classmethod
    def _make_planned(cls, name="Havnen", plan_date="2024-01-10", interval=3, **values):
        """An actor whose dialogue plan makes it due on 10 April 2024, unless told otherwise."""
        return cls._make_actor(
            name,
            letter_date="2023-12-01",
            contact_date="2024-01-02",
            plan_date=plan_date,
            interval=interval,
            step="plan",
            **values,
        )

    def _meet(self, actor, start, **values):
        return self.env["one.entrance.meeting"].create({"partner_id": actor.id, "start": start, **values})

    def _postpone(self, meeting, replan_date):
        meeting.write({"postpone_reason": "illness", "replan_date": replan_date})
        meeting.action_postpone()

    def _make_seat(self, actor, date_to=None):
        """A politician's seat on the actor's board since New Year; until the end of the term, if no end is given."""
        politician = self.env["res.partner"].create({"name": "Ægir Ås"})
        values = {
            "partner_id": actor.id,
            "politician_id": politician.id,
            "body": "the board",
            "date_from": "2024-01-01",
        }
        return self.env["one.entrance.seat"].create({**values, "date_to": date_to} if date_to else values)

    def _remind(self):
        self.env.invalidate_all()
        self.env["one.entrance.reminder"]._remind()

    def _night(self, date):
        """Let the nightly job run on another day."""
        self.env.flush_all()  # what was done before was done today
        with freeze_time(f"{date} 02:00:00"):
            self._remind()

    def _get_type(self, kind):
        return self.env.ref(f"one_entrance.mail_activity_type_{kind}")

    def _get(self, kind, record=None, active=True):
        domain = [
            ("activity_type_id", "=", self._get_type(kind).id),
            ("active", "=", active),
        ]
        if record is not None:
            domain += [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["mail.activity"].search(domain)

    def _assert_reminded(self, kind, record, users, reason_date=None, deadline=None):
        """Assert that these users, and nobody else, have one reminder each."""
        found = self._get(kind, record)
        self.assertEqual(found.user_id, users)
        self.assertEqual(len(found), len(users))
        for date, name in ((reason_date, "one_entrance_reason_date"), (deadline, "date_deadline")):
            if date:
                self.assertEqual(set(found.mapped(name)), {fields.Date.to_date(date)})
        return found

    def _assert_not_reminded(self, kind, record):
        self.assertFalse(self._get(kind, record))


@tagged("post_install", "-at_install")
class TestReminder(ReminderCase):
    """Nobody forgets an actor: each reason gives one reminder, to who can do something about it, and takes it back when
    it is gone (S5, S7, S8).
    """

    # A meeting comes due

    def test_the_leader_is_reminded_of_a_meeting_that_comes_due(self):
        actor = self._make_planned()
        self._remind()
        activity = self._assert_reminded("due", actor, self.director_user, "2024-04-10", "2024-04-10")
        self.assertTrue(activity.automated)
        self.assertEqual(activity.res_name, "Havnen")
        self.assertIn("04/10/2024", activity.summary)

    def test_thirty_days_ahead_and_no_earlier(self):
        soon = self._make_planned("Soon", plan_date="2024-03-14")  # due on 14 June
        later = self._make_planned("Later", plan_date="2024-03-15")
        self._remind()
        self._assert_reminded("due", soon, self.director_user, "2024-06-14")
        self._assert_not_reminded("due", later)
        self._night("2024-05-16")
        self._assert_reminded("due", later, self.director_user)

    def test_a_second_run_adds_nothing(self):
        actor = self._make_planned()
        self._remind()
        activity = self._get("due", actor)
        self._remind()
        self._night("2024-05-16")
        self.assertEqual(self._get("due", actor), activity)

    def test_the_delegate_is_reminded_where_the_leader_has_no_login(self):
        actor = self._make_planned(leader=self.head)
        self._remind()
        self._assert_reminded("due", actor, self.delegate_user)

    def test_of_the_principals_the_mayor_is_reminded_first(self):
        actor = self._make_planned(mayor_led=True)
        self.municipal_director.user_id = self.colleague
        self._remind()
        self._assert_reminded("due", actor, self.colleague)
        self.mayor.delegate_id = self.delegate_user
        self._night("2024-05-16")
        self._assert_reminded("due", actor, self.delegate_user)

    def test_a_closed_login_does_not_act(self):
        self.director.delegate_id = self.delegate_user
        actor = self._make_planned()
        self.director_user.active = False
        self._remind()
        self._assert_reminded("due", actor, self.delegate_user)
        self._assert_not_reminded("ownerless", actor)

    def test_what_has_nobody_falls_to_the_managers(self):
        self.head.delegate_id = False
        actor = self._make_planned(leader=self.head)
        self._remind()
        self._assert_reminded("due", actor, self.managers)
        self._assert_reminded("ownerless", actor, self.managers)

    def test_a_meeting_ahead_withdraws_it_at_once(self):
        actor = self._make_planned()
        self._remind()
        self._meet(actor, "2024-08-20 08:00:00")
        self._assert_not_reminded("due", actor)
        self._remind()
        self._assert_not_reminded("due", actor)

    def test_a_held_meeting_withdraws_it_at_once(self):
        actor = self._make_planned()
        self._remind()
        self._meet(actor, "2024-05-14 08:00:00", state="held")
        self._assert_not_reminded("due", actor)

    def test_another_due_date_moves_it_on(self):
        actor = self._make_planned()
        self._remind()
        activity = self._get("due", actor)
        actor.with_user(self.consultant).one_entrance_interval = 4
        self._remind()
        self._assert_reminded("due", actor, self.director_user, "2024-05-10", "2024-05-10")
        self.assertEqual(self._get("due", actor), activity)
        self.assertIn("05/10/2024", activity.summary)

    def test_who_reschedules_it_is_left_alone(self):
        actor = self._make_planned()
        self._remind()
        activity = self._get("due", actor)
        activity.with_user(self.director_user).date_deadline = "2024-06-01"
        self._night("2024-05-16")
        self._assert_reminded("due", actor, self.director_user, "2024-04-10", "2024-06-01")

    def test_who_hands_it_to_a_colleague_is_left_alone(self):
        actor = self._make_planned()
        self._remind()
        activity = self._get("due", actor)
        activity.with_user(self.consultant).user_id = self.colleague
        self._night("2024-05-16")
        self._assert_reminded("due", actor, self.colleague)
        activity.with_user(self.colleague).action_feedback()
        self._night("2024-05-17")
        self._assert_not_reminded("due", actor)

    def test_another_leader_gets_it_instead(self):
        actor = self._make_planned()
        self._remind()
        actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self._night("2024-05-16")
        self._assert_reminded("due", actor, self.delegate_user)

    def test_done_is_not_given_again_for_the_same_due_date(self):
        actor = self._make_planned()
        self._remind()
        self._get("due", actor).with_user(self.director_user).action_feedback(feedback="Ringer i næste uge")
        self._remind()
        self._night("2024-06-16")
        self._assert_not_reminded("due", actor)
        actor.with_user(self.consultant).one_entrance_interval = 4
        self._night("2024-06-17")
        self._assert_reminded("due", actor, self.director_user, "2024-05-10")

    def test_who_has_left_or_is_archived_is_not_reminded_of(self):
        left, archived = self._make_planned("Left"), self._make_planned("Archived")
        self._remind()
        left.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Lukket"}
        )
        self._assert_not_reminded("due", left)
        archived.active = False
        self._remind()
        self._assert_not_reminded("due", archived)
        self._assert_not_reminded("ownerless", left)

    def test_what_users_plan_themselves_is_theirs(self):
        actor = self._make_planned(plan_date="2024-05-10", interval=12)
        own = actor.with_user(self.consultant).activity_schedule(
            "one_entrance.mail_activity_type_due", user_id=self.director_user.id
        )
        self._remind()
        self.assertTrue(own.exists())

    # The sheet before a meeting

    def test_the_consultant_brings_the_sheet_up_to_date_before_a_meeting(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        self.company.one_entrance_preparation_days = 14
        self._meet(actor, "2024-05-30 08:00:00")
        self._remind()
        self._assert_not_reminded("update_sheet", actor)
        self._night("2024-05-16")
        self._assert_reminded("update_sheet", actor, self.consultant, "2024-05-30", "2024-05-29")
        self._night("2024-05-29")
        self._assert_reminded("update_sheet", actor, self.consultant, "2024-05-30", "2024-05-29")

    def test_it_is_for_the_leader_where_there_is_no_consultant(self):
        actor = self._make_actor()
        self._meet(actor, "2024-05-15 12:00:00")
        self._remind()
        self._assert_reminded("update_sheet", actor, self.director_user, "2024-05-15", "2024-05-15")

    def test_fresh_is_a_sheet_that_is_valid_on_the_day_of_the_meeting(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        draft = self._make_actor("Draft", consultant_id=self.consultant.id)
        for each in (actor, draft):
            self._meet(each, "2024-05-20 08:00:00")
        self._make_sheet(draft)
        with freeze_time("2023-11-19 10:00:00"):  # valid for six months
            self._make_sheet(actor, ready=True)
        self._remind()
        self.assertEqual(actor.one_entrance_sheet_state, "fresh")
        self._assert_reminded("update_sheet", actor, self.consultant)
        self._assert_reminded("update_sheet", draft, self.consultant)
        draft.one_entrance_sheet_id.with_user(self.consultant).state = "ready"
        self._assert_not_reminded("update_sheet", draft)

    def test_it_moves_with_the_meeting_and_goes_with_it(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        meeting = self._meet(actor, "2024-05-20 08:00:00")
        self._remind()
        meeting.write({"start": "2024-05-22 08:00:00"})
        self._assert_reminded("update_sheet", actor, self.consultant, "2024-05-22", "2024-05-21")
        self._postpone(meeting, "2024-06-01")
        self._assert_not_reminded("update_sheet", actor)

    # Nobody acts

    def test_the_managers_learn_of_an_actor_for_whom_nobody_acts(self):
        self.head.delegate_id = False
        actor = self._make_actor(leader=self.head)
        self._remind()
        self._assert_reminded("ownerless", actor, self.managers, deadline=self.today)
        self._night("2024-05-16")
        self._assert_reminded("ownerless", actor, self.managers, deadline=self.today)

    def test_a_mayor_led_actor_has_an_owner_when_one_of_the_principals_acts(self):
        actor = self._make_actor(mayor_led=True)
        self._remind()
        self._assert_reminded("ownerless", actor, self.managers)
        self.municipal_director.delegate_id = self.delegate_user
        self._remind()
        self._assert_not_reminded("ownerless", actor)

    def test_it_is_withdrawn_for_all_when_mended(self):
        self.head.delegate_id = False
        actor = self._make_actor(leader=self.head)
        self._remind()
        self.head.delegate_id = self.delegate_user
        self._remind()
        self._assert_not_reminded("ownerless", actor)

    def test_put_aside_it_comes_back_after_a_week(self):
        self.head.delegate_id = False
        actor = self._make_actor(leader=self.head)
        self._remind()
        self._get("ownerless", actor).filtered(lambda each: each.user_id == self.manager).action_feedback()
        self._night("2024-05-21")
        self._assert_reminded("ownerless", actor, self.managers - self.manager)
        self._night("2024-05-22")
        self._assert_reminded("ownerless", actor, self.managers)

    def test_another_municipality_is_for_its_own_managers(self):
        other = self.env["res.company"].create({"name": "Nabokommunen"})
        manager = self._make_user(
            "neighbour", "one_entrance.group_manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        leader = self._make_leader("Neighbour", self.level_director, company_id=other.id)
        actor = (
            self.env["res.partner"]
            .with_company(other)
            .create({"name": "Nabohavnen", "one_entrance_leader_id": leader.id, "one_entrance_company_id": other.id})
        )
        self._remind()
        self._assert_reminded("ownerless", actor, manager)

    # Was it held?

    def test_the_leader_is_asked_whether_a_meeting_was_held(self):
        actor = self._make_actor()
        meeting = self._meet(actor, "2024-05-14 08:00:00")
        self._meet(actor, "2024-05-15 06:00:00")
        self._remind()
        activity = self._assert_reminded("ask_held", meeting, self.director_user, "2024-05-14", self.today)
        self.assertEqual(self._get("ask_held"), activity)
        self.assertIn("Havnen", activity.res_name)

    def test_the_answer_withdraws_the_question_at_once(self):
        meetings = [self._meet(self._make_actor(f"Actor {n}"), "2024-05-14 08:00:00") for n in range(4)]
        self._remind()
        held, postponed, cancelled, moved = meetings
        held.with_user(self.director_user).action_hold()
        self._postpone(postponed, "2024-06-01")
        cancelled.postpone_reason = "actor"
        cancelled.action_cancel()
        moved.start = "2024-06-03 08:00:00"
        self.assertFalse(self._get("ask_held"))

    def test_it_is_asked_again_after_a_week(self):
        meeting = self._meet(self._make_actor(), "2024-05-14 08:00:00")
        self._remind()
        self._get("ask_held", meeting).action_feedback()
        self._night("2024-05-21")
        self._assert_not_reminded("ask_held", meeting)
        self._night("2024-05-22")
        self._assert_reminded("ask_held", meeting, self.director_user, "2024-05-14", "2024-05-22")

    def test_the_consultant_is_asked_where_nobody_acts_for_the_leader(self):
        self.head.delegate_id = False
        meeting = self._meet(
            self._make_actor(leader=self.head, consultant_id=self.consultant.id), "2024-05-14 08:00:00"
        )
        self._remind()
        self._assert_reminded("ask_held", meeting, self.consultant)

    def test_only_who_may_read_a_meeting_is_asked(self):
        actor = self._make_actor()
        theirs = self._meet(actor, "2024-05-14 08:00:00", leader_id=self.head.id)
        self._remind()
        self._assert_reminded("ask_held", theirs, self.managers)
        actor.with_user(self.consultant).one_entrance_consultant_id = self.consultant
        theirs.confidential = True
        self._remind()
        self._assert_reminded("ask_held", theirs, self.consultant)

    def test_no_question_about_an_actor_that_has_left(self):
        actor = self._make_actor()
        meeting = self._meet(actor, "2024-05-14 08:00:00")
        actor.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Lukket"}
        )
        self._remind()
        self._assert_not_reminded("ask_held", meeting)

    # Planned again

    def test_the_leader_is_reminded_of_a_postponed_meeting(self):
        meeting = self._meet(self._make_actor(), "2024-05-14 08:00:00")
        self._postpone(meeting, "2024-06-01")
        self._remind()
        self._assert_reminded("plan_again", meeting, self.director_user, "2024-06-01", "2024-06-01")
        meeting.replan_date = "2024-06-10"
        self._assert_reminded("plan_again", meeting, self.director_user, "2024-06-10", "2024-06-10")

    def test_a_new_date_withdraws_it_at_once(self):
        actor = self._make_actor()
        meeting = self._meet(actor, "2024-05-14 08:00:00")
        self._postpone(meeting, "2024-06-01")
        self._remind()
        meeting._replace_with(self._meet(actor, "2024-06-03 08:00:00"))
        self._assert_not_reminded("plan_again", meeting)

    # Political seats come to their end

    def test_the_consultant_is_asked_three_months_before_a_seat_ends(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        self._make_seat(actor, "2024-08-16")
        self._make_seat(actor, "2024-08-20")
        self._remind()
        self._assert_not_reminded("confirm_seats", actor)
        self._night("2024-05-16")
        activity = self._assert_reminded("confirm_seats", actor, self.consultant, "2024-08-16", "2024-08-16")
        self.assertIn("08/16/2024", activity.summary)
        self._night("2024-05-20")
        self.assertEqual(self._get("confirm_seats", actor), activity, "one an actor, whatever the number of seats")

    def test_it_is_for_who_acts_and_else_for_the_managers(self):
        led, ownerless = self._make_actor("Led"), self._make_actor("Ownerless", leader=self.head)
        self.head.delegate_id = False
        for actor in (led, ownerless):
            self._make_seat(actor, "2024-06-30")
        self._remind()
        self._assert_reminded("confirm_seats", led, self.director_user)
        self._assert_reminded("confirm_seats", ownerless, self.managers)

    def test_it_moves_to_the_next_end_and_goes_at_once_when_all_is_said(self):
        actor = self._make_actor(consultant_id=self.consultant.id)
        first, second = self._make_seat(actor, "2024-06-30"), self._make_seat(actor, "2024-07-31")
        self._remind()
        activity = self._get("confirm_seats", actor)
        first.with_user(self.consultant).action_final()
        self._assert_reminded("confirm_seats", actor, self.consultant, "2024-07-31", "2024-07-31")
        self.assertEqual(self._get("confirm_seats", actor), activity)
        self.env["one.entrance.seat.renew.wizard"].with_user(self.consultant).create(
            {"seat_ids": [(6, 0, second.ids)]}
        ).action_apply()
        self._assert_not_reminded("confirm_seats", actor)
        first.with_user(self.consultant).action_undo_final()
        self._remind()
        self._assert_reminded("confirm_seats", actor, self.consultant, "2024-06-30")

    def test_another_end_or_the_seat_deleted_withdraws_it_at_once(self):
        moved, deleted = self._make_actor("Moved"), self._make_actor("Deleted")
        seats = [self._make_seat(actor, "2024-06-30") for actor in (moved, deleted)]
        self._remind()
        seats[0].date_to = "2025-06-30"
        seats[1].unlink()
        self._assert_not_reminded("confirm_seats", moved)
        self._assert_not_reminded("confirm_seats", deleted)

    def test_it_is_asked_until_three_months_after_the_end_and_only_of_actors_in_the_scheme(self):
        actor, left = self._make_actor(), self._make_actor("Left")
        for each in (actor, left):
            self._make_seat(each, "2024-04-30")
        left.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Lukket"}
        )
        self._night("2024-07-30")
        self._assert_reminded("confirm_seats", actor, self.director_user, "2024-04-30", "2024-04-30")
        self._assert_not_reminded("confirm_seats", left)
        self._night("2024-07-31")
        self._assert_not_reminded("confirm_seats", actor)

    def test_put_aside_it_stays_away_for_the_same_end(self):
        actor = self._make_actor()
        seat = self._make_seat(actor, "2024-06-30")
        self._remind()
        self._get("confirm_seats", actor).with_user(self.director_user).action_feedback()
        self._night("2024-06-16")
        self._assert_not_reminded("confirm_seats", actor)
        seat.date_to = "2024-07-31"
        self._night("2024-06-17")
        self._assert_reminded("confirm_seats", actor, self.director_user, "2024-07-31")

    def test_the_correction_of_the_term_moves_it(self):
        actor = self._make_actor()
        self.company.one_entrance_election_date = "2024-06-30"
        self._make_seat(actor)
        self._remind()
        self._assert_reminded("confirm_seats", actor, self.director_user, "2024-06-30")
        self.company.one_entrance_election_date = "2024-07-31"
        self._assert_reminded("confirm_seats", actor, self.director_user, "2024-07-31")
        self.company.one_entrance_election_date = "2025-06-30"
        self._assert_not_reminded("confirm_seats", actor)

    # The rest of the night

    def test_the_dates_follow_the_meetings_whose_day_has_passed(self):
        actor = self._make_planned()
        self._meet(actor, "2024-05-16 08:00:00")
        self._meet(actor, "2024-05-20 08:00:00")
        self._night("2024-05-17")
        self.assertEqual(actor.one_entrance_next_meeting_date, fields.Date.to_date("2024-05-20"))
        self._night("2024-05-21")
        self.assertFalse(actor.one_entrance_next_meeting_date)
        self._assert_reminded("due", actor, self.director_user)

    def test_the_municipalitys_day_begins_before_the_servers(self):
        actor = self._make_planned(plan_date="2024-03-15")  # due on 15 June, so from 16 May
        with freeze_time("2024-05-15 21:59:00"):
            self._remind()
            self._assert_not_reminded("due", actor)
        with freeze_time("2024-05-15 22:01:00"):
            self._remind()
            self._assert_reminded("due", actor, self.director_user)

    def test_no_mail_is_sent_for_a_reminder(self):
        self._make_planned()
        before = self.env["mail.mail"].search_count([])
        self.env["one.entrance.reminder"]._remind_about("res.partner")
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_a_reminder_is_written_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.director_user.lang = "da_DK"
        actor = self._make_planned()
        self._remind()
        self.assertIn("10.04.2024", self._get("due", actor).summary)

    def test_where_nothing_is_due_it_takes_four_queries(self):
        actor = self._make_planned(plan_date="2024-05-10", interval=12)
        self._make_seat(actor, "2025-12-31")
        reminder = self.env["one.entrance.reminder"]

        def run():
            looking = reminder._begin_night()
            for model in ("res.partner", "one.entrance.meeting"):
                self.assertEqual(list(looking._remind_about(model)), [0])

        run()  # fills the caches that a server in use has filled
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            run()

    def test_many_reminders_take_few_queries_each(self):
        actors = [self._make_planned(f"Actor {number}", leader=self.director) for number in range(100)]
        for actor in actors[::4]:
            self._make_seat(actor, "2024-06-30")
        reminder = self.env["one.entrance.reminder"]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(len(actors) * 1.2):
            given = sum(reminder._remind_about("res.partner"))
            self.env.flush_all()
        self.assertEqual(given, len(actors) + len(actors[::4]))

    def test_the_scheduled_job_gives_them_in_as_many_runs_as_it_takes(self):
        actors = [self._make_planned(f"Actor {number}") for number in range(7)]
        job = self.env.ref("one_entrance.ir_cron_reminders")
        with (
            patch(f"{MODELS}.one_entrance_reminder.BATCH", 2),
            patch("odoo.addons.base.models.ir_cron.MIN_TIME_PER_JOB", 0),
            self.enter_registry_test_mode(),
        ):
            job.method_direct_trigger()
        for actor in actors:
            self._assert_reminded("due", actor, self.director_user)

    @mute_logger("odoo.models.unlink")
    def test_the_types_stay(self):
        with self.assertRaises(UserError):
            self.env.ref("one_entrance.mail_activity_type_due").unlink()
