from base64 import b64encode
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import OneEntranceCase

REPORT = "one_entrance.report_background_sheet"
FROM_ACTORS = "one_entrance.report_background_sheet_partner"


@tagged("post_install", "-at_install")
class TestBackgroundSheetReport(OneEntranceCase):
    """What the printed background sheet says, to whom, and in which language (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"name": "Nordby Kommune", "country_id": cls.env.ref("base.dk").id})
        cls.director.partner_id.write(
            {"function": "Director of Technology", "phone": "89 59 10 00", "email": "dir@example.com"}
        )
        cls.actor = cls._make_actor(
            "Færgehavnen A/S",
            kind="company",
            step="plan",
            letter_date="2024-01-10",
            contact_date="2024-02-11",
            plan_date="2024-03-12",
            interval=4,
            relation="professional",
            consultant_id=cls.consultant.id,
        )
        cls.actor.write(
            {
                "street": "Kajen 1",
                "zip": "8500",
                "city": "Grenaa",
                "country_id": cls.env.ref("base.dk").id,
                "company_registry": "12345678",
                "website": "https://www.faergehavnen.example/",
            }
        )

    def _make_contact(self, name, **values):
        return self.env["res.partner"].create({"name": name, "parent_id": self.actor.id, "type": "contact", **values})

    def _make_meeting(self, day, state="held", kind="dialogue", actor=None):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": (actor or self.actor).id, "start": f"{day} 09:00:00", "state": state, "kind": kind}
        )

    def _render(self, records, user=None, lang="en_US", report=REPORT):
        """Print as HTML; as the director who leads the actors, unless another user is named."""
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang)
        return Report._render_qweb_html(report, records.ids)[0].decode()

    def _read(self, *args, **kwargs):
        """:return: the words of the printed document, with single spaces"""
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(document.text_content().split())

    def test_it_says_who_the_actor_is_and_whom_one_meets(self):
        self._make_contact("Ægir Ås", function="Managing Director", phone="20 30 40 50", email="aegir@example.com")
        self._make_contact("Invoices", type="invoice")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn(
            "Færgehavnen A/S Company · Company no. 12345678 · Kajen 1, 8500 Grenaa · www.faergehavnen.example", text
        )
        self.assertIn("You meet Ægir Ås Managing Director 20 30 40 50 · aegir@example.com", text)
        self.assertNotIn("Invoices", text)

    def test_it_names_the_contact_leader_with_title_level_and_how_to_reach(self):
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn(
            "Contact leader Director, Technology Director of Technology (level 2) 89 59 10 00 · dir@example.com", text
        )

    def test_it_says_how_far_the_scheme_has_come(self):
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn(
            "Step 3. Dialogue Plan Agreed Letter 01/10/2024 First contact 02/11/2024 Plan agreed 03/12/2024 "
            "Meetings every 4 months Relation Professional Consultant Consultant",
            text,
        )

    def test_it_shows_the_last_three_meetings_and_the_next(self):
        for day in ("2024-02-01", "2024-03-02", "2024-04-03", "2024-05-04"):
            self._make_meeting(day)
        self._make_meeting("2024-05-05", kind="call")
        self._make_meeting("2024-09-09", state="planned")
        self._make_meeting("2024-06-06", state="planned", kind="ad_hoc")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn("Next meeting 06/06/2024 Talk in Between Last meetings 05/05/2024 Call", text)
        self.assertIn("05/04/2024 Dialogue Meeting 04/03/2024 Dialogue Meeting The scheme", text)
        self.assertNotIn("09/09/2024", text)

    def test_each_theme_has_the_municipalitys_line_the_text_and_their_dates(self):
        theme = self.themes[0]
        theme.write({"description": "<p>Simple rules.</p>", "reviewed_date": "2024-04-01"})
        sheet = self._make_sheet(self.actor, ready=True)
        text = self._read(sheet)
        self.assertIn(
            f"{theme.name} 05/15/2024, Consultant The municipality says, reviewed 04/01/2024 Simple rules. Om {theme.name}",
            text,
        )

    # Political representation, and seats on both sides of a matter

    def _make_seat(self, name="Ægir Ås", **values):
        return self.env["one.entrance.seat"].create(
            {
                "partner_id": self.actor.id,
                "politician_id": self.env["res.partner"].create({"name": name}).id,
                "body": "the board",
                "date_from": "2022-01-01",
                **values,
            }
        )

    def _get_notes(self, sheet, user=None, published=False):
        """:return: the notes of the form, which are those of the printed sheet"""
        self.env.invalidate_all()
        sheet = sheet.with_user(user or self.director_user)
        if published:
            sheet = sheet.with_context(one_entrance_published=True)
        return sheet.conflict_text or ""

    def test_it_says_which_politicians_sit_there_today(self):
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertNotIn("Political representation", self._read(sheet))
        self._make_seat(role="chair", date_to="2025-12-31")
        self._make_seat("Bo", body="the council")
        self._make_seat("Former", date_to="2024-05-14")
        text = self._read(sheet)
        self.assertIn("Political representation Ægir Ås Chair the board until 12/31/2025 Bo Member the council", text)
        self.assertNotIn("Former", text)
        self.assertNotIn("Consider whether", text, "a seat alone is no reason")

    def test_it_names_a_seat_of_who_leads_the_dialogue(self):
        seat = self._make_seat(role="chair", date_to="2025-12-31")
        self.actor.with_user(self.consultant).write({"one_entrance_mayor_led": True, "one_entrance_leader_id": False})
        sheet = self._make_sheet(self.actor)
        self.mayor.partner_id = seat.politician_id
        note = (
            "Ægir Ås, chair of the board until 12/31/2025, is also among those who lead the dialogue for the municipality. "
            "Consider whether there is a conflict of interest."
        )
        self.assertEqual(self._get_notes(sheet, self.consultant), note)
        self.assertIn(note, self._read(sheet, user=self.consultant))

    def test_it_names_a_seat_of_who_is_invited_for_the_municipality(self):
        seat, sheet = self._make_seat(), self._make_sheet(self.actor)
        later = self._make_meeting("2024-07-01", state="planned")
        later.attendee_ids = seat.politician_id
        self.assertIn("is also invited for the municipality to the meeting on 07/01/2024.", self._get_notes(sheet))
        self._make_meeting("2024-06-01", state="planned")
        self.assertFalse(self._get_notes(sheet), "only the next meeting counts")

    def test_who_is_invited_for_the_actor_is_on_one_side_only(self):
        seat, sheet = self._make_seat(), self._make_sheet(self.actor)
        seat.politician_id.parent_id = self.actor
        self._make_meeting("2024-06-01", state="planned").attendee_ids = seat.politician_id
        self.assertFalse(self._get_notes(sheet))

    def test_it_names_a_seat_of_who_has_promised_something(self):
        seat = self._make_seat()
        self.colleague.partner_id.name = "Ægir Ås"
        seat.politician_id = self.colleague.partner_id
        meeting = self._make_meeting("2024-05-02")
        meeting.point_ids = [
            (
                0,
                0,
                {
                    "summary": "Kajen",
                    "commitment": "Svar om kajen",
                    "responsible_id": self.colleague.id,
                    "deadline": "2024-06-20",
                },
            )
        ]
        sheet = self._make_sheet(self.actor)
        self.assertIn("is also responsible for “Svar om kajen” by 06/20/2024.", self._get_notes(sheet))
        meeting.point_ids.done = True
        self.assertFalse(self._get_notes(sheet))

    def test_it_names_a_seat_of_who_handles_a_theme_of_the_sheet_in_the_council(self):
        seat, sheet = self._make_seat(), self._make_sheet(self.actor)
        self.themes[0].council_ids = seat.politician_id
        self.themes[1].council_ids = seat.politician_id
        names = f"{self.themes[0].name} and {self.themes[1].name}"
        self.assertIn(f"on the council's side of the theme {names}.", self._get_notes(sheet))
        sheet.section_ids.filtered(lambda section: section.theme_id in self.themes[:2]).unlink()
        self.assertFalse(self._get_notes(sheet))

    def test_several_reasons_and_seats_are_one_note_a_politician(self):
        seat = self._make_seat(role="chair")
        self._make_seat(politician_id=seat.politician_id.id, body="the council")
        other = self._make_seat("Bo")
        sheet = self._make_sheet(self.actor)
        self.themes[0].council_ids = seat.politician_id | other.politician_id
        self._make_meeting("2024-06-01", state="planned").attendee_ids = seat.politician_id
        notes = self._get_notes(sheet).split("\n")
        self.assertEqual(len(notes), 2)
        self.assertIn("Ægir Ås, chair of the board and member of the council, is also invited", notes[0])
        self.assertIn(f"06/01/2024 and on the council's side of the theme {self.themes[0].name}.", notes[0])
        self.assertIn("Bo, member of the board, is also on the council's side", notes[1])

    def test_a_seat_that_has_ended_is_on_no_side(self):
        seat = self._make_seat(date_to="2024-05-14")
        self.themes[0].council_ids = seat.politician_id
        self.assertFalse(self._get_notes(self._make_sheet(self.actor)))

    def test_nothing_of_a_confidential_meeting_is_told_to_others(self):
        seat, sheet = self._make_seat(), self._make_sheet(self.actor)
        seat.politician_id = self.delegate_user.partner_id  # the head's, who is no reader here
        self.head.delegate_id = False
        self.director.delegate_id = self.delegate_user
        meeting = self._make_meeting("2024-06-01", state="planned")
        meeting.attendee_ids = seat.politician_id
        meeting.point_ids = [
            (
                0,
                0,
                {
                    "summary": "Fusionen",
                    "commitment": "Svar om fusionen",
                    "responsible_id": self.delegate_user.id,
                    "deadline": "2024-06-20",
                },
            )
        ]
        meeting.confidential = True
        note = self._get_notes(sheet)
        self.assertIn("invited for the municipality to the meeting on 06/01/2024 (confidential)", note)
        self.assertIn("“Svar om fusionen” by 06/20/2024 (confidential)", note)
        self.assertIn("Internal and confidential", self._read(sheet))
        self.assertFalse(self._get_notes(sheet, published=True))
        other = self._make_user("other", "one_entrance.group_consultant")
        self.assertFalse(self._get_notes(sheet, user=other), "a consultant of other actors does not read it")
        self.assertNotIn("Consider whether", self._read(sheet, user=other))
        Report = self.env["ir.actions.report"].with_user(self.director_user).with_context(one_entrance_published=True)
        self.assertNotIn("Consider whether", Report._render_qweb_html(REPORT, sheet.ids)[0].decode())

    def test_who_reads_it_in_danish_reads_all_of_it_in_danish(self):
        self.env["res.lang"]._activate_lang("da_DK")
        seat, sheet = (
            self._make_seat(role="chair", body="bestyrelsen", date_to="2025-12-31"),
            self._make_sheet(self.actor),
        )
        self.themes[0].council_ids = seat.politician_id
        text = self._read(sheet, lang="da_DK")
        self.assertIn("Politisk repræsentation Ægir Ås Formand bestyrelsen til 31.12.2025", text)
        self.assertIn("Ægir Ås, formand for bestyrelsen til 31.12.2025, er også", text)
        self.assertNotIn("Consider", text)

    def test_what_is_not_known_takes_no_place(self):
        bare = self._make_actor("Bare")
        text = self._read(self._make_sheet(bare))
        for word in ("You meet", "Next meeting", "Last meetings", "Letter", "Relation", "Company no.", "False", "None"):
            self.assertNotIn(word, text)
        self.assertIn("Step Contact Leader Appointed", text)

    def test_a_theme_without_text_says_so_in_a_draft(self):
        sheet = self.env["one.entrance.sheet"].with_user(self.consultant).create({"partner_id": self.actor.id})
        self.assertEqual(self._read(sheet).count("Nothing is written here yet."), len(self.themes))

    def test_of_many_contacts_those_with_a_function_come_first_and_the_rest_is_counted(self):
        for i in range(9):
            self._make_contact(f"Person {i}")
        self._make_contact("Zenia", function="Chair")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn("You meet Zenia Chair Person 0", text)
        self.assertIn("Person 6 and 2 more in the register", text)
        self.assertNotIn("Person 7", text)

    def test_a_mayor_led_actor_has_both_principals(self):
        self.mayor.user_id = self.director_user
        led = self._make_actor("Letbanen", mayor_led=True)
        text = self._read(self._make_sheet(led, ready=True))
        self.assertIn("The dialogue is led by Mayor Mayor Municipal Director Municipal Director (level 1)", text)
        self.assertNotIn("Contact leader ", text)

    def test_a_principal_who_is_not_named_is_said_to_be_missing(self):
        led = self._make_actor("Letbanen", mayor_led=True)
        self.company.one_entrance_mayor_id = False
        text = self._read(self._make_sheet(led), user=self.consultant)
        self.assertIn("mayor not set and Municipal Director", text)

    def test_every_document_says_what_it_is_and_how_far_to_rely_on_it(self):
        sheet = self._make_sheet(self.actor)
        self.assertIn("Nordby Kommune Background Sheet Færgehavnen A/S Draft, not approved for use", self._read(sheet))
        sheet.with_user(self.consultant).action_ready()
        text = self._read(sheet)
        self.assertIn("Prepared 05/15/2024, valid until 11/15/2024", text)
        self.assertIn("Internal Printed 05/15/2024", text)
        with freeze_time("2024-11-15"):
            self.env.invalidate_all()
            self.assertNotIn("Outdated", self._read(sheet))
        with freeze_time("2024-11-16"):
            self.env.invalidate_all()
            self.assertIn("Outdated: was valid until 11/15/2024", self._read(sheet))
            self.assertIn('class="oe_status oe_status_outdated"', self._render(sheet))

    def test_an_archived_sheet_says_which_one_replaces_it(self):
        first = self._make_sheet(self.actor, ready=True)
        with freeze_time("2024-06-20"):
            self.env["one.entrance.sheet"].with_user(self.consultant)._make_drafts(self.actor).action_ready()
        self.assertEqual(first.state, "archived")
        self.assertIn("Replaced by the sheet of 06/20/2024", self._read(first))
        first.partner_id.one_entrance_sheet_id.with_user(self.consultant).action_archive_sheet()
        self.env.invalidate_all()
        self.assertIn("Archived, no longer in use", self._read(first))

    def _promise(self, meeting, commitment, deadline, done=None, outcome=False):
        """:param str done: the day the promise was kept"""
        point = self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Talk",
                "commitment": commitment,
                "responsible_id": self.consultant.id,
                "deadline": deadline,
            }
        )
        if done:
            with freeze_time(done):
                point.write({"done": True, "outcome": outcome})
        return point

    @contextmanager
    def _on(self, day):
        """Let what is written in here have been written on that day."""
        with patch.object(self.env.cr, "now", return_value=datetime.fromisoformat(f"{day} 10:00:00")):
            yield
            self.env.flush_all()

    def test_what_was_promised_comes_late_ones_first_then_open_then_kept_since(self):
        first, last = self._make_meeting("2024-03-12"), self._make_meeting("2024-04-10")
        self._promise(last, "Open one", "2024-06-01")
        self._promise(last, "Late one", "2024-05-01")
        self._promise(first, "Later one", "2024-04-20")
        self._promise(first, "Kept since", "2024-05-02", done="2024-05-03", outcome="The map is sent")
        self._promise(first, "Kept on the day", "2024-04-09", done="2024-04-10")
        self._promise(first, "Kept before", "2024-04-09", done="2024-04-09")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn(
            "Since last time, 04/10/2024 "
            "Late Later one Consultant by 04/20/2024 Late one Consultant by 05/01/2024 "
            "Open Open one Consultant by 06/01/2024 "
            "Kept Kept on the day Consultant 04/10/2024 Kept since – The map is sent Consultant 05/03/2024",
            text,
        )
        self.assertNotIn("Kept before", text)
        self.assertLess(text.index("Since last time"), text.index(self.themes[0].name))

    def test_of_many_promises_the_rest_is_counted(self):
        meeting = self._make_meeting("2024-04-10")
        for i in range(10):
            self._promise(meeting, f"Promise {i}", f"2024-06-{i + 1:02}")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn("Promise 7 Consultant by 06/08/2024 and 2 more in the register", text)
        self.assertNotIn("Promise 8", text)

    def test_a_promise_is_shown_before_the_first_meeting_is_held(self):
        self._promise(self._make_meeting("2024-06-20", state="planned"), "Bring the map", "2024-06-19")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn("Open commitments Open Bring the map Consultant by 06/19/2024", text)
        self.assertNotIn("Since last time", text)

    def test_a_change_of_contact_leader_is_told_until_the_next_meeting(self):
        self.actor.one_entrance_appointment_ids.date_from = "2024-01-10"
        meeting = self._make_meeting("2024-04-10")
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        sheet = self._make_sheet(self.actor, ready=True)
        told = "Contact leader Head of Culture, before Director, Technology from 05/15/2024"
        self.assertIn(told, self._read(sheet, user=self.consultant))
        meeting.write({"start": "2024-05-15 07:00:00"})
        self.assertNotIn(told, self._read(sheet, user=self.consultant))

    def test_the_first_contact_leader_is_no_change(self):
        self._make_meeting("2024-04-10")
        self.assertNotIn("Since last time", self._read(self._make_sheet(self.actor, ready=True)))

    def test_the_actors_people_that_are_new_or_gone_are_named(self):
        with self._on("2024-01-10"):
            self.actor = self._make_actor("Rederiet")
            self._make_contact("Ane Gammel")
            leaves, left = self._make_contact("Bo Borte", function="Chair"), self._make_contact("Dan Tidligere")
        self._make_meeting("2024-04-10")
        with self._on("2024-04-09"):
            left.active = False
        with self._on("2024-05-02"):
            leaves.active = False
            self._make_contact("Eva Ny", function="Director")
            self._make_contact("Invoices", type="invoice")
        text = self._read(self._make_sheet(self.actor, ready=True))
        self.assertIn("New people Eva Ny, Director No longer there Bo Borte, Chair", text)
        for name in ("Dan Tidligere", "Invoices"):
            self.assertNotIn(name, text)
        self.assertEqual(text.count("Ane Gammel"), 1)
        self.assertEqual(text.count("Bo Borte"), 1)

    def test_people_who_were_registered_with_the_actor_are_nobody_new(self):
        self._make_meeting("2024-01-10")
        with self._on("2024-04-02"):
            self.actor = self._make_actor("Rederiet")
            self._make_contact("Ane Gammel")
        self._make_meeting("2024-03-10")
        self.assertNotIn("Since last time", self._read(self._make_sheet(self.actor, ready=True)))

    def test_what_is_confidential_is_marked_and_only_for_who_may_read_it(self):
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        self._promise(self._make_meeting("2024-03-12"), "Send the map", "2024-06-01")
        secret = self._make_meeting("2024-04-10", kind="ad_hoc")
        secret.confidential = True
        self._promise(secret, "HEMMELIGT", "2024-06-02").responsible_id = self.director_user
        sheet = self._make_sheet(self.actor, ready=True)
        text = self._read(sheet)
        self.assertIn("04/10/2024 Talk in Between (confidential)", text)
        self.assertIn("HEMMELIGT (confidential) Director by 06/02/2024", text)
        self.assertIn("Internal and confidential Printed", text)
        text = self._read(sheet, user=other)
        self.assertIn("Since last time, 03/12/2024 Open Send the map Consultant by 06/01/2024", text)
        for words in ("HEMMELIGT", "Talk in Between", "04/10/2024", "confidential"):
            self.assertNotIn(words, text)
        for reader in (self.consultant, self.manager):
            self.assertIn("HEMMELIGT", self._read(sheet, user=reader))

    def test_it_is_in_the_readers_language(self):
        danish = self.env["res.lang"]._activate_lang("da_DK")
        danish.date_format = "%d-%m-%Y"
        self.env.ref("base.module_one_entrance")._update_translations(["da_DK"], overwrite=True)
        theme = self.themes[0]
        theme.write({"description": "<p>Simple rules.</p>"})
        theme.update_field_translations("name", {"da_DK": "Rammevilkår"})
        theme.update_field_translations("description", {"da_DK": {"Simple rules.": "Enkle regler."}})
        sheet = self._make_sheet(self.actor, ready=True)
        danish_text, english_text = self._read(sheet, lang="da_DK"), self._read(sheet)
        self.assertIn('<html lang="da-DK">', self._render(sheet, lang="da_DK"))
        self.assertIn("Rammevilkår 15-05-2024", danish_text)
        self.assertIn("Enkle regler.", danish_text)
        self.assertIn("Brev 10-01-2024 Første kontakt 11-02-2024", danish_text)
        for words in ("Baggrundsark", "Udarbejdet 15-05-2024", "CVR-nr. 12345678", "Kontaktperson", "Internt"):
            self.assertIn(words, danish_text)
        for words in ("Background", "Prepared", "Company", "Contact leader", "Internal", "Printed"):
            self.assertNotIn(words, danish_text)
        self.assertIn("Framework Conditions 05/15/2024", english_text)
        self.assertIn("Simple rules.", english_text)
        self.director_user.lang = "da_DK"
        self.assertIn("Enkle regler.", self._read(sheet, lang=None))

    def test_a_leader_prints_the_sheets_of_own_actors_only(self):
        own = self._make_sheet(self.actor, ready=True)
        others = self._make_sheet(self._make_actor("Secret Shipyard", leader=self.head), ready=True)
        for report in (REPORT, "one_entrance.background_sheet_document"):
            with self.assertRaises(AccessError):
                self._render(own + others, report=report)
        with self.assertRaises(AccessError):
            self._render(own, user=self.colleague)
        self.assertIn("Secret Shipyard", self._read(own + others, user=self.consultant))

    def test_printed_from_actors_it_is_the_current_sheet_of_each(self):
        self._make_sheet(self.actor, ready=True)
        new = self.env["one.entrance.sheet"].with_user(self.consultant)._make_drafts(self.actor)
        new.section_ids[0].body = "<p>Only in the new one</p>"
        without = self._make_actor("Without")
        both = self.actor + without
        text = self._read(both, report=FROM_ACTORS)
        self.assertNotIn("Only in the new one", text)
        self.assertNotIn("Without", text)
        new.action_ready()
        self.env.invalidate_all()
        self.assertIn("Only in the new one", self._read(both, report=FROM_ACTORS))

    def test_printing_from_actors_without_a_sheet_says_so(self):
        with self.assertRaisesRegex(UserError, "no background sheet yet for Færgehavnen A/S"):
            self._render(self.actor, report=FROM_ACTORS)
        with self.assertRaisesRegex(UserError, "no background sheet yet for Færgehavnen A/S"):
            self.actor.with_user(self.director_user).action_one_entrance_print_sheet()

    def test_printing_from_actors_shows_nobody_anothers_sheet(self):
        others = self._make_actor("Secret Shipyard", leader=self.head)
        self._make_sheet(others, ready=True)
        with self.assertRaises(UserError):
            self._render(others, report=FROM_ACTORS)
        with self.assertRaises(AccessError):
            self._render(others, user=self.colleague, report=FROM_ACTORS)

    def test_the_buttons_print_without_asking_an_administrator_for_a_layout(self):
        self.company.external_report_layout_id = False
        sheet = self._make_sheet(self.actor, ready=True)
        admin = self.env.ref("base.user_admin")
        admin.group_ids += self.env.ref("one_entrance.group_manager")
        for action in (
            sheet.with_user(admin).action_print(),
            self.actor.with_user(admin).action_one_entrance_print_sheet(),
        ):
            self.assertEqual(action["type"], "ir.actions.report")
            self.assertEqual(action["report_name"], "one_entrance.background_sheet_document")
            self.assertEqual(action["context"]["active_ids"], sheet.ids)

    def test_both_stand_in_the_print_menus_of_the_schemes_people(self):
        Actions = self.env["ir.actions.actions"]
        for model, report in (("one.entrance.sheet", REPORT), ("res.partner", FROM_ACTORS)):
            report = self.env.ref(report)
            seen = Actions.with_user(self.director_user).get_bindings(model).get("report", ())
            self.assertIn(report.id, [action["id"] for action in seen])
            unseen = Actions.with_user(self.colleague).get_bindings(model).get("report", ())
            self.assertNotIn(report.id, [action["id"] for action in unseen])

    def test_the_file_is_named_after_the_sheet(self):
        self.assertEqual(self.env.ref(REPORT).print_report_name, "object.display_name")
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(sheet.display_name, "Færgehavnen A/S, background sheet 05/15/2024")

    def test_a_pasted_text_cannot_pass_for_a_part_of_the_document(self):
        sheet = self._make_sheet(self.actor)
        sheet.section_ids[0].body = (
            '<h1 class="header" id="minimal_layout_report_headers">Big</h1><div class="footer article page" '
            'data-oe-model="one.entrance.sheet" data-oe-id="7">Text <span style="font-size:60px">small</span></div>'
            '<table width="3000"><tr><td colspan="2" class="page">cell</td></tr></table><a href="https://example.com/">link</a>'
        )
        document = html.fromstring(self._render(sheet))
        for part in ("header", "article", "footer"):
            parts = document.xpath(f"//div[contains(concat(' ', @class, ' '), ' {part} ')]")
            self.assertEqual(len(parts), 1, part)
        self.assertEqual(document.xpath("//h1/text()"), ["Færgehavnen A/S"])
        self.assertEqual(document.xpath("//h4/text()"), ["Big"])
        self.assertEqual(document.xpath("//td[@colspan='2']/text()"), ["cell"])
        self.assertEqual(document.xpath("//a/@href"), ["https://example.com/"])
        self.assertFalse(document.xpath("//*[@width] | //span[@style] | //div[@data-oe-id='7']"))

    def _make_image(self, **values):
        image = BytesIO()
        Image.new("RGB", (8, 8), "red").save(image, "PNG")
        return self.env["ir.attachment"].create({"name": "red.png", "raw": image.getvalue(), **values})

    def test_images_lie_in_the_document_as_far_as_the_reader_may_see_them(self):
        sheet = self._make_sheet(self.actor)
        elsewhere = self._make_sheet(self._make_actor("Secret Shipyard", leader=self.head))
        own = self._make_image(res_model=sheet._name, res_id=sheet.id)
        shared = self._make_image(res_model=elsewhere._name, res_id=elsewhere.id)
        hidden = self._make_image(res_model=elsewhere._name, res_id=elsewhere.id)
        shared.generate_access_token()
        remote = self.env["ir.attachment"].create(
            {"name": "remote.png", "type": "url", "url": "https://example.com/x.png", "public": True}
        )
        broken = self.env["ir.attachment"].create({"name": "broken.png", "raw": own.raw[:20], "public": True})
        data = "data:image/png;base64," + b64encode(own.raw).decode()
        sheet.section_ids[0].body = (
            f'<p>a<img src="/web/image/{own.id}-abc/red.png"/>b<img src="/web/image/{hidden.id}"/>c'
            f'<img src="/web/image/{shared.id}?access_token={shared.access_token}"/>d<img src="{data}"/>e'
            f'<img src="/web/image/{remote.id}"/><img src="/web/image/{broken.id}"/>f<img src="https://example.com/y.png"/>g<img src="/web/image/999999999"/>h'
            '<img src="/web/image/res.partner/1/image_128"/></p>'
        )
        document = html.fromstring(self._render(sheet))
        images = document.xpath("//div[@class='oe_text']//img")
        self.assertEqual(len(images), 3)
        self.assertTrue(all(image.get("src").startswith("data:image/png;base64,") for image in images))
        self.assertIn("abcdefgh", self._read(sheet))

    def test_the_pdf_printer_is_given_nothing_to_fetch(self):
        sheet = self._make_sheet(self.actor, ready=True)
        markup = self._render(sheet)
        report = self.env.ref(REPORT)
        bodies, ids, header, footer, _paper = report._prepare_html(markup, report_model=report.model)
        self.assertEqual(ids, sheet.ids)
        for part in (*bodies, header, footer):
            root = html.fromstring(str(part))
            self.assertFalse(root.xpath("//link | //iframe | //object | //script[@src]"))
            self.assertTrue(all(source.startswith("data:") for source in root.xpath("//@src")))
            self.assertNotIn("url(", part)
            self.assertNotIn("@import", part)

    def test_another_report_keeps_odoos_layout(self):
        other = self.env["ir.actions.report"].search([("report_name", "not like", "one_entrance.%")], limit=1)
        self.assertEqual(other._get_layout(), self.env.ref("web.minimal_layout"))

    def test_fifty_sheets_take_the_same_queries_as_one(self):
        sheets = self.env["one.entrance.sheet"]
        users = [self._make_user(f"responsible_{i}", "one_entrance.group_leader") for i in range(5)]
        for i in range(50):
            leader = self._make_leader(f"Leader {i}", self.level_director, user_id=self.director_user.id)
            actor = self._make_actor(f"Actor {i}", leader=leader, consultant_id=self.consultant.id)
            self.env["res.partner"].create({"name": f"Person {i}", "parent_id": actor.id, "type": "contact"})
            day = self.today - timedelta(days=i + 1)
            meeting = self._make_meeting(day, actor=actor)
            self._make_meeting(day + timedelta(days=100), actor=actor, state="planned")
            self._promise(meeting, "Open", "2024-06-01").responsible_id = users[i % 5]
            self._promise(meeting, "Kept", "2024-05-01", done=self.today)
            actor.one_entrance_appointment_ids.date_from = "2024-01-10"
            successor = self._make_leader(f"Successor {i}", self.level_director, user_id=self.director_user.id)
            actor.with_user(self.consultant).one_entrance_leader_id = successor
            sheets += self._make_sheet(actor, ready=i % 3 != 0)
        self._render(sheets)  # compiles the templates, and fills what Odoo keeps from one request to the next
        counts = []
        for printed in (sheets[:1], sheets):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            text = self._render(printed)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(text.count('data-oe-model="one.entrance.sheet"'), len(printed))
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
        self.assertLessEqual(counts[1], 24)
