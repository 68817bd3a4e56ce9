import codecs
import csv
import functools
import io
import re
from collections import Counter
from datetime import date

from openpyxl import load_workbook

from odoo import models

from odoo.addons.base_import.models.base_import import ImportValidationError
from odoo.addons.one_entrance.models.common.res_partner import PREFIX

from .cell_reader import CellReader
from .cell_text import compared, one_form
from .contact_doubles import ContactDoubles

BYTE_ORDER_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SEPARATORS = ";,\t|"
# A spreadsheet program's own first line, in any alphabet: which separator the file is written with.
SEPARATOR_LINE = re.compile(rb'[\xef\xbb\xbf\xff\xfe]*"?sep=(.)"?[\r\n]', re.IGNORECASE)
# What a column of dates is made of, whatever their order.
DATE = re.compile(r"[0-9]{1,4}([./-][0-9]{1,4}){2}([ T][0-9:.]+)?|\s*")
# What the dialogue offers to write where a value is not understood.
GUESSES = {
    "fallback_values": {},
    "import_set_empty_fields": [],
    "import_skip_records": [],
    "name_create_enabled_fields": {},
}


class Refusals:
    """Why rows of one import are refused.

    It travels in the context and is compared by identity, so that no environment is shared by two imports.
    """

    def __init__(self):
        self.messages = []
        self.unread = set()

    def add(self, row, reason, field=None):
        """Note why a row is refused when it is read.

        :param int row: counted from the first row that is imported
        :param str field: name of the field whose cell cannot be read
        """
        self.unread.add(row)
        self._note(row, reason, field)

    def add_unless_unread(self, row, reason):
        """Note why a row is refused when it is written: where it could not be read, that leads nowhere."""
        if row not in self.unread:
            self._note(row, reason, None)

    def _note(self, row, reason, field):
        message = {"type": "error", "message": reason, "rows": {"from": row, "to": row}, "field": field}
        self.messages.append(message)


