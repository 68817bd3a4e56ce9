from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ...models.letter.letter_text import PLACEHOLDERS
from ..common import OneEntranceCase

FIELD = "one_entrance_letter_body"
ALL = "".join(f"<p>{name}: {{{{ {name} }}}}</p>" for name in PLACEHOLDERS)
DANISH = "Kommunalbestyrelsen besluttede den {{ decision_date }}"
ENGLISH = "On {{ decision_date }} the municipal council decided"


@tagged("post_install", "-at_install")
class TestLetterText(OneEntranceCase):
    """What a municipality may write in its official letter, and what it begins with (S4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.company = cls.company.with_env(cls.env)
        # a database may have Danish from the start: here it is taken into use
        cls.env["res.partner"].with_context(active_test=False).search([("lang", "=", "da_DK")]).lang = "en_US"
        cls.danish = cls.env["res.lang"].with_context(active_test=False).search([("code", "=", "da_DK")])
        cls.danish.active = False
        field = cls.env["res.company"]._fields[FIELD]
        stored = field._get_stored_translations(cls.company)
        assert ENGLISH in stored["en_US"]

    def _activate_danish(self):
        self.danish.active = True
        return self.company.with_context(lang="da_DK")

    def _refuse(self, text, *words, company=None):
        """Save a text that is refused, with a message that has these words and all placeholders."""
        company = company or self.company
        with self.assertRaises(ValidationError) as caught, self.cr.savepoint():
            company[FIELD] = text
            company.flush_recordset()
        message = str(caught.exception)
        for word in (*words, *(f"{{{{ {name} }}}}" for name in PLACEHOLDERS)):
            self.assertIn(word, message)
        return message

    # Placeholders

    def test_all_known_placeholders_may_stand_in_the_text(self):
        self.company[FIELD] = ALL
        self.assertIn("{{ leader_phone }}", self.company[FIELD])

    def test_an_unknown_placeholder_is_refused_and_named(self):
        self._refuse("<p>Kære {{ direktør }}</p>", "“{{ direktør }}”", self.company.name, "English")

    def test_whatever_is_more_than_a_name_is_refused(self):
        for expression in (
            "object.env",
            "1+1",
            "''.__class__",
            "actor.upper()",
            "actor ||| nobody",
            "user.name",
            "env['res.users']",
            "actor if 1 < 2 else mayor",
            "",
            "not actor",
        ):
            with self.subTest(expression=expression):
                self._refuse(f"<p>a {{{{ {expression} }}}} b</p>")

    def test_braces_without_a_partner_are_refused(self):
        for text in (
            "{{ actor",
            "actor }}",
            "{ actor }",
            "{{ actor }",
            "{{{ actor }}}",
            "{{ {{ actor }} }}",
            "{{ actor }} }}",
            "{{ actor</p><p>mayor",
            "&#123;&#123; actor",
        ):
            with self.subTest(text=text):
                self._refuse(f"<p>a {text} b</p>")
                self._refuse(text)

    def test_a_brace_without_a_partner_is_shown_where_it_stands(self):
        self._refuse("<p>Vi ses.</p><p>Hilsen<br>{{ actor</p><ul><li>Et</li></ul>", "“Vi ses. Hilsen {{ actor Et”")

    def test_formatting_and_spaces_within_the_braces_do_no_harm(self):
        for text in (
            "{{actor}}",
            "{{&nbsp;actor&nbsp;}}",
            "{{ <b>actor</b> }}",
            "<b>{</b>{ actor }}",
            "<b>{{ ac</b>tor }}",
            "{{ <span style='color: red'>actor</span> }}",
            "{{\u200b actor\ufeff}}",
            "&#123;&#123; actor &#125;&#125;",
        ):
            with self.subTest(text=text):
                self.company[FIELD] = f"<p>{text}</p>"
                self.company.flush_recordset()
        self._refuse("<p>{{ <b>nobody</b> }}</p>", "“{{ nobody }}”")

    def test_a_placeholder_in_a_link_is_refused(self):
        for href in ("{{ leader_mail }}", "mailto:{{ leader_mail }}", "/%7B%7B%20actor%20%7D%7D"):
            with self.subTest(href=href):
                self._refuse(f'<p><a href="{href}">a</a></p>', "stands in a link")

    def test_the_text_is_checked_in_every_language_it_is_saved_in(self):
        danish = self._activate_danish()
        self.env.ref("base.module_one_entrance")._update_translations(["da_DK"], overwrite=True)
        self._refuse("<p>Kære {{ direktør }}</p>", "“{{ direktør }}” er ikke et flettefelt", "Dansk", company=danish)
        self.company[FIELD] = "<p>Dear {{ actor }}</p>"
        danish[FIELD] = "<p>Kære {{ actor }}</p>"
        self.assertEqual(self.company[FIELD], "<p>Dear {{ actor }}</p>")
        self.assertEqual(danish[FIELD], "<p>Kære {{ actor }}</p>")
        self._refuse("<p>Dear {{ director }}</p>")

    def test_a_change_in_one_language_leaves_the_others_whole(self):
        self._activate_danish()
        other = self.env["res.company"].create({"name": "Nabokommunen"})
        before = other[FIELD]
        danish = other.with_context(lang="da_DK")
        danish[FIELD] = "<p>Hej {{ actor }}</p><p>Vi ses</p>"
        other.flush_recordset()
        self.assertEqual(other[FIELD], before)
        terms, _context = other.get_field_translations(FIELD)
        wanting = {(term["lang"], term["source"]) for term in terms if not term["value"]}
        self.assertIn(("en_US", "Vi ses"), wanting, "what there is to translate stands in the dialogue")

    def test_the_translation_dialogue_is_checked_too(self):
        self._activate_danish()
        self.company[FIELD] = "<p>Dear {{ actor }}</p>"
        for wrong in ("Kære {{ aktør }}", "Kære {{ object.env }}", "Kære {{ actor", "Kære { actor }"):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError), self.cr.savepoint():
                self.company.update_field_translations(FIELD, {"da_DK": {"Dear {{ actor }}": wrong}})
                self.company.flush_recordset()
        self.company.update_field_translations(FIELD, {"da_DK": {"Dear {{ actor }}": "Kære {{ actor }}"}})
        self.assertEqual(self.company.with_context(lang="da_DK")[FIELD], "<p>Kære {{ actor }}</p>")

    def test_the_settings_translation_dialogue_writes_the_companys_text(self):
        self._activate_danish()
        self.company[FIELD] = "<p>Dear {{ actor }}</p>"
        settings = self.env["res.config.settings"].create({})
        settings.update_field_translations(FIELD, {"da_DK": {"Dear {{ actor }}": "Kære {{ actor }}"}})
        self.assertEqual(self.company.with_context(lang="da_DK")[FIELD], "<p>Kære {{ actor }}</p>")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            settings.update_field_translations(FIELD, {"da_DK": {"Dear {{ actor }}": "Kære {{ aktør }}"}})
            self.company.flush_recordset()

    def test_import_is_checked_too(self):
        result = self.env["res.company"].load(["id", FIELD], [["base.main_company", "<p>{{ nobody }}</p>"]])
        self.assertFalse(result["ids"])
        self.assertIn("“{{ nobody }}”", result["messages"][0]["message"])

    def test_the_text_is_edited_in_settings(self):
        with Form(self.env["res.config.settings"]) as settings:
            settings[FIELD] = "<p>Til {{ actor }}</p>"
        self.assertEqual(self.company[FIELD], "<p>Til {{ actor }}</p>")

    def test_settings_tell_what_every_placeholder_means(self):
        arch = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        for name in PLACEHOLDERS:
            self.assertIn(f"{{{{ {name} }}}}</code>", arch)
        self.assertEqual(arch.count("}}</code>"), len(PLACEHOLDERS))

    def test_what_a_printer_would_fetch_is_taken_out_of_the_text(self):
        self.company[FIELD] = '<p>a<img src="https://example.com/x.png"/><script>b</script></p>'
        self.assertEqual(self.company[FIELD], "<p>a</p>")
        danish = self._activate_danish()
        self.company[FIELD] = "<p>a</p>"
        self.company.update_field_translations(
            FIELD, {"da_DK": {"a": 'a<img src="https://example.com/x.png"/><script>b</script>'}}
        )
        self.assertEqual(danish[FIELD], "<p>a</p>")

    def test_an_image_outlives_the_settings_it_was_put_in_from(self):
        settings = self.env["res.config.settings"].create({})
        image = self.env["ir.attachment"].create(
            {"name": "seal.png", "raw": b"x", "res_model": settings._name, "res_id": settings.id}
        )
        other = self.env["ir.attachment"].create({"name": "other.png", "raw": b"x", "res_model": "res.partner"})
        self.company[FIELD] = (
            f'<p><img src="/web/image/{image.id}-1234/seal.png"/><img src="/web/image/{other.id}"/></p>'
        )
        settings.unlink()
        self.assertTrue(image.exists())
        self.assertEqual((image.res_model, image.res_id), ("res.company", self.company.id))
        self.assertEqual(other.res_model, "res.partner")

    # The standard text

    def test_a_new_company_has_the_standard_text_in_every_active_language(self):
        self._activate_danish()
        for lang in ("da_DK", "en_US"):
            company = self.env["res.company"].with_context(lang=lang).create({"name": f"Nabokommunen {lang}"})
            self.assertIn(ENGLISH, company.with_context(lang="en_US")[FIELD])
            self.assertIn(DANISH, company.with_context(lang="da_DK")[FIELD])
            self.assertIn("Venlig hilsen", company.with_context(lang="da_DK")[FIELD])

    def test_a_company_with_a_text_of_its_own_keeps_it(self):
        company = self.env["res.company"].create({"name": "Nabokommunen", FIELD: "<p>Vores</p>"})
        self.assertEqual(company[FIELD], "<p>Vores</p>")

    def test_the_companies_that_were_there_have_it(self):
        self.assertIn(ENGLISH, self.company.with_context(lang="en_US")[FIELD])

    def test_a_language_taken_into_use_later_gets_the_standard_text(self):
        other = self.env["res.company"].create({"name": "Nabokommunen"})
        archived = self.env["res.company"].create({"name": "Sammenlagt", "active": False})
        own = self.env["res.company"].create({"name": "Genbokommunen", FIELD: "<p>Ours</p>"})
        changed = self.env["res.company"].create({"name": "Den fjerde"})
        changed[FIELD] = changed[FIELD].replace("Dear", "Hello")
        self._activate_danish()
        for company in (self.company, other, archived):
            self.assertIn(DANISH, company.with_context(lang="da_DK")[FIELD])
            self.assertIn(ENGLISH, company.with_context(lang="en_US")[FIELD])
        self.assertEqual(own.with_context(lang="da_DK")[FIELD], "<p>Ours</p>")
        self.assertIn("Hello", changed.with_context(lang="da_DK")[FIELD])
        self.assertNotIn(DANISH, changed.with_context(lang="da_DK")[FIELD])

    def test_a_language_taken_into_use_again_keeps_its_text(self):
        self._activate_danish()
        other = self.env["res.company"].create({"name": "Nabokommunen"}).with_context(lang="da_DK")
        other[FIELD] = other[FIELD].replace("Kære", "Hej")
        self.danish.active = False
        self.danish.active = True
        self.assertIn("Hej", other[FIELD])

    def test_every_word_of_the_standard_text_is_translated(self):
        self._activate_danish()
        danish, english = (
            self.env["res.company"]._get_one_entrance_standard_letter(lang) for lang in ("da_DK", "en_US")
        )
        field = self.env["res.company"]._fields[FIELD]
        pairs = list(zip(field.get_trans_terms(danish), field.get_trans_terms(english), strict=True))
        self.assertGreater(len(pairs), 6)
        for ours, theirs in pairs:
            self.assertNotEqual(ours, theirs)
