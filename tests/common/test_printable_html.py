from markupsafe import Markup

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.common.printable_html import strip_remote_content
from ..common import OneEntranceCase

SVG = "data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+"
# Pieces of HTML that would run something or tell somebody outside who reads the text; each keeps the word “tekst”.
ATTACKS = {
    "script": "<p>tekst</p><script>evil.example()</script>",
    "script in mixed case": "<p>tekst</p><ScRiPt src='//evil.example/x.js'></sCrIpT>",
    "click handler": "<p onclick='evil.example()'>tekst</p>",
    "error handler": "<p>tekst<img src='x' onerror='evil.example()'></p>",
    "script link": "<p><a href='javascript:evil.example()'>tekst</a></p>",
    "script link, mixed case": "<p><a href='JaVaScRiPt:evil.example()'>tekst</a></p>",
    "script link, new line": "<p><a href='java&#10;script:evil.example()'>tekst</a></p>",
    "script link, tab and entity": "<p><a href='&#1;java&Tab;script&colon;evil.example()'>tekst</a></p>",
    "script link, no-break space": "<p><a href='\u00a0javascript:evil.example()'>tekst</a></p>",
    "vbscript link": "<p><a href='vbscript:evil.example()'>tekst</a></p>",
    "data link": "<p><a href='data:text/html,<script>evil.example()</script>'>tekst</a></p>",
    "https image": "<p>tekst<img src='https://evil.example/pixel.png'></p>",
    "http image": "<p>tekst<img src='http://evil.example/pixel.png'></p>",
    "image without scheme": "<p>tekst<img src='//evil.example/pixel.png'></p>",
    "image, mixed case": "<p>tekst<IMG SRC='HtTpS://evil.example/pixel.png'></p>",
    "image, new line": "<p>tekst<img src='ht&#10;tps://evil.example/pixel.png'></p>",
    "image, backslashes": "<p>tekst<img src='\\\\evil.example/pixel.png'></p>",
    "image, slash and backslash": "<p>tekst<img src='/\\evil.example/pixel.png'></p>",
    "image, ftp": "<p>tekst<img src='ftp://evil.example/pixel.png'></p>",
    "image, file": "<p>tekst<img src='file:///etc/evil.example'></p>",
    "image, leading spaces": "<p>tekst<img src='  https://evil.example/pixel.png'></p>",
    "own prefix with an address behind it": "<p>tekst<img src='/web/image/?url=https://evil.example/'></p>",
    "own prefix that climbs": "<p>tekst<img src='/web/image/1/../../../evil.example'></p>",
    "own prefix that climbs, encoded": "<p>tekst<img src='/web/image/1/%2e%2e/%2E%2E/evil.example'></p>",
    "own prefix that climbs by backslash": "<p>tekst<img src='/web/image/1\\..\\..\\evil.example'></p>",
    "own prefix, backslash encoded": "<p>tekst<img src='/web/image/1/%5c..%5cevil.example'></p>",
    "own prefix on another host": "<p>tekst<img src='//evil.example/web/image/1'></p>",
    "another page of Odoo": "<p>tekst<img src='/web/session/logout?evil.example'></p>",
    "svg data": f"<p>tekst<img alt='evil.example' src='{SVG}'></p>",
    "svg data, mixed case": f"<p>tekst<img alt='evil.example' src='{SVG.replace('data:image', 'DATA:Image')}'></p>",
    "png data that is none": "<p>tekst<img src='data:image/png,evil.example'></p>",
    "srcset": "<p>tekst<img src='/web/image/1' srcset='https://evil.example/2x.png 2x'></p>",
    "lazy source": "<p>tekst<img src='/web/image/1' data-src='https://evil.example/2x.png'></p>",
    "picture": "<p>tekst</p><picture><source srcset='//evil.example/x.png'><img src='//evil.example/y.png'></picture>",
    "background": "<table background='https://evil.example/x.png'><tr><td>tekst</td></tr></table>",
    "style url": "<p style='background: url(https://evil.example/x.png)'>tekst</p>",
    "style url, quoted, mixed case": '<p style="BACKGROUND-IMAGE: UrL(&quot;//evil.example/x.png&quot;)">tekst</p>',
    "style url, escaped": "<p style='background-color: u\\72l(//evil.example)'>tekst</p>",
    "style url, in a comment": "<p style='background-color: u/**/rl(//evil.example)'>tekst</p>",
    "style url, in a colour": "<p style='background-color: red url(//evil.example)'>tekst</p>",
    "style image-set": "<p style='background-image: image-set(\"//evil.example/x.png\" 1x)'>tekst</p>",
    "style list": "<ul style='list-style: url(//evil.example/x.png)'><li>tekst</li></ul>",
    "style border image": "<p style='border-image-source: url(//evil.example/x.png)'>tekst</p>",
    "style border image, short": "<p style='border-image: url(//evil.example/x.png) 30'>tekst</p>",
    "style content": "<p style='content: url(//evil.example/x.png)'>tekst</p>",
    "style cursor": "<p style='cursor: url(//evil.example/x.cur), auto'>tekst</p>",
    "style expression": "<p style='width: expression(evil.example())'>tekst</p>",
    "style variable": "<p style='--evil: url(//evil.example)'>tekst</p>",
    "style sheet": "<style>@import 'https://evil.example/x.css';</style><p>tekst</p>",
    "style attribute with import": "<p style='@import \"https://evil.example/x.css\"'>tekst</p>",
    "linked sheet": "<link rel='stylesheet' href='https://evil.example/x.css'><p>tekst</p>",
    "iframe": "<p>tekst</p><iframe src='https://evil.example/'></iframe>",
    "iframe with its own document": "<p>tekst</p><iframe srcdoc='<script>evil.example()</script>'></iframe>",
    "object": "<p>tekst</p><object data='https://evil.example/x.swf'><img src='//evil.example'></object>",
    "embed": "<p>tekst</p><embed src='https://evil.example/x.swf'>",
    "applet": "<p>tekst</p><applet archive='https://evil.example/x.jar'></applet>",
    "video": "<p>tekst</p><video poster='https://evil.example/x.png' src='//evil.example/x.mp4'></video>",
    "audio": "<p>tekst</p><audio src='//evil.example/x.mp3' autoplay></audio>",
    "embedded component": '<p>tekst</p><div data-embedded="video" data-embedded-props=\'{"videoId": "evil.example"}\'></div>',
    "svg": "<p>tekst</p><svg><image href='https://evil.example/x.png'/></svg>",
    "svg, old link": "<p>tekst</p><svg><image xlink:href='https://evil.example/x.png'/></svg>",
    "svg, use": "<p>tekst</p><svg><use href='https://evil.example/x.svg#a'/></svg>",
    "svg, style": "<p>tekst</p><svg><style>@import '//evil.example';</style></svg>",
    "svg, script": "<p>tekst</p><svg onload='evil.example()'><script>evil.example()</script></svg>",
    "image by its old name": "<p>tekst</p><image src='https://evil.example/x.png'>",
    "image button": "<p>tekst</p><input type='image' src='https://evil.example/x.png'>",
    "form": "<form action='https://evil.example/'><p>tekst</p><button formaction='//evil.example'></button></form>",
    "base": "<base href='https://evil.example/'><p>tekst</p>",
    "refresh": "<meta http-equiv='refresh' content='0;url=https://evil.example/'><p>tekst</p>",
    "math": "<p>tekst</p><math><mi xlink:href='https://evil.example/'>x</mi></math>",
    "ping": "<p><a href='/odoo' ping='https://evil.example/'>tekst</a></p>",
    "long description": "<p>tekst<img src='/web/image/1' longdesc='https://evil.example/'></p>",
    "citation": "<blockquote cite='https://evil.example/'>tekst</blockquote>",
    "conditional comment": "<p>tekst</p><!--[if IE]><img src='https://evil.example/x.png'><![endif]-->",
    "comment": "<p>tekst</p><!-- <img src='https://evil.example/x.png'> -->",
    "processing instruction": "<p>tekst</p><?xml-stylesheet href='https://evil.example/x.css'?>",
    "mutation in a raw element": "<p>tekst</p><noscript><p title='</noscript><img src=//evil.example>'></noscript>",
    "mutation in a template": "<p>tekst</p><template><img src='//evil.example/x.png'></template>",
    "mutation in a table": "<table><tr><td>tekst</td></tr><img src='//evil.example/x.png'></table>",
    "null character": "<p>tekst<img src='ht\x00tps://evil.example/x.png'></p>",
    "unfinished tag": "<p>tekst</p><img src='https://evil.example/x.png'",
    "deep inside": "<div>" * 100 + "<p>tekst<img src='//evil.example/x.png'></p>" + "</div>" * 100,
}
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
KEPT = (
    "<p>Blåbærgrød, <b>fed</b>, <i>kursiv</i>, <u>æøå ÆØÅ</u> – “citat” &amp; 5 &lt; 6</p>",
    "<ul><li>et</li><li>to<ol><li>inde</li></ol></li></ul>",
    '<ul class="o_checklist"><li id="checkId-1" class="o_checked">gjort</li></ul>',
    '<table class="table table-bordered"><tbody><tr><td colspan="2" style="width: 50%">celle</td></tr></tbody></table>',
    '<p><a href="https://norddjurs.dk/plan?a=1&amp;b=2" target="_blank">plan</a></p>',
    '<p><a href="mailto:havn@norddjurs.dk">mail</a> <a href="tel:+4589591000">tlf.</a> <a href="/odoo/contacts/7">m</a></p>',
    '<p style="color: rgb(255, 0, 0); font-size: 14px; text-align: center">rød</p>',
    '<h2 style="margin-left: 2rem; border-bottom: 1px solid #ccc">overskrift</h2>',
    '<p><img src="/web/image/123" alt="kort" width="300"></p>',
    '<p><img class="img-fluid" src="/web/image/123-4f2a/kort%20over%20%C3%85rhus.png?access_token=5d2f-a1"></p>',
    f'<p><img src="{PIXEL}"></p>',
    "<blockquote>sagt</blockquote>",
    "<pre>kode</pre>",
)


