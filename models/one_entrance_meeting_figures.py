from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OneEntranceMeeting(models.Model):
    """What an evaluation asks about a meeting, told by its day: whether a dialogue plan ran then, and whether the background
    sheet was up to date then (S6, S8). Nothing of it is stored (house rule 3).
    """

    _inherit = "one.entrance.meeting"

    under_plan = fields.Boolean(
        string="Under a Dialogue Plan",
        compute="_compute_under_plan",
        search="_search_under_plan",
        help="The actor's dialogue plan had been agreed before the day of the meeting.",
    )
    sheet_was_fresh = fields.Boolean(
        string="Sheet Up to Date on the Day",
        compute="_compute_sheet_was_fresh",
        search="_search_sheet_was_fresh",
        help="The actor had a background sheet that was made ready by the day of the meeting and valid on it.",
    )

    @api.depends("date", "partner_id")
    def _compute_under_plan(self):
        found = self.search([("id", "in", self.ids), ("under_plan", "=", True)])
        for meeting in self:
            meeting.under_plan = meeting in found

    @api.depends("date", "partner_id")
    def _compute_sheet_was_fresh(self):
        found = self.search([("id", "in", self.ids), ("sheet_was_fresh", "=", True)])
        for meeting in self:
            meeting.sheet_was_fresh = meeting in found

    def _search_under_plan(self, operator, value):
        """A domain compares no two columns, so this is SQL: the plan was agreed before the day, and the actor had not left."""
        if operator != "in":
            return NotImplemented
        self.env["res.partner"].flush_model(
            [f"one_entrance_{name}" for name in ("plan_date", "interval", "step", "left_date")]
        )
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (
                    SELECT FROM res_partner actor
                    WHERE actor.id = %(actor)s AND actor.one_entrance_plan_date < %(date)s AND actor.one_entrance_interval > 0
                    AND (actor.one_entrance_step IS DISTINCT FROM 'left' OR actor.one_entrance_left_date > %(date)s)
                )""",
                actor=model._field_to_sql(alias, "partner_id", query),
                date=model._field_to_sql(alias, "date", query),
            ),
            predicate=lambda meeting: meeting.under_plan,
        )

    def _search_sheet_was_fresh(self, operator, value):
        """As above: any sheet of the actor that was no draft any more, prepared by the day and valid on it."""
        if operator != "in":
            return NotImplemented
        self.env["one.entrance.sheet"].flush_model(["partner_id", "state", "prepared_date", "valid_until"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """EXISTS (
                    SELECT FROM one_entrance_sheet sheet
                    WHERE sheet.partner_id = %(actor)s AND sheet.state != 'draft'
                    AND sheet.prepared_date <= %(date)s AND sheet.valid_until >= %(date)s
                )""",
                actor=model._field_to_sql(alias, "partner_id", query),
                date=model._field_to_sql(alias, "date", query),
            ),
            predicate=lambda meeting: meeting.sheet_was_fresh,
        )
