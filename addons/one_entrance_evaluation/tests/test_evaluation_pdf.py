import re
import subprocess

from odoo.tests import tagged

from odoo.addons.one_entrance.tests.preparation.test_background_sheet_pdf import read_pages

from .common_evaluation import EvaluationCase
from .evaluation_samples import Sample, make_extreme, make_nothing, make_year

ASSESSMENT = (
    "Det er vurderingen, at en konsekvent brug samt udvikling af baggrundsark er nødvendigt for, at ordningen fungerer "
    "gensidigt og derved medvirker til meningsfulde drøftelser på tværs af det sammenhængende ledelsessystem. "
)


@tagged("post_install", "-at_install")
class TestEvaluationPdf(EvaluationCase):
    """The paper for the council as it comes out of the printer (S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_danish()
        cls.env["one.entrance.measure"].create(
            [
                {"name": "Lokalt Erhvervsklima", "year": year, "place": place, "place_of": 94, "score": 3.5}
                for year, place in ((2019, 65), (2020, 41), (2021, 38), (2022, 52), (2023, 33))
            ]
        )
        cls.evaluation.assessment = f"<p>{ASSESSMENT}</p>" * 3

    def _pages(self, **kwargs):
        return read_pages(self._print(**kwargs))

    def test_a_year_takes_two_to_four_pages_in_both_languages(self):
        make_year().patch(self)
        for lang, words in (
            ("en_US", ("Background", "rolled out to step 2 for all actors", "Recommendation", "Internal")),
            ("da_DK", ("Baggrund", "for alle aktører udrullet til trin 2", "Indstilling", "Internt")),
        ):
            with self.subTest(lang=lang):
                pages = self._pages(lang=lang)
                self.assertIn(len(pages), (2, 3, 4))
                text = " ".join(" ".join(pages).split())
                for word in words:
                    self.assertIn(word, text)
                for number, page in enumerate(pages, 1):
                    foot = f"{number} of {len(pages)}" if lang == "en_US" else f"{number} af {len(pages)}"
                    self.assertIn(foot, page)
                    self.assertEqual(page.count(words[-1]), 2, "the mark stands in head and foot")

    def test_the_danish_paper_has_no_english_words_of_ours(self):
        make_year().patch(self)
        self.evaluation.name = "Evaluering af ordningen"
        text = " ".join(self._pages(lang="da_DK"))
        found = re.findall(
            r"\b(?:the|of|and|actors|meetings?|with|which|Background|Findings|Status: Open|Planned|Held)\b", text
        )
        self.assertFalse(found)
        self.assertIn("(85 %)", text.replace("\N{NO-BREAK SPACE}", " "))
        self.assertIn("34,4 dage", text)
        self.assertIn("+0,6", text)
        self.assertIn("31. december 2023", text)

    def test_plots_are_drawn_and_their_labels_are_text(self):
        make_year().patch(self)
        self.company.logo = False
        content = self._print(lang="da_DK")
        text = " ".join(read_pages(content, layout=False))
        for words in (
            "Smitteudbrud & sygdom",
            "Hver 6. måned",
            "Kontakt etableret",
            "Passer mødernes hyppighed?",
            "−0,6",
        ):
            self.assertIn(words, text)
        images = subprocess.run(
            ["pdfimages", "-list", "-"],  # noqa: S607
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
        self.assertEqual(len(images.splitlines()), 2, "the heading of the list alone: no plot is a picture of dots")

    def test_no_plot_is_cut_and_no_heading_stands_alone_at_the_foot(self):
        make_extreme().patch(self)
        pages = self._pages()
        # each plot begins with its legend, so a page that goes on with one has none over its first question
        for page in pages:
            question = re.search(r"^ *Spørgsmål\d\d", page, re.MULTILINE)
            if question:
                above = page[: question.start()]
                self.assertIn("Contact leaders  ", above, "a plot was torn from one page to the next")
        for page in pages:
            last = [line.strip() for line in page.splitlines() if line.strip()][-2]
            self.assertNotIn(last, ("Background", "Implementation", "Findings", "The interviews", "Assessment"))
        text = " ".join(pages)
        for number in range(38):
            self.assertIn(f"Spørgsmål{number:02}", text)
        self.assertIn("<b>Fusion</b>", text)

    def test_a_round_in_which_nothing_happened_takes_two_pages(self):
        make_nothing().patch(self)
        self.evaluation.assessment = False
        for lang, words in (("en_US", "To be written"), ("da_DK", "Skal skrives")):
            pages = self._pages(lang=lang)
            self.assertLessEqual(len(pages), 2)
            self.assertIn(words, " ".join(pages))

    def test_the_feet_count_the_pages_that_are_printed(self):
        sample = make_year()
        left_out = ("inquir", "contact_days", "meetings_postponed")
        sample.figures = [row for row in sample.figures if not row.code.startswith(left_out)]
        Sample(sample.figures).patch(self)
        # among these are some where the printer, left to itself, counts a page more than it prints
        rounds = self.env["one.entrance.evaluation"]
        for n in (46, 84, 87, 90, 96, 99):
            rounds += self._make_round(
                name=f"Runde {n}",
                directorate_date=False,
                council_date=False,
                background="<p>Linje</p>" * (n // 2) + "<table><tr><td>x</td></tr></table>" * (n % 4),
                assessment=("<p>y</p>" * (n % 11) + "<blockquote>z</blockquote>") if n % 2 else False,
                policies="<ul><li>x</li></ul>" * (n // 30) + "<h2>x</h2>" * (n // 45),
            )
        documents = {}
        for page in self._pages(evaluations=rounds):
            documents.setdefault(re.search(r"Runde \d\d", page)[0], []).append(page)
        self.assertEqual(len(documents), len(rounds))
        for name, pages in documents.items():
            for number, page in enumerate(pages, 1):
                self.assertIn(f"Page {number} of {len(pages)}", page, name)

    def test_several_papers_in_one_call_keep_to_themselves(self):
        make_year().patch(self)
        rounds = self.evaluation + self._make_round(name="Anden runde")
        pages = self._pages(evaluations=rounds)
        seen = ["Anden runde" in page for page in pages]
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(pages[0].count("Page 1 of"), 1)
        self.assertIn(f"Page 1 of {sum(seen)}", pages[seen.index(True)])

    def test_a_written_text_is_printed_in_the_readers_language(self):
        make_nothing().patch(self)
        self.evaluation.assessment = "<p>It works</p>"
        self.evaluation.update_field_translations("assessment", {"da_DK": {"It works": "Det virker"}})
        self.assertIn("It works", " ".join(self._pages()))
        danish = " ".join(self._pages(lang="da_DK"))
        self.assertIn("Det virker", danish)
        self.assertNotIn("It works", danish)
