from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

LETTER = {"step": "letter", "letter_date": "2024-02-01"}


@tagged("post_install", "-at_install")
class TestMeeting(OneEntranceCase):
    """Meetings push the dates that everybody sees on an actor, and the first of them moves the rollout (S5, S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor(**LETTER)

    def _make_meeting(self, start, state="planned", actor=None, user=None, **values):
        Meeting = self.env["one.entrance.meeting"].with_user(user or self.director_user)
        return Meeting.create({"partner_id": (actor or self.actor).id, "start": start, "state": state, **values})

    def _get_dates(self, actor=None):
        actor = actor or self.actor
        return tuple(
            str(date) if date else False
            for date in (actor.one_entrance_last_meeting_date, actor.one_entrance_next_meeting_date)
        )

    # Dates

    def test_a_held_meeting_is_the_last_and_a_planned_one_the_next(self):
        self._make_meeting("2024-04-02 08:00:00", "held")
        self.assertEqual(self._get_dates(), ("2024-04-02", False))
        self._make_meeting("2024-06-03 08:00:00")
        self.assertEqual(self._get_dates(), ("2024-04-02", "2024-06-03"))
        self._make_meeting("2024-03-02 08:00:00", "held")
        self._make_meeting("2024-07-03 08:00:00")
        self.assertEqual(self._get_dates(), ("2024-04-02", "2024-06-03"))

    def test_the_dates_follow_what_becomes_of_a_meeting(self):
        meeting = self._make_meeting("2024-06-03 08:00:00")
        meeting.start = "2024-06-10 08:00:00"
        self.assertEqual(self._get_dates(), (False, "2024-06-10"))
        meeting.write({"start": "2024-05-14 08:00:00", "state": "held"})
        self.assertEqual(self._get_dates(), ("2024-05-14", False))
        other = self._make_actor("Letbanen")
        meeting.partner_id = other
        self.assertEqual(self._get_dates(), (False, False))
        self.assertEqual(self._get_dates(other), ("2024-05-14", False))

    def test_a_planned_meeting_whose_day_has_passed_is_not_the_next(self):
        self._make_meeting("2024-05-14 08:00:00")
        self.assertEqual(self._get_dates(), (False, False))
        self._make_meeting("2024-05-15 20:00:00")
        self.assertEqual(self._get_dates(), (False, "2024-05-15"))

    def test_the_dates_are_written_only_where_they_change(self):
        self._make_meeting("2024-04-02 08:00:00", "held")
        self.env.flush_all()
        written = []
        Partner = type(self.env["res.partner"])
        write_before = Partner.write

        def write(partner, vals):
            written.append((partner, vals))
            return write_before(partner, vals)

        self.patch(Partner, "write", write)
        self._make_meeting("2024-03-02 08:00:00", "held")
        self.assertFalse(written)
        self._make_meeting("2024-05-02 08:00:00", "held")
        ((partner, vals),) = written
        self.assertEqual(partner, self.actor)
        self.assertEqual(set(vals), {"one_entrance_last_meeting_date"})

    def test_many_meetings_take_the_same_number_of_queries_to_push(self):
        actors = [self._make_actor(f"Aktør {i}") for i in range(12)]
        Meeting = self.env["one.entrance.meeting"].with_user(self.consultant)

        def count(batch):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["one.entrance.meeting"]._push_dates(self.env["res.partner"].union(*batch))
            return self.cr.sql_log_count - before

        Meeting.create([{"partner_id": actor.id, "start": "2024-04-02 08:00:00", "state": "held"} for actor in actors])
        self.assertEqual(count(actors[:2]), count(actors[2:]))

    def test_the_day_is_the_municipalitys_own_around_midnight_and_summer_time(self):
        self.company.partner_id.tz = "Europe/Copenhagen"
        for start, day in (
            ("2024-01-09 22:59:00", "2024-01-09"),
            ("2024-01-09 23:00:00", "2024-01-10"),
            ("2024-04-09 21:59:00", "2024-04-09"),
            ("2024-04-09 22:00:00", "2024-04-10"),
            # the nights in which the clock is changed
            ("2024-03-30 22:59:00", "2024-03-30"),
            ("2024-03-30 23:00:00", "2024-03-31"),
            ("2024-03-31 21:59:00", "2024-03-31"),
            ("2024-03-31 22:00:00", "2024-04-01"),
            ("2023-10-28 21:59:00", "2023-10-28"),
            ("2023-10-29 22:59:00", "2023-10-29"),
            ("2023-10-29 23:00:00", "2023-10-30"),
        ):
            with self.subTest(start=start):
                self.assertEqual(str(self._make_meeting(start, "held").date), day)

    def test_the_day_does_not_depend_on_who_writes_it_down(self):
        self.director_user.tz = "America/New_York"
        meeting = self._make_meeting("2024-04-09 22:30:00", "held")
        self.assertEqual(str(meeting.date), "2024-04-10")
        self.assertEqual(self._get_dates()[0], "2024-04-10")

    # Rollout

    def test_a_held_introduction_or_call_is_the_first_contact(self):
        for kind in ("introduction", "call"):
            with self.subTest(kind=kind):
                actor = self._make_actor(kind, **LETTER)
                self._make_meeting("2024-04-02 08:00:00", "held", actor=actor, kind=kind)
                self.assertEqual(actor.one_entrance_step, "contact")
                self.assertEqual(str(actor.one_entrance_contact_date), "2024-04-02")

    def test_a_planned_introduction_moves_nothing_until_it_is_held(self):
        meeting = self._make_meeting("2024-05-15 08:00:00", kind="introduction")
        self.assertEqual(self.actor.one_entrance_step, "letter")
        meeting.action_hold()
        self.assertEqual(self.actor.one_entrance_step, "contact")
        self.assertEqual(str(self.actor.one_entrance_contact_date), "2024-05-15")

    def test_another_kind_of_meeting_is_no_first_contact(self):
        for kind in ("dialogue", "ad_hoc"):
            self._make_meeting("2024-04-02 08:00:00", "held", kind=kind)
            self.assertEqual(self.actor.one_entrance_step, "letter")

    def test_a_contact_before_the_letter_skips_no_step(self):
        appointed = self._make_actor("Uden brev")
        self._make_meeting("2024-04-02 08:00:00", "held", actor=appointed, kind="call")
        self.assertEqual(appointed.one_entrance_step, "appointed")
        self._make_meeting("2024-01-15 08:00:00", "held", kind="call")
        self.assertEqual(self.actor.one_entrance_step, "letter", "the call was before the letter")

    def test_a_later_call_leaves_the_first_contact_as_it_is(self):
        self._make_meeting("2024-04-02 08:00:00", "held", kind="introduction")
        self._make_meeting("2024-04-20 08:00:00", "held", kind="call")
        self.assertEqual(str(self.actor.one_entrance_contact_date), "2024-04-02")

    # Rules

    def test_a_meeting_that_lies_ahead_has_not_been_held(self):
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self._make_meeting("2024-05-15 10:00:01", "held")
        self.assertIn("Havnen", str(refusal.exception))
        self._make_meeting("2024-05-15 10:00:00", "held")
        planned = self._make_meeting("2024-06-03 08:00:00")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            planned.action_hold()
        with freeze_time("2024-06-03 09:00:00"):
            planned.action_hold()
        self.assertEqual(planned.state, "held")

    def test_a_meeting_ends_after_it_begins(self):
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self._make_meeting("2024-06-03 08:00:00", stop="2024-06-03 07:00:00")
        self.assertIn("Havnen", str(refusal.exception))
        meeting = self._make_meeting("2024-06-03 08:00:00", stop="2024-06-03 09:00:00")
        with self.assertRaises(ValidationError) as refusal:
            meeting.start = "2024-06-03 10:00:00"
        self.assertIn("Havnen", str(refusal.exception))

    def test_a_sheet_of_another_actor_is_refused(self):
        other = self._make_actor("Letbanen")
        with self.assertRaises(ValidationError) as refusal:
            self._make_meeting("2024-06-03 08:00:00", sheet_id=self._make_sheet(other).id)
        self.assertIn("Letbanen", str(refusal.exception))
        self.assertIn("Havnen", str(refusal.exception))

    def test_holding_a_meeting_keeps_the_sheet_that_was_ready(self):
        meeting = self._make_meeting("2024-05-15 08:00:00")
        draft_only = self._make_meeting("2024-05-15 08:00:00", actor=self._make_actor("Kladde"))
        self._make_sheet(draft_only.partner_id)
        sheet = self._make_sheet(self.actor, ready=True)
        (meeting | draft_only).with_user(self.consultant).action_hold()
        self.assertEqual(meeting.sheet_id, sheet)
        self.assertFalse(draft_only.sheet_id)

    def test_a_meeting_is_with_an_actor_of_the_scheme(self):
        outside = self.env["res.partner"].create({"name": "Andre"})
        with self.assertRaises(ValidationError) as refusal:
            self._make_meeting("2024-06-03 08:00:00", actor=outside, user=self.consultant)
        self.assertIn("Andre", str(refusal.exception))

    def test_a_meeting_is_held_by_who_holds_the_entrance(self):
        self.assertEqual(self._make_meeting("2024-06-03 08:00:00").leader_id, self.director)
        mayor_led = self._make_actor("Letbanen", mayor_led=True)
        self.assertEqual(
            self._make_meeting("2024-06-03 08:00:00", actor=mayor_led, user=self.consultant).leader_id, self.mayor
        )
        self.assertEqual(self._make_meeting("2024-06-03 08:00:00", leader_id=self.head.id).leader_id, self.head)

    def test_a_meeting_stays_with_the_leader_who_held_it(self):
        meeting = self._make_meeting("2024-04-02 08:00:00", "held")
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.assertEqual(meeting.leader_id, self.director)

    def test_a_held_meeting_is_not_deleted_and_the_refusal_names_it(self):
        meeting = self._make_meeting("2024-04-02 08:00:00", "held")
        with self.assertRaises(UserError) as refusal:
            meeting.with_user(self.consultant).unlink()
        self.assertIn("Havnen", str(refusal.exception))

    def test_a_leader_does_not_delete_a_meeting(self):
        with self.assertRaises(AccessError):
            self._make_meeting("2024-06-03 08:00:00").unlink()

    def test_a_leader_logs_a_call_in_the_form(self):
        action = self.actor.with_user(self.director_user).action_one_entrance_meetings()
        Meeting = self.env["one.entrance.meeting"].with_user(self.director_user).with_context(**action["context"])
        with Form(Meeting) as form:
            form.kind = "call"
            form.start = "2024-05-14 08:00:00"
            form.minutes = "<p>Aftalt at mødes</p>"
        meeting = form.record
        meeting.action_hold()
        self.assertEqual(meeting.partner_id, self.actor)
        self.assertEqual(self.actor.one_entrance_step, "contact")
