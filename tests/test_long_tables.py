import re

from odoo.fields import Command
from odoo.tests import tagged

from .common import OneEntranceCase
from .preparation.test_background_sheet_pdf import PARAGRAPH, read_pages

# Among these numbers of rows are some where the printer, left to itself, counts other pages than it prints, or falls over.
MINUTES = (3, 20, 51, 65)
HANDOVERS = (3, 20, 32)


@tagged("post_install", "-at_install")
class TestLongTables(OneEntranceCase):
    """A table of several pages is whole, has its head on each of them, and the pages are counted right (S7, S14)."""

    def _make_meeting(self, count, more=0):
        actor = self._make_actor(f"Aktør {count:03}")
        return self.env["one.entrance.meeting"].create(
            {
                "partner_id": actor.id,
                "start": "2024-05-14 08:00:00",
                "state": "held",
                "minutes": PARAGRAPH * 4,
                "point_ids": [
                    Command.create(
                        {
                            "theme_id": self.themes[i * 4 // count].id,
                            "summary": f"Begynder{i:02} {'ord ' * (i % 7 * 10)} slutter{i:02}",
                            "commitment": f"Aftale{i:02} {'ord ' * (i % 5 * more)}" if i % 3 else False,
                            "responsible_id": self.consultant.id,
                            "deadline": "2024-05-01",
                        }
                    )
                    for i in range(count)
                ],
            }
        )

    def _print(self, report, records):
        Report = self.env["ir.actions.report"].with_context(force_report_rendering=True, lang="en_US")
        content, kind = Report.with_user(self.manager)._render_qweb_pdf(f"one_entrance.{report}", records.ids)
        self.assertEqual(kind, "pdf")
        return read_pages(content)

    def _print_documents(self, report, records, counts):
        """:return: the pages of each document, by its number of rows, after a check of the numbers on them
        :rtype: dict[int, list[str]]
        """
        documents = {count: [] for count in counts}
        for page in self._print(report, records):
            documents[int(re.search(r"Aktør (\d{3})", page)[1])].append(page)
        for count, pages in documents.items():
            self.assertEqual(
                [re.findall(r"Page (\d+) of (\d+)", page) for page in pages],
                [[(str(number), str(len(pages)))] for number in range(1, len(pages) + 1)],
                f"{count} rows",
            )
        return documents

    def test_minutes(self):
        meetings = self.env["one.entrance.meeting"].concat(*map(self._make_meeting, MINUTES))
        for count, pages in self._print_documents("report_minutes", meetings, MINUTES).items():
            rows = [re.findall(r"Begynder(\d\d)", page) for page in pages]
            self.assertEqual(sum(rows, []), [f"{i:02}" for i in range(count)])
            for page, begun in zip(pages, rows, strict=True):
                self.assertEqual("WHAT WAS SAID" in page, bool(begun))
                self.assertEqual(
                    re.findall(r"slutter(\d\d)", page), begun, "a point was torn from one page to the next"
                )

    def test_handovers(self):
        meetings = self.env["one.entrance.meeting"].concat(*(self._make_meeting(count, more=8) for count in HANDOVERS))
        for count, pages in self._print_documents("report_handover", meetings.partner_id, HANDOVERS).items():
            text = "\f".join(pages)
            pages = text[: text.index("Last meetings")].split("\f")
            rows = [re.findall(r"Aftale(\d\d)", page) for page in pages]
            self.assertEqual(sum(rows, []), [f"{i:02}" for i in range(count) if i % 3])
            for page, begun in zip(pages, rows, strict=True):
                self.assertEqual("COMMITMENT" in page, bool(begun))

    def test_a_row_that_is_higher_than_a_page_is_whole(self):
        texts = {name: [f"{name}{i:04}" for i in range(1000)] for name in ("note", "gjort", "lovet", "aftale")}
        long = {name: " ".join(words) for name, words in texts.items()}
        meeting = self._make_meeting(3)
        meeting.point_ids[1].write({"commitment": long["lovet"], "outcome": long["gjort"], "done": True})
        meeting.point_ids[2].commitment = long["aftale"]
        self.env["one.entrance.appointment"].search([("partner_id", "=", meeting.partner_id.id)]).note = long["note"]
        for report, record, expected in (
            ("report_minutes", meeting, {"gjort": 1, "lovet": 1, "aftale": 1}),
            # what is not kept yet stands in the table, and with its meeting
            ("report_handover", meeting.partner_id, {"note": 1, "aftale": 2}),
        ):
            pages = self._print(report, record)
            for name, times in expected.items():
                # a line that is cut by the edge of a page would stand on both
                self.assertEqual(re.findall(name + r"\d{4}", "".join(pages)), texts[name] * times)
            heads = re.findall(".*(?:WHAT WAS SAID|WHY IT ENDED|COMMITMENT).*", "".join(pages))
            self.assertGreater(len(heads), 2)
            for head in heads:
                self.assertNotRegex(head, r"\d{4}", "a row stands over the head of the table")
