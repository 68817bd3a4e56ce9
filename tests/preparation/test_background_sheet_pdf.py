import re
import subprocess
from collections import Counter
from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..common import OneEntranceCase
from .background_sheet import DIALOGUE, REPORT

# The length of a text as the business consultants write it: three to four lines on paper.
LINE = "Kommunen arbejder for enkle rammevilkår og korte sagsbehandlingstider, og lokalplaner for erhverv kommer først i år. "
PARAGRAPH = f"<p>{LINE * 3}</p>"


def read_pages(content, layout=True):
    """:param bytes content: a PDF
    :param bool layout: as the lines stand on the page, or column by column
    :return: the text of each page
    :rtype: list[str]
    """
    printed = subprocess.run(  # noqa: S603
        ["pdftotext", *(["-layout"] if layout else []), "-", "-"],  # noqa: S607
        input=content,
        capture_output=True,
        check=True,
    )
    pages = printed.stdout.decode().split("\f")[:-1]
    assert len(pages) == PdfFileReader(BytesIO(content)).numPages
    return pages


@tagged("post_install", "-at_install")
class TestBackgroundSheetPdf(OneEntranceCase):
    """The background sheet as it comes out of the printer (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "force_report_rendering": True, "lang": "en_US"})
        cls.company.name = "Nordby Kommune"
        cls.themes.write({"description": f"<p>{LINE * 2}</p>", "reviewed_date": "2024-04-01"})

    def _make_full_actor(self, name="Færgehavnen A/S"):
        actor = self._make_actor(
            name,
            **DIALOGUE,
            consultant_id=self.consultant.id,
        )
        actor.write({"street": "Kajen 1", "zip": "8500", "city": "Grenaa", "website": "https://faergehavnen.example"})
        for person in ("Ægir Ødegård", "Lis Aaen", "Per Ås"):
            self.env["res.partner"].create(
                {
                    "parent_id": actor.id,
                    "type": "contact",
                    "name": person,
                    "function": "Managing Director",
                    "phone": "+45 20 30 40 50",
                    "email": "post@example.com",
                }
            )
        for day in ("2024-02-11", "2024-03-12", "2024-04-10", "2024-06-20"):
            state = "held" if day < "2024-05" else "planned"
            self.env["one.entrance.meeting"].create(
                {"partner_id": actor.id, "start": f"{day} 08:00:00", "state": state}
            )
        return actor

    def _write(self, actor, bodies, ready=True):
        sheet = self._make_sheet(actor)
        for section, body in zip(sheet.section_ids, bodies, strict=True):
            section.body = body
        if ready:
            sheet.with_user(self.consultant).with_context(force_report_rendering=False).action_ready()
        return sheet

    def _print(self, sheets, user=None):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant)
        content, kind = Report._render_qweb_pdf(REPORT, sheets.ids)
        self.assertEqual(kind, "pdf")
        return content

    def test_a_typical_sheet_is_one_page(self):
        sheet = self._write(self._make_full_actor(), [PARAGRAPH] * 4)
        pages = read_pages(self._print(sheet), layout=False)
        self.assertEqual(len(pages), 1)
        text = " ".join(pages[0].split())
        for words in (
            "Færgehavnen A/S",
            "Ægir Ødegård Managing Director",
            "Director, Technology",
            "06/20/2024",
            "3. Dialogue Plan Agreed",
            *self.themes.mapped("name"),
        ):
            self.assertIn(words, text)

    def test_six_seats_and_a_note_stay_together_on_the_first_page(self):
        actor = self._make_full_actor()
        for number in range(6):
            politician = self.env["res.partner"].create({"name": f"Ægir Ås Østergaard {number}"})
            self.env["one.entrance.seat"].create(
                {"partner_id": actor.id, "politician_id": politician.id, "body": "the board", "date_to": "2025-12-31"}
            )
            if not number:
                self.themes[0].council_ids = politician
        pages = read_pages(self._print(self._write(actor, [PARAGRAPH] * 4)), layout=False)
        self.assertLessEqual(len(pages), 2)
        text = " ".join(pages[0].split())
        for number in range(6):
            self.assertIn(f"Ægir Ås Østergaard {number}", text)
        self.assertIn("Ægir Ås Østergaard 0, member of the board until 12/31/2025, is also on the council's side", text)
        self.assertEqual(text.count("Consider whether there is a conflict of interest."), 1)

    def test_the_leader_who_reads_it_prints_it(self):
        sheet = self._write(self._make_full_actor(), [PARAGRAPH] * 4)
        self.assertIn("Færgehavnen A/S", read_pages(self._print(sheet, self.director_user))[0])

    def test_head_and_foot_stand_on_every_page(self):
        sheet = self._write(self._make_full_actor(), [PARAGRAPH * 8] * 4)
        pages = read_pages(self._print(sheet))
        self.assertGreater(len(pages), 2)
        for number, page in enumerate(pages, 1):
            for words in (
                "Nordby Kommune",
                "Background Sheet",
                "Færgehavnen A/S",
                "Prepared 05/15/2024, valid until 11/15/2024",
                "Internal",
                "Printed 05/15/2024",
                f"Page {number} of {len(pages)}",
            ):
                self.assertIn(words, page)

    def test_every_page_of_a_draft_says_so(self):
        pages = read_pages(self._print(self._write(self._make_full_actor(), [PARAGRAPH * 8] * 4, ready=False)))
        self.assertGreater(len(pages), 1)
        self.assertTrue(all("Draft, not approved for use" in page for page in pages))

    def test_three_documents_in_one_call_keep_to_themselves(self):
        """Outdated words, page numbers and texts of one actor never stand on another's pages."""
        outdated = self._write(self._make_full_actor("Ældste A/S"), ["<p>MARKALFA</p>" + PARAGRAPH * 6] * 4)
        with freeze_time("2024-12-01"):
            short = self._write(self._make_full_actor("Kort Ø"), ["<p>MARKBETA</p>"] * 4)
            middle = self._write(self._make_full_actor("Mellem Å"), ["<p>MARKGAMMA</p>" + PARAGRAPH * 4] * 4)
            self.env.invalidate_all()
            sheets = middle + outdated + short
            with self._count_printer_calls() as printer:
                pages = read_pages(self._print(sheets))
        self.assertEqual(printer.call_count, 1)
        order, numbers = [], []
        for page in pages:
            names = [name for name in ("Mellem Å", "Ældste A/S", "Kort Ø") if name in page]
            self.assertEqual(len(names), 1, page)
            order.append(names[0])
            numbers.append(re.search(r"Page (\d+) of (\d+)", page).groups())
            self.assertEqual("Outdated: was valid until 11/15/2024" in page, names[0] == "Ældste A/S")
            marks = set(re.findall("MARK[A-Z]+", page))
            self.assertLessEqual(
                marks, {{"Mellem Å": "MARKGAMMA", "Ældste A/S": "MARKALFA", "Kort Ø": "MARKBETA"}[names[0]]}
            )
        length = Counter(order)
        self.assertEqual(list(length), ["Mellem Å", "Ældste A/S", "Kort Ø"])
        self.assertEqual(length["Kort Ø"], 1)
        self.assertGreater(length["Ældste A/S"], length["Mellem Å"])
        self.assertGreater(length["Mellem Å"], 1)
        self.assertEqual(
            numbers,
            [(str(number), str(length[name])) for name in length for number in range(1, length[name] + 1)],
        )

    def test_the_outdated_line_is_red(self):
        sheet = self._write(self._make_full_actor(), ["<p>Tekst</p>"] * 4)
        self.assertNotIn((192, 0, 0), self._get_colours(self._print(sheet)))
        with freeze_time("2024-12-01"):
            self.env.invalidate_all()
            self.assertIn((192, 0, 0), self._get_colours(self._print(sheet)))

    def test_thirty_sections_are_all_there_and_no_heading_stands_alone(self):
        for i in range(26):
            self.env["one.entrance.theme"].create(
                {
                    "name": f"Tema nr. {i:02} æøå",
                    "sequence": 50 + i,
                    "description": f"<p>{LINE}</p>" if i % 2 else False,
                }
            )
        sheet = self._write(
            self._make_full_actor(),
            [f"<p>Begynder{i:02} {LINE * (1 + i % 7)}</p><p>Slutter{i:02}</p>" for i in range(30)],
        )
        pages = read_pages(self._print(sheet))
        text = "".join(pages)
        for i in range(30):
            self.assertEqual(text.count(f"Begynder{i:02}"), 1)
            self.assertEqual(text.count(f"Slutter{i:02}"), 1)
        for section, i in zip(sheet.section_ids, range(30), strict=True):
            page = next(page for page in pages if f"Begynder{i:02}" in page)
            self.assertIn(section.theme_id.name, page)

    def test_long_names_and_long_texts_are_whole(self):
        name = "Foreningen til Fremme af Erhverv, Turisme, Kystkultur og Grøn Omstilling på Norddjursland og Østjylland, afd. Århus-Ærø Nord"
        self.assertGreaterEqual(len(name), 120)
        words = [f"ord{i:04}" for i in range(3000)]
        sheet = self._write(self._make_full_actor(name), [f"<p>{' '.join(words)}</p>", *[PARAGRAPH] * 3])
        pages = read_pages(self._print(sheet))
        text = " ".join(" ".join(pages).split())
        self.assertEqual(re.findall(r"ord\d{4}", text), words)
        for page in pages:
            # the name stands beside the municipality's, so its lines are read one by one
            for part in ("Foreningen til Fremme af Erhverv", "Århus-Ærø Nord"):
                self.assertIn(part, " ".join(page.split()))
        self.assertIn(name, text)

    def test_a_table_breaks_between_its_rows(self):
        rows = "".join(f"<tr><td>Række{i:03}</td><td>Værdi{i:03}</td></tr>" for i in range(120))
        sheet = self._write(self._make_full_actor(), [f"<table><tbody>{rows}</tbody></table>", *[PARAGRAPH] * 3])
        lines = [line for page in read_pages(self._print(sheet)) for line in page.splitlines()]
        for i in range(120):
            self.assertEqual(sum(f"Række{i:03}" in line and f"Værdi{i:03}" in line for line in lines), 1)

    def test_an_actor_of_whom_nothing_is_known_prints(self):
        sheet = (
            self.env["one.entrance.sheet"].with_user(self.consultant).create({"partner_id": self._make_actor("Å").id})
        )
        self.themes.description = False
        pages = read_pages(self._print(sheet))
        self.assertEqual(len(pages), 1)
        self.assertNotIn("False", pages[0])

    def test_sheets_made_ready_together_keep_each_their_own_document(self):
        """One call of the printer, whatever headings and lengths the texts have; each sheet gets its own pages."""
        texts = {
            "Første": PARAGRAPH,
            "Anden": "<h1>Overskrift</h1>" + PARAGRAPH * 8 + "<h1>Mere</h1>",
            "Tredje": PARAGRAPH * 5,
        }
        sheets = self.env["one.entrance.sheet"].union(
            *(self._write(self._make_full_actor(name), [text] * 4, ready=False) for name, text in texts.items())
        )
        with self._count_printer_calls() as printer:
            sheets.with_user(self.consultant).action_ready()
        self.assertEqual(printer.call_count, 1)
        for sheet, name in zip(sheets, texts, strict=True):
            document = self.env["ir.attachment"].search([("res_model", "=", sheet._name), ("res_id", "=", sheet.id)])
            self.assertEqual(len(document), 1)
            self.assertEqual(document.mimetype, "application/pdf")
            pages = read_pages(document.raw)
            self.assertEqual(len(pages) > 1, name != "Første")
            for page in pages:
                self.assertIn(name, page)
                self.assertIn(f"of {len(pages)}", page)
                self.assertIn("Prepared 05/15/2024", page)
                self.assertFalse([other for other in texts if other != name and other in page])

    def test_what_is_kept_with_the_sheet_holds_nothing_confidential(self):
        """Others than who made the sheet ready read the attachment."""
        actor = self._make_full_actor()
        for text, confidential in (("Send kortet", False), ("HEMMELIGT", True)):
            self.env["one.entrance.meeting"].create(
                {
                    "partner_id": actor.id,
                    "start": "2024-05-14 08:00:00",
                    "state": "held",
                    "kind": "ad_hoc" if confidential else "dialogue",
                    "confidential": confidential,
                    "point_ids": [
                        Command.create(
                            {
                                "summary": text,
                                "commitment": text,
                                "responsible_id": self.director_user.id,
                                "deadline": "2024-06-01",
                            }
                        )
                    ],
                }
            )
        sheet = self._write(actor, [PARAGRAPH] * 4, ready=False).with_user(self.consultant)
        sheet.action_ready()
        document = self.env["ir.attachment"].search([("res_model", "=", sheet._name), ("res_id", "=", sheet.id)])
        kept, printed = ("".join(read_pages(content)) for content in (document.raw, self._print(sheet)))
        self.assertIn("Send kortet", kept)
        for words in ("HEMMELIGT", "Talk in Between", "onfidential"):
            self.assertNotIn(words, kept)
            self.assertIn(words, printed)

    def test_printed_from_actors_every_page_comes_once_and_in_order(self):
        """Also where there are as many pages as actors, though one of the actors has no sheet."""
        actor = self._make_full_actor()
        self._write(actor, [PARAGRAPH * 3] * 4)
        actors = self._make_actor("Uden ark") + actor
        Report = self.env["ir.actions.report"].with_user(self.director_user)
        content = Report._render_qweb_pdf(f"{REPORT}_partner", actors.ids)[0]
        self.assertEqual(
            [re.search(r"Page \d of \d", page)[0] for page in read_pages(content)], ["Page 1 of 2", "Page 2 of 2"]
        )

    def _count_printer_calls(self):
        Report = type(self.env["ir.actions.report"])
        return patch.object(Report, "_run_wkhtmltopdf", autospec=True, side_effect=Report._run_wkhtmltopdf)

    def _get_colours(self, content):
        """:return: the fill colours that the text of a PDF is set in"""
        page = PdfFileReader(BytesIO(content)).getPage(0)
        stream = page.getContents().getData().decode("latin-1")
        return {
            tuple(round(float(value) * 255) for value in colour)
            for colour in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) scn", stream)
        }
