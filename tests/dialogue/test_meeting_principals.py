from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OneEntranceCase

HOLD = "one_entrance.one_entrance_meeting_view_form_hold"
NOT_THERE = "Municipal Director was not there, and nobody stood in."


@tagged("post_install", "-at_install")
class TestMeetingPrincipals(OneEntranceCase):
    """A meeting with a mayor-led actor is held in the full sense when both principals were there, or somebody is named who
    stood in (S10).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls._make_user("office", "one_entrance.group_leader")
        cls.company.one_entrance_mayor_office_id = cls.office
        cls.actor = cls._make_actor("Letbanen", mayor_led=True)
        cls.both = (cls.mayor | cls.municipal_director).partner_id
        cls.deputy = cls.env["res.partner"].create({"name": "Deputy Mayor", "function": "Member of the Council"})
        cls.meetings = cls.env["one.entrance.meeting"].with_user(cls.office)

    def _hold(self, attendees, start="2024-05-14 08:00:00", **values):
        return self.meetings.create(
            {
                "partner_id": self.actor.id,
                "start": start,
                "state": "held",
                "attendee_ids": attendees.ids,
                **values,
            }
        )

    def test_with_both_it_is_held_in_full(self):
        meeting = self._hold(self.both)
        self.assertTrue(meeting.is_full)
        self.assertEqual(meeting.fullness, "full")
        self.assertFalse(meeting.missing_text)

    def test_without_one_it_is_held_and_says_who_was_missing(self):
        meeting = self._hold(self.mayor.partner_id)
        self.assertFalse(meeting.is_full)
        self.assertEqual(meeting.fullness, "partial")
        self.assertEqual(meeting.missing_text, NOT_THERE)

    def test_with_neither_both_are_named(self):
        meeting = self._hold(self.deputy)
        self.assertEqual(meeting.missing_text, f"Mayor was not there, and nobody stood in. {NOT_THERE}")

    def test_nobody_recorded_is_said_to_be_so(self):
        meeting = self._hold(self.env["res.partner"])
        self.assertFalse(meeting.is_full)
        self.assertEqual(meeting.missing_text, "It is not recorded who was there.")

    def test_with_a_stand_in_it_is_held_in_full_and_the_stand_in_was_there(self):
        meeting = self._hold(self.mayor.partner_id)
        meeting.municipal_director_stand_in_id = self.deputy
        self.assertTrue(meeting.is_full)
        self.assertIn(self.deputy, meeting.attendee_ids)
        meeting.municipal_director_stand_in_id = False
        self.assertFalse(meeting.is_full)

    def test_a_stand_in_named_when_it_is_created_was_there_too(self):
        meeting = self._hold(self.municipal_director.partner_id, mayor_stand_in_id=self.deputy.id)
        self.assertTrue(meeting.is_full)
        self.assertIn(self.deputy, meeting.attendee_ids)

    def test_what_is_planned_or_cancelled_was_not_held(self):
        for values in ({"state": "planned"}, {"state": "cancelled", "postpone_reason": "other"}):
            meeting = self._hold(self.both, **values)
            self.assertFalse(meeting.is_full)
            self.assertFalse(meeting.fullness)

    def test_on_the_phone_one_is_enough(self):
        meeting = self._hold(self.mayor.partner_id, kind="call")
        self.assertTrue(meeting.is_full)
        self.assertFalse(meeting.fullness or meeting.missing_text)
        meeting.kind = "dialogue"
        self.assertFalse(meeting.is_full)

    def test_an_ordinary_meeting_needs_no_principals(self):
        actor = self._make_actor("Havnen")
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "start": "2024-05-14 08:00:00", "state": "held"}
        )
        self.assertTrue(meeting.is_full)
        self.assertFalse(meeting.mayor_led or meeting.mayor_id or meeting.fullness or meeting.missing_text)

    def test_a_meeting_not_in_full_moves_the_due_date_all_the_same(self):
        self.actor.with_user(self.consultant).write(
            {
                "one_entrance_step": "plan",
                "one_entrance_letter_date": "2023-10-01",
                "one_entrance_contact_date": "2023-11-01",
                "one_entrance_plan_date": "2023-12-01",
                "one_entrance_interval": 6,
            }
        )
        self._hold(self.mayor.partner_id)
        self.assertEqual(str(self.actor.one_entrance_last_meeting_date), "2024-05-14")
        self.assertEqual(str(self.actor.one_entrance_due_date), "2024-11-14")

    # Who the two were

    def test_meetings_held_keep_the_mayor_they_had_and_planned_ones_get_the_next(self):
        held = self._hold(self.both)
        unanswered = self.meetings.create({"partner_id": self.actor.id, "start": "2024-05-14 12:00:00"})
        planned = self.meetings.create({"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"})
        planned.action_add_to_calendar()
        next_mayor = self._make_leader("Next Mayor", self.env["one.entrance.level"], role="mayor")
        self.company.one_entrance_mayor_id = next_mayor
        self.assertEqual(held.mayor_id, self.mayor)
        self.assertTrue(held.is_full)
        self.assertEqual(unanswered.mayor_id, self.mayor)
        self.assertEqual((planned.mayor_id, planned.leader_id), (next_mayor, next_mayor))
        self.assertIn(next_mayor.partner_id, planned.attendee_ids)
        self.assertNotIn(self.mayor.partner_id, planned.attendee_ids)
        self.mayor.active = False
        self.mayor.partner_id.active = False
        held.sudo().municipal_director_stand_in_id = False
        held.invalidate_recordset()
        held._compute_is_full()
        self.assertTrue(held.is_full, "who was there is not forgotten with who has left")

    def test_an_actor_that_is_not_mayor_led_any_more_changes_no_meeting_held(self):
        full, partial = self._hold(self.both), self._hold(self.mayor.partner_id)
        self.actor.with_user(self.consultant).write(
            {"one_entrance_mayor_led": False, "one_entrance_leader_id": self.director.id}
        )
        self.assertTrue(full.sudo().mayor_led)
        self.assertEqual(full.sudo().mayor_id, self.mayor)
        self.assertEqual((full.sudo().fullness, partial.sudo().fullness), ("full", "partial"))
        partial.sudo().municipal_director_stand_in_id = self.deputy
        self.assertEqual(partial.sudo().fullness, "full")

    def test_a_principal_who_is_not_named_in_settings_is_said_to_be_missing(self):
        self.company.one_entrance_municipal_director_id = False
        meeting = self._hold(self.mayor.partner_id)
        self.assertFalse(meeting.is_full)
        self.assertEqual(meeting.missing_text, "No municipal director was named in Settings, and nobody stood in.")

    def test_a_meeting_that_comes_back_has_todays_principals(self):
        meeting = self.meetings.create({"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"})
        meeting.write({"postpone_reason": "other", "replan_date": "2024-06-20"})
        meeting.action_postpone()
        next_mayor = self._make_leader("Next Mayor", self.env["one.entrance.level"], role="mayor")
        self.company.one_entrance_mayor_id = next_mayor
        self.assertEqual(meeting.mayor_id, self.mayor)
        meeting.action_reset()
        self.assertEqual(meeting.mayor_id, next_mayor)

    # What is refused

    def test_a_company_does_not_stand_in_and_nobody_of_the_actor_is_offered(self):
        theirs = self.env["res.partner"].create({"name": "Deres", "parent_id": self.actor.id})
        with self.assertRaisesRegex(ValidationError, "is a company"):
            self._hold(self.municipal_director.partner_id, mayor_stand_in_id=self.actor.id)
        for name in ("mayor_stand_in_id", "municipal_director_stand_in_id"):
            domain = safe_eval(
                self.env["one.entrance.meeting"].fields_get([name])[name]["domain"], {"partner_id": self.actor.id}
            )
            offered = self.env["res.partner"].search(domain)
            self.assertIn(self.deputy, offered)
            self.assertFalse((self.actor | theirs) & offered)

    def test_a_principal_does_not_stand_in(self):
        for person in self.both:
            with self.subTest(person=person.name), self.assertRaisesRegex(ValidationError, "one of the two principals"):
                self._hold(self.both.browse(), mayor_stand_in_id=person.id)

    def test_nobody_stands_in_for_who_was_there(self):
        with self.assertRaisesRegex(ValidationError, "Mayor was there, and Deputy Mayor cannot have stood in"):
            self._hold(self.both, mayor_stand_in_id=self.deputy.id)
        meeting = self._hold(self.municipal_director.partner_id, mayor_stand_in_id=self.deputy.id)
        with self.assertRaisesRegex(ValidationError, "Letbanen.*Mayor was there"):
            meeting.attendee_ids |= self.mayor.partner_id

    def test_nobody_stands_in_at_an_ordinary_meeting(self):
        actor = self._make_actor("Havnen")
        with self.assertRaisesRegex(ValidationError, "is not led by mayor and municipal director"):
            self.env["one.entrance.meeting"].create({"partner_id": actor.id, "mayor_stand_in_id": self.deputy.id})

    # Where somebody clicks and looks

    def test_the_dialogue_proposes_both_and_asks_for_who_stood_in(self):
        meeting = self.meetings.create({"partner_id": self.actor.id, "start": "2024-05-14 08:00:00"})
        self.assertEqual(meeting.action_ask_held()["res_id"], meeting.id)
        self.assertLessEqual(self.both, meeting.attendee_ids)
        with Form(meeting, HOLD) as form:
            self.assertFalse(form.municipal_director_absent or form.missing_text)
            form.attendee_ids.remove(id=self.municipal_director.partner_id.id)
            self.assertTrue(form.municipal_director_absent)
            self.assertFalse(form.mayor_absent)
            self.assertEqual(form.missing_text, NOT_THERE)
            form.municipal_director_stand_in_id = self.deputy
            self.assertFalse(form.missing_text)
        meeting.action_hold()
        self.assertTrue(meeting.is_full)
        self.assertIn(self.deputy, meeting.attendee_ids)

    def test_the_dialogue_does_not_propose_who_somebody_stands_in_for(self):
        meeting = self.meetings.create(
            {"partner_id": self.actor.id, "start": "2024-05-14 08:00:00", "mayor_stand_in_id": self.deputy.id}
        )
        meeting.action_ask_held()
        self.assertNotIn(self.mayor.partner_id, meeting.attendee_ids)
        meeting.action_hold()
        self.assertTrue(meeting.is_full)

    def test_it_is_not_refused_to_hold_it_without(self):
        meeting = self.meetings.create({"partner_id": self.actor.id, "start": "2024-05-14 08:00:00"})
        meeting.attendee_ids = self.mayor.partner_id
        meeting.action_hold()
        self.assertEqual((meeting.state, meeting.fullness), ("held", "partial"))

    def test_a_contact_that_is_logged_asks_who_was_there_unless_it_was_a_call(self):
        action = self.actor.with_user(self.office).action_one_entrance_log_meeting()
        Meeting = self.meetings.with_context(**action["context"])
        with Form(Meeting, "one_entrance.one_entrance_meeting_view_form_log") as form:
            self.assertFalse(form.mayor_absent)
            form.kind = "dialogue"
            self.assertTrue(form.mayor_absent)
            form.attendee_ids.add(self.mayor.partner_id)
            form.municipal_director_stand_in_id = self.deputy
        meeting = self.meetings.search([("partner_id", "=", self.actor.id)])
        self.assertTrue(meeting.is_full)

    def test_the_filter_finds_what_was_not_held_in_full(self):
        partial = self._hold(self.mayor.partner_id)
        self._hold(self.both)
        self._hold(self.mayor.partner_id, kind="call")
        self._hold(self.mayor.partner_id, state="planned")
        view = self.env.ref("one_entrance.one_entrance_meeting_view_search")
        arch = etree.fromstring(self.meetings.get_view(view.id, "search")["arch"])
        domain = safe_eval(arch.find(".//filter[@name='not_full']").get("domain"))
        self.assertEqual(self.meetings.search(domain), partial)
        self.assertEqual(
            dict(
                self.meetings._read_group([("mayor_led", "=", True), ("state", "=", "held")], ["is_full"], ["__count"])
            ),
            {True: 2, False: 1},
        )

    # On paper

    def _read(self, meeting, report):
        Report = self.env["ir.actions.report"].with_user(self.office).with_context(lang="en_US")
        document = etree.HTML(Report._render_qweb_html(report, meeting.ids)[0].decode())
        etree.strip_elements(document, "style", with_tail=False)
        return " ".join(" ".join(document.itertext()).split())

    def test_the_internal_minutes_say_how_full_it_was_and_the_attendees_only_who_stood_in(self):
        self.actor.lang = "en_US"
        self.deputy.lang = "en_US"
        meeting = self._hold(self.mayor.partner_id)
        internal, attendees = "one_entrance.report_minutes", "one_entrance.report_minutes_attendees"
        text = self._read(meeting, internal)
        self.assertIn(f"Participation Not Held in Full {NOT_THERE}", text)
        self.assertIn("Held by Mayor ", text)
        text = self._read(meeting, attendees)
        for words in ("in Full", "nobody stood in", "Participation", "Stood in"):
            self.assertNotIn(words, text)
        meeting.municipal_director_stand_in_id = self.deputy
        for report in (internal, attendees):
            self.assertIn(
                "Stood in Deputy Mayor, Member of the Council for Municipal Director", self._read(meeting, report)
            )
        self.assertIn("Participation Held in Full", self._read(meeting, internal))
        self.assertNotIn("in Full", self._read(meeting, attendees))

    def test_the_handover_names_who_was_there_of_the_two(self):
        self._hold(self.municipal_director.partner_id, mayor_stand_in_id=self.deputy.id, summary="Perronen")
        Report = self.env["ir.actions.report"].with_user(self.consultant).with_context(lang="en_US")
        document = etree.HTML(Report._render_qweb_html("one_entrance.report_handover", self.actor.ids)[0].decode())
        text = " ".join(" ".join(document.itertext()).split())
        self.assertIn("05/14/2024 Dialogue Meeting · Municipal Director Perronen", text)

    def test_minutes_of_a_meeting_with_both_name_both_as_holders(self):
        text = self._read(self._hold(self.both), "one_entrance.report_minutes")
        self.assertIn("Held by Mayor Municipal Director Participation Held in Full", text)
