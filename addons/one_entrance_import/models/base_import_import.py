import codecs
import re
from datetime import datetime

from odoo import api, models

from odoo.addons.base_import.models.base_import import ImportValidationError, check_patterns
from odoo.addons.one_entrance.models.common.res_partner import PREFIX

SEPARATORS = "./-"
BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class BaseImportImport(models.TransientModel):
    """Reading a file with the scheme's records: dates are read in one way only, and every message says which row of
    the spreadsheet it is about (S2).
    """

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        if not self.res_model or not self.env[self.res_model]._is_one_entrance_import(fields):
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        skipped = options.get("skip") or 0
        result = super().execute_import(fields, columns, options, dryrun=dryrun)
        names = result.get("name") or []
        for message in result["messages"]:
            if "rows" not in message:
                continue
            index = message["rows"]["from"] + skipped
            name = names[index] if index < len(names) else ""
            if name and name not in message["message"]:
                message["message"] = self.env._("%(name)s: %(problem)s", name=name, problem=message["message"])
            # the web client writes this number as the row's; the heading is row 1 of the spreadsheet
            message["record"] = index + (2 if options.get("has_headers") else 1)
            # and leaves the reasons out where it shows them under a column that has several
            message["field_path"] = [*(message.get("field_path") or [message.get("field") or ""]), "row"]
        return result

    def _read_csv(self, options):
        """Read a text file with the scheme's columns in the alphabet it was written in, and refuse one whose values
        have slipped into other columns.

        Odoo guesses the alphabet by how often letters occur, and takes a few Danish ones in UTF-8 for those of a
        Macintosh. A text that can be read as UTF-8 is UTF-8; the rest comes from a Danish spreadsheet program.
        """
        trial = dict(options, encoding=options.get("encoding") or self._get_encoding())
        try:
            result = super()._read_csv(trial)
        except ImportValidationError:
            result = ()
        if not result or not self._has_one_entrance_heading(result[1]):
            return super()._read_csv(options)
        options.update(trial)
        _length, rows = result
        uneven = [f"{number} ({len(row)})" for number, row in enumerate(rows, 1) if len(row) != len(rows[0])]
        if uneven:
            raise ImportValidationError(
                self.env._(
                    "These rows have more or fewer cells than the %(columns)s of the heading: %(rows)s. Put quotation "
                    "marks around a value that holds the separator.",
                    columns=len(rows[0]),
                    rows=", ".join(uneven),
                )
            )
        return result

    def _read_file(self, options):
        result = super()._read_file(options)
        if options.get("has_headers"):
            options["one_entrance"] = bool(result) and self._has_one_entrance_heading(result[1])
        return result

    def _get_encoding(self):
        """:return: the encoding that the file's text is written in; empty where Odoo knows it by its first bytes
        :rtype: str
        """
        content = self.file or b""
        if content.startswith(BYTE_ORDER_MARKS):
            return ""
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return "windows-1252"
        return "utf-8"

    def _has_one_entrance_heading(self, rows):
        """:return: whether a file is about the scheme, by its model or by the headings of its columns
        :rtype: bool
        """
        model = self.env[self.res_model]
        if model._is_one_entrance_import([]):
            return True
        if not rows or self.res_model != "res.partner":
            return False
        own = [name for name in model._fields if name.startswith(PREFIX)]
        labels = {
            field["string"].casefold()
            for lang in {"en_US", self.env.lang or "en_US"}
            for field in model.with_context(lang=lang).fields_get(own, ["string"]).values()
        }
        return bool({cell.strip().split("/")[0].casefold() for cell in rows[0]} & labels.union(own))

    def _try_match_date_time(self, preview_values, options):
        """Try the order of day and month of the user's language first, whatever stands between them; Odoo goes on with
        the American order.
        """
        if options.get("one_entrance"):
            patterns = [options["date_format"]] if options.get("date_format") else []
            patterns += [self._get_date_format(sign) for sign in SEPARATORS]
            match = check_patterns([pattern for pattern in patterns if "%Y" in pattern], preview_values)
            if match:
                options["date_format"] = match
                return ["date", "datetime"]
        return super()._try_match_date_time(preview_values, options)

    @api.model
    def _get_date_format(self, separator):
        """:return: the date format of the user's language, with another sign between day, month and year; empty where
            the language writes dates with words or with two digits for the year
        :rtype: str
        """
        language = self.env["res.lang"]._get_data(code=self.env.lang or self.env.user.lang).date_format or ""
        numbers = sorted(re.findall("%(.)", language)) == ["Y", "d", "m"]
        return re.sub(f"[{re.escape(SEPARATORS)}]", separator, language) if numbers else ""

    def _parse_date_from_data(self, data, index, name, field_type, options):
        """Leave what is not a date as it is: the row's own message says so later. Odoo stops at the first."""
        if not (self.res_model.startswith("one.entrance.") or name.startswith(PREFIX)):
            super()._parse_date_from_data(data, index, name, field_type, options)
            return
        for line in data:
            if field_type == "date" and isinstance(line[index], str):
                line[index] = self._read_date(line[index].strip(), options.get("date_format"))
                continue
            try:
                super()._parse_date_from_data([line], index, name, field_type, options)
            except ImportValidationError:
                continue

    @api.model
    def _read_date(self, text, date_format):
        """Read a date that can be read in one way only: as year-month-day, in the order of the user's language, or in
        the format of the file. Where these disagree, as on 03/04/2024 in a file with the month first, it is refused.

        :param str text: as it stands in the cell
        :param str date_format: of the file, chosen by the user or guessed by Odoo
        :return: the date as year-month-day, or the text where there is not exactly one
        :rtype: str
        """
        separator = next((sign for sign in SEPARATORS if sign in text), "-")
        formats = {"%Y-%m-%d", self._get_date_format(separator), date_format or ""}
        readings = set()
        for pattern in formats:
            if "%Y" not in pattern:  # of two digits nobody knows the century, or whether they are the year
                continue
            try:
                readings.add(datetime.strptime(text, pattern).date().isoformat())
            except ValueError:
                continue
        return readings.pop() if len(readings) == 1 else text