class BaseImportImport(models.TransientModel):
    """Import of the scheme's records (S2): no value is guessed, every bad row is told at once with its row in the
    spreadsheet, and then nothing is written. Other imports run as Odoo has them.
    """

    _inherit = "base_import.import"

    def execute_import(self, fields, columns, options, dryrun=False):
        if not self._is_one_entrance_import(fields):
            return super().execute_import(fields, columns, options, dryrun=dryrun)
        refusals = Refusals()
        strict = super(BaseImportImport, self.with_context(one_entrance_import=refusals))
        with self.env.cr.savepoint() as savepoint:
            result = strict.execute_import(fields, columns, {**options, **GUESSES}, dryrun=dryrun)
            # Odoo reads on where a cell was refused, and what it says about that row leads nowhere
            others = [
                message for message in result["messages"] if message.get("rows", {}).get("from") not in refusals.unread
            ]
            result["messages"] = sorted(
                others + refusals.messages, key=lambda message: message.get("rows", {}).get("from", -1)
            )
            if result["messages"]:  # also where Odoo only warns that it has taken the first of several
                savepoint.rollback()
                self.pool.reset_changes()
                result["ids"] = False
        self._name_rows(result, options)
        return result

    def _is_one_entrance_import(self, fields):
        """:return: whether the file's model, or one of these columns, belongs to the scheme"""
        return (self.res_model or "").startswith("one.entrance.") or any(
            name and name.startswith(PREFIX) for name in fields
        )

    def _name_rows(self, result, options):
        """Name the spreadsheet's row in each message; by number too where the web client would merge equal ones."""
        messages = [message for message in result["messages"] if "rows" in message]
        names, skipped = result.get("name") or [], options.get("skip") or 0
        numbers = self._get_row_numbers(options) if messages else []
        for message in messages:
            index = message["rows"]["from"] + skipped
            name = names[index] if index < len(names) else ""
            if name and name not in message["message"]:
                message["message"] = self.env._("%(name)s: %(problem)s", name=name, problem=message["message"])
            message["type"] = "error"
            message["rows"]["to"] = message["rows"]["from"]
            # the web client writes this number as the row's
            message["record"] = numbers[message["rows"]["from"]]
            # it keeps their order where none belongs to a column, and leaves the reasons out where a column has several
            message["field_path"] = ["row"]
        counts = Counter(message["message"] for message in messages)
        for message in messages:
            if counts[message["message"]] > 1:
                message["message"] = self.env._(
                    "Row %(row)s: %(problem)s", row=message["record"], problem=message["message"]
                )

    def _get_row_numbers(self, options):
        """:return: the numbers that the rows to import have in the spreadsheet; Odoo leaves blank ones out and counts on"""
        rows = self._read_file({**options})[1]
        numbers = [number for number, cells in enumerate(self._read_all_rows(options), 1) if any(map(str.strip, cells))]
        if len(numbers) != len(rows):  # a kind of file that is not read here
            numbers = list(range(1, len(rows) + 1))
        return numbers[bool(options.get("has_headers")) + (options.get("skip") or 0) :]

    def _read_all_rows(self, options):
        """:return: the rows of a text file or a spreadsheet, blank ones too"""
        if self.file.startswith(b"PK"):
            try:
                book = load_workbook(io.BytesIO(self.file), read_only=True, data_only=True)
            except KeyError:  # a spreadsheet of another make
                return []
            rows = book[options.get("sheet") or book.sheetnames[0]].iter_rows(values_only=True)
            return [[str(cell) for cell in row if cell is not None] for row in rows]
        try:
            text = self.file.decode(options.get("encoding") or "utf-8")
        except (LookupError, UnicodeDecodeError):
            return []
        rows = csv.reader(io.StringIO(text), quotechar=options["quoting"], delimiter=options.get("separator") or ",")
        return list(rows)[bool(SEPARATOR_LINE.match(self._get_start())) :]

    # A text file

    def _read_csv(self, options):
        """Read the scheme's text files in their own encoding and separator, and refuse values in the wrong column.

        Odoo guesses the encoding by how often letters occur, and takes a few Danish ones in UTF-8 for a Macintosh's. A
        text that can be read as UTF-8 is UTF-8; the rest comes from a Danish spreadsheet program.
        """
        trial = dict(options, encoding=self._get_encoding(options), separator=self._get_separator(options))
        try:
            _length, rows = super()._read_csv(trial) or (0, [])
        except ImportValidationError:
            rows = []
        if rows and SEPARATOR_LINE.match(self._get_start()):
            rows = rows[1:]
        if not self._has_one_entrance_heading(rows):
            return super()._read_csv(options)
        options.update(trial)
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
        return len(rows), rows

    def _get_start(self):
        """:return: the first letters of the file, whether they take one byte each or two"""
        return (self.file or b"")[:40].replace(b"\0", b"")

    def _get_encoding(self, options):
        """:return: the encoding the file is written in, or the one chosen; empty where Odoo knows it by its first bytes"""
        content = self.file or b""
        if options.get("encoding") or content.startswith(BYTE_ORDER_MARKS):
            return options.get("encoding") or ""
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return "windows-1252"
        return "utf-8"

    def _get_separator(self, options):
        """:return: the separator that the file names, the one chosen, or the one that its first line has most of"""
        named = SEPARATOR_LINE.match(self._get_start())
        if named or options.get("separator"):
            return named[1].decode("latin1") if named else options["separator"]
        heading = (self.file or b"").partition(b"\n")[0]
        return max(SEPARATORS, key=lambda separator: heading.count(separator.encode()))

    def _read_file(self, options):
        result = super()._read_file(options)
        if options.get("has_headers"):
            options["one_entrance"] = bool(result) and self._has_one_entrance_heading(result[1])
            if options["one_entrance"]:
                result[1][0] = [one_form(str(cell)) for cell in result[1][0]]
                # the dialogue shows how numbers are read
                language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
                options["float_thousand_separator"] = language.thousands_sep
                options["float_decimal_separator"] = language.decimal_point
        return result

    def _has_one_entrance_heading(self, rows):
        """:return: whether a file is about the scheme, by its model or by the headings of its columns"""
        model = self.env[self.res_model]
        if self._is_one_entrance_import([]):
            return bool(rows)
        if not rows or self.res_model != "res.partner":
            return False
        own = [name for name in model._fields if name.startswith(PREFIX)]
        labels = {
            compared(field["string"])
            for lang in {"en_US", self.env.lang or "en_US"}
            for field in model.with_context(lang=lang).fields_get(own, ["string"]).values()
        }
        return bool({compared(str(cell).split("/")[0]) for cell in rows[0]} & labels.union(own))

    # The values of any file

    def _try_match_date_time(self, preview_values, options):
        """Leave the formats of dates to the user: Odoo guesses them, and the American order first."""
        if not options.get("one_entrance"):
            return super()._try_match_date_time(preview_values, options)
        dates = all(isinstance(value, date) or DATE.fullmatch(value) for value in preview_values)
        return ["date", "datetime"] if dates else []

    def _parse_import_data(self, data, import_fields, options):
        """Read all cells of the file, and note each that cannot be read in one way."""
        refusals = self.env.context.get("one_entrance_import")
        if refusals:
            self._read_cells(data, import_fields, options, refusals)
        return super()._parse_import_data(data, import_fields, options)

    def _read_cells(self, data, import_fields, options, refusals):
        """Write into each cell what it means; a refused one is left empty, and its row is not written."""
        paths = [self._get_field_path(name) for name in import_fields]
        made = {self.res_model} | {field.comodel_name for path in paths for field in path if field.type == "one2many"}
        reader = CellReader(self.env, options, made)
        for number, line in enumerate(data):
            for index, (name, path) in enumerate(zip(import_fields, paths, strict=True)):
                try:
                    line[index] = reader.read_cell(path[-1] if path else None, line[index])
                except ValueError as error:
                    refusals.add(number, str(error), name)
                    line[index] = ""
        if self.res_model == "res.partner":
            numbers = functools.cache(lambda: self._get_row_numbers(options))
            doubles = ContactDoubles(self.env, lambda index: numbers()[index])
            for number, reason in doubles.find(import_fields, data).items():
                refusals.add(number, reason)

    def _get_field_path(self, name):
        """:return: the fields that a column's name leads through; none where it ends in an ID or a property"""
        model, path = self.env[self.res_model], []
        for part in name.split("/"):
            if part not in model._fields or part == "id":
                return []
            path.append(model._fields[part])
            model = self.env[path[-1].comodel_name] if path[-1].relational else model
        return path

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if self.env.context.get("one_entrance_import"):  # it has been read
            return None
        return super()._parse_date_from_data(data, index, name, field_type, options)

    def _parse_float_from_data(self, data, index, name, options):
        if self.env.context.get("one_entrance_import"):  # it has been read
            return None
        return super()._parse_float_from_data(data, index, name, options)
