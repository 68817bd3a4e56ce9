from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

FIRST_TALK = "one_entrance.mail_activity_type_first_talk"
AHEAD = "2024-06-01"


@tagged("post_install", "-at_install")
class TestHandover(OneEntranceCase):
    """Actors pass from one leader to another with all that lies ahead, and the history stays (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2023-01-10"):
            cls.actor = cls._make_actor("Havnen", consultant_id=cls.consultant.id)
            cls.other = cls._make_actor("Letbanen")
        cls.actors = cls.actor | cls.other
        cls.third = cls._make_leader("Head of Roads", cls.level_head)

    def _open(self, leader=None, actors=None, user=None):
        """The handover as it opens from a leader, or from chosen actors."""
        source = actors.with_user(user or self.consultant) if actors else leader.with_user(user or self.consultant)
        action = source.action_one_entrance_hand_over() if actors else source.action_hand_over()
        return Form(self.env[action["res_model"]].with_user(user or self.consultant).with_context(**action["context"]))

    def _hand_over(self, actors=None, leader=None, day=None, reason="New post", **values):
        form = self._open(actors=actors or self.actor)
        form.to_leader_id = leader or self.head
        form.reason = reason
        if day:
            form.date = day
        for name, value in values.items():
            form[name] = value
        wizard = form.save()
        wizard.action_hand_over()
        return wizard

    def _run_job(self, day):
        with freeze_time(f"{day} 02:00:00"):
            self.env.invalidate_all()
            self.env["one.entrance.appointment"]._apply_due_handovers()
            self.env.flush_all()

    def _get_periods(self, actor):
        """:return: leader, from, until, reason of each period, the earliest first"""
        periods = self.env["one.entrance.appointment"].search([("partner_id", "=", actor.id)], order="date_from, id")
        return [
            (period.leader_id, str(period.date_from), str(period.date_to or ""), period.reason or "")
            for period in periods
        ]

    def _plan(self, actor=None, day="2024-06-10", user=None, **values):
        """A planned meeting in the calendar."""
        meeting = (
            self.env["one.entrance.meeting"]
            .with_user(user or self.consultant)
            .create(
                {
                    "partner_id": (actor or self.actor).id,
                    "start": f"{day} 08:00:00",
                    "stop": f"{day} 09:00:00",
                    **values,
                }
            )
        )
        meeting.action_add_to_calendar()
        return meeting.with_user(self.env.user)

    def _hold(self, actor=None, day="2024-05-02", **values):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": (actor or self.actor).id, "start": f"{day} 08:00:00", "state": "held", **values}
        )

    def _promise(self, meeting, user=None, **values):
        return self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Kajen",
                "commitment": "Svar om kajen",
                "responsible_id": (user or self.director_user).id,
                "deadline": "2024-06-20",
                **values,
            }
        )

    def _get_first_talks(self, actors=None):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", (actors or self.actors).ids),
                ("activity_type_id", "=", self.env.ref(FIRST_TALK).id),
            ]
        )

    # Opening it

    def test_from_a_leader_all_actors_are_proposed_and_some_may_be_kept(self):
        self.other.active = False
        form = self._open(leader=self.director)
        self.assertEqual(form.partner_ids[:], self.actors)
        form.partner_ids.remove(id=self.actor.id)
        form.to_leader_id = self.head
        form.reason = "New post"
        form.save().action_hand_over()
        self.assertEqual(self.other.one_entrance_leader_id, self.head)
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)

    def test_from_chosen_actors_only_those_are_proposed(self):
        form = self._open(actors=self.other)
        self.assertEqual(form.from_leader_id, self.director)
        self.assertEqual(form.partner_ids[:], self.other)

    def test_actors_of_several_leaders_are_handed_over_one_leader_at_a_time(self):
        theirs = self._make_actor("Museet", leader=self.head)
        form = self._open(actors=self.actor | theirs)
        self.assertFalse(form.from_leader_id)
        self.assertFalse(form.partner_ids[:])
        self.assertEqual(form.chosen_leader_ids[:], self.director | self.head)
        form.from_leader_id = self.director
        self.assertEqual(form.partner_ids[:], self.actor)
        form.from_leader_id = self.head
        self.assertEqual(form.partner_ids[:], theirs)

    def test_actors_without_a_contact_leader_are_not_handed_over(self):
        with self.assertRaisesRegex(UserError, "Broen: there is no contact leader"):
            self._make_actor("Broen", mayor_led=True).with_user(self.consultant).action_one_entrance_hand_over()

    def test_two_leaders_are_not_handed_over_at_once(self):
        with self.assertRaisesRegex(UserError, "one leader's actors at a time"):
            (self.director | self.head).with_user(self.consultant).action_hand_over()

    def test_it_says_beforehand_what_will_move(self):
        self._plan()
        self._plan(self.other, day="2024-05-20")
        meeting = self._hold(confidential=True)
        self._promise(meeting)
        self.actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        other_consultant = self._make_user("other_consultant", "one_entrance.group_consultant")
        form = self._open(leader=self.director, user=other_consultant)
        self.assertEqual((form.actor_count, form.meeting_count, form.activity_count), (2, 2, 2))
        self.assertIn("planned meetings: 2, open activities: 2", form.preview)
        form.date = AHEAD
        self.assertEqual(form.meeting_count, 1)
        self.assertIn("On that day follow", form.preview)
        self.assertFalse(form.warning)

    def test_more_than_the_capacity_is_warned_about(self):
        self.head.capacity = 1
        form = self._open(leader=self.director)
        form.to_leader_id = self.head
        self.assertIn("Head of Culture will hold 2 actors, more than the capacity of 1", form.warning)
        form.reason = "New post"
        form.save().action_hand_over()
        self.assertEqual(self.actors.one_entrance_leader_id, self.head)

    # Who may

    def test_consultants_hand_over_and_leaders_do_not(self):
        for user in (self.director_user, self.colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._open(leader=self.director, user=user)
        self._hand_over()
        self.assertEqual(self.actor.one_entrance_leader_id, self.head)

    # At once

    def test_today_one_period_ends_with_the_reason_and_the_next_begins(self):
        self._hand_over(self.actors, note="Godt samarbejde")
        for actor in self.actors:
            self.assertEqual(
                self._get_periods(actor),
                [
                    (self.director, "2023-01-10", "2024-05-15", "New post"),
                    (self.head, "2024-05-15", "", ""),
                ],
            )
        self.assertEqual(self.actors.one_entrance_leader_id, self.head)
        period = self.actor.one_entrance_appointment_ids.filtered("date_to")
        self.assertEqual(period.note, "Godt samarbejde")
        self.assertFalse(self.actor.one_entrance_appointment_ids.filtered("effect_date"))

    def test_back_dated_the_periods_meet_on_that_day(self):
        self._hand_over(day="2024-02-01")
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", "2024-02-01", "New post"), (self.head, "2024-02-01", "", "")],
        )
        self.assertEqual(self.actor.one_entrance_leader_id, self.head)

    def test_the_actors_log_tells_from_whom_to_whom_and_why(self):
        self._hand_over(reason="<b>Fusion</b>")
        body = self.actor.message_ids.filtered(lambda message: "Handed over" in message.body)
        self.assertEqual(len(body), 1)
        self.assertIn("from Director, Technology to Head of Culture on 05/15/2024. Reason: &lt;b&gt;Fusion", body.body)
        self.assertEqual(body.author_id, self.consultant.partner_id)

    def test_what_was_held_stays_with_the_old_leader(self):
        held = self._hold()
        self._hand_over()
        self.assertEqual(held.leader_id, self.director)

    # Refused, all or nothing

    def _assert_refused(self, words, **values):
        with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
            self._hand_over(self.actors, **values)
        for word in words:
            self.assertIn(word, str(refusal.exception))
        self.env.invalidate_all()
        self.assertEqual(self.actors.one_entrance_leader_id, self.director)
        self.assertEqual([len(self._get_periods(actor)) for actor in self.actors], [1, 1])

    def test_a_leader_on_another_level_is_refused(self):
        clerk = self._make_leader("Clerk", self.env.ref("one_entrance.one_entrance_level_5"), role="other")
        self._assert_refused(("Clerk", "Havnen", "Letbanen", "5 Team Leader", "2 Director"), leader=clerk)

    def test_an_archived_leader_is_refused(self):
        self.third.active = False
        self._assert_refused(("Head of Roads", "archived"), leader=self.third)

    def test_the_same_leader_is_refused(self):
        self._assert_refused(("Director, Technology", "already"), leader=self.director)

    def test_a_leader_of_another_municipality_is_refused(self):
        company = self.env["res.company"].create({"name": "Sydby Kommune"})
        self.consultant.company_ids += company
        foreign = self._make_leader("Foreign", self.level_head, company_id=company.id)
        self.consultant.with_user(self.consultant).env.invalidate_all()
        with self.assertRaisesRegex(ValidationError, "Foreign is a leader of Sydby Kommune"):
            wizard = self._open(actors=self.actors)
            wizard.to_leader_id = self.third
            wizard.reason = "New post"
            wizard = wizard.save()
            wizard.with_context(allowed_company_ids=(self.company | company).ids).to_leader_id = foreign
            wizard.with_context(allowed_company_ids=(self.company | company).ids).action_hand_over()

    def test_one_actor_that_cannot_be_handed_over_keeps_all_with_their_leader(self):
        with freeze_time("2024-04-01"):
            late = self._make_actor("Museet")
        self.actors |= late
        with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
            self._hand_over(self.actors, day="2024-02-01")
        self.assertIn("Museet: Director, Technology became contact leader on 04/01/2024", str(refusal.exception))
        self.assertNotIn("Havnen", str(refusal.exception))
        self.env.invalidate_all()
        self.assertEqual(self.actors.one_entrance_leader_id, self.director)

    def test_an_actor_that_got_another_leader_meanwhile_is_refused_by_name(self):
        form = self._open(leader=self.director)
        form.to_leader_id = self.head
        form.reason = "New post"
        wizard = form.save()
        self.other.with_user(self.consultant).one_entrance_leader_id = self.third
        with self.assertRaisesRegex(ValidationError, "^Letbanen: Director, Technology is not the contact leader"):
            wizard.action_hand_over()

    def test_nobody_chosen_is_refused(self):
        form = self._open(actors=self.actor)
        form.to_leader_id = self.head
        form.reason = "New post"
        form.partner_ids.clear()
        with self.assertRaisesRegex(UserError, "No actor is chosen"):
            form.save().action_hand_over()

    # What lies ahead goes along

    def test_activities_on_actor_meetings_and_sheets_move_once(self):
        todo = "mail.mail_activity_data_todo"
        sheet = self._make_sheet(self.actor)
        planned, held = self._plan(), self._hold()
        activities = self.env["mail.activity"]
        for record in (self.actor, sheet, planned, held):
            activities |= record.activity_schedule(todo, user_id=self.director_user.id)
        stays = self.actor.activity_schedule(todo, user_id=self.consultant.id)
        elsewhere = self.other.activity_schedule(todo, user_id=self.director_user.id)
        done = self.actor.activity_schedule(todo, user_id=self.director_user.id)
        done.action_feedback()
        before = self.env["mail.activity"].search_count([])
        mails = self.env["mail.mail"].search([])
        self._hand_over()
        self.assertEqual(activities.user_id, self.delegate_user)
        self.assertEqual(stays.user_id, self.consultant)
        self.assertEqual(elsewhere.user_id, self.director_user)
        self.assertEqual(done.user_id, self.director_user)
        self.assertEqual(self.env["mail.activity"].search_count([]), before + 1)  # the first talk
        sent = self.env["mail.mail"].search([]) - mails
        self.assertFalse([mail.subject for mail in sent if "assigned" in (mail.subject or "")])

    def test_open_commitments_move_and_those_kept_stay(self):
        meeting = self._hold()
        point, kept = self._promise(meeting), self._promise(meeting, commitment="Ring til havnechefen")
        others = self._promise(meeting, user=self.consultant, commitment="Send kortet")
        kept.action_done()
        self._hand_over()
        self.assertEqual(point.responsible_id, self.delegate_user)
        self.assertEqual(point.activity_ids.user_id, self.delegate_user)
        self.assertEqual(len(point.activity_ids), 1)
        self.assertEqual(kept.responsible_id, self.director_user)
        self.assertEqual(others.responsible_id, self.consultant)

    def test_the_new_leader_is_asked_for_a_first_talk_with_each_actor_once(self):
        self._hand_over(self.actors)
        talks = self._get_first_talks()
        self.assertEqual(sorted(talks.mapped("res_id")), sorted(self.actors.ids))
        self.assertEqual(talks.user_id, self.delegate_user)
        self.assertIn("Director, Technology", talks[0].summary)
        self.assertEqual(talks.mapped("date_deadline"), [date(2024, 5, 29)] * 2)
        self.third.user_id = self.director_user
        self._hand_over(self.actors, leader=self.third)
        self.assertEqual(self._get_first_talks(), talks)
        self.assertEqual(talks.user_id, self.director_user)

    def test_where_one_delegate_acts_for_both_leaders_the_activities_stay(self):
        self.third.delegate_id = self.delegate_user
        self._hand_over(leader=self.third)
        todo = self.actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.delegate_user.id)
        self._hand_over(leader=self.head)
        self.assertEqual(todo.user_id, self.delegate_user)

    def test_where_nobody_acts_for_the_new_leader_the_consultant_gets_the_activities(self):
        todo = self.actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        form = self._open(actors=self.actors)
        form.to_leader_id = self.third
        self.assertIn("neither a login nor a delegate", form.warning)
        form.reason = "New post"
        form.save().action_hand_over()
        self.assertEqual(todo.user_id, self.consultant)
        self.assertEqual(self._get_first_talks(self.actor).user_id, self.consultant)
        self.assertFalse(self._get_first_talks(self.other).user_id)

    # Meetings and their guests

    def test_planned_meetings_and_their_guests_follow(self):
        self.head.partner_id.email = "culture@example.com"
        meeting = self._plan()
        event = meeting.event_id
        guests = event.partner_ids
        self.assertIn(self.director.partner_id, guests)
        self._hand_over()
        self.assertEqual(meeting.leader_id, self.head)
        self.assertEqual(event.partner_ids, guests - self.director.partner_id | self.head.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertEqual(meeting.attendee_ids, event.partner_ids)
        self.assertEqual(meeting.state, "planned")

    def _get_messages(self, leader):
        return self.env["mail.message"].search(
            [("model", "=", leader._name), ("res_id", "=", leader.id), ("message_type", "=", "user_notification")]
        )

    def test_both_leaders_are_told_in_one_message_with_the_meetings_as_one_calendar_file(self):
        self.head.partner_id.email = "culture@example.com"
        self.director.partner_id.email = "director@example.com"
        for actor, day in ((self.actor, "2024-06-10"), (self.actor, "2024-06-11"), (self.other, "2024-06-12")):
            self._plan(actor, day=day)
        held = self._plan(self.other, day="2024-05-16")
        held.event_id.unlink()
        self._hand_over(self.actors)
        message = self._get_messages(self.head).filtered(
            lambda message: self.head.partner_id in message.notified_partner_ids
        )
        self.assertEqual(len(message), 1)
        self.assertEqual(message.subject, "Handed over to Head of Culture: 2 actors")
        for words in ("Havnen", "Letbanen", "from Director, Technology", "6/10/24", "6/11/24", "6/12/24"):
            self.assertIn(words, message.body)
        self.assertNotIn("5/16/24", message.body)
        calendar = message.attachment_ids.raw.decode()
        for mark, count in (("BEGIN:VCALENDAR", 1), ("BEGIN:VEVENT", 3), ("END:VEVENT", 3), ("END:VCALENDAR", 1)):
            self.assertEqual(calendar.count(mark), count, mark)
        self.assertEqual(len(self._get_messages(self.head).notified_partner_ids), 2)  # the delegate is told too
        farewell = self._get_messages(self.director).filtered(lambda message: "Handed" in message.subject)
        self.assertEqual(farewell.mapped("subject"), ["Handed over to Head of Culture: 2 actors"] * 2)
        self.assertFalse(farewell.attachment_ids)
        invitations = self.env["mail.message"].search(
            [("model", "=", "calendar.event"), ("partner_ids", "in", self.head.partner_id.ids)]
        )
        self.assertFalse(invitations)

    def test_meetings_before_the_day_and_other_leaders_meetings_stay(self):
        earlier = self._plan(day="2024-05-20")
        on_the_day = self._plan(day="2024-05-31")
        others = self._plan(day="2024-06-10", leader_id=self.third.id)
        cancelled = self._plan(day="2024-06-11")
        cancelled.write({"postpone_reason": "actor"})
        cancelled.action_cancel()
        self._hand_over(day="2024-05-31")
        self.assertEqual(earlier.leader_id, self.director)
        self.assertEqual(on_the_day.leader_id, self.head)
        self.assertEqual(others.leader_id, self.third)
        self.assertEqual(cancelled.leader_id, self.director)

    def test_the_delegate_who_was_invited_makes_room_for_the_next_delegate(self):
        self._hand_over()
        meeting = self._plan(user=self.delegate_user)
        event = meeting.event_id
        event.partner_ids += self.delegate_user.partner_id
        event.user_id = self.delegate_user
        next_delegate = self._make_user("next_delegate", "one_entrance.group_leader")
        self.third.delegate_id = next_delegate
        self._hand_over(leader=self.third)
        self.assertNotIn(self.delegate_user.partner_id, event.partner_ids)
        self.assertLessEqual(next_delegate.partner_id | self.third.partner_id, event.partner_ids)
        self.assertEqual(event.user_id, next_delegate)

    def test_a_meeting_without_a_calendar_event_moves_too(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id, "start": "2024-06-10 08:00:00"})
        self._hand_over()
        self.assertEqual(meeting.leader_id, self.head)
        self.assertFalse(meeting.attendee_ids)

    def test_what_is_confidential_moves_and_the_old_leader_reads_it_no_more(self):
        self.director.delegate_id = self._make_user("assistant", "one_entrance.group_leader")
        meeting = self._hold(confidential=True)
        own = self._promise(meeting)
        assistants = self._promise(meeting, user=self.director.delegate_id, commitment="Send kortet")
        planned = self._plan(confidential=True, user=self.consultant)
        meeting.message_subscribe(self.director_user.partner_id.ids)
        other_consultant = self._make_user("other_consultant", "one_entrance.group_consultant")
        form = self._open(actors=self.actor, user=other_consultant)
        form.to_leader_id = self.head
        form.reason = "New post"
        form.save().action_hand_over()
        self.assertEqual((own | assistants).responsible_id, self.delegate_user)
        self.assertEqual(meeting.activity_ids.user_id, self.delegate_user)
        self.assertEqual(planned.leader_id, self.head)
        self.assertNotIn(self.director_user.partner_id, meeting.message_partner_ids)
        self.assertFalse(meeting.with_user(self.director_user).has_access("read"))
        meeting._check_confidential_activities()

    # Ahead

    def test_dated_ahead_the_leader_stays_until_the_day(self):
        todo = self.actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        before, after = self._plan(day="2024-05-20"), self._plan(day="2024-06-10")
        self._hand_over(day=AHEAD)
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", AHEAD, "New post"), (self.head, AHEAD, "", "")],
        )
        self.assertEqual((before.leader_id, after.leader_id), (self.director, self.head))
        self.assertIn(self.head.partner_id, after.event_id.partner_ids)
        self.assertEqual(todo.user_id, self.director_user)
        self.assertFalse(self._get_first_talks())
        planned_later = self._plan(day="2024-06-12")
        self.assertEqual(planned_later.leader_id, self.director)
        self._run_job("2024-05-31")
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        for _twice in range(2):
            self._run_job(AHEAD)
            self.assertEqual(self.actor.one_entrance_leader_id, self.head)
            self.assertEqual(todo.user_id, self.delegate_user)
            self.assertEqual(planned_later.leader_id, self.head)
            self.assertEqual(before.leader_id, self.director)
            self.assertEqual(self._get_first_talks().user_id, self.delegate_user)
            self.assertEqual(len(self._get_first_talks()), 1)
        self.assertFalse(self.actor.one_entrance_appointment_ids.filtered("effect_date"))

    def test_a_job_that_comes_late_makes_up_for_it(self):
        self._hand_over(day=AHEAD)
        self._run_job("2024-06-05")
        self.assertEqual(self.actor.one_entrance_leader_id, self.head)
        self.assertEqual(self._get_periods(self.actor)[1], (self.head, AHEAD, "", ""))

    def test_another_leader_by_hand_before_the_day_calls_the_handover_off(self):
        meeting = self._plan()
        self._hand_over(day=AHEAD)
        with freeze_time("2024-05-20 10:00:00"):
            self.env.invalidate_all()
            self.actor.with_user(self.consultant).one_entrance_leader_id = self.third
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", "2024-05-20", ""), (self.third, "2024-05-20", "", "")],
        )
        self.assertEqual(meeting.leader_id, self.director)
        self.assertIn(self.director.partner_id, meeting.event_id.partner_ids)
        self.assertTrue(self.actor.message_ids.filtered(lambda message: "called off" in message.body))
        self._run_job(AHEAD)
        self.assertEqual(self.actor.one_entrance_leader_id, self.third)

    def test_the_same_leader_by_hand_before_the_day_begins_at_once(self):
        meeting = self._plan()
        self._hand_over(day=AHEAD)
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", "2024-05-15", ""), (self.head, "2024-05-15", "", "")],
        )
        self.assertEqual(meeting.leader_id, self.head)

    def test_becoming_mayor_led_before_the_day_calls_the_handover_off(self):
        self._hand_over(day=AHEAD)
        self.actor.with_user(self.consultant).one_entrance_mayor_led = True
        self.assertEqual(self._get_periods(self.actor), [(self.director, "2023-01-10", "2024-05-15", "Mayor-led")])
        self._run_job(AHEAD)
        self.assertFalse(self.actor.one_entrance_leader_id)

    def test_leaving_before_the_day_calls_the_handover_off_and_rejoining_brings_the_leader_back(self):
        self._hand_over(day=AHEAD)
        actor = self.actor.with_user(self.consultant)
        actor.write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": "2024-05-15",
                "one_entrance_left_reason": "Lukket",
            }
        )
        self.assertEqual(self._get_periods(actor), [(self.director, "2023-01-10", "2024-05-15", "Lukket")])
        self._run_job(AHEAD)
        self.assertFalse(actor.one_entrance_leader_id)
        actor.action_one_entrance_rejoin()
        self.assertEqual(self._get_periods(actor), [(self.director, "2023-01-10", "", "")])

    def test_a_second_handover_before_the_day_takes_the_place_of_the_first(self):
        meeting = self._plan(day="2024-06-10")
        self._hand_over(day=AHEAD)
        form = self._open(actors=self.actor)
        form.to_leader_id = self.third
        self.assertIn("A handover to Head of Culture on 06/01/2024 is agreed already for Havnen", form.warning)
        form.reason = "Another division"
        form.date = "2024-06-15"
        form.save().action_hand_over()
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", "2024-06-15", "Another division"), (self.third, "2024-06-15", "", "")],
        )
        self.assertEqual(meeting.leader_id, self.director)
        self._run_job(AHEAD)
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self._run_job("2024-06-15")
        self.assertEqual(self.actor.one_entrance_leader_id, self.third)

    def test_a_handover_today_takes_the_place_of_one_ahead(self):
        meeting = self._plan()
        self._hand_over(day=AHEAD)
        self._hand_over(leader=self.third)
        self.assertEqual(
            self._get_periods(self.actor),
            [(self.director, "2023-01-10", "2024-05-15", "New post"), (self.third, "2024-05-15", "", "")],
        )
        self.assertEqual(meeting.leader_id, self.third)
        self.assertNotIn(self.head.partner_id, meeting.event_id.partner_ids)

    def test_it_is_called_off_on_the_actor_by_those_who_keep_the_register(self):
        self._hand_over(day=AHEAD)
        upcoming = self.actor.one_entrance_appointment_ids.filtered("is_upcoming")
        self.assertEqual(upcoming.leader_id, self.head)
        with self.assertRaises(AccessError):
            upcoming.with_user(self.director_user).action_call_off()
        (self.actor.one_entrance_appointment_ids - upcoming).with_user(self.consultant).action_call_off()
        self.assertTrue(upcoming.exists())
        upcoming.with_user(self.consultant).action_call_off()
        self.assertEqual(self._get_periods(self.actor), [(self.director, "2023-01-10", "", "")])
        self.assertFalse(self.actor.one_entrance_appointment_ids.effect_date)

    def test_a_leader_who_is_to_take_over_is_not_archived_and_stays_on_the_level(self):
        self._hand_over(day=AHEAD)
        head = self.head.with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "Head of Culture.*Havnen"), self.env.cr.savepoint():
            head.active = False
        with self.assertRaisesRegex(ValidationError, "Head of Culture.*Havnen"), self.env.cr.savepoint():
            head.level_id = self.level_top
        with self.assertRaisesRegex(ValidationError, "Head of Culture.*Havnen"), self.env.cr.savepoint():
            self.level_head.with_user(self.manager).may_be_contact = False

    def test_one_who_cannot_take_over_on_the_day_keeps_nobody_else_from_it(self):
        self._hand_over(self.actor, day=AHEAD)
        self._hand_over(self.other, leader=self.third, day=AHEAD)
        self.env.flush_all()
        self.env.cr.execute("UPDATE one_entrance_leader SET active = false WHERE id = %s", [self.head.id])
        with self.assertLogs("odoo.addons.one_entrance", "WARNING") as log:
            self._run_job(AHEAD)
        self.assertIn("Havnen", log.output[0])
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self.assertEqual(self.other.one_entrance_leader_id, self.third)

    def test_what_a_manager_writes_ahead_takes_effect_on_the_day_too(self):
        period = self.actor.one_entrance_appointment_ids.with_user(self.manager)
        period.write({"date_to": AHEAD, "reason": "Retires"})
        self._run_job("2024-05-31")
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self.env["one.entrance.appointment"].with_user(self.manager).create(
            {"partner_id": self.actor.id, "leader_id": self.third.id, "date_from": "2024-06-10"}
        )
        self._run_job(AHEAD)
        self.assertFalse(self.actor.one_entrance_leader_id)
        self._run_job("2024-06-10")
        self.assertEqual(self.actor.one_entrance_leader_id, self.third)

    def test_merged_into_another_actor_the_handover_is_called_off(self):
        self._hand_over(day=AHEAD)
        self._hand_over(self.other, leader=self.third, day=AHEAD)
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.consultant)
        wizard = wizard.create(
            {
                "partner_ids": [(6, 0, self.actors.ids)],
                "dst_partner_id": self.other.id,
                "state": "selection",
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()
        own = self.other.one_entrance_appointment_ids.filtered(lambda period: not period.origin)
        self.assertEqual(own.leader_id, self.director | self.third)
        self._run_job(AHEAD)
        self.assertEqual(self.other.one_entrance_leader_id, self.third)
        merged = self.other.one_entrance_appointment_ids - own
        self.assertEqual((merged.leader_id, str(merged.date_to)), (self.director, "2024-05-15"))

    def test_the_job_asks_one_question_where_nothing_is_due(self):
        self._hand_over(day=AHEAD)
        self.env.flush_all()
        self.env["one.entrance.appointment"]._apply_due_handovers()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.env["one.entrance.appointment"]._apply_due_handovers()
