from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OneEntranceInquiry(models.Model):
    """Whether an inquiry got its first answer in time: what an evaluation counts (S9)."""

    _inherit = "one.entrance.inquiry"

    missed_deadline = fields.Boolean(
        string="First Answer Late",
        compute="_compute_missed_deadline",
        search="_search_missed_deadline",
        help="The deadline for the first answer has passed without one, or the answer came after it.",
    )

    @api.depends("answer_deadline", "first_answer_date")
    def _compute_missed_deadline(self):
        for inquiry in self:
            deadline = inquiry.answer_deadline
            answered = inquiry.first_answer_date or inquiry.company_id._get_one_entrance_today()
            inquiry.missed_deadline = bool(deadline) and deadline < answered

    def _search_missed_deadline(self, operator, value):
        if operator != "in":
            return NotImplemented
        passed = self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain("answer_deadline", "<", today)
        )
        # a domain compares no two columns, so this is SQL
        answered_late = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s < %s) IS TRUE",
                model._field_to_sql(alias, "answer_deadline", query),
                model._field_to_sql(alias, "first_answer_date", query),
            ),
            predicate=lambda inquiry: bool(inquiry.first_answer_date) and inquiry.missed_deadline,
        )
        return answered_late | (Domain("first_answer_date", "=", False) & passed)
