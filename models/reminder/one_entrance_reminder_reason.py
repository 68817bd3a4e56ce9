from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..dialogue.res_partner import DUE_DAYS
from ..leadership.one_entrance_leader import ACTING

# The kinds of reminders by what they are about; the type of their activities is called after them.
KINDS = {
    "res.partner": ("due", "update_sheet", "ownerless", "confirm_seats"),
    "one.entrance.meeting": ("ask_held", "plan_again"),
}
# What is read of the candidates in one go.
FIELDS = {
    "res.partner": (
        "one_entrance_leader_id",
        "one_entrance_mayor_led",
        "one_entrance_company_id",
        "one_entrance_consultant_id",
        "one_entrance_due_date",
        "one_entrance_last_meeting_date",
        "one_entrance_next_meeting_date",
    ),
    "one.entrance.meeting": ("partner_id", "company_id", "leader_id", "state", "date", "replan_date"),
}

# Why somebody is reminded: ``users`` in the order in which they are asked; ``date`` tells one reason from the next, and is
# empty where the reason has no day.
Reason = namedtuple("Reason", "kind record users date deadline")


class OneEntranceReminderReason(models.AbstractModel):
    """Who is to be reminded of what (S3, S7, S8, S11); ``one.entrance.reminder`` does it. A room or addon with
    something to remind of adds its kinds, its candidates, and the reasons.
    """

    _name = "one.entrance.reminder.reason"
    _description = "Reasons for Reminders"

    @api.model
    def _get_kinds(self):
        """:return: by model, the kinds of reminders about it, in the order of the night's work"""
        return KINDS

    @api.model
    def _get_type_xmlid(self, kind):
        return f"one_entrance.mail_activity_type_{kind}"

    @api.model
    def _get_types(self, model=None):
        """The kind of reminder by the id of its activity type, for one model or all."""
        return {
            self.env["ir.model.data"]._xmlid_to_res_id(self._get_type_xmlid(kind)): kind
            for about, kinds in self._get_kinds().items()
            if model in (None, about)
            for kind in kinds
        }

    @api.model
    def _get_weekly_kinds(self):
        """The kinds that are asked again a week after they were marked as done, where nothing has changed."""
        return ("ownerless", "ask_held")

    @api.model
    def _get_candidates_domain(self, model):
        """The records of a model that there may be a reason to remind of."""
        return self._get_actor_domain() if model == "res.partner" else self._get_meeting_domain()

    @api.model
    def _get_fields_to_read(self, model):
        """The fields of the candidates that are read in one go."""
        return FIELDS[model]

    @api.model
    def _get_actor_domain(self):
        """The actors in the scheme with a meeting due or to prepare, with nobody who acts, or with seats to confirm;
        and all whose next meeting's day has passed.
        """
        to_prepare = Domain.OR(
            Domain("one_entrance_company_id", "=", company.id)
            & Domain("one_entrance_next_meeting_date", ">=", company._get_one_entrance_today())
            & Domain("one_entrance_next_meeting_date", "<=", self._get_last_to_prepare(company))
            for company in self._get_companies()
        )
        acts = Domain("responsible_id", "!=", False)
        principal_acts = (
            Domain("one_entrance_mayor_office_id", "any", ACTING)
            | Domain("one_entrance_mayor_id", "any", acts)
            | Domain("one_entrance_municipal_director_id", "any", acts)
        )
        mayor_led = Domain("one_entrance_mayor_led", "=", True)
        ownerless = (~mayor_led & ~Domain("one_entrance_leader_id", "any", acts)) | (
            mayor_led & ~Domain("one_entrance_company_id", "any", principal_acts)
        )
        to_confirm = Domain("one_entrance_seat_ids", "any", self.env["one.entrance.seat"]._get_to_confirm_domain())
        due = self._get_today_domain(
            lambda today: (
                Domain("one_entrance_due_date", "<=", today + relativedelta(days=DUE_DAYS))
                & ~Domain("one_entrance_next_meeting_date", ">=", today)
            )
        )
        passed = self._get_today_domain(lambda today: Domain("one_entrance_next_meeting_date", "<", today))
        # of those who have left, too
        return passed | self._get_in_scheme_domain() & (due | to_prepare | ownerless | to_confirm)

    @api.model
    def _get_today_domain(self, get_domain):
        return self.env["res.company"]._get_one_entrance_today_domain(get_domain, "one_entrance_company_id")

    @api.model
    def _get_last_to_prepare(self, company):
        return company._get_one_entrance_today() + relativedelta(days=company.one_entrance_preparation_days)

    @api.model
    def _get_meeting_domain(self):
        """The meetings whose day has passed without an answer, and those that wait for a new date."""
        passed = self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("date", "<", today))
        unanswered = Domain("state", "=", "planned") & passed
        waiting = Domain("state", "=", "postponed") & Domain("replacement_id", "=", False)
        return (unanswered | waiting) & Domain("partner_id", "any", self._get_in_scheme_domain())

    @api.model
    def _get_in_scheme_domain(self):
        return Domain("active", "=", True) & Domain("one_entrance_step", "not in", (False, "left"))

    @api.model
    def _get_companies(self):
        return self.env["res.company"].search_fetch([], ["one_entrance_preparation_days"])

    @api.model
    def _get_wanted(self, records):
        """Find what ought to be reminded of, after renewing the dates of actors whose next meeting has passed.

        :return: by kind, id of the record and id of the user, the day of the reason and the deadline of the reminder
        """
        if records._name == "res.partner":
            passed = records.filtered(
                lambda actor: actor.one_entrance_next_meeting_date and not self._has_meeting_ahead(actor)
            )
            if passed:
                self.env["one.entrance.meeting"]._push_dates(passed)
        return self._assign(self._get_reasons(records))

    @api.model
    def _get_reasons(self, records):
        """:return: a list of ``Reason``, why somebody is to be reminded of these candidates"""
        if records._name == "res.partner":
            return self._get_reasons_about_actors(records)
        return self._get_reasons_about_meetings(records)

    @api.model
    def _assign(self, reasons):
        """Assign each reason to the first user who acts, or else to all who administer the scheme.

        :return: as ``_get_wanted``
        """
        wanted, for_managers = {}, []
        for reason in reasons:
            if reason.users:
                wanted[reason.kind, reason.record.id, reason.users[0].id] = (reason.date, reason.deadline)
            else:
                for_managers.append(reason)
        managers = self.env["one.entrance.leader"]._get_managers() if for_managers else {}
        for reason in for_managers:
            is_actor = reason.record._name == "res.partner"
            company = reason.record.one_entrance_company_id if is_actor else reason.record.company_id
            for user_id in managers.get(company.id, ()):
                wanted[reason.kind, reason.record.id, user_id] = (reason.date, reason.deadline)
        return wanted

    @api.model
    def _get_reasons_about_actors(self, actors):
        Leader = self.env["one.entrance.leader"]
        ahead = actors.filtered(self._has_meeting_ahead)
        valid_until = self._get_valid_until(ahead)
        seats_end = self._get_seats_end(actors)
        reasons = []
        for actor in actors.filtered_domain(self._get_in_scheme_domain()):
            leader, today = Leader._get_acting_user(actor), actor.one_entrance_company_id._get_one_entrance_today()
            if not leader:
                reasons.append(Reason("ownerless", actor, leader, False, today))
            due, meeting = actor.one_entrance_due_date, actor.one_entrance_next_meeting_date
            if actor not in ahead:
                if due and due <= today + relativedelta(days=DUE_DAYS):
                    reasons.append(Reason("due", actor, leader, due, due))
            elif (
                valid_until.get(actor, today - relativedelta(days=1))
                < meeting
                <= self._get_last_to_prepare(actor.one_entrance_company_id)
            ):
                users = Leader._filter_acting(actor.one_entrance_consultant_id) | leader
                deadline = max(today, meeting - relativedelta(days=1))
                reasons.append(Reason("update_sheet", actor, users, meeting, deadline))
            if actor in seats_end:
                users = Leader._filter_acting(actor.one_entrance_consultant_id) | leader
                reasons.append(Reason("confirm_seats", actor, users, seats_end[actor], seats_end[actor]))
        return reasons

    @api.model
    def _get_reasons_about_meetings(self, meetings):
        Leader = self.env["one.entrance.leader"]
        reasons = []
        for meeting in meetings:
            actor = meeting.partner_id
            if meeting.state == "planned":
                users = (
                    Leader._get_mayor_office(actor)
                    | meeting.leader_id.responsible_id
                    | Leader._filter_acting(actor.one_entrance_consultant_id)
                )
                today = meeting.company_id._get_one_entrance_today()
                reasons.append(Reason("ask_held", meeting, users, meeting.date, today))
            else:
                users = Leader._get_acting_user(actor)
                reasons.append(Reason("plan_again", meeting, users, meeting.replan_date, meeting.replan_date))
        return self._leave_to_readers(reasons)

    @api.model
    def _leave_to_readers(self, reasons):
        """Leave out users who may not read the record: it may be another leader's actor, or confidential (S14)."""
        asked = {}
        for reason in reasons:
            for user in reason.users:
                asked[user] = asked.get(user, reason.record) | reason.record
        readable = {
            # in all of the user's municipalities, not those that whoever caused this has chosen
            user: set(records.with_user(user).with_context(allowed_company_ids=[])._filtered_access("read").ids)
            for user, records in asked.items()
        }
        return [
            reason._replace(users=reason.users.filtered(lambda user, reason=reason: reason.record.id in readable[user]))
            for reason in reasons
        ]

    @api.model
    def _has_meeting_ahead(self, actor):
        ahead = actor.one_entrance_next_meeting_date
        return ahead and ahead >= actor.one_entrance_company_id._get_one_entrance_today()

    @api.model
    def _get_valid_until(self, actors):
        """By actor, the day until which the sheet that is ready is valid."""
        if not actors:
            return {}
        sheets = self.env["one.entrance.sheet"]._read_group(
            [("partner_id", "in", actors.ids), ("state", "=", "ready")], ["partner_id"], ["valid_until:max"]
        )
        return {actor: valid_until or fields.Date.to_date("9999-12-31") for actor, valid_until in sheets}

    @api.model
    def _get_seats_end(self, actors):
        """By actor, the first end of the seats that are to be confirmed."""
        if not actors:
            return {}
        Seat = self.env["one.entrance.seat"]
        domain = Domain("partner_id", "in", actors.ids) & Seat._get_to_confirm_domain()
        return dict(Seat._read_group(domain, ["partner_id"], ["date_to:min"]))

    @api.model
    def _get_summary(self, kind, reason_date):
        """What a reminder says, in the language of the context."""
        day = format_date(self.env, reason_date) if reason_date else ""
        if kind == "due":
            return self.env._("Plan a meeting: due by %(date)s", date=day)
        if kind == "update_sheet":
            return self.env._("Bring the background sheet up to date for the meeting on %(date)s", date=day)
        if kind == "ownerless":
            return self.env._("Nobody acts for this actor: name a contact leader with a login, or a delegate")
        if kind == "confirm_seats":
            return self.env._("Renew the political seats, or confirm that they end: the first on %(date)s", date=day)
        if kind == "ask_held":
            return self.env._("Was the meeting on %(date)s held?", date=day)
        return self.env._("Give the postponed meeting a new date by %(date)s", date=day)
