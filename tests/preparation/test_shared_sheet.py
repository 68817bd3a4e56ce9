import psycopg2
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase
from .shared_sheet import SharedSheetCase
from .test_background_sheet_pdf import PARAGRAPH, read_pages

FROM_ACTORS = "one_entrance.report_background_sheet_shared_partner"
INNER = "one_entrance.report_background_sheet"


@tagged("post_install", "-at_install")
class TestSharedSheet(SharedSheetCase):
    """A background sheet has an inner part, and one that the actor reads before the meeting; nothing internal reaches that
    one (S8).
    """

    # Sections

    def test_a_section_is_internal_unless_somebody_says_otherwise(self):
        others = self.sheet.section_ids - self.shared
        self.assertEqual(set(others.mapped("audience")), {"internal"})

    def test_a_theme_has_one_section_of_each_kind(self):
        self.assertEqual(len(self.sheet.section_ids.filtered(lambda s: s.theme_id == self.theme)), 2)
        for audience in ("internal", "shared"):
            with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint(), mute_logger("odoo.sql_db"):
                self.shared.create({"sheet_id": self.sheet.id, "theme_id": self.theme.id, "audience": audience})

    def test_who_reads_a_section_does_not_change_once_the_sheet_is_ready(self):
        self._ready()
        with self.assertRaisesRegex(Exception, "is not a draft any more"):
            self.shared.audience = "internal"

    def test_a_new_version_keeps_who_reads_what(self):
        self._ready()
        self.sheet.with_user(self.consultant).action_new_version()
        draft = self.actor.one_entrance_sheet_ids.filtered(lambda sheet: sheet.state == "draft")
        for audience in ("internal", "shared"):
            before = self.sheet.section_ids.filtered(lambda s, audience=audience: s.audience == audience)
            after = draft.section_ids.filtered(lambda s, audience=audience: s.audience == audience)
            self.assertEqual(after.theme_id, before.theme_id)
            self.assertEqual(after.mapped("body"), before.mapped("body"))

    def test_a_sheet_is_not_ready_with_an_empty_section_for_the_actor(self):
        self.shared.body = False
        with self.assertRaisesRegex(Exception, "nothing is written under"):
            self._ready()

    def test_a_section_for_the_actor_is_added_on_the_form(self):
        theme = self.sheet.section_ids[-1].theme_id
        with Form(self.sheet.with_user(self.consultant)) as form, form.section_ids.new() as line:
            line.theme_id = theme
            line.audience = "shared"
        added = self.sheet.section_ids.filtered(lambda s: s.theme_id == theme and s.audience == "shared")
        self.assertEqual(len(added), 1)

    def test_a_text_does_not_change_its_readers_by_a_slip_in_the_list(self):
        form = Form(self.sheet.with_user(self.consultant))
        with self.assertRaises(AssertionError), form.section_ids.edit(0) as line:
            line.audience = "shared"

    def test_of_a_mayor_led_actor_both_principals_are_named(self):
        actor = self._make_actor("Letbanen", mayor_led=True, consultant_id=self.consultant.id)
        sheet = self._make_sheet(actor)
        self._share(sheet, "<p>Perronen</p>")
        self.assertIn("You will meet Mayor Municipal Director Questions", self._read(sheet))

    def test_it_is_in_the_actors_language_whoever_prints_it(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.actor.lang = "da_DK"
        self._ready()
        other = self._make_actor("Banken", consultant_id=self.consultant.id)
        other.lang = "en_US"
        theirs = self._make_sheet(other)
        self._share(theirs, "<p>Renten</p>")
        text = self._read(self.sheet + theirs)
        for words in ("Temaer til vores møde", "Til aktøren", "Themes for Our Meeting", "To the actor"):
            self.assertIn(words, text)
        self.assertLess(text.index("Til aktøren"), text.index("To the actor"))

    def test_a_draft_is_marked_on_every_page_and_a_ready_sheet_is_not(self):
        self.shared.body = PARAGRAPH * 25
        pages = read_pages(self._print())
        self.assertGreater(len(pages), 1)
        for page in pages:
            self.assertIn("Draft, not to be sent", page)
        self._ready()
        for number, page in enumerate(read_pages(self._print()), 1):
            for words in ("Nordby Kommune", "To the actor", f"Page {number} of {len(pages)}"):
                self.assertIn(words, page)
            for words in ("Draft", "Internal", "Prepared", "valid until", "not to be sent"):
                self.assertNotIn(words, page)

    def test_an_archived_sheet_says_not_to_be_sent(self):
        self._ready()
        self.sheet.with_user(self.consultant).action_archive_sheet()
        self.assertIn("No longer in use, not to be sent", self._read())

    def test_a_sheet_that_shares_nothing_is_refused_by_name(self):
        bare = self._make_sheet(self._make_actor("Banken"))
        empty = self._make_sheet(self._make_actor("Reno"))
        self._share(empty, False)
        both = (self.sheet + bare + empty).with_user(self.consultant)
        with self.assertRaisesRegex(UserError, "Banken, Reno: nothing .* Add a section"):
            both.action_print_shared()
        with self.assertRaisesRegex(UserError, "Banken"):
            self._render(bare)
        with self.assertRaisesRegex(UserError, "Banken"):
            self._render(bare.partner_id, FROM_ACTORS)
        self.assertEqual(
            self.sheet.with_user(self.consultant).action_print_shared()["report_name"].split(".")[-1],
            "background_sheet_shared_document",
        )

    def test_it_is_printed_from_actors(self):
        self._ready()
        self.assertEqual(self._read(), self._read(self.actor, FROM_ACTORS))

    def test_who_may_not_read_the_sheet_prints_nothing(self):
        for user in (self.colleague, self.delegate_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env.invalidate_all()
                self._render(user=user)
        self.env.invalidate_all()
        self.assertIn("tale", self._render(user=self.director_user))

    def test_the_inner_sheet_prints_all_and_marks_what_is_shared(self):
        self.theme.description = "<p>Enkle regler.</p>"
        text = self._read(report=INNER)
        self.assertIn("Shared with the actor beforehand", text)
        self.assertEqual(text.count("Shared with the actor beforehand"), 1)
        self.assertEqual(text.count("Enkle regler."), 1, "the municipality's line stands once over its theme")
        self.assertIn("Det vil vi gerne tale om.", text)
        self.assertIn(f"Om {self.theme.name}", text)
        self.assertIn("Internal Printed", text)


@tagged("post_install", "-at_install")
class TestOrderOfSpeaking(OneEntranceCase):
    """For a mayor-led actor the sheet carries two names and an order of speaking (S10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Letbanen", mayor_led=True)
        cls.sheet = cls._make_sheet(cls.actor)

    def _read(self, sheet=None):
        Report = self.env["ir.actions.report"].with_user(self.consultant).with_context(lang="en_US")
        document = html.fromstring(Report._render_qweb_html(INNER, (sheet or self.sheet).ids)[0].decode())
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def test_the_mayor_opens_unless_it_is_said_otherwise(self):
        self.assertEqual(self.sheet.first_speaker, "mayor")
        self.assertIn("Order of speaking Mayor opens the meeting", self._read())
        self.sheet.with_user(self.consultant).first_speaker = "municipal_director"
        self.assertIn("Order of speaking Municipal Director opens the meeting", self._read())

    def test_the_themes_follow_in_their_order_with_who_introduces_them(self):
        first, second, third = self.sheet.section_ids[:3]
        third.speaker = "mayor"
        first.speaker = "municipal_director"
        text = self._read()
        self.assertIn(
            f"Mayor opens the meeting {first.theme_id.name}: Municipal Director {third.theme_id.name}: Mayor", text
        )
        self.assertIn(f"{first.theme_id.name} Introduced by Municipal Director", text)
        self.assertNotIn(f"{second.theme_id.name} Introduced by", text)

    def test_an_ordinary_actors_sheet_has_none(self):
        actor = self._make_actor("Havnen")
        sheet = self._make_sheet(actor)
        sheet.section_ids[0].speaker = "mayor"
        text = self._read(sheet)
        for words in ("Order of speaking", "Introduced by", "opens the meeting"):
            self.assertNotIn(words, text)

    def test_a_new_version_keeps_the_order(self):
        self.sheet.with_user(self.consultant).first_speaker = "municipal_director"
        self.sheet.section_ids[1].speaker = "mayor"
        self.sheet.with_user(self.consultant).action_ready()
        self.sheet.with_user(self.consultant).action_new_version()
        draft = self.actor.one_entrance_sheet_ids.filtered(lambda sheet: sheet.state == "draft")
        self.assertEqual(draft.first_speaker, "municipal_director")
        self.assertEqual(draft.section_ids.mapped("speaker"), self.sheet.section_ids.mapped("speaker"))

    def test_it_does_not_change_once_the_sheet_is_ready(self):
        self.sheet.with_user(self.consultant).action_ready()
        for change in (
            lambda: self.sheet.write({"first_speaker": "municipal_director"}),
            lambda: self.sheet.section_ids[0].write({"speaker": "mayor"}),
        ):
            with self.assertRaisesRegex(Exception, "is not a draft any more"):
                change()

    def test_a_principal_who_is_not_named_is_called_by_the_office(self):
        self.company.one_entrance_mayor_id = False
        self.assertIn("Order of speaking Mayor opens the meeting", self._read())
