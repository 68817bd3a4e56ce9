from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestMeetingPoint(OneEntranceCase):
    """What was promised at a meeting is an activity for who promised it, and comes back as kept (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen")
        cls.meeting = (
            cls.env["one.entrance.meeting"]
            .with_user(cls.director_user)
            .create({"partner_id": cls.actor.id, "start": "2024-05-14 08:00:00", "state": "held"})
        )

    def _make_point(self, commitment="Svar om kajen", user=None, deadline="2024-06-01", **values):
        promise = commitment and {
            "commitment": commitment,
            "responsible_id": (user or self.consultant).id,
            "deadline": deadline,
        }
        return self.meeting.point_ids.create(
            {"meeting_id": self.meeting.id, "summary": "Kajen", **(promise or {}), **values}
        )

    def test_a_commitment_is_an_activity_of_the_responsible(self):
        point = self._make_point()
        activity = self.meeting.activity_ids
        self.assertEqual(activity.user_id, self.consultant)
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2024-06-01"))
        self.assertEqual(activity.summary, "Svar om kajen")
        self.assertEqual(point.activity_ids, activity)

    def test_a_point_without_a_commitment_is_no_activity(self):
        self._make_point(commitment=None)
        self.assertFalse(self.meeting.activity_ids)

    def test_a_done_activity_comes_back_as_kept_with_its_feedback(self):
        point = self._make_point()
        self.meeting.activity_ids.with_user(self.consultant).action_feedback(feedback="Brevet er sendt")
        self.assertTrue(point.done)
        self.assertEqual(point.done_date, self.today)
        self.assertEqual(point.outcome, "Brevet er sendt")
        self.assertEqual(point.state, "done")

    def test_a_colleague_outside_the_scheme_keeps_a_promise(self):
        point = self._make_point(user=self.colleague)
        activity = self.env["mail.activity"].with_user(self.colleague).search([("user_id", "=", self.colleague.id)])
        self.assertEqual(activity.summary, "Svar om kajen")
        activity.action_feedback()
        self.assertTrue(point.done)

    def test_ticking_the_point_closes_the_activity(self):
        point = self._make_point()
        point.with_user(self.director_user).action_done()
        self.assertFalse(self.meeting.activity_ids)
        self.assertEqual(point.done_date, self.today)

    def test_taking_the_tick_back_gives_the_activity_again(self):
        point = self._make_point()
        point.action_done()
        point.done = False
        self.assertFalse(point.done_date)
        self.assertEqual(self.meeting.activity_ids.user_id, self.consultant)

    def test_a_changed_promise_changes_the_activity_and_the_other_way(self):
        point = self._make_point()
        point.write({"deadline": "2024-06-15", "responsible_id": self.manager.id, "commitment": "Ring om kajen"})
        activity = self.meeting.activity_ids
        self.assertEqual(
            (activity.user_id, str(activity.date_deadline), activity.summary),
            (self.manager, "2024-06-15", "Ring om kajen"),
        )
        activity.date_deadline = "2024-07-01"
        self.assertEqual(str(point.deadline), "2024-07-01")
        activity.user_id = self.consultant
        self.assertEqual(point.responsible_id, self.consultant)
        self.assertEqual(len(self.meeting.activity_ids), 1)

    def test_a_withdrawn_promise_withdraws_its_activity(self):
        point = self._make_point()
        point.commitment = False
        self.assertFalse(self.meeting.activity_ids)
        other = self._make_point()
        other.unlink()
        self.assertFalse(self.meeting.activity_ids)

    def test_a_promise_needs_somebody_and_a_day(self):
        for missing in ("responsible_id", "deadline"):
            with self.subTest(missing=missing), self.assertRaises(ValidationError) as refusal:
                self._make_point(**{missing: False})
            self.assertIn("Havnen", str(refusal.exception))

    def test_nothing_is_kept_that_was_not_promised(self):
        with self.assertRaises(ValidationError):
            self._make_point(commitment=None, done=True)

    def test_the_open_ones_stand_on_the_actor_late_ones_found_and_first(self):
        late = self._make_point("For længe siden", deadline="2024-05-01")
        later = self._make_point("Senere", deadline="2024-06-20")
        self._make_point("Holdt").action_done()
        actor = self.actor.with_user(self.director_user)
        self.assertEqual(actor.one_entrance_open_point_ids, late | later)
        action = actor.action_one_entrance_open_points()
        Point = self.env["one.entrance.meeting.point"].with_user(self.director_user)
        found = Point.search([*action["domain"], ("state", "in", ("open", "late"))], order="deadline, id")
        self.assertEqual(found.mapped("state"), ["late", "open"])
        self.assertEqual(Point.search([("state", "=", "late")]), late)

    def test_a_meeting_with_points_is_not_deleted(self):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": "2024-06-03 08:00:00", "point_ids": [(0, 0, {"summary": "Kajen"})]}
        )
        with self.assertRaises(UserError) as refusal:
            meeting.with_user(self.consultant).unlink()
        self.assertIn("Havnen", str(refusal.exception))

    def test_a_meeting_is_held_in_the_dialogue_with_points_in_one_go(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id, "start": "2024-05-15 08:00:00"})
        meeting = meeting.with_user(self.director_user)
        action = meeting.action_ask_held()
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        self.assertLessEqual(self.director.partner_id | self.actor, meeting.attendee_ids)
        with Form(meeting, view=view) as form:
            with form.point_ids.new() as point:
                point.summary = "Vejen til havnen"
                point.commitment = "Tal med staten"
                point.responsible_id = self.director_user
                point.deadline = "2024-06-01"
            with form.point_ids.new() as point:
                point.summary = "Praktikpladser"
        meeting.action_hold()
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.point_ids.mapped("state"), ["open", "talk"])
        self.assertEqual(meeting.activity_ids.user_id, self.director_user)
        self.assertEqual(self.actor.one_entrance_last_meeting_date, self.today)

    def test_a_contact_is_logged_with_kind_day_and_one_line(self):
        action = self.actor.with_user(self.director_user).action_one_entrance_log_meeting()
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        Meeting = self.env["one.entrance.meeting"].with_user(self.director_user).with_context(**action["context"])
        with Form(Meeting, view=view) as form:
            form.kind = "ad_hoc"
            form.start = "2024-05-15 09:00:00"
            form.summary = "Talt sammen på messen"
        self.assertEqual((form.record.state, form.record.summary), ("held", "Talt sammen på messen"))
        self.assertFalse(form.record.event_id)
        self.assertEqual(self.actor.one_entrance_last_meeting_date, self.today)

    def test_postponed_and_cancelled_ask_why(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"})
        meeting = meeting.with_user(self.director_user)
        for action in (meeting.action_postpone, meeting.action_cancel):
            with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
                action()
            self.assertIn("Havnen", str(refusal.exception))
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            meeting.write({"state": "postponed", "postpone_reason": "illness"})  # and until when?
        meeting.write({"postpone_reason": "illness", "replan_date": "2024-07-01"})
        meeting.action_postpone()
        self.assertEqual(meeting.state, "postponed")
        meeting.action_cancel()
        self.assertEqual((meeting.state, meeting.replan_date), ("cancelled", False))
        meeting.action_reset()
        self.assertEqual((meeting.state, meeting.postpone_reason), ("planned", False))
