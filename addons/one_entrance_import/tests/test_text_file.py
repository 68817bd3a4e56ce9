import unicodedata

from odoo.tests import tagged

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestTextFile(ImportCase):
    """A text file is read in the alphabet and with the separator it was written with (S2)."""

    def test_rows_that_have_slipped_are_refused(self):
        headings = self._headings("en_US", ["name", "city", "one_entrance_leader_id"])
        lines = [",".join(headings), "Havnen,Grenaa,Twin", "Havnen,Syd,Grenaa,Twin", "Banen"]
        importer = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": "\n".join(lines).encode(), "file_name": "actors.csv"}
        )
        options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "", "date_format": ""}
        self.assertIn("3 (4), 4 (1)", importer.parse_preview({**options})["error"])
        fields = ["name", "city", "one_entrance_leader_id"]
        result = importer.execute_import(fields, headings, {**options})
        self.assertFalse(result.get("ids"))
        self.assertIn("3 (4), 4 (1)", result["messages"][0]["message"])

    def test_letters_are_read_as_they_were_written(self):
        headings = self._headings("da_DK", ["name", "one_entrance_leader_id"])
        for encoding in ("utf-8", "utf-8-sig", "windows-1252", "utf-16"):
            name = f"Idrætsforening Ålsø {encoding}"
            result = self._import(f"{','.join(headings)}\n{name},Head of Culture\n".encode(encoding), "da_DK")
            self.assertEqual(self.env["res.partner"].browse(result["ids"]).name, name)

    def test_the_line_that_names_the_separator_is_no_row(self):
        headings = self._headings("da_DK", ["name", "one_entrance_leader_id"])
        for number, (line, separator, encoding) in enumerate(
            (
                ("sep=;", ";", "utf-8"),
                ("SEP=;", ";", "windows-1252"),
                ('"sep=;"', ";", "utf-8-sig"),
                ("sep=;", ";", "utf-16"),
                ("sep=|", "|", "utf-8"),
                ("sep=\t", "\t", "utf-8"),
            )
        ):
            rows = [headings, [f"Ålsø, havn nr. {number}", "Head of Culture"]]
            with self.subTest(line=line, encoding=encoding):
                good = [line, *(separator.join(row) for row in rows)]
                done = self._import("\r\n".join(good).encode(encoding), "da_DK")
                self.assertEqual(self.env["res.partner"].browse(done["ids"]).name, rows[1][0])
                bad = [*good, separator.join(["Æbeltoft Færge", "Nobody"])]
                refused = self._import("\r\n".join(bad[:2] + bad[3:]).encode(encoding), "da_DK")
                self.assertEqual([message["record"] for message in refused["messages"]], [2])

    def test_a_byte_order_mark_is_no_letter_of_the_heading(self):
        headings = self._headings("da_DK", ["name", "one_entrance_leader_id"])
        text = f"{';'.join(headings)}\nHavnen;Head of Culture\n".encode("utf-8-sig")
        result = self._import(text, "da_DK", encoding="utf-8")
        self.assertEqual(self.env["res.partner"].browse(result["ids"]).name, "Havnen")

    def test_headings_are_compared_in_one_form(self):
        names = ["name", "one_entrance_mayor_led", "one_entrance_step", "one_entrance_leader_id"]
        headings = [
            unicodedata.normalize("NFD", f"{heading.upper()} ").replace(" ", "\N{NO-BREAK SPACE}")
            for heading in self._headings("da_DK", names)
        ]
        for file in ("csv", "xlsx"):
            _importer, preview = self._open(self._write_file([headings, ["Havnen", "", "", ""]], file), "da_DK", file)
            self.assertEqual(preview["matches"], {index: [name] for index, name in enumerate(names)})

    def test_the_separator_is_found_where_a_row_has_slipped(self):
        headings = self._headings("da_DK", ["name", "city", "one_entrance_leader_id"])
        text = f"{';'.join(headings)}\nHavnen;Grenaa;Head of Culture\nBanen;Head of Culture\n".encode()
        importer = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": text, "file_name": "actors.csv"}
        )
        options = {"has_headers": True, "quoting": '"', "separator": "", "encoding": "", "date_format": ""}
        self.assertIn("3 (2)", importer.with_context(lang="da_DK").parse_preview(options)["error"])

    def test_other_files_are_read_as_odoo_reads_them(self):
        importer = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": b"sep=;\nName;City\nHavnen;Grenaa\n", "file_name": "contacts.csv"}
        )
        options = {"has_headers": True, "quoting": '"', "separator": "", "encoding": "", "date_format": ""}
        self.assertIn("sep=", importer.parse_preview(options)["headers"][0])
