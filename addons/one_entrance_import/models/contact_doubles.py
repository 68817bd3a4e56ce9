from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain

from .cell_text import company_number, compared

NUMBERS = ("company_registry", "vat")
ADDRESS = ("street", "zip", "city")


class Identity(NamedTuple):
    """What makes two contacts the same one, as it is compared."""

    number: str
    name: str
    address: tuple

    @classmethod
    def of(cls, values):
        """:return: the identity of a row, or of a contact, whose values are found by the fields' names"""
        numbers = [company_number(values[name]) for name in NUMBERS if values[name]]
        return cls(next(iter(numbers), ""), compared(values["name"]), tuple(compared(values[name]) for name in ADDRESS))

    @property
    def keys(self):
        """What two identities have at least one of in common to be the same."""
        return [key for key in (self.number, self.name) if key]

    def is_same(self, other):
        """:return: whether both are one contact: by number where both have one, else by name and known address"""
        if self.number and other.number:
            return self.number == other.number
        known = zip(self.address, other.address, strict=True)
        return bool(self.name) and self.name == other.name and all(a == b for a, b in known if a and b)


class ContactDoubles:
    """Finds the rows of a file that are a contact already without saying so, and those that another row is too (S2)."""

    def __init__(self, env, get_row_number):
        """:param get_row_number: function from the index of a row to its number in the spreadsheet"""
        self.env = env
        self.get_row_number = get_row_number

    def find(self, names, rows):
        """Find the doubles.

        :param list names: the fields of the columns
        :param list rows: of cells that have been read
        :return: by the index of the row, the reason why it is refused
        """
        cells = [defaultdict(str, zip(names, row, strict=True)) for row in rows]
        identities = [Identity.of(row) for row in cells]
        updated = self._find_updated(cells)
        known = self._find_known(cells)
        seen, partners, twins = defaultdict(list), {}, {}
        for index, identity in enumerate(identities):
            target = updated.get(index)
            for partner, other in (pair for key in identity.keys for pair in known[key]):
                if partner.id != target and identity.is_same(other):
                    partners.setdefault(index, partner)
            keys = [*identity.keys, *([target] if target else [])]
            for twin in (twin for key in keys for twin in seen[key]):
                if twin != index and (identity.is_same(identities[twin]) or (target and updated.get(twin) == target)):
                    twins.setdefault(index, twin)
            for key in keys:
                seen[key].append(index)
        external = self.env["res.partner"].union(*partners.values()).get_external_id()
        return {index: self._get_twin_reason(twin) for index, twin in twins.items()} | {
            index: self._get_reason(partner, external[partner.id]) for index, partner in partners.items()
        }

    def _find_updated(self, cells):
        """:return: by the index of the row, the ID of the contact that it updates, by its external or database ID"""
        external = {
            index: row["id"] if "." in row["id"] else f"__import__.{row['id']}"
            for index, row in enumerate(cells)
            if row["id"]
        }
        found = self.env["ir.model.data"]._lookup_xmlids(list(set(external.values())), self.env["res.partner"])
        known = {f"{module}.{name}": record_id for _id, module, name, _model, record_id, *_rest in found}
        updated = {index: int(row[".id"]) for index, row in enumerate(cells) if row[".id"].isdecimal()}
        return updated | {index: known[name] for index, name in external.items() if name in known}

    def _find_known(self, cells):
        """:return: by number and by name, the contacts that rows may be: all actors, and others that have one of them"""
        numbers = {number for row in cells for name in NUMBERS for number in self._get_spellings(row[name])}
        domain = Domain("one_entrance_step", "!=", False) | Domain("parent_id", "=", False) & (
            Domain("name", "in", [row["name"] for row in cells if row["name"]])
            | Domain.OR(Domain(name, "in", list(numbers)) for name in NUMBERS)
        )
        known = defaultdict(list)
        for partner in self.env["res.partner"].search_fetch(domain, ["name", *NUMBERS, *ADDRESS]):
            identity = Identity.of(partner)
            for key in identity.keys:
                known[key].append((partner, identity))
        return known

    def _get_spellings(self, number):
        """:return: how a company's number may be written on a contact that is no actor"""
        digits = company_number(number)
        return {number, digits, f"DK{digits}"} if digits else set()

    def _get_reason(self, partner, external):
        address = ", ".join(filter(None, [partner.street, " ".join(filter(None, [partner.zip, partner.city]))]))
        found = f"{partner.display_name} ({address})" if address else partner.display_name
        if external:
            return self.env._(
                "%(found)s is a contact already, with the same CVR number, or name and address. To update it, write "
                "%(external)s in a column “External ID”.",
                found=found,
                external=external,
            )
        return self.env._(
            "%(found)s is a contact already, with the same CVR number, or name and address. To update it, choose it in the "
            "list, export it with “I want to update data (import-compatible export)”, and import that file.",
            found=found,
        )

    def _get_twin_reason(self, index):
        return self.env._(
            "This is the same as row %(row)s: the same CVR number, or name and address. Leave one of them out.",
            row=self.get_row_number(index),
        )
