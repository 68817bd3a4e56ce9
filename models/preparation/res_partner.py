from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..common.state_field import State


class ResPartner(models.Model):
    """How well the next meeting with an actor is prepared: its background sheet, and how fresh that is (S8)."""

    _inherit = "res.partner"

    one_entrance_sheet_ids = fields.One2many(
        "one.entrance.sheet",
        "partner_id",
        string="Background Sheets",
        copy=False,
        groups="one_entrance.group_leader",
    )
    one_entrance_sheet_id = fields.Many2one(
        "one.entrance.sheet",
        string="Current Sheet",
        compute="_compute_one_entrance_sheet_id",
        groups="one_entrance.group_leader",
        help="The sheet that is ready, or the draft where none is ready yet.",
    )
    one_entrance_sheet_state = State(
        [("missing", "Missing"), ("draft", "Draft"), ("stale", "Outdated"), ("fresh", "Up to Date")],
        string="Background Sheet",
        states="_get_one_entrance_sheet_states",
        compute_sudo=True,  # how fresh a sheet is may be seen where its words may not
        groups="one_entrance.group_leader",
    )

    @api.depends("one_entrance_sheet_ids.state")
    @api.depends_context("uid")  # the state looks at it as superuser, and must not show the sheet to others
    def _compute_one_entrance_sheet_id(self):
        sheets = self.env["one.entrance.sheet"].search_fetch(
            [("partner_id", "in", self.filtered("one_entrance_step").ids), ("state", "in", ("draft", "ready"))],
            ["partner_id", "state", "prepared_date", "valid_until"],
        )
        current = {}
        for sheet in sheets.sorted(lambda sheet: sheet.state == "ready"):
            current[sheet.partner_id.id] = sheet
        for partner in self:
            partner.one_entrance_sheet_id = current.get(partner._origin.id, False)

    @api.depends("one_entrance_sheet_ids.state", "one_entrance_sheet_ids.valid_until", "one_entrance_step")
    def _get_one_entrance_sheet_states(self):
        outdated = self.env["one.entrance.sheet"]._get_outdated_domain()
        return [
            (False, Domain("one_entrance_step", "=", False)),
            ("stale", self._get_one_entrance_sheet_domain("ready", outdated)),
            ("fresh", self._get_one_entrance_sheet_domain("ready")),
            ("draft", self._get_one_entrance_sheet_domain("draft")),
            ("missing", Domain.TRUE),
        ]

    @api.model
    def _get_one_entrance_sheet_domain(self, state, domain=Domain.TRUE):
        """The actors with a sheet in a state, of which there is at most one, and in a domain. It is a join, because
        PostgreSQL would otherwise look for the sheets of each of many actors that it counts.
        """
        domain = Domain("state", "=", state) & domain
        sheets = self.env["one.entrance.sheet"].sudo()  # how fresh a sheet is may be seen where its words may not

        def join(_partners, alias, query):
            joined = query.make_alias(alias, f"one_entrance_{state}_sheet")
            actor, joined_state = (sheets._field_to_sql(joined, name) for name in ("partner_id", "state"))
            condition = SQL("%s = %s AND %s = %s", actor, SQL.identifier(alias, "id"), joined_state, state)
            query.add_join("LEFT JOIN", joined, sheets._table, condition)
            return domain.optimize_full(sheets)._to_sql(sheets, joined, query)

        return Domain.custom(
            to_sql=join, predicate=lambda actor: bool(actor.one_entrance_sheet_id.filtered_domain(domain))
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "one_entrance_sheet_state":
            return super()._field_to_sql(alias, field_expr, query)
        field = self._fields[field_expr]
        self._check_field_access(field, "read")
        return field.to_sql(self, alias, query)

    def action_one_entrance_new_sheet(self):
        """Make a draft from each actor's last sheet, unless it has a draft already, and open the drafts."""
        sheets = self.env["one.entrance.sheet"]._make_drafts(self)
        return sheets._get_open_action()

    def action_one_entrance_print_sheet(self):
        """Print the current background sheets of these actors as one PDF.

        :raise UserError: where none of them has a sheet
        """
        return self._get_one_entrance_current_sheets().action_print()

    def _get_one_entrance_current_sheets(self):
        """:raise UserError: where none of these actors has a sheet that the user may read"""
        sheets = self.one_entrance_sheet_id
        if not sheets:
            raise UserError(
                self.env._(
                    "There is no background sheet yet for %(actors)s. Make one with “New sheet”.",
                    actors=self._get_one_entrance_names(),
                )
            )
        return sheets

    def _find_one_entrance_history(self):
        # sudo: the history counts also where the user may not read it
        Sheet = self.env["one.entrance.sheet"].sudo()
        return (
            super()._find_one_entrance_history() or Sheet.search([("partner_id", "in", self.ids)], limit=1).partner_id
        )
