from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.one_entrance.models.reminder.one_entrance_reminder_reason import Reason

# The kinds of reminders about inquiries; the type of their activities is called after them.
KINDS = ("answer_inquiry", "follow_up", "unknown_sender")
# What is read of the candidates in one go.
FIELDS = (
    "partner_id",
    "company_id",
    "leader_id",
    "state",
    "received_date",
    "answer_deadline",
    "first_answer_date",
    "follow_up_date",
)
# This many days ahead somebody is reminded of the first answer to an inquiry.
ANSWER_DAYS = 3


class OneEntranceReminderReason(models.AbstractModel):
    """Reminders about inquiries: the first answer, what was referred, and the senders nobody knows."""

    _inherit = "one.entrance.reminder.reason"

    @api.model
    def _get_kinds(self):
        return {**super()._get_kinds(), "one.entrance.inquiry": KINDS}

    @api.model
    def _get_type_xmlid(self, kind):
        return f"one_entrance_inquiry.mail_activity_type_{kind}" if kind in KINDS else super()._get_type_xmlid(kind)

    @api.model
    def _get_weekly_kinds(self):
        return (*super()._get_weekly_kinds(), "unknown_sender")

    @api.model
    def _get_candidates_domain(self, model):
        return self._get_inquiry_domain() if model == "one.entrance.inquiry" else super()._get_candidates_domain(model)

    @api.model
    def _get_fields_to_read(self, model):
        return FIELDS if model == "one.entrance.inquiry" else super()._get_fields_to_read(model)

    @api.model
    def _get_reasons(self, records):
        if records._name == "one.entrance.inquiry":
            return self._get_reasons_about_inquiries(records)
        return super()._get_reasons(records)

    @api.model
    def _get_summary(self, kind, reason_date):
        day = format_date(self.env, reason_date) if reason_date else ""
        if kind == "answer_inquiry":
            return self.env._("Give the actor a first answer by %(date)s", date=day)
        if kind == "follow_up":
            return self.env._("Ask how the referred inquiry stands: to be followed up on %(date)s", date=day)
        if kind == "unknown_sender":
            return self.env._(
                "Nobody knows the sender of the inquiry of %(date)s: say which actor it is from", date=day
            )
        return super()._get_summary(kind, reason_date)

    @api.model
    def _get_inquiry_domain(self):
        """:return: inquiries with a first answer due, a referral to follow up, or an unknown sender"""
        return self.env["one.entrance.inquiry"]._get_open_domain() & (
            Domain("partner_id", "=", False)
            | self.env["res.company"]._get_one_entrance_today_domain(
                lambda today: (
                    Domain("first_answer_date", "=", False)
                    & Domain("answer_deadline", "<=", today + relativedelta(days=ANSWER_DAYS))
                    | Domain("state", "=", "referred") & Domain("follow_up_date", "<=", today)
                )
            )
        )

    @api.model
    def _get_reasons_about_inquiries(self, inquiries):
        nobody = self.env["res.users"]
        todays = {inquiry: inquiry.company_id._get_one_entrance_today() for inquiry in inquiries}
        unknown = inquiries.filtered(lambda inquiry: not inquiry.partner_id)
        reasons = [
            Reason("unknown_sender", inquiry, nobody, inquiry.received_date, todays[inquiry]) for inquiry in unknown
        ]
        known = inquiries - unknown
        due = known.filtered(
            lambda inquiry: (
                not inquiry.first_answer_date
                and inquiry.answer_deadline
                and inquiry.answer_deadline <= todays[inquiry] + relativedelta(days=ANSWER_DAYS)
            )
        )
        reasons += self._get_reasons_to_answer(due, "answer_inquiry")
        referred = known.filtered(
            lambda inquiry: (
                inquiry.state == "referred" and inquiry.follow_up_date and inquiry.follow_up_date <= todays[inquiry]
            )
        )
        reasons += self._get_reasons_to_answer(referred, "follow_up")
        return self._leave_to_readers(reasons)

    @api.model
    def _get_reasons_to_answer(self, inquiries, kind, at_once=False):
        """Remind, in this order, the mayor's office of a mayor-led actor, who acts for the named leader or for the
        contact leader, and the business consultant.

        :param bool at_once: today, whatever the deadline of the kind is
        """
        Leader = self.env["one.entrance.leader"]
        days = {"answer_inquiry": "answer_deadline", "follow_up": "follow_up_date"}
        reasons = []
        for inquiry in inquiries:
            actor = inquiry.partner_id
            users = (
                Leader._get_mayor_office(actor)
                | inquiry.leader_id.responsible_id
                | Leader._get_acting_user(actor)
                | Leader._filter_acting(actor.one_entrance_consultant_id)
            )
            day = inquiry.company_id._get_one_entrance_today() if at_once else inquiry[days[kind]]
            reasons.append(Reason(kind, inquiry, users, day, day))
        return reasons
