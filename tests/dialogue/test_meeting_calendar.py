from datetime import datetime

from odoo import fields
from odoo.tests import tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestMeetingCalendar(OneEntranceCase):
    """A meeting and its calendar event follow each other, and what was said outlives the event (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen")
        cls.person = cls.env["res.partner"].create(
            {"name": "Havnechefen", "parent_id": cls.actor.id, "email": "chef@havnen.example"}
        )

    def _plan(self, user=None, **values):
        """Plan a meeting as a click in the calendar does, with what the button on the actor fills in."""
        user = user or self.consultant
        context = self.actor.with_user(user).action_one_entrance_plan_meeting()["context"]
        Event = self.env["calendar.event"].with_user(user).with_context(**context)
        return Event.create({"start": "2024-06-03 08:00:00", "stop": "2024-06-03 09:00:00", **values})

    def _get_meeting(self, event):
        return self.env["one.entrance.meeting"].search([("event_id", "=", event.id)])

    def test_a_click_in_the_calendar_makes_event_and_meeting_in_one(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        self.assertEqual(len(meeting), 1)
        self.assertEqual(meeting.partner_id, self.actor)
        self.assertEqual(meeting.leader_id, self.director)
        self.assertEqual(meeting.start, datetime(2024, 6, 3, 8))
        self.assertEqual(meeting.stop, datetime(2024, 6, 3, 9))
        self.assertEqual(meeting.attendee_ids, self.director.partner_id | self.person | self.consultant.partner_id)
        self.assertEqual(event.partner_ids, meeting.attendee_ids)
        self.assertIn("Havnen", event.name)
        self.assertFalse(event.activity_ids)
        self.assertEqual(self.actor.one_entrance_next_meeting_date, fields.Date.to_date("2024-06-03"))

    def test_a_mayor_led_actor_is_met_by_both_principals(self):
        self.actor = self._make_actor("Letbanen", mayor_led=True)
        event = self._plan()
        self.assertLessEqual(self.mayor.partner_id | self.municipal_director.partner_id, event.partner_ids)

    def test_moving_the_event_moves_the_meeting(self):
        event = self._plan()
        event.write({"start": "2024-06-10 12:00:00", "stop": "2024-06-10 13:00:00"})
        meeting = self._get_meeting(event)
        self.assertEqual(meeting.start, datetime(2024, 6, 10, 12))
        self.assertEqual(self.actor.one_entrance_next_meeting_date, fields.Date.to_date("2024-06-10"))

    def test_moving_the_meeting_moves_the_event(self):
        event = self._plan()
        meeting = self._get_meeting(event).with_user(self.director_user)
        meeting.write({"start": "2024-06-11 12:00:00", "stop": "2024-06-11 13:00:00", "location": "Havnen 1"})
        self.assertEqual(event.start, datetime(2024, 6, 11, 12))
        self.assertEqual(event.location, "Havnen 1")

    def test_deleting_the_event_leaves_a_meeting_to_be_planned_again_with_all_said(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        meeting.minutes = "<p>Spørg til kajen</p>"
        self.env["one.entrance.meeting.point"].create({"meeting_id": meeting.id, "summary": "Kajen"})
        event.unlink()
        self.assertTrue(meeting.exists())
        self.assertEqual(meeting.state, "postponed")
        self.assertEqual(meeting.replan_date, fields.Date.today())
        self.assertIn("kajen", meeting.minutes)
        self.assertEqual(meeting.point_ids.summary, "Kajen")
        self.assertFalse(self.actor.one_entrance_next_meeting_date)

    def test_archiving_and_restoring_the_event(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        event.active = False
        self.assertEqual(meeting.state, "postponed")
        event.active = True
        self.assertEqual(meeting.state, "planned")
        self.assertFalse(meeting.postpone_reason)

    def test_postponing_the_meeting_takes_the_event_out_of_the_calendar(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        meeting.write({"postpone_reason": "illness", "replan_date": "2024-06-20"})
        meeting.action_postpone()
        self.assertFalse(event.active)
        meeting.action_reset()
        self.assertTrue(event.active)

    def test_a_postponed_meeting_is_planned_again_as_a_new_one_and_keeps_its_reason(self):
        meeting = self._get_meeting(self._plan())
        point = self.env["one.entrance.meeting.point"].create({"meeting_id": meeting.id, "summary": "Kajen"})
        meeting.write({"postpone_reason": "illness", "replan_date": "2024-06-20"})
        meeting.action_postpone()
        context = meeting.with_user(self.consultant).action_plan_again()["context"]
        event = (
            self.env["calendar.event"]
            .with_user(self.consultant)
            .with_context(**context)
            .create({"start": "2024-06-24 08:00:00", "stop": "2024-06-24 09:00:00"})
        )
        self.assertEqual(meeting.replacement_id, self._get_meeting(event))
        self.assertEqual(meeting.postpone_reason, "illness")
        self.assertEqual(point.meeting_id, self._get_meeting(event))

    def test_a_declined_invitation_is_seen_on_the_meeting(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        event.attendee_ids.filtered(lambda guest: guest.partner_id == self.person).do_decline()
        self.assertEqual(meeting.declined_ids, self.person)
        self.assertIn("Havnechefen", meeting.message_ids[0].body)

    def _plan_series(self):
        return self._plan(
            recurrency=True, rrule_type="weekly", mon=True, interval=1, count=3, end_type="count", event_tz="UTC"
        )

    def _get_meetings(self):
        return self.env["one.entrance.meeting"].search([("partner_id", "=", self.actor.id)], order="start")

    def test_each_occurrence_of_a_series_is_a_meeting(self):
        event = self._plan_series()
        meetings = self._get_meetings()
        self.assertEqual([str(day) for day in meetings.mapped("date")], ["2024-06-03", "2024-06-10", "2024-06-17"])
        self.assertEqual(meetings.event_id, event.recurrence_id.calendar_event_ids)

    def test_one_occurrence_moves_alone(self):
        self._plan_series()
        meetings = self._get_meetings()
        meetings[1].event_id.write(
            {"start": "2024-06-12 08:00:00", "stop": "2024-06-12 09:00:00", "recurrence_update": "self_only"}
        )
        self.assertEqual([str(day) for day in meetings.mapped("date")], ["2024-06-03", "2024-06-12", "2024-06-17"])

    def test_a_deleted_occurrence_is_to_be_planned_again(self):
        self._plan_series()
        meetings = self._get_meetings()
        meetings[1].event_id.unlink()
        self.assertEqual(meetings.mapped("state"), ["planned", "postponed", "planned"])

    def test_a_moved_series_takes_its_meetings_along(self):
        event = self._plan_series()
        meetings = self._get_meetings()
        event.write({"start": "2024-06-04 10:00:00", "stop": "2024-06-04 11:00:00", "recurrence_update": "all_events"})
        self.assertEqual(self._get_meetings(), meetings)
        self.assertEqual(meetings.mapped("state"), ["planned"] * 3)
        self.assertEqual([str(day) for day in meetings.mapped("date")], ["2024-06-04", "2024-06-11", "2024-06-18"])
        self.assertEqual(len(meetings.event_id), 3)

    def test_the_rest_of_a_series_moves_with_its_meetings(self):
        self._plan_series()
        meetings = self._get_meetings()
        meetings[1].event_id.write(
            {"start": "2024-06-11 10:00:00", "stop": "2024-06-11 11:00:00", "recurrence_update": "future_events"}
        )
        self.assertEqual(self._get_meetings(), meetings)
        self.assertEqual([str(day) for day in meetings.mapped("date")], ["2024-06-03", "2024-06-11", "2024-06-18"])

    def test_a_whole_day_is_that_day(self):
        event = self._plan(allday=True, start_date="2024-06-05", stop_date="2024-06-05")
        self.assertEqual(str(self._get_meeting(event).date), "2024-06-05")
        self.assertTrue(self._get_meeting(event).allday)

    def test_the_day_is_the_municipalitys_over_midnight_and_in_summer_and_winter(self):
        """22:30 UTC is half past midnight in Denmark in summer, and half past eleven in winter."""
        for start, stop, day in (
            ("2024-06-05 22:30:00", "2024-06-06 00:30:00", "2024-06-06"),
            ("2024-06-05 21:30:00", "2024-06-05 23:30:00", "2024-06-05"),
            ("2024-12-05 22:30:00", "2024-12-06 00:30:00", "2024-12-05"),
            ("2024-12-05 23:30:00", "2024-12-06 00:30:00", "2024-12-06"),
            ("2024-10-26 22:30:00", "2024-10-27 03:30:00", "2024-10-27"),  # the night the clock is set back
        ):
            with self.subTest(start=start):
                traveller = self.consultant.with_context(tz="America/New_York")
                event = self._plan(traveller, start=start, stop=stop)
                self.assertEqual(str(self._get_meeting(event).date), day)

    def test_another_municipality_has_its_own_day(self):
        self.company.partner_id.tz = "America/Nuuk"
        event = self._plan(start="2024-06-06 00:30:00", stop="2024-06-06 01:30:00")
        self.assertEqual(str(self._get_meeting(event).date), "2024-06-05")
        whole_day = self._plan(allday=True, start_date="2024-06-10", stop_date="2024-06-10")
        self.assertEqual(str(self._get_meeting(whole_day).date), "2024-06-10")

    def test_a_whole_day_is_that_day_wherever_the_municipality_lies(self):
        self.company.partner_id.tz = "Pacific/Honolulu"  # where it is still the day before when a whole day begins
        event = self._plan(allday=True, start_date="2024-06-10", stop_date="2024-06-10")
        self.assertEqual(str(self._get_meeting(event).date), "2024-06-10")

    def test_a_whole_day_moves_as_a_whole_day(self):
        event = self._plan(allday=True, start_date="2024-06-05", stop_date="2024-06-05")
        event.write({"start_date": "2024-06-12", "stop_date": "2024-06-13"})
        self.assertEqual(str(self._get_meeting(event).date), "2024-06-12")
        event.write({"allday": False, "start": "2024-06-14 08:00:00", "stop": "2024-06-14 09:00:00"})
        meeting = self._get_meeting(event)
        self.assertEqual((str(meeting.date), meeting.allday), ("2024-06-14", False))

    def test_a_held_meeting_stays_whatever_becomes_of_the_event(self):
        event = self._plan(start="2024-05-14 08:00:00", stop="2024-05-14 09:00:00")
        meeting = self._get_meeting(event)
        meeting.action_hold()
        event.write({"start": "2024-06-10 12:00:00", "stop": "2024-06-10 13:00:00"})
        event.unlink()
        self.assertEqual((meeting.state, str(meeting.date)), ("held", "2024-05-14"))

    def test_a_guest_who_is_taken_off_the_event_is_not_expected_at_the_meeting(self):
        event = self._plan()
        event.partner_ids -= self.person
        self.assertNotIn(self.person, self._get_meeting(event).attendee_ids)
        self._get_meeting(event).attendee_ids |= self.person
        self.assertIn(self.person, event.partner_ids)

    def test_who_is_invited_is_told_when_the_meeting_is_called_off(self):
        event = self._plan()
        meeting = self._get_meeting(event)
        self.env["mail.mail"].search([]).unlink()
        meeting.write({"state": "cancelled", "postpone_reason": "municipality"})
        told = self.env["mail.mail"].search([("model", "=", "calendar.event"), ("res_id", "=", event.id)])
        self.assertIn(self.person, told.recipient_ids | told.mail_message_id.notified_partner_ids)

    def test_a_meeting_without_an_event_is_put_in_the_calendar(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"})
        meeting.with_user(self.director_user).action_add_to_calendar()
        self.assertEqual(meeting.event_id.start, meeting.start)
        self.assertIn(self.person, meeting.event_id.partner_ids)

    def test_an_event_becomes_a_meeting_and_lets_it_go(self):
        event = (
            self.env["calendar.event"]
            .with_user(self.consultant)
            .create({"name": "Kaffe", "start": "2024-06-03 08:00:00", "stop": "2024-06-03 09:00:00"})
        )
        event.one_entrance_actor_id = self.actor
        meeting = self._get_meeting(event)
        self.assertEqual(meeting.partner_id, self.actor)
        event.one_entrance_actor_id = False
        self.assertFalse(meeting.event_id)
        self.assertEqual(meeting.state, "postponed")
        self.assertTrue(event.exists())

    def test_a_copied_event_is_another_meeting(self):
        event = self._plan()
        copy = event.copy()
        self.assertEqual(self._get_meeting(copy).partner_id, self.actor)
        self.assertNotEqual(self._get_meeting(copy), self._get_meeting(event))

    def test_a_guest_outside_the_scheme_moves_copies_and_repeats_the_event(self):
        event = self._plan()
        event.partner_ids |= self.colleague.partner_id
        meeting = self._get_meeting(event)
        Event = self.env["calendar.event"].with_user(self.colleague).with_context(no_mail_to_attendees=True)
        as_guest = Event.browse(event.id)  # in the guest's own calendar, without what the button filled in
        as_guest.write({"start": "2024-06-05 08:00:00", "stop": "2024-06-05 09:00:00"})
        self.assertEqual(str(meeting.date), "2024-06-05")
        self.assertFalse(self._get_meeting(as_guest.copy()))
        repeated = {
            "rrule_type": "weekly",
            "wed": True,
            "interval": 1,
            "count": 2,
            "end_type": "count",
            "event_tz": "UTC",
        }
        as_guest.write({"recurrency": True, **repeated})
        self.assertEqual(len(event.recurrence_id.calendar_event_ids), 2)
        self.assertEqual(self.actor.one_entrance_meeting_ids, meeting)

    def test_an_event_of_somebody_else_costs_nothing_more(self):
        events = self.env["calendar.event"].create(
            [{"name": "Andet", "start": "2024-06-03 08:00:00", "stop": "2024-06-03 09:00:00"} for _i in range(3)]
        )
        self.assertFalse(events._get_one_entrance_meetings())
        events.unlink()
        self.assertFalse(events.exists())
