from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestSheetSection(OneEntranceCase):
    """A section says who wrote it and when, and nobody writes over what somebody else just wrote (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor()
        cls.sheet = cls._make_sheet(cls.actor)
        cls.section = cls.sheet.section_ids[0]

    def test_a_changed_text_is_dated_and_a_changed_consultant_is_not(self):
        with freeze_time("2024-06-20 10:00:00"):
            self.section.with_user(self.director_user).consultant_id = self.manager
            self.assertEqual(self.section.updated_date, self.today)
            self.section.with_user(self.director_user).body = "<p>Nyt</p>"
            self.assertEqual(str(self.section.updated_date), "2024-06-20")

    def test_an_empty_section_is_not_dated(self):
        actor = self._make_actor("Ny")
        sheet = self.env["one.entrance.sheet"].with_user(self.consultant).create({"partner_id": actor.id})
        self.assertEqual(set(sheet.section_ids.mapped("updated_date")), {False})
        self.assertEqual(set(sheet.section_ids.mapped("is_empty")), {True})

    def test_a_list_shows_how_a_text_begins(self):
        self.section.body = "<p></p><p>Første linje</p><p>Anden</p>"
        self.assertTrue(self.section.excerpt.startswith("Første linje"))
        self.section.body = "<p>" + "æøå " * 100 + "</p>"
        self.assertLessEqual(len(self.section.excerpt), 100)
        self.assertTrue(self.section.excerpt.startswith("æøå æøå æøå"))

    def test_the_second_of_two_writers_is_told_and_the_first_text_stays(self):
        revision = self.section.revision
        self.section.with_user(self.consultant).write({"body": "<p>Den første</p>", "revision": revision})
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.section.with_user(self.director_user).write({"body": "<p>Den anden</p>", "revision": revision})
        for word in ("Consultant", self.section.theme_id.name, "Havnen"):
            self.assertIn(word, str(refusal.exception))
        self.assertEqual(self.section.body, "<p>Den første</p>")
        self.assertEqual(self.section.revision, revision + 1)

    def test_the_second_writer_writes_after_reading_the_first(self):
        for user, text in ((self.consultant, "<p>Den første</p>"), (self.director_user, "<p>Begge</p>")):
            self.section.with_user(user).write({"body": text, "revision": self.section.revision})
        self.assertEqual(self.section.body, "<p>Begge</p>")

    def test_two_who_write_in_different_sections_do_not_meet(self):
        one, two = self.sheet.section_ids[:2]
        revisions = one.revision, two.revision
        one.with_user(self.consultant).write({"body": "<p>Et</p>", "revision": revisions[0]})
        two.with_user(self.director_user).write({"body": "<p>To</p>", "revision": revisions[1]})
        self.assertEqual((one.body, two.body), ("<p>Et</p>", "<p>To</p>"))

    def test_nobody_sets_the_revision_to_get_past_it(self):
        revision = self.section.revision
        self.section.with_user(self.consultant).write({"revision": revision + 7})
        self.assertEqual(self.section.revision, revision)

    def test_several_sections_written_at_once_each_count(self):
        before = self.sheet.section_ids.mapped("revision")
        self.sheet.section_ids.with_user(self.consultant).write({"body": "<p>Ens</p>"})
        self.assertEqual(self.sheet.section_ids.mapped("revision"), [revision + 1 for revision in before])

    def test_a_theme_stands_on_a_sheet_once(self):
        with self.assertRaises(Exception) as refusal, self.cr.savepoint():
            self.section.with_user(self.consultant).create(
                {"sheet_id": self.sheet.id, "theme_id": self.section.theme_id.id}
            )
        message = self.section._sql_error_to_message(refusal.exception)
        self.assertIn("This theme has a section on the sheet already", message)

    def test_a_form_writes_a_draft_and_not_a_ready_sheet(self):
        view = "one_entrance.one_entrance_sheet_section_view_form"
        with Form(self.section.with_user(self.director_user), view=view) as form:
            form.body = "<p>Skrevet</p>"
        self.assertEqual(self.section.body, "<p>Skrevet</p>")
        self.sheet.with_user(self.consultant).action_ready()
        form = Form(self.section.with_user(self.director_user), view=view)
        with self.assertRaises(AssertionError):
            form.body = "<p>For sent</p>"

    def test_a_refusal_names_the_sheet(self):
        self.sheet.with_user(self.consultant).action_ready()
        with self.assertRaises(ValidationError) as refusal:
            self.section.with_user(self.director_user).body = "<p>For sent</p>"
        self.assertIn("Havnen", str(refusal.exception))
