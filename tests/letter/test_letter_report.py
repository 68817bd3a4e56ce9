import re
import subprocess
from base64 import b64encode
from io import BytesIO
from unittest.mock import patch

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ...models.letter.letter_text import PLACEHOLDERS
from ...reports.letter.letter_parts import take_apart
from ..common import OneEntranceCase
from ..preparation.test_background_sheet_pdf import LINE, read_pages

REPORT = "one_entrance.report_letter"
FIELD = "one_entrance_letter_body"
# A point of a PDF in millimetres.
POINT = 25.4 / 72
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
LONG_NAME = (
    "Sammenslutningen af Erhvervsdrivende, Håndværkere og Turistvirksomheder på Djursland, i Grenaa by og i opland med "
    "Overordentligtmegetlangesammensatteforeningsnavneudenmellemrumtilatbrydevedetsteds"
)
ADDRESS = {"street": "Kajen 1", "zip": "8500", "city": "Grenaa", "lang": "en_US"}


def find_words(content):
    """:return: the words of each page, each with its place in millimetres: left, top, right, bottom, text
    :rtype: list[list[tuple]]
    """
    printed = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)  # noqa: S607
    return [
        [(*(float(place) * POINT for place in match.groups()[:4]), match[5]) for match in WORD.finditer(page)]
        for page in printed.stdout.decode().split("<page ")[1:]
    ]


def count_images(content):
    """:return: how many images are drawn on the pages
    :rtype: int
    """
    drawn = 0
    for page in PdfFileReader(BytesIO(content)).pages:
        objects = page["/Resources"].get("/XObject") or {}
        images = {name for name in objects if objects[name]["/Subtype"] == "/Image"}
        stream = page.getContents().getData().decode("latin-1")
        drawn += sum(name in images for name in re.findall(r"(/\S+)\s+Do\b", stream))
    return drawn


