from odoo import models
from odoo.tools import SQL

# Every field of the scheme on a contact begins like this.
PREFIX = "one_entrance_"
# The columns of the scheme are read together when one of them is asked for, and not with every contact.
PREFETCH = "one_entrance"
# How many names a message lists before it says how many more there are.
NAMES_IN_MESSAGE = 10


class ResPartner(models.Model):
    """What holds for all that the scheme keeps on a contact."""

    _inherit = "res.partner"

    def _has_field_access(self, field, operation):
        # the scheme is for the municipality's own people: an actor with access to the portal does not read it on itself
        if field.name.startswith(PREFIX) and not self.env.su and not self.env.user._is_internal():
            return False
        return super()._has_field_access(field, operation)

    def _fields_sync(self, values):
        """The scheme's fields are not copied to the contacts of a company: spare them Odoo's queries for it."""
        if all(name.startswith(PREFIX) for name in values):
            return None
        return super()._fields_sync(values)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Sort the scheme's selections in the order of their values, not of the alphabet; leave other fields."""
        terms = dict(groupby_terms)
        for name, term in groupby_terms.items():
            field = self._fields.get(name)
            if field and field.type == "selection" and name.startswith(PREFIX):
                terms[name] = SQL("array_position(%s::text[], %s::text)", field.get_values(self.env), term)
        ordered = super()._read_group_orderby(order, terms, query)
        # where it sorts by a contact's leader, it groups by what that is sorted by
        groupby_terms.update(
            {name: term for name, term in terms.items() if not term.code.startswith("array_position(")}
        )
        return ordered

    def write(self, vals):
        """A municipality's day follows the time zone of its contact at once."""
        result = super().write(vals)
        # sudo: whose contact it is decides, also where the user may not read the municipality
        if "tz" in vals and self.env["res.company"].sudo().search_count([("partner_id", "in", self.ids)], limit=1):
            self.env.registry.clear_cache()
        return result

    def _get_one_entrance_names(self):
        """The names of these contacts for a message, cut after ten."""
        names = ", ".join(self[:NAMES_IN_MESSAGE].mapped("display_name"))
        if len(self) > NAMES_IN_MESSAGE:
            return self.env._("%(names)s and %(count)s more", names=names, count=len(self) - NAMES_IN_MESSAGE)
        return names
