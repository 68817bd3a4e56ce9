import functools
import re
from datetime import date, datetime

from odoo import api, models

# Digits as a clerk writes them: Python's own reading takes 1_0 for 10.
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class IrFieldsConverter(models.AbstractModel):
    """Import of the scheme's records: no value is silently taken for another (S2).

    Odoo's importer takes the first of several records with the name in the cell, cuts what follows a date, and cannot
    read a cell that a spreadsheet has turned into a date by itself. While the scheme's own models and fields are
    imported these are errors of the row, in words that say what to write instead.
    """

    _inherit = "ir.fields.converter"

    @api.model
    def to_field(self, model, field, fromtype=str, *, savepoint):
        convert = super().to_field(model, field, fromtype, savepoint=savepoint)
        if not convert or not self.env.context.get("one_entrance_import"):
            return convert
        return functools.partial(self._convert_one_entrance, convert, field)

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        if not self.env.context.get("one_entrance_import"):
            return super().db_id_for(model, field, subfield, value, savepoint)
        people = self._find_people(field, value) if subfield is None else ()
        if len(people) == 1:
            return people.id, []
        record_id, warnings = False, people
        if not people:
            record_id, warnings = super().db_id_for(model, field, subfield, value, savepoint)
        if warnings:
            raise self._format_import_error(
                ValueError,
                self.env._(
                    "More than one record is called “%s”, for the field “%%(field)s”. Make the names differ, or use the "
                    "external ID."
                ),
                value,
            )
        return record_id, warnings

    @api.model
    def _find_people(self, field, name):
        """Find who works somewhere by the name alone, as a list of politicians has it: Odoo knows them by the name of
        their company too.

        :return: the contacts with that name, at most two, where Odoo finds none
        :rtype: res.partner
        """
        partners = self.env["res.partner"]
        if field.comodel_name != partners._name or not name or partners.name_search(name, operator="=", limit=1):
            return partners
        return partners.search([("name", "=", name)], limit=2)

    @api.model
    def _convert_one_entrance(self, convert, field, value):
        """Convert one cell, or refuse it.

        :param convert: Odoo's own converter
        :param Field field: what the column is mapped to
        :param value: the text of the cell, a date of a spreadsheet, or the cells of a relation
        :return: the value to write, and warnings
        :rtype: tuple
        :raise ValueError: in the importer's form, see ``_format_import_error``
        """
        if isinstance(value, list):
            value = [
                {
                    name: self._get_cell_text(cell) if name in (None, "id", ".id") else cell
                    for name, cell in cells.items()
                }
                for cells in value
            ]
            if field.type == "many2one" and not any(any(cells.values()) for cells in value):
                return False, []
            return convert(value)
        value = self._get_cell_text(value)
        if not value:
            return False, []
        if field.type == "selection" and not self._may_skip(field):
            return self._get_selection_key(field, value), []
        check = getattr(self, f"_check_{field.type}_text", None)
        if check:
            check(field, value)
        converted, warnings = convert(value)
        if warnings and field.type == "boolean":
            raise self._format_import_error(
                ValueError,
                self.env._("“%s” under “%%(field)s” is neither yes nor no. Write 1 for yes and 0 for no."),
                value,
            )
        return converted, warnings

    @api.model
    def _get_cell_text(self, value):
        """:return: the text of a cell without spaces around it; a spreadsheet's date as year-month-day
        :rtype: str
        """
        if isinstance(value, datetime) and (value.hour or value.minute or value.second):
            return value.strftime("%Y-%m-%d %H:%M:%S")
        if isinstance(value, date):
            return value.strftime("%Y-%m-%d")
        return value.strip() if isinstance(value, str) else value

    @api.model
    def _check_integer_text(self, field, value):
        if not WHOLE_NUMBER.fullmatch(value):
            raise self._format_import_error(
                ValueError,
                self.env._("“%s” under “%%(field)s” is not a whole number. Write digits only, for example 6."),
                value,
            )

    @api.model
    def _check_date_text(self, field, value):
        try:
            date.fromisoformat(value if ISO_DATE.fullmatch(value) else "")
        except ValueError:
            example = date(2024, 5, 31)
            language = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
            raise self._format_import_error(
                ValueError,
                self.env._(
                    "“%(value)s” under “%%(field)s” is not a date that can be read in one way only. Write the 31st of May "
                    "2024 as %(local)s or %(iso)s."
                ),
                {"value": value, "local": example.strftime(language.date_format), "iso": example.isoformat()},
            ) from None

    @api.model
    def _may_skip(self, field):
        """:return: whether the user has chosen what happens to values that this field does not know
        :rtype: bool
        """
        context = self.env.context
        return field.name in context.get("import_skip_records", []) + context.get("import_set_empty_fields", [])

    @api.model
    def _get_selection_key(self, field, value):
        """Find what a word means: a key of the selection, or its label in any installed language.

        :return: the key
        :rtype: str
        :raise ValueError: for a word that is none of them, or that two languages use for different things
        """
        word = value.casefold()
        meant = {
            key
            for code, _name in self.env["res.lang"].get_installed()
            for key, label in field._description_selection(self.with_context(lang=code).env)
            if word in (str(key).casefold(), (label or "").casefold())
        }
        if len(meant) != 1:
            labels = [label for _key, label in field._description_selection(self.env)]
            raise self._format_import_error(
                ValueError,
                self.env._("“%(value)s” under “%%(field)s” is none of these: %(choices)s."),
                {"value": value, "choices": ", ".join(f"“{label}”" for label in labels)},
            )
        return meant.pop()
