from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase
from .test_letter_report import ADDRESS

MODEL = "one.entrance.letter.preview"
FIELD = "one_entrance_letter_body"


@tagged("post_install", "-at_install")
class TestLetterPreview(OneEntranceCase):
    """Whoever writes the official letter sees it as an actor would get it (S4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env["res.lang"]._activate_lang("da_DK")
        cls.mayor.partner_id.function = False
        cls.actor = cls._make_actor("Ærø Havn")
        cls.actor.write({**ADDRESS, "lang": "da_DK"})
        cls.homeless = cls._make_actor("Aftenskolen")

    def _open(self, user=None):
        return Form(self.env[MODEL].with_user(user or self.consultant))

    def _read(self, page):
        document = html.fromstring(page)
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def test_the_whole_page_is_shown_at_once_in_the_actors_language(self):
        preview = self._open()
        self.assertEqual(preview.partner_id, self.actor, "the first that a letter can be printed for")
        self.assertFalse(preview.problem)
        text = self._read(preview.page)
        for words in ("Ærø Havn Kajen 1 8500 Grenaa", "15. maj 2024", "Venlig hilsen", "Borgmester", "Til aktøren"):
            self.assertIn(words, text)
        english = self._make_actor("Zebra")
        english.write(ADDRESS)
        preview.partner_id = english
        self.assertIn("Yours sincerely", self._read(preview.page))

    def test_it_says_why_there_is_no_letter(self):
        preview = self._open()
        preview.partner_id = self.homeless
        self.assertIn("street, zip, and city", preview.problem)
        self.assertFalse(preview.page)
        self.company.one_entrance_mayor_id = False
        preview.partner_id = self.actor
        self.assertIn("has not named its mayor", preview.problem)
        self.assertFalse(preview.page)
        preview.partner_id = self.env["res.partner"]
        self.assertFalse(preview.problem)

    def test_it_opens_the_pdf_of_what_it_shows(self):
        preview = self._open().save()
        action = preview.action_print_letter()
        self.assertEqual(action["report_name"], "one_entrance.letter_document")
        self.assertEqual(action["context"]["active_ids"], self.actor.ids)

    def test_what_was_just_saved_is_shown(self):
        self.company.with_context(lang="da_DK")[FIELD] = "<p>Ny tekst til {{ actor }}</p>"
        self.assertIn("Ny tekst til Ærø Havn", self._read(self._open().page))

    def test_it_is_for_those_who_send_letters(self):
        for user in (self.colleague, self.director_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._open(user)
        self.assertTrue(self._open(self.manager).page)

    def test_it_shows_no_actor_of_another_municipality(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        stranger = self._make_user(
            "their_consultant", "one_entrance.group_consultant", company_id=theirs.id, company_ids=[(6, 0, theirs.ids)]
        )
        self.assertFalse(self._open(stranger).partner_id)
        preview = self.env[MODEL].with_user(stranger).create({"partner_id": self.actor.id})
        with self.assertRaises(AccessError):
            _page = preview.page
