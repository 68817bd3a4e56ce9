from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OneEntranceMeeting(models.Model):
    """Whether a dialogue plan ran on a meeting's day: not stored, as the plan may be corrected (house rule 3)."""

    _inherit = "one.entrance.meeting"

    under_plan = fields.Boolean(
        string="Under a Dialogue Plan",
        compute="_compute_under_plan",
        search="_search_under_plan",
        help="The actor's dialogue plan had been agreed before the day of the meeting.",
    )

    @api.depends("date", "partner_id")
    def _compute_under_plan(self):
        found = self.search([("id", "in", self.ids), ("under_plan", "=", True)])
        for meeting in self:
            meeting.under_plan = meeting in found

    def _search_under_plan(self, operator, value):
        """SQL, as a domain compares no two columns: the plan was agreed before the day, and the actor had not left."""
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
