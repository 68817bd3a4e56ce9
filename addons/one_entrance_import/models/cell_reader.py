import itertools
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytz

from .cell_text import compared, one_form

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ISO_TIME = re.compile(ISO_DATE.pattern + r"[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?")
TIME_FORMATS = ("%H:%M", "%H:%M:%S", "%H.%M", "%H.%M.%S", "%I:%M %p", "%I:%M:%S %p")
DATE_SEPARATORS = "./-"
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
# What programs make of a long number: 4.59E+09, and 12345678.0.
SHORTENED = re.compile(r"-?[0-9]([.,][0-9]+)?E\+[0-9]+", re.IGNORECASE)
WHOLE = re.compile(r"([0-9]{4,})[.,]0+")
# As Danish and English spreadsheets write them; Odoo's own words of the other languages come beside them.
YES, NO = {"1", "yes", "true", "ja", "sand", "sandt"}, {"0", "no", "false", "nej", "falsk"}
LARGEST = 10**9


class CellReader:
    """Reads the cells of a file into what Odoo's import takes without guessing (S2).

    A value is read as the user's language writes it, and as programs write it: 2024-05-31, 1234.5. What is neither, or
    means two things, is refused with a message that says what to write.
    """

    def __init__(self, env, options, made):
        """:param set made: names of the models whose records the file makes"""
        self.env = env
        self.made = made
        # the user's own choices in the dialogue; nothing is guessed into them
        self.chosen_formats = {options.get("date_format") or "", options.get("datetime_format") or ""}
        self.language = env["res.lang"]._get_data(code=env.lang or "en_US")
        self.found = {}

    def read_cell(self, field, cell):
        """Read one cell.

        :param Field field: what the column is mapped to; none where it is an ID
        :param cell: its text, or a spreadsheet's own date
        :return: a text that Odoo reads in one way, in the user's time zone; empty for an empty cell
        :raise ValueError: with the reason, for the user
        """
        text = self._to_text(cell)
        reader = field and getattr(self, f"_read_{field.type}", None)
        if not text or not reader:
            return text
        return reader(field, text, cell)

    def _to_text(self, cell):
        """:return: the text of a cell in one form; a date as year-month-day, with its time where it has one"""
        if isinstance(cell, datetime):
            cell = (cell + timedelta(seconds=0.5)).replace(microsecond=0)  # a spreadsheet counts in parts of days
            return cell.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
        return cell.isoformat() if isinstance(cell, date) else one_form(cell)

    def _refuse(self, message, field, text, **words):
        """:raise ValueError: with this translated message, filled in with the value, the field and further words"""
        label = field.get_description(self.env, ["string"])["string"]
        raise ValueError(message % {"value": text, "field": label, **words})

    def _read_char(self, field, text, cell):
        if isinstance(cell, date) or SHORTENED.fullmatch(text):
            message = self.env._(
                "“%(value)s” under “%(field)s” is not what was typed: the spreadsheet has made a date or a shortened "
                "number of it. Format the column as text, and write the value again."
            )
            self._refuse(message, field, text)
        return WHOLE.sub(r"\1", text) if WHOLE.fullmatch(text) else text

    _read_text = _read_html = _read_char

    def _read_boolean(self, field, text, _cell):
        words = self.env["ir.fields.converter"]._get_boolean_translations
        for answer, known in (
            ("1", YES | {*words("yes"), *words("true")}),
            ("0", NO | {*words("no"), *words("false")}),
        ):
            if compared(text) in map(compared, known):
                return answer
        message = self.env._("“%(value)s” under “%(field)s” is neither yes nor no. Write 1 for yes and 0 for no.")
        return self._refuse(message, field, text)

    def _read_selection(self, field, text, _cell):
        """Find what a word means: a key of the selection, or its label in any installed language."""
        word = compared(text)
        meant = {
            key
            for code, _name in self.env["res.lang"].get_installed()
            for key, label in field._description_selection(self.env(context={**self.env.context, "lang": code}))
            if word in (compared(str(key)), compared(label))
        }
        if len(meant) == 1:
            return meant.pop()
        labels = ", ".join(f"“{label}”" for _key, label in field._description_selection(self.env))
        message = self.env._("“%(value)s” under “%(field)s” is none of these: %(choices)s.")
        return self._refuse(message, field, text, choices=labels)

    def _find_numbers(self, text):
        """:return: what a number means, as a program and as the user's language writes it"""
        text = text.replace("\N{MINUS SIGN}", "-")
        thousands, point = re.escape(self.language.thousands_sep or " "), re.escape(self.language.decimal_point)
        numbers = {Decimal(text)} if PLAIN_NUMBER.fullmatch(text) else set()
        pattern = rf"(-?)([0-9]{{1,15}}|[0-9]{{1,3}}(?:({thousands}| )[0-9]{{3}})(?:\3[0-9]{{3}}){{,3}})(?:{point}([0-9]{{1,15}}))?"
        local = re.fullmatch(pattern, text)
        if local:
            sign, whole, _separator, decimals = local.groups()
            numbers.add(Decimal(f"{sign}{re.sub('[^0-9]', '', whole)}.{decimals or 0}"))
        return numbers

    def _read_float(self, field, text, _cell):
        numbers = self._find_numbers(text)
        if len(numbers) == 1:
            return f"{numbers.pop():f}"
        message = self.env._(
            "“%(value)s” under “%(field)s” is not a number that can be read in one way only. Write it without thousands "
            "separator, unit or percent sign, for example %(example)s."
        )
        return self._refuse(message, field, text, example=f"1234{self.language.decimal_point}5")

    _read_monetary = _read_float

    def _read_integer(self, field, text, _cell):
        numbers = self._find_numbers(text)
        number = numbers.pop() if len(numbers) == 1 else Decimal("0.5")
        if number % 1 or abs(number) >= LARGEST:
            message = self.env._(
                "“%(value)s” under “%(field)s” is not a whole number. Write digits only, for example 6."
            )
            self._refuse(message, field, text)
        return str(int(number))

    _read_many2one_reference = _read_integer

    def _get_date_formats(self, text):
        """:return: the formats of a date: as programs write it, and in the order of the user's language"""
        separator = next((sign for sign in DATE_SEPARATORS if sign in text), "-")
        own = self.language.date_format
        # a language that writes months as words or years with two digits has no order of its own
        numbers = sorted(re.findall("%(.)", own)) == ["Y", "d", "m"]
        return {"%Y-%m-%d", re.sub(f"[{re.escape(DATE_SEPARATORS)}]", separator, own) if numbers else ""}

    def _find_times(self, text, formats):
        """:return: what a text means in these formats; a year of two digits has no century, and means nothing"""
        times = set()
        for pattern in formats:
            if "%Y" in pattern:
                try:
                    times.add(datetime.strptime(text, pattern))
                except ValueError:
                    continue
        return times

    def _read_date(self, field, text, _cell):
        days = self._find_times(text, self._get_date_formats(text) | self.chosen_formats)
        if len(days) == 1:
            return days.pop().date().isoformat()
        example = date(2024, 5, 31)
        message = self.env._(
            "“%(value)s” under “%(field)s” is not a date that can be read in one way only. Write the 31st of May 2024 as "
            "%(local)s or %(iso)s."
        )
        local = example.strftime(self.language.date_format)
        return self._refuse(message, field, text, local=local, iso=example.isoformat())

    def _read_datetime(self, field, text, cell):
        if isinstance(cell, datetime):
            times = {datetime.fromisoformat(text)}
        else:
            days = self._get_date_formats(text.split(" ")[0])
            formats = {" ".join(pair) for pair in itertools.product(days, TIME_FORMATS)}
            times = self._find_times(text, formats | self.chosen_formats)
            if ISO_TIME.fullmatch(text):
                times |= self._find_zoned_time(text)
        if len(times) == 1:
            time = times.pop()
            try:
                self.env.tz.localize(time, is_dst=None)
            except pytz.InvalidTimeError:  # the hour that is left out in spring, or comes twice in autumn
                times.clear()
            else:
                return time.strftime("%Y-%m-%d %H:%M:%S")
        example = datetime(2024, 5, 31, 14, 30)
        message = self.env._(
            "“%(value)s” under “%(field)s” is not a date with a time that can be read in one way only. Write half past two "
            "on the 31st of May 2024 as %(local)s or %(iso)s."
        )
        local, iso = example.strftime(f"{self.language.date_format} %H:%M"), example.strftime("%Y-%m-%d %H:%M")
        return self._refuse(message, field, text, local=local, iso=iso)

    def _find_zoned_time(self, text):
        """:return: what a time as programs write it means in the user's time zone"""
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return set()
        return {time.astimezone(self.env.tz).replace(tzinfo=None) if time.tzinfo else time}

    def _read_many2one(self, field, text, cell):
        key = field.comodel_name, text
        if key not in self.found:
            self.found[key] = self._find_name(field, text, cell)
        name, count = self.found[key]
        if count > 1:
            message = self.env._(
                "More than one record is called “%(value)s”, for the field “%(field)s”. Make the names differ, or use the "
                "external ID."
            )
            self._refuse(message, field, text)
        if not count and field.comodel_name not in self.made:
            message = self.env._("“%(value)s” under “%(field)s” is not found. Write the name as it stands in Odoo.")
            self._refuse(message, field, text)
        return name

    def _read_many2many(self, field, text, _cell):
        names = [name.strip() for name in text.split(",")]
        for name in names:
            self._read_many2one(field, name, name)
        return ",".join(names)

    def _find_name(self, field, text, cell):
        """Find the name by which Odoo's import finds a record, and how many records have it.

        A person is also found without the company that Odoo puts into its name, as a list of politicians has it.
        """
        records = self.env[field.comodel_name]
        for name in dict.fromkeys((text, str(cell).strip())):
            count = len(records.name_search(name, operator="=", limit=2))
            if count:
                return name, count
        if records._name == "res.partner":
            people = records.search([("name", "=", text)], limit=2)
            if people:
                return people[0].display_name, len(people)
        return text, 0