@tagged("post_install", "-at_install")
class TestPrintableHtml(OneEntranceCase):
    """Rich text holds nothing that runs, or that is fetched from elsewhere, whatever way it came in (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor()
        cls.sheet = cls._make_sheet(cls.actor)
        cls.section = cls.sheet.section_ids[0].with_user(cls.consultant)
        cls.theme = cls.section.theme_id.with_user(cls.manager)

    def assert_harmless(self, text):
        self.assertIn("tekst", text)
        for word in ("evil", "javascript", "vbscript", "<svg", "url(", "onerror", "onclick", "onload", "..", "\\"):
            self.assertNotIn(word, text.lower())

    def test_nothing_harmful_is_kept_by_a_write(self):
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                self.section.body = attack
                self.assert_harmless(self.section.body)
                self.section.flush_recordset()
                self.section.invalidate_recordset()
                self.assert_harmless(self.section.body)

    def test_nothing_harmful_is_kept_where_odoos_own_cleaning_lets_it_through(self):
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                self.assert_harmless(strip_remote_content(attack))

    def test_nothing_harmful_is_kept_when_it_is_cleaned_twice(self):
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                self.section.body = attack
                once = self.section.body
                self.section.body = once
                self.assertEqual(self.section.body, once)

    def test_nothing_harmful_is_kept_in_a_theme_or_in_minutes(self):
        meeting = self.env["one.entrance.meeting"].with_user(self.consultant).create({"partner_id": self.actor.id})
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                self.theme.description = attack
                self.assert_harmless(self.theme.description)
                meeting.minutes = attack
                self.assert_harmless(meeting.minutes)

    def test_text_that_says_it_is_safe_is_cleaned_like_any_other(self):
        self.section.body = Markup(ATTACKS["https image"])  # noqa: S704 - what is tested
        self.assert_harmless(self.section.body)

    def test_text_that_is_meant_as_text_stays_text(self):
        self.section.body = "<p>&lt;img src=x onerror=alert(1)&gt;</p>"
        self.assertEqual(self.section.body, "<p>&lt;img src=x onerror=alert(1)&gt;</p>")
        self.section.body = "&lt;script&gt;alert(1)&lt;/script&gt;<b>x</b><img src='/web/image/1'>"
        self.assertNotIn("<script", self.section.body)

    def test_nothing_harmful_comes_in_with_a_new_record(self):
        theme = self.env["one.entrance.theme"].with_user(self.manager)
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                created = theme.create({"name": name, "description": attack})
                self.env.flush_all()
                created.invalidate_recordset()
                self.assert_harmless(created.description)

    def test_nothing_harmful_comes_in_by_a_form_or_as_a_sheets_command(self):
        attack = ATTACKS["https image"]
        with Form(self.section, view="one_entrance.one_entrance_sheet_section_view_form") as form:
            form.body = attack
        self.assert_harmless(self.section.body)
        self.sheet.with_user(self.consultant).write({"section_ids": [(1, self.section.id, {"body": attack + "x"})]})
        self.assert_harmless(self.section.body)
        answer = self.section.onchange({"body": attack}, ["body"], {"body": {}, "is_empty": {}, "excerpt": {}})
        self.assertNotIn("evil", str(answer))

    def test_nothing_harmful_comes_in_by_import(self):
        rows = [["Importeret", ATTACKS["svg"]]]
        result = self.env["one.entrance.theme"].with_user(self.manager).load(["name", "description"], rows)
        theme = self.env["one.entrance.theme"].browse(result["ids"])
        self.assert_harmless(theme.description)

    def test_nothing_harmful_comes_in_by_a_translation(self):
        self.env["res.lang"]._activate_lang("da_DK")
        for name, attack in ATTACKS.items():
            with self.subTest(attack=name):
                self.theme.description = "<p>line</p>"
                danish = self.theme.with_context(lang="da_DK")
                danish.description = attack
                self.assert_harmless(danish.description)
                self.env.flush_all()
                self.env.invalidate_all()
                self.assert_harmless(danish.description)
                self.theme.description = "<p>line</p>"
                inline = attack.replace("<p>", "").replace("</p>", "")
                self.theme.update_field_translations("description", {"da_DK": {"line": inline}})
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertNotIn("evil", danish.description)

    def test_a_translated_term_is_cleaned(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.theme.description = "<p>line</p>"
        term = "tekst <b style='background: url(//evil.example)'>fed</b>"
        self.theme.update_field_translations("description", {"da_DK": {"line": term}})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.theme.with_context(lang="da_DK").description, "<p>tekst <b>fed</b></p>")

    def test_a_sections_view_of_the_theme_is_no_way_to_write_it(self):
        with self.assertRaises(AccessError):
            self.section.update_field_translations("theme_description", {"en_US": {"a": "b"}})

    def test_formatting_own_images_and_danish_letters_stay_as_they_are(self):
        for text in KEPT:
            with self.subTest(text=text[:60]):
                self.section.body = text
                self.section.flush_recordset()
                self.section.invalidate_recordset()
                self.assertEqual(self.section.body, text)

    def test_an_empty_text_stays_empty(self):
        for text in (False, "", "<p><br></p>"):
            self.section.body = text
            self.assertTrue(self.section.is_empty)

    def test_the_document_holds_nothing_harmful_and_all_of_the_text(self):
        sections = self.sheet.section_ids.with_user(self.consultant)
        attacks = list(ATTACKS.values())
        for i, section in enumerate(sections):
            section.body = "".join(attacks[i :: len(sections)])
            section.theme_id.with_user(self.manager).description = "".join(attacks[i + 1 :: len(sections)])
        Report = self.env["ir.actions.report"].with_user(self.director_user)
        page, _type = Report._render_qweb_html("one_entrance.report_background_sheet", self.sheet.ids)
        self.assertNotIn("evil", page.decode())
        self.assertNotIn("url(//", page.decode())
        self.assertGreaterEqual(page.decode().count("tekst"), len(attacks))
        self.section.body = "".join(KEPT)
        self.env.flush_all()
        page, _type = Report._render_qweb_html("one_entrance.report_background_sheet", self.sheet.ids)
        for word in (
            "Blåbærgrød",
            "<b>fed</b>",
            "<li>to<ol><li>inde</li></ol></li>",
            "celle",
            "overskrift",
            "https://norddjurs.dk",
        ):
            self.assertIn(word, page.decode())
