from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


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
    one_entrance_sheet_state = fields.Selection(
        [("missing", "Missing"), ("draft", "Draft"), ("stale", "Outdated"), ("fresh", "Up to Date")],
        string="Background Sheet",
        compute="_compute_one_entrance_sheet_state",
        search="_search_one_entrance_sheet_state",
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
    def _compute_one_entrance_sheet_state(self):
        for partner in self:
            sheet = partner.one_entrance_sheet_id
            if sheet.state == "ready":
                today = partner.one_entrance_company_id._get_one_entrance_today()
                outdated = sheet.valid_until and sheet.valid_until < today
                partner.one_entrance_sheet_state = "stale" if outdated else "fresh"
            elif sheet:
                partner.one_entrance_sheet_state = "draft"
            else:
                partner.one_entrance_sheet_state = partner.one_entrance_step and "missing"

    def _search_one_entrance_sheet_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        ready = Domain("state", "=", "ready")
        outdated = self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain("valid_until", "<", today)
        )
        has_ready = Domain("one_entrance_sheet_ids", "any!", ready)
        has_draft = Domain("one_entrance_sheet_ids", "any!", Domain("state", "=", "draft"))
        in_scheme = Domain("one_entrance_step", "!=", False)
        domains = {
            "missing": in_scheme & ~has_ready & ~has_draft,
            "draft": in_scheme & has_draft & ~has_ready,
            "stale": in_scheme & Domain("one_entrance_sheet_ids", "any!", ready & outdated),
            "fresh": in_scheme & Domain("one_entrance_sheet_ids", "any!", ready & ~outdated),
            False: ~in_scheme,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def action_one_entrance_new_sheet(self):
        """Make a draft sheet for each of these actors from its last one, and open it (S8).

        An actor that has a draft keeps it: nobody's work is doubled.
        """
        sheets = self.env["one.entrance.sheet"]._make_drafts(self)
        return sheets._get_open_action()

    def action_one_entrance_print_sheet(self):
        """Print the current background sheets of these actors as one PDF.

        :raise UserError: where none of them has a sheet
        """
        return self._get_one_entrance_current_sheets().action_print()

    def _get_one_entrance_current_sheets(self):
        """:return: the current sheet of each of these actors that has one
        :rtype: one.entrance.sheet
        :raise UserError: where none of them has a sheet that the user may read
        """
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

    def _field_to_sql(self, alias, field_expr, query=None):
        # groupings, pivots and graphs take the status as they take a stored field, though it is not stored (house rule 3, S16)
        if field_expr != "one_entrance_sheet_state" or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return self._get_one_entrance_sheet_sql(alias, query)

    def _get_one_entrance_sheet_sql(self, alias, query):
        """How fresh the background sheet is, as ``_compute_one_entrance_sheet_state`` judges it. An actor has one sheet that is
        ready at most, and one draft, so that no actor is counted twice.

        :param str alias: the contact in the query
        :param Query query:
        :rtype: SQL
        """
        sheets = self.env["one.entrance.sheet"].sudo()  # how fresh a sheet is may be seen where its words may not
        joined = {}
        for state in ("ready", "draft"):
            joined[state] = query.make_alias(alias, f"one_entrance_{state}_sheet")
            query.add_join(
                "LEFT JOIN",
                joined[state],
                sheets._table,
                SQL(
                    "%s = %s AND %s = %s",
                    sheets._field_to_sql(joined[state], "partner_id"),
                    SQL.identifier(alias, "id"),
                    sheets._field_to_sql(joined[state], "state"),
                    state,
                ),
            )
        return SQL(
            """CASE
                WHEN %(step)s IS NULL THEN NULL
                WHEN %(valid_until)s < %(today)s THEN 'stale'
                WHEN %(ready)s IS NOT NULL THEN 'fresh'
                WHEN %(draft)s IS NOT NULL THEN 'draft'
                ELSE 'missing'
            END""",
            step=self._field_to_sql(alias, "one_entrance_step", query),
            valid_until=sheets._field_to_sql(joined["ready"], "valid_until"),
            ready=SQL.identifier(joined["ready"], "id"),
            draft=SQL.identifier(joined["draft"], "id"),
            today=self.env["res.company"]._get_one_entrance_today_sql(
                self._field_to_sql(alias, "one_entrance_company_id", query)
            ),
        )
