from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .res_partner_dialogue import DUE_DAYS


class ResPartner(models.Model):
    """What an actor's dates mean today, for PostgreSQL to count by: Odoo's own groupings, pivots and graphs take the status
    of the dialogue and of the background sheet as they take a stored field, though neither is stored (house rule 3, S16).
    """

    _inherit = "res.partner"

    def _field_to_sql(self, alias, field_expr, query=None):
        judge = {
            "one_entrance_dialogue_state": self._get_one_entrance_dialogue_sql,
            "one_entrance_sheet_state": self._get_one_entrance_sheet_sql,
        }.get(field_expr)
        if not judge or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return judge(alias, query)

    def _get_one_entrance_dialogue_sql(self, alias, query):
        """The status of the dialogue, as ``_compute_one_entrance_dialogue_state`` judges it.

        :param str alias: the contact in the query
        :param Query query:
        :rtype: SQL
        """
        today = fields.Date.context_today(self)
        return SQL(
            """CASE
                WHEN %(step)s IS NULL OR %(step)s = 'left' THEN NULL
                WHEN %(ahead)s >= %(today)s THEN 'planned'
                WHEN %(due)s IS NULL THEN 'no_plan'
                WHEN %(due)s < %(today)s THEN 'overdue'
                WHEN %(due)s <= %(soon)s THEN 'due'
                ELSE 'on_track'
            END""",
            step=self._field_to_sql(alias, "one_entrance_step", query),
            ahead=self._field_to_sql(alias, "one_entrance_next_meeting_date", query),
            due=self._field_to_sql(alias, "one_entrance_due_date", query),
            today=today,
            soon=today + relativedelta(days=DUE_DAYS),
        )

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
            today=fields.Date.context_today(self),
        )

    @api.model
    def _get_one_entrance_unreached_domain(self):
        """:return: the actors that are forgotten: no first contact is recorded and no meeting was held, whether they are in
            the scheme or have left it (S16)
        :rtype: Domain
        """
        return (
            Domain("one_entrance_step", "!=", False)
            & Domain("one_entrance_contact_date", "=", False)
            & Domain("one_entrance_last_meeting_date", "=", False)
        )
