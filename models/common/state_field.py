from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL


class State(fields.Selection):
    """A state that is judged by the day or otherwise, and so is never stored (house rules 3 and 9).

    ``states`` names a method that returns pairs of a key, or ``False``, and the domain of the records in that state.
    The first match counts; no match is ``False``. By these pairs the state is computed, searched, sorted and grouped.
    The method carries the field's ``api.depends``. Where a domain joins a table, the model's own ``_field_to_sql``
    passes the query.
    """

    def __init__(self, *args, states=None, **kwargs):
        if states:
            kwargs |= {"compute": states, "search": states}
        super().__init__(*args, **kwargs)

    def compute_value(self, records):
        left = records.sudo() if self.compute_sudo else records
        with records.env.protecting([self], records):
            for state, domain in self._list_states(records):
                found = left.filtered_domain(domain)
                found[self.name] = state
                left -= found
            left[self.name] = False

    def determine_domain(self, records, operator, value):
        if operator != "in":
            return NotImplemented
        found, before = Domain.FALSE, Domain.FALSE
        for state, domain in [*self._list_states(records), (False, Domain.TRUE)]:
            if state in value:
                found |= domain & ~before
            before |= domain
        return found

    def to_sql(self, model, alias, query=None):
        if self.compute_sudo:
            model = model.sudo()
        cases = [
            SQL("WHEN %s THEN %s", domain.optimize_full(model)._to_sql(model, alias, query), state or None)
            for state, domain in self._list_states(model)
        ]
        return SQL("CASE %s END", SQL(" ").join(cases))

    def _list_states(self, records):
        return getattr(records, self.compute)()
