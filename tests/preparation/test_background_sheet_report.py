from base64 import b64encode
from io import BytesIO

from freezegun import freeze_time
from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .background_sheet import REPORT, BackgroundSheetCase

FROM_ACTORS = "one_entrance.report_background_sheet_partner"


@tagged("post_install", "-at_install")
class TestBackgroundSheetReport(BackgroundSheetCase):
    """What the printed background sheet says, to whom, and in which language (S8)."""

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

    def test_each_theme_has_the_municipalitys_line_the_text_and_their_dates(self):
        theme = self.themes[0]
        theme.write({"description": "<p>Simple rules.</p>", "reviewed_date": "2024-04-01"})
        sheet = self._make_sheet(self.actor, ready=True)
        text = self._read(sheet)
        self.assertIn(
            f"{theme.name} 05/15/2024, Consultant The municipality says, reviewed 04/01/2024 Simple rules. Om {theme.name}",
            text,
        )

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

    def test_it_names_a_seat_of_who_handles_a_theme_of_the_sheet_in_the_council(self):
        seat, sheet = self._make_seat(), self._make_sheet(self.actor)
        self.themes[0].council_ids = seat.politician_id
        self.themes[1].council_ids = seat.politician_id
        names = f"{self.themes[0].name} and {self.themes[1].name}"
        self.assertIn(f"on the council's side of the theme {names}.", self._get_notes(sheet))
        sheet.section_ids.filtered(lambda section: section.theme_id in self.themes[:2]).unlink()
        self.assertFalse(self._get_notes(sheet))

    def test_a_seat_that_has_ended_is_on_no_side(self):
        seat = self._make_seat(date_to="2024-05-14")
        self.themes[0].council_ids = seat.politician_id
        self.assertFalse(self._get_notes(self._make_sheet(self.actor)))

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
