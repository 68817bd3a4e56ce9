from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestRollout(OneEntranceCase):
    """Evidence moves a step (S4–S6, S16)."""

    def _record(self, actors, step, user=None, **values):
        wizard = (
            self.env["one.entrance.rollout.wizard"]
            .with_user(user or self.consultant)
            .create({"partner_ids": [(6, 0, actors.ids)], "step": step, **values})
        )
        return wizard.action_apply()

    def test_a_contact_leader_takes_an_actor_into_the_scheme(self):
        partner = self.env["res.partner"].create({"name": "Havnen", "is_company": True})
        self.assertFalse(partner.one_entrance_step)
        partner.with_user(self.consultant).one_entrance_leader_id = self.director
        self.assertEqual(partner.one_entrance_step, "appointed")
        self.assertEqual(partner.one_entrance_company_id, self.company)

    def test_mayor_led_takes_an_actor_into_the_scheme(self):
        self.assertEqual(self._make_actor(mayor_led=True).one_entrance_step, "appointed")

    def test_nobody_enters_without_one_who_holds_the_entrance(self):
        with self.assertRaisesRegex(ValidationError, "Havnen has no contact leader"):
            self.env["res.partner"].with_user(self.consultant).create(
                {"name": "Havnen", "one_entrance_step": "appointed"}
            )

    def test_no_step_without_its_evidence(self):
        actor = self._make_actor().with_user(self.consultant)
        for step, words in (
            ("letter", "the date of the official letter"),
            ("contact", "the date of the official letter and an introductory meeting or call that was held"),
            ("plan", "the date the dialogue plan was agreed, and the agreed months between meetings"),
        ):
            with self.subTest(step=step), self.assertRaisesRegex(ValidationError, words):
                actor.one_entrance_step = step

    def test_evidence_of_a_skipped_step_is_demanded(self):
        actor = self._make_actor().with_user(self.consultant)
        with self.assertRaisesRegex(ValidationError, "Missing: the date of the official letter"):
            actor.write({"one_entrance_step": "contact", "one_entrance_contact_date": "2024-05-02"})

    def test_a_step_is_skipped_by_recording_its_evidence_with_its_date(self):
        actor = self._make_actor(
            step="plan",
            letter_date="2020-02-01",
            contact_date="2020-03-01",
            plan_date="2020-04-01",
            interval=6,
        )
        self.assertEqual(actor.one_entrance_step, "plan")

    def test_evidence_is_not_taken_away_from_a_step(self):
        actor = self._make_actor(step="letter", letter_date="2020-02-01").with_user(self.consultant)
        with self.assertRaisesRegex(ValidationError, "Havnen cannot stand on “1. Letter Sent”"):
            actor.one_entrance_letter_date = False

    def test_reversed_dates_are_refused_naming_both(self):
        with self.assertRaisesRegex(ValidationError, "Havnen: “Letter Sent On” .* comes after “First Contact On”"):
            self._make_actor("Havnen", letter_date="2024-05-03", contact_date="2024-05-02")

    def test_evidence_does_not_lie_ahead(self):
        with self.assertRaisesRegex(ValidationError, "“Letter Sent On” is .*which lies ahead"):
            self._make_actor(letter_date="2024-05-16")

    def test_a_negative_interval_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "the months between meetings are -1"):
            self._make_actor(interval=-1)

    def test_the_form_says_what_is_missing_for_the_next_step(self):
        actor = self._make_actor()
        self.assertEqual(actor.one_entrance_next_step, "letter")
        self.assertEqual(
            actor.one_entrance_next_step_text, "Next: 1. Letter Sent. Missing: the date of the official letter."
        )
        actor.write({"one_entrance_letter_date": "2024-05-01"})
        self.assertIn("nothing, move the step", actor.one_entrance_next_step_text)

    def test_the_letter_is_recorded_for_a_whole_batch(self):
        actors = self._make_actor("A") | self._make_actor("B")
        self._record(actors, "letter", date="2024-05-02")
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"letter"})
        self.assertEqual(set(actors.mapped("one_entrance_letter_date")), {date(2024, 5, 2)})

    def test_the_first_contact_is_recorded_with_the_meeting_that_shows_it(self):
        actor = self._make_actor()
        self._record(actor, "letter", date="2024-05-02")
        self._record(actor, "contact", date="2024-05-10", kind="call")
        self.assertEqual(actor.one_entrance_step, "contact")
        self.assertEqual(actor.one_entrance_contact_date, date(2024, 5, 10))
        meeting = actor.one_entrance_meeting_ids
        self.assertEqual((meeting.kind, meeting.state, meeting.date), ("call", "held", date(2024, 5, 10)))
        self.assertEqual(actor.one_entrance_last_meeting_date, date(2024, 5, 10))

    def test_a_contact_recorded_today_has_been_held(self):
        actor = self._make_actor(step="letter", letter_date="2024-05-02")
        self._record(actor, "contact", date=self.today)
        self.assertEqual(actor.one_entrance_meeting_ids.date, self.today)

    def test_the_plan_is_agreed_with_an_interval(self):
        actor = self._make_actor(step="contact", letter_date="2024-05-01", contact_date="2024-05-02")
        with self.assertRaisesRegex(ValidationError, "the agreed months between meetings"):
            self._record(actor, "plan", interval=0)
        self._record(actor, "plan", interval=4)
        self.assertEqual((actor.one_entrance_step, actor.one_entrance_interval), ("plan", 4))

    def test_the_usual_interval_is_proposed(self):
        actor = self._make_actor(step="contact", letter_date="2024-05-01", contact_date="2024-05-02")
        self.company.one_entrance_interval = 9
        action = actor.with_user(self.consultant).with_context(default_step="plan").action_one_entrance_step()
        with Form(self.env["one.entrance.rollout.wizard"].with_context(**action["context"])) as form:
            self.assertEqual((form.step, form.interval), ("plan", 9))

    def test_recording_a_batch_writes_for_all_or_for_none(self):
        ready = self._make_actor("A", step="letter", letter_date="2024-05-01")
        not_ready = self._make_actor("B")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._record(ready | not_ready, "contact", date="2024-05-02")
        self.assertEqual(ready.one_entrance_step, "letter")
        self.assertFalse(ready.one_entrance_meeting_ids)

    def test_an_actor_that_is_further_keeps_its_step(self):
        actor = self._make_actor(step="contact", letter_date="2024-05-01", contact_date="2024-05-02")
        self._record(actor, "letter", date="2024-04-30")
        self.assertEqual((actor.one_entrance_step, actor.one_entrance_letter_date), ("contact", date(2024, 4, 30)))

    def test_a_contact_outside_the_scheme_has_no_steps(self):
        partner = self.env["res.partner"].create({"name": "Nobody"})
        with self.assertRaisesRegex(UserError, "Nobody is not in the One Entrance scheme"):
            self._record(partner, "letter", date="2024-05-01")

    def test_only_who_keeps_the_register_moves_steps(self):
        actor = self._make_actor()
        with self.assertRaises(AccessError):
            self._record(actor, "letter", user=self.director_user, date="2024-05-01")

    def test_leaving_asks_for_date_and_reason(self):
        actor = self._make_actor().with_user(self.consultant)
        with self.assertRaisesRegex(ValidationError, "with a date and a reason"):
            actor.one_entrance_step = "left"
        with self.assertRaisesRegex(ValidationError, "with a date and a reason"):
            self._record(actor, "left", reason=" ")

    def test_leaving_keeps_everything_and_is_undone(self):
        actor = self._make_actor(step="contact", letter_date="2024-05-01", contact_date="2024-05-02")
        sheet = self._make_sheet(actor, ready=True)
        self._record(actor, "left", date="2024-05-14", reason="Moved away")
        self.assertEqual(actor.one_entrance_step, "left")
        self.assertFalse(actor.one_entrance_leader_id)
        self.assertEqual(actor.one_entrance_appointment_ids.reason, "Moved away")
        self.assertEqual(actor.one_entrance_sheet_ids, sheet)
        self.assertEqual(actor.one_entrance_contact_date, date(2024, 5, 2))

        actor.with_user(self.consultant).action_one_entrance_rejoin()
        self.assertEqual((actor.one_entrance_step, actor.one_entrance_leader_id), ("contact", self.director))
        self.assertFalse(actor.one_entrance_left_date or actor.one_entrance_left_reason)
        self.assertFalse(actor.one_entrance_appointment_ids.date_to)

    def test_undoing_asks_for_a_leader_where_the_last_one_is_gone(self):
        actor = self._make_actor()
        self._record(actor, "left", reason="Moved away")
        self.director.active = False
        with self.assertRaisesRegex(UserError, "Director, Technology.*not in office"):
            actor.with_user(self.consultant).action_one_entrance_rejoin()
        actor.with_user(self.consultant).one_entrance_leader_id = self.head
        actor.with_user(self.consultant).action_one_entrance_rejoin()
        self.assertEqual((actor.one_entrance_step, actor.one_entrance_leader_id), ("appointed", self.head))

    def test_a_held_actor_does_not_just_drop_out_of_the_scheme(self):
        actor = self._make_actor()
        with self.assertRaisesRegex(ValidationError, "Let it leave the scheme"):
            actor.with_user(self.consultant).one_entrance_step = False

    def test_every_step_is_a_column_also_the_empty_ones(self):
        self._make_actor()
        partners = self.env["res.partner"].with_context(read_group_expand=True)
        groups = partners.web_read_group([("one_entrance_step", "!=", False)], ["one_entrance_step"], ["__count"])[
            "groups"
        ]
        self.assertEqual(
            [group["one_entrance_step"] for group in groups], ["appointed", "letter", "contact", "plan", "left"]
        )
