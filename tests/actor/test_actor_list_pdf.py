import re
from unittest.mock import patch

from odoo.tests import tagged

from ..preparation.test_background_sheet_pdf import read_pages
from .test_actor_list_report import ANNEX, CONTACT, HANDBOOK, PUBLIC, ActorListCase

KINDS = ("company", "association", "institution", "other")
LONG = "Foreningen til Fremme af Erhverv, Turisme, Kystkultur og Grøn Omstilling på Norddjursland og Østjylland, afd. Århus-Ærø N."


@tagged("post_install", "-at_install")
class TestActorListPdf(ActorListCase):
    """The lists of actors as they come out of the printer (S2)."""

    def _print(self, actors, report=ANNEX, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant)
        content, kind = Report.with_context(force_report_rendering=True, lang=lang)._render_qweb_pdf(report, actors.ids)
        self.assertEqual(kind, "pdf")
        return content

    def _make_many(self, count):
        Partner = self.env["res.partner"].with_user(self.consultant)
        actors = Partner.create(
            [
                {
                    "name": f"Aktør{n:03}",
                    "city": f"By{n:03}",
                    "is_company": True,
                    "one_entrance_kind": KINDS[n % 4],
                    "one_entrance_leader_id": (self.director if n % 2 else self.head).id,
                    "one_entrance_mayor_led": n % 10 == 0,
                }
                for n in range(count)
            ]
        )
        return actors.with_user(self.env.user)

    def _assert_whole(self, pages, count):
        """Assert that all actors are there, each once and on one page, and each page begins with the head of its table."""
        for n in range(count):
            self.assertEqual([page.count(f"Aktør{n:03}") for page in pages if f"Aktør{n:03}" in page], [1])
            self.assertEqual(
                [f"By{n:03}" in page for page in pages], [f"Aktør{n:03}" in page for page in pages], "a row was cut"
            )
        for page in pages[1:]:
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            head = [number for number, line in enumerate(lines) if line.startswith("ACTOR")]
            self.assertTrue(head, page)
            first = min(number for number, line in enumerate(lines) if "Aktør" in line)
            self.assertLess(head[0], first, "the head of the table stands before the page's first row")
            self.assertRegex(lines[head[0] - 1], r"^[A-Z][a-z ]+ \(\d+\)$")
            self.assertNotIn(len(lines) - 2, head, "no head stands alone at the foot of a page")
        for number, page in enumerate(pages, 1):
            self.assertIn("Nordby Kommune", page)
            self.assertIn("Printed 05/15/2024", page)
            self.assertIn(f"Page {number} of {len(pages)}", page)

    def test_a_hundred_and_twenty_actors_have_a_head_on_each_page_and_no_row_is_cut(self):
        actors = self._make_many(120)
        Report = type(self.env["ir.actions.report"])
        with patch.object(Report, "_run_wkhtmltopdf", autospec=True, side_effect=Report._run_wkhtmltopdf) as printer:
            pages = read_pages(self._print(actors, user=self.director_user))
        self.assertEqual(printer.call_count, 1)
        self.assertGreater(len(pages), 5)
        self._assert_whole(pages, 120)
        self.assertTrue(all(re.search(r"\bInternal\b", page) for page in pages))
        self.assertIn("120 chosen of the 129 actors in the scheme", pages[0])

    def test_the_list_for_publication_too(self):
        pages = read_pages(self._print(self._make_many(120), PUBLIC))
        self._assert_whole(pages, 120)
        for page in pages:
            self.assertRegex(page, r"\bPublic\b")
            for words in ("Internal", "Appointed", "LEVEL", "STEP", "MEETING"):
                self.assertNotIn(words, page)

    def test_nothing_internal_is_on_paper_that_is_published(self):
        marks = self._fill_everything_internal()
        for report in (PUBLIC, HANDBOOK):
            content = self._print(self.actors, report)
            text = " ".join(" ".join(read_pages(content, layout=False)).split())
            self.assertIn("Letbanen", text)
            for name, mark in marks.items():
                with self.subTest(report=report, field=name):
                    self.assertNotIn(mark.strip("<>"), text)
                    self.assertNotIn(mark.strip("<>").encode(), content)

    def test_wherever_a_kind_begins_no_head_stands_alone_and_the_pages_are_counted_right(self):
        """Ten and twenty companies are where the printer's own page breaks leave a head alone, 22 where it counts wrong."""
        actors = self._make_many(96)
        companies = actors.filtered(lambda actor: actor.one_entrance_kind == "company")
        others = actors.filtered(lambda actor: actor.one_entrance_kind == "association")[:3]
        for count in (9, 10, 11, 20, 22):
            pages = read_pages(self._print(companies[:count] | others, PUBLIC))
            for page in pages:
                lines = [line.strip() for line in page.splitlines() if line.strip()]
                self.assertFalse(lines[-2].startswith("ACTOR"), f"{count} companies")
                self.assertRegex(lines[-1], f"Page \\d of {len(pages)}$")

    def test_as_many_pages_as_actors_come_once_and_in_order(self):
        """Odoo takes a document with a page for each record apart."""
        others = [self._make_actor(f"{name} {LONG * 5}", kind="company") for name in ("Anden", "Første", "Sidste")]
        actors = others[2] | others[0] | others[1]
        pages = read_pages(self._print(actors))
        self.assertEqual(len(pages), 3, "the test needs as many pages as actors")
        self.assertEqual(
            [re.search(r"Page \d of \d", page)[0] for page in pages], ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]
        )

    def test_names_of_a_hundred_and_twenty_characters_are_whole(self):
        self.assertGreaterEqual(len(LONG), 120)
        self.head.partner_id.write({"name": f"Chef {LONG}", "function": f"Titel {LONG}"})
        actor = self._make_actor(LONG, leader=self.head, kind="association", **CONTACT)
        actor.city = f"By {LONG}"
        self._make_seat(actor, f"Politiker {LONG}", body=f"Råd {LONG}")
        for report, count in ((ANNEX, 5), (PUBLIC, 5)):
            pages = read_pages(self._print(actor, report), layout=False)
            self.assertEqual(len(pages), 1)
            text = "".join(pages[0].split())
            self.assertGreaterEqual(text.count("".join(LONG.split())), count, report)

    def test_each_kind_of_list_is_one_page_for_a_few_actors_and_for_none(self):
        for report in (ANNEX, PUBLIC, HANDBOOK):
            for actors in (self.rail, self.env["res.partner"]):
                pages = read_pages(self._print(actors, report))
                self.assertEqual(len(pages), 1)
                self.assertNotIn("False", pages[0])

    def test_the_page_lies_on_its_side(self):
        content = self._print(self.rail)
        width, height = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", content).groups()
        self.assertEqual((round(float(width)), round(float(height))), (842, 595))

    def test_in_danish(self):
        danish = self.env["res.lang"]._activate_lang("da_DK")
        danish.date_format = "%d-%m-%Y"
        pages = read_pages(self._print(self.actors, lang="da_DK"))
        self.assertIn("15-05-2024", pages[0])
        for name in ("Ærø Færger", "Øster Mølle", "Ålsø Værk"):
            self.assertIn(name, "".join(pages))