@tagged("post_install", "-at_install")
class TestLetterReport(OneEntranceCase):
    """The official letter as it comes out of the printer (S4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "force_report_rendering": True, "lang": "en_US"})
        cls.company = cls.company.with_env(cls.env)
        cls.env["res.lang"]._activate_lang("da_DK")
        cls.company.write(
            {
                "name": "Nordby Kommune",
                "street": "Torvet 3",
                "zip": "8500",
                "city": "Grenaa",
                "country_id": cls.env.ref("base.dk").id,
                "phone": "+45 11 22 33 44",
                "email": "post@nordby.example",
                "logo": False,
            }
        )
        cls.mayor.partner_id.write(
            {"name": "Bodil Ærø", "function": False, "phone": "10", "email": "ba@nordby.example"}
        )
        cls.municipal_director.partner_id.write(
            {"name": "Ib Ødegård", "function": False, "phone": "20", "email": "io@nordby.example"}
        )
        cls.director.partner_id.write(
            {"name": "Dorte Å", "function": "Teknisk direktør", "phone": "30", "email": "da@nordby.example"}
        )
        cls.actor = cls._make_letter_actor("Færgehavnen A/S")

    @classmethod
    def _make_letter_actor(cls, name, **values):
        actor = cls._make_actor(name, mayor_led=values.pop("mayor_led", False))
        actor.write({**ADDRESS, **values})
        return actor.with_env(cls.env)

    def _make_signature(self, color):
        image = BytesIO()
        Image.new("RGBA", (300, 100), color).save(image, "PNG")
        return b64encode(image.getvalue())

    def _render(self, actors, user=None, **context):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant).with_context(**context)
        return Report._render_qweb_html(REPORT, actors.ids)[0].decode()

    def _read(self, *args, **kwargs):
        """:return: the words of the printed document, with single spaces"""
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def _print(self, actors, user=None, **context):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant).with_context(**context)
        content, kind = Report._render_qweb_pdf(REPORT, actors.ids)
        self.assertEqual(kind, "pdf")
        return content

    # What it says

    def test_every_placeholder_is_filled_in(self):
        self.company[FIELD] = "".join(f"<p>[{name}={{{{ {name} }}}}]</p>" for name in PLACEHOLDERS)
        self.env["res.partner"].create({"parent_id": self.actor.id, "name": "Aage"})
        self.env["res.partner"].create({"parent_id": self.actor.id, "name": "Ægir Ås", "function": "Director"})
        text = self._read(self.actor)
        for words in (
            "[actor=Færgehavnen A/S]",
            "[address=Kajen 1 8500 Grenaa]",
            "[contact_person=Ægir Ås]",
            "[leader_name=Dorte Å]",
            "[leader_title=Teknisk direktør]",
            "[leader_phone=30]",
            "[leader_mail=da@nordby.example]",
            "[mayor=Bodil Ærø]",
            "[municipal_director=Ib Ødegård]",
            "[municipality=Nordby Kommune]",
            "[decision_date=December 17, 2019]",
            "[letter_date=May 15, 2024]",
        ):
            self.assertIn(words, text)

    def test_a_title_that_the_name_says_already_is_left_out(self):
        self.director.partner_id.write({"name": "Teknisk direktør, Miljø", "function": "Teknisk direktør"})
        (self.mayor | self.municipal_director).partner_id.function = False
        self.mayor.partner_id.name, self.municipal_director.partner_id.name = "Mayor", "Municipal Director"
        self.company[FIELD] = "<p>[{{ leader_name }}]<br>[{{ leader_title }}]</p>"
        both = self._make_letter_actor("Letbanen", mayor_led=True)
        self.assertIn("[Teknisk direktør, Miljø] Mayor Municipal Director", self._read(self.actor))
        self.assertIn("[Mayor and Municipal Director] Mayor Municipal Director", self._read(both))

    def test_formatting_in_a_placeholder_leaves_no_brace_on_the_paper(self):
        self.company[FIELD] = (
            "<p>a <b>{{ ac</b>tor }} b {{&nbsp;<i>mayor</i>&nbsp;}} c {<u>{ municipality }</u>} d</p><p>{{municipal_director}}</p>"
        )
        text = self._read(self.actor)
        self.assertIn("a Færgehavnen A/S b Bodil Ærø c Nordby Kommune d Ib Ødegård", text)
        self.assertNotRegex(text, "[{}]")

    def test_a_name_is_text_whatever_it_looks_like(self):
        self.company[FIELD] = "<p>Til {{ actor }}</p>"
        self.actor.name = "A & B <script>alert(1)</script> {{ mayor }}"
        page = self._render(self.actor)
        self.assertIn("Til A &amp; B &lt;script&gt;alert(1)&lt;/script&gt; {{ mayor }}", page)
        self.assertNotIn("<script", page)
        (printed,) = read_pages(self._print(self.actor), layout=False)
        self.assertIn("Til A & B <script>alert(1)</script> {{ mayor }}", printed)

    def test_a_line_that_only_names_what_is_empty_is_left_out(self):
        self.company[FIELD] = (
            "<p>{{ leader_name }}<br/>Phone: {{ leader_phone }}<br/>Mail: {{ leader_mail }}</p><p>b</p>"
        )
        self.director.partner_id.write({"phone": False, "email": False})
        text = self._read(self.actor)
        self.assertIn("Dorte Å b", text)
        self.director.partner_id.email = "da@nordby.example"
        self.assertIn("Dorte Å Mail: da@nordby.example b", self._read(self.actor))

    def test_both_principals_hold_a_mayor_led_entrance(self):
        self.company[FIELD] = "<p>{{ leader_name }}, {{ leader_title }} ({{ leader_phone }}; {{ leader_mail }})</p>"
        actor = self._make_letter_actor("Letbanen", mayor_led=True)
        danish = self._make_letter_actor("Havnen", mayor_led=True, lang="da_DK")
        self.assertIn(
            "Bodil Ærø and Ib Ødegård, Mayor and Municipal Director (10 and 20; ba@nordby.example and io@nordby.example)",
            self._read(actor),
        )
        self.company.with_context(lang="da_DK")[FIELD] = (
            "<p>{{ leader_name }}, {{ leader_title }}: {{ leader_phone }}</p>"
        )
        self.mayor.partner_id.phone = False
        self.assertIn("Bodil Ærø og Ib Ødegård, Borgmester og kommunaldirektør: 20 (Ib Ødegård)", self._read(danish))

    def test_each_letter_is_in_the_language_of_its_actor(self):
        danish = self._make_letter_actor("Ærø Havn", lang="da_DK")
        pages = read_pages(self._print(danish + self.actor), layout=False)
        self.assertEqual(len(pages), 2)
        for words in (
            "Én indgang til Nordby Kommune",
            "Kommunalbestyrelsen besluttede den 17. december 2019",
            "15. maj 2024",
            "Venlig hilsen",
            "Borgmester",
            "Til aktøren",
            "Side 1 af 1",
        ):
            self.assertIn(words, " ".join(pages[0].split()))
            self.assertNotIn(words, pages[1])
        for words in ("On December 17, 2019 the municipal", "May 15, 2024", "To the actor", "Page 1 of 1"):
            self.assertIn(words, " ".join(pages[1].split()))
            self.assertNotIn(words, pages[0])

    def test_the_date_is_that_of_the_sending_or_of_today(self):
        self.assertIn("May 15, 2024", self._read(self.actor))
        self.assertIn("May 20, 2024", self._read(self.actor, one_entrance_letter_date="2024-05-20"))
        self.actor.write({"one_entrance_letter_date": "2024-05-02", "one_entrance_step": "letter"})
        self.assertIn("May 2, 2024", self._read(self.actor))
        self.assertIn("May 20, 2024", self._read(self.actor, one_entrance_letter_date="2024-05-20"))

    def test_the_address_is_written_as_its_country_writes_it(self):
        self.actor.write({"street2": "2. sal", "country_id": False})
        receiver = self._get_receiver()
        self.assertEqual(receiver, ["Færgehavnen A/S", "Kajen 1", "2. sal", "8500 Grenaa"])
        self.actor.country_id = self.env.ref("base.dk")
        self.assertEqual(self._get_receiver(), receiver)
        self.actor.country_id = self.env.ref("base.be")
        self.assertEqual(self._get_receiver()[-1], "Belgium")
        self.env["res.partner"].create({"parent_id": self.actor.id, "name": "Ægir Ås", "function": "Director"})
        self.assertEqual(self._get_receiver()[1], "Att. Ægir Ås")

    def _get_receiver(self):
        document = html.fromstring(self._render(self.actor))
        return [div.text_content() for div in document.xpath("//div[contains(@class, 'oe_receiver')]/div")]

    # Who may print it, and for whom

    def test_an_actor_without_an_address_is_named_with_what_it_lacks(self):
        self.actor.write({"street": " ", "zip": False})
        other = self._make_letter_actor("Kattegatcentret", city=False)
        self._make_letter_actor("Gallerierne")
        with self.assertRaisesRegex(UserError, r"(?s)Færgehavnen A/S: .*street and zip.*Kattegatcentret: .*city"):
            self._render(self.actor + other)

    def test_only_actors_in_the_scheme_get_one(self):
        stranger = self.env["res.partner"].create({"name": "Kiosken", **ADDRESS})
        self.actor.with_user(self.consultant).write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": "2024-05-01",
                "one_entrance_left_reason": "Closed",
            }
        )
        problems = (stranger + self.actor)._get_one_entrance_letter_problems()
        self.assertEqual(set(problems), {stranger, self.actor})
        with self.assertRaisesRegex(UserError, "Kiosken: It is not in the scheme"):
            self._render(stranger)

    def test_an_actor_without_problem_is_absent_from_the_problems(self):
        mayor_led = self._make_letter_actor("Letbanen", mayor_led=True)
        self.assertEqual((self.actor + mayor_led)._get_one_entrance_letter_problems(), {})

    def test_a_letter_that_was_sent_is_printed_again(self):
        self.actor.write({"one_entrance_letter_date": "2024-05-02", "one_entrance_step": "letter"})
        self.assertIn("Færgehavnen A/S", self._read(self.actor))

    def test_what_keeps_the_municipality_from_writing_is_said(self):
        self.assertFalse(self.company._get_one_entrance_letter_obstacle())
        for values, words in (
            ({"one_entrance_mayor_id": False}, "not named its mayor"),
            ({"one_entrance_municipal_director_id": False}, "not named its mayor"),
            ({FIELD: "<p><br></p>"}, "no text for the official letter"),
            ({"one_entrance_decision_date": False}, "the day of the council's decision"),
        ):
            with self.subTest(values=values), self.cr.savepoint() as savepoint:
                self.company.write(values)
                self.assertIn(words, self.company._get_one_entrance_letter_obstacle())
                with self.assertRaisesRegex(UserError, words):
                    self._render(self.actor)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_date_that_is_not_recorded_only_matters_where_the_text_names_it(self):
        self.company.with_context(lang="da_DK").write({FIELD: "<p>Uden dato</p>", "one_entrance_decision_date": False})
        danish = self._make_letter_actor("Ærø Havn", lang="da_DK")
        self.assertFalse(self.company.with_context(lang="da_DK")._get_one_entrance_letter_obstacle())
        self.assertIn("Uden dato", self._read(danish))
        with self.assertRaisesRegex(UserError, "the day of the council's decision"):
            self._render(danish + self.actor)

    def test_it_is_printed_by_the_consultants_of_the_actors_municipality_only(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        stranger = self._make_user(
            "their_consultant", "one_entrance.group_consultant", company_id=theirs.id, company_ids=[(6, 0, theirs.ids)]
        )
        for user in (self.colleague, self.director_user, stranger):
            self.env.invalidate_all()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._render(self.actor, user=user)
        Actions = self.env["ir.actions.actions"]
        for user, sees in ((self.consultant, True), (self.director_user, False), (self.colleague, False)):
            seen = Actions.with_user(user).get_bindings("res.partner").get("report", ())
            self.assertEqual(self.env.ref(REPORT).id in [action["id"] for action in seen], sees)

    # How it stands on the paper

    def test_the_address_is_seen_through_the_window_of_the_envelope(self):
        """A window shows what lies 45 to 90 mm below the paper's edge, 20 to 105 mm from its left."""
        long = self._make_letter_actor(
            LONG_NAME, street="Vestergade " + "12 " * 30, street2="2. sal til venstre", city="Grenaa"
        )
        self.env["res.partner"].create({"parent_id": long.id, "name": "Mogens " * 12, "function": "Director"})
        full = self._make_letter_actor("Kattegatcentret", street2="2. sal", country_id=self.env.ref("base.se").id)
        self.env["res.partner"].create({"parent_id": full.id, "name": "Ægir Ås", "function": "Director"})
        actors = self.actor + full + long
        pages = find_words(self._print(actors))
        self.assertEqual(len(pages), 3)
        wanted = (
            "Færgehavnen A/S Kajen 1 8500 Grenaa",
            "Kattegatcentret Att. Ægir Ås Kajen 1 2. sal 8500 Grenaa Sweden",
            None,
        )
        for words, text in zip(pages, wanted, strict=True):
            left = [word for word in words if word[0] < 105 and 44 < word[1] < 94]
            self.assertTrue(left)
            for x_min, y_min, x_max, y_max, _text in left:
                self.assertGreaterEqual(x_min, 19.5)
                self.assertLessEqual(x_max, 105.1)
                self.assertGreaterEqual(y_min, 45)
                self.assertLessEqual(y_max, 90)
            seen = " ".join(word[4] for word in left)
            if text:
                self.assertEqual(seen, text)
                self.assertAlmostEqual(left[0][0], 20, delta=0.5)
            else:
                for end in ("Sammenslutningen", "brydevedetsteds", "Att.", "Vestergade", "venstre", "8500", "Grenaa"):
                    self.assertIn(end, seen)
            # nothing else of the letter comes near the window
            self.assertFalse([word for word in words if word[0] < 107 and 30 < word[1] < 45])

    def test_the_standard_letter_is_one_page_in_both_languages(self):
        danish = self._make_letter_actor("Ærø Havn", lang="da_DK")
        self.assertEqual(len(read_pages(self._print(danish + self.actor))), 2)
        (words,) = find_words(self._print(self.actor))
        for text, right in (("Bodil", False), ("Ib", True)):
            x_min, _y, _x, _y_max, _text = next(word for word in words if word[4] == text)
            self.assertEqual(x_min > 90, right, "the signatures stand side by side")

    def _write_long(self, ending="<p>Med venlig hilsen</p>", sections=11):
        section = f"<p>{LINE * 4}</p><ul><li>{LINE}</li><li>Kort</li></ul>"
        self.company[FIELD] = (
            "<h2>Emnet</h2>" + "".join(f"<h3>Afsnit{i:02}</h3>{section}" for i in range(sections)) + ending
        )

    def test_a_letter_of_three_pages_breaks_where_it_should(self):
        for sections in (8, 9, 10, 11):
            self._write_long(sections=sections)
            pages = read_pages(self._print(self.actor), layout=False)
            self.assertEqual(len(pages), 3)
            for number, page in enumerate(pages, 1):
                self.assertIn(f"Page {number} of 3", page)
                self.assertIn("To the actor", page)
                self.assertIn("Nordby Kommune", page)
                # no heading at the foot, where only the classification follows
                self.assertNotRegex(page, r"Afsnit\d\d\s+To the actor")
            self.assertIn("Bodil Ærø", pages[2])
            self.assertIn("Ib Ødegård", pages[2])
            self.assertIn("Med venlig hilsen", pages[2])
            self.assertNotIn("Bodil Ærø", pages[0] + pages[1])
            self.assertIn("Færgehavnen", pages[0])
            self.assertNotIn("Færgehavnen", pages[1] + pages[2])

    def test_no_line_of_a_paragraph_stands_alone_at_the_foot(self):
        for shift in range(4):
            self.company[FIELD] = f"<p>{'Kort. ' * 30 * shift}</p>" + "".join(
                f"<p>Begynd{number:02} {'Linje. ' * 50} Slut{number:02}</p>" for number in range(16)
            )
            pages = read_pages(self._print(self.actor), layout=False)
            self.assertGreater(len(pages), 1)
            for number in range(16):
                begun, ended = (
                    [f"{word}{number:02}" in page for page in pages].index(True) for word in ("Begynd", "Slut")
                )
                self.assertEqual(begun, ended)

    def test_the_signatures_never_stand_alone(self):
        """However long the text is, some of it stands on the page with the signatures."""
        for count in range(20, 34):
            self.company[FIELD] = f"<p>{'Linje. ' * 40}</p>" * 3 + f"<p>{LINE * count}</p>"
            pages = find_words(self._print(self.actor))
            text = [word for word in pages[-1] if 25 < word[1] < 275]
            names = [word for word in text if word[4] in ("Bodil", "Ib")]
            self.assertEqual(len(names), 2)
            self.assertGreater(len([word for word in text if word[1] < names[0][1] - 15]), 10)

    def test_what_goes_to_the_signatures(self):
        for source, expected in (
            ("<h4>S</h4><p>a</p>", ("S", "", "<p>a</p>")),
            ("<p>a</p><p><br></p>", ("", "", "<p>a</p>")),
            ("loose", ("", "", "<p>loose</p>")),
            ("<p>a</p>loose", ("", "", "<p>a</p><p>loose</p>")),
            ("<div><h4>S</h4><p>a</p></div>", ("S", "", "<p>a</p>")),
            (
                f"<p>{LINE * 2}</p><h4>H</h4><p>{LINE * 2}</p>",
                ("", f"<p>{LINE * 2}</p>", f"<h4>H</h4><p>{LINE * 2}</p>"),
            ),
            ("", ("", "", "")),
        ):
            with self.subTest(source=source):
                self.assertEqual(take_apart(source), expected)
        subject, text, closing = take_apart(f"<ol><li>{LINE}</li><li>{LINE * 2}</li></ol>")
        self.assertEqual(subject, "")
        self.assertEqual(text, f'<ol class="oe_goes_on"><li>{LINE}</li></ol>')
        self.assertEqual(closing, f'<ol start="2"><li>{LINE * 2}</li></ol>')
        _subject, text, closing = take_apart(f"<p>{LINE * 20}</p>")
        self.assertEqual(" ".join(html.fromstring(text + " " + closing).text_content().split()), (LINE * 20).strip())

    def test_twenty_letters_come_in_their_order_in_one_call_of_the_printer(self):
        actors = self.env["res.partner"]
        for number in range(20):
            actors += self._make_letter_actor(f"Aktør{number:02}", lang="da_DK" if number % 3 else "en_US")
        actors = actors.sorted(lambda actor: actor.name[::-1])
        self.company[FIELD] = f"<p>MARK{{{{ actor }}}} {LINE * 40}</p>"
        self.company.with_context(lang="da_DK")[FIELD] = f"<p>MARK{{{{ actor }}}} {LINE * 40}</p>"
        with self._count_printer_calls() as printer:
            pages = read_pages(self._print(actors))
        self.assertEqual(printer.call_count, 1)
        order = [re.search(r"MARK(Aktør\d\d)", page)[1] for page in pages if "MARK" in page]
        self.assertEqual(order, actors.mapped("name"))
        self.assertGreater(len(pages), 20)
        current, number = None, 0
        for page in pages:
            begins = re.search(r"MARK(Aktør\d\d)", page)
            current, number = (begins[1], 1) if begins else (current, number + 1)
            self.assertLessEqual(set(re.findall(r"Aktør\d\d", page)), {current})
            self.assertRegex(page, rf"(Page|Side) {number} (of|af) \d")

    def _count_printer_calls(self):
        Report = type(self.env["ir.actions.report"])
        return patch.object(Report, "_run_wkhtmltopdf", autospec=True, side_effect=Report._run_wkhtmltopdf)

    # Signatures

    def test_signatures_stand_on_the_letter_of_who_may_not_read_them(self):
        self.assertEqual(count_images(self._print(self.actor)), 0)
        bare = find_words(self._print(self.actor))[0]
        self.mayor.with_user(self.manager).signature = self._make_signature((0, 0, 255, 128))
        self.env.invalidate_all()
        self.assertEqual(count_images(self._print(self.actor)), 1)
        self.municipal_director.with_user(self.manager).signature = self._make_signature((255, 0, 0, 128))
        self.env.invalidate_all()
        content = self._print(self.actor, user=self.consultant)
        self.assertEqual(count_images(content), 2)
        # with or without them, the names stand where they stood: there is room for ink
        for name in ("Bodil", "Ib"):
            places = [next(word for word in words if word[4] == name) for words in (bare, find_words(content)[0])]
            self.assertAlmostEqual(places[0][1], places[1][1], delta=0.5)
        greeting = next(word for word in bare if word[4] == "sincerely")
        self.assertGreater(next(word for word in bare if word[4] == "Bodil")[1] - greeting[3], 18)

    def test_only_a_manager_reads_and_writes_a_signature(self):
        self.mayor.with_user(self.manager).signature = self._make_signature((0, 0, 255, 128))
        self.assertTrue(self.mayor.with_user(self.manager).signature)
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "one.entrance.leader"), ("res_field", "=", "signature"), ("res_id", "=", self.mayor.id)]
        )
        self.assertEqual(len(attachment), 1)
        for user in (self.consultant, self.director_user, self.colleague):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.mayor.with_user(user).read(["signature"])
                with self.assertRaises(AccessError):
                    self.mayor.with_user(user).write({"signature": False})
                with self.assertRaises(AccessError):
                    attachment.with_user(user).read(["datas"])

    # What it costs, and what it asks for

    def test_ten_letters_take_the_same_queries_as_one(self):
        actors = self.env["res.partner"]
        for number in range(10):
            leader = self._make_leader(f"Leader {number}", self.level_director)
            actor = self._make_actor(f"Actor {number}", leader=leader)
            actor.write(
                {**ADDRESS, "lang": "da_DK" if number % 2 else "en_US", "country_id": self.env.ref("base.dk").id}
            )
            self.env["res.partner"].create({"parent_id": actor.id, "name": f"Person {number}", "function": "Director"})
            actors += actor
        self._render(actors)  # compiles the templates, and fills what Odoo keeps between requests
        counts = []
        for printed in (actors[:2], actors):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            text = self._render(printed)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(text.count('data-oe-model="res.partner"'), len(printed))
        self.assertLessEqual(counts[1], counts[0], counts)
        counts = []
        for checked in (actors[:1], actors):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            checked._get_one_entrance_letter_problems()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_the_pdf_printer_is_given_nothing_to_fetch(self):
        self.company.logo = self._make_signature((0, 255, 0, 255))
        self.mayor.signature = self._make_signature((0, 0, 255, 255))
        self.company[FIELD] = '<p>a<img src="/web/image/999999999"/>b<a href="https://example.com">c</a></p>'
        report = self.env.ref(REPORT)
        bodies, ids, header, footer, _paper = report._prepare_html(self._render(self.actor), report_model=report.model)
        self.assertEqual(ids, self.actor.ids)
        for part in (*bodies, header, footer):
            root = html.fromstring(str(part))
            self.assertFalse(root.xpath("//link | //iframe | //object | //script[@src]"))
            self.assertTrue(all(source.startswith("data:") for source in root.xpath("//@src")))
            self.assertNotIn("url(", part)

    def test_the_file_has_a_name_that_a_file_may_have(self):
        self.assertEqual(self.actor._get_one_entrance_letter_name(), "Official letter, Færgehavnen A-S")
