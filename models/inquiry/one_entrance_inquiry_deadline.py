from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date


class OneEntranceInquiry(models.Model):
    """By when an actor should have its first answer, and how long it took (S9)."""

    _inherit = "one.entrance.inquiry"

    answer_deadline = fields.Date(
        string="First Answer By",
        compute="_compute_answer_deadline",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
    )
    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="The day of the first answer has passed, and the actor has not heard from the entrance yet.",
    )
    first_answer_date = fields.Date(
        string="First Answer",
        copy=False,
        tracking=True,
        help="The day the actor first heard from the entrance about it, the acknowledgement apart.",
    )
    days_to_answer = fields.Integer(
        string="Days to First Answer",
        compute="_compute_days_to_answer",
        store=True,
        precompute=True,
        aggregator="avg",
        help="From the day it was received. Where there is no first answer yet, there are no days, and no average counts it.",
    )

    # what is still to be answered, the most urgent first
    _open_idx = models.Index("(answer_deadline, id) WHERE state != 'answered'")

    @api.depends("received_date", "company_id")
    def _compute_answer_deadline(self):
        for inquiry in self:
            # sudo: the setting is for everybody who receives inquiries
            days = inquiry.company_id.sudo().one_entrance_inquiry_days
            inquiry.answer_deadline = inquiry.received_date and inquiry.received_date + relativedelta(days=days)

    @api.depends("state", "first_answer_date", "answer_deadline")
    def _compute_is_late(self):
        late = self.filtered_domain(self._get_late_domain())
        for inquiry in self:
            inquiry.is_late = inquiry in late

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._get_late_domain()
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.depends("received_date", "first_answer_date")
    def _compute_days_to_answer(self):
        for inquiry in self:
            answered, received = inquiry.first_answer_date, inquiry.received_date
            inquiry.days_to_answer = (answered - received).days if answered and received else False

    def _read_group_select(self, aggregate_spec, query):
        """Average the days of what has a first answer: the column holds 0 for the rest, as every number of Odoo's does."""
        name, _colon, function = aggregate_spec.partition(":")
        if name == "days_to_answer" and function in ("avg", "max", "min", "sum"):
            days = self._field_to_sql(self._table, "days_to_answer", query)
            answered = self._field_to_sql(self._table, "first_answer_date", query)
            return SQL("%s(CASE WHEN %s IS NOT NULL THEN %s END)", SQL(function.upper()), answered, days)
        return super()._read_group_select(aggregate_spec, query)

    @api.constrains("received_date", "answer_deadline")
    def _check_deadline(self):
        for inquiry in self:
            if not inquiry.received_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” is without a day. Say when it was received.",
                        inquiry=inquiry.name,
                    )
                )
            if inquiry.answer_deadline and inquiry.answer_deadline < inquiry.received_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” came on %(received)s and cannot be due on %(deadline)s. Correct one of the dates.",
                        inquiry=inquiry.name,
                        received=format_date(self.env, inquiry.received_date),
                        deadline=format_date(self.env, inquiry.answer_deadline),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # an empty cell of an import is no deadline of its own
        return super().create(
            [{name: value for name, value in vals.items() if value or name != "answer_deadline"} for vals in vals_list]
        )

    def write(self, vals):
        result = super().write(vals)
        if "answer_deadline" in vals and not vals["answer_deadline"]:
            self._compute_answer_deadline()
        return result

    @api.model
    def _get_late_domain(self):
        """:return: the inquiries whose actor has not heard from the entrance by the day it should have
        :rtype: Domain
        """
        return (
            self._get_open_domain()
            & Domain("first_answer_date", "=", False)
            & Domain("answer_deadline", "<", fields.Date.context_today(self))
        )
