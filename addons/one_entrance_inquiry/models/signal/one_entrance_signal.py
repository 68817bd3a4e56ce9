from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL, format_date, is_html_empty

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

# How many of the subjects a list shows of one signal.
SUBJECTS = 6


class OneEntranceSignal(models.Model):
    """Several actors raise one theme within some months: the directorate answers once for all of them (S9, S15).

    Signals are made, extended and archived by themselves; a theme has one open signal a municipality. It holds all
    inquiries that lie in a span of as many months, with as many actors, as Settings say. It follows from the inquiries
    alone, not from today, so that an open signal does not go away by waiting. What stands in an answered signal does
    not count again: the next signal takes as many actors with new inquiries.

    An inquiry counts whether it is answered or not, but not without an actor. What is confidential stands in no signal,
    so that whoever reads one may read all of it. Minutes make none: no point records whether the actor raised it.
    """

    _name = "one.entrance.signal"
    _description = "Signal from Several Actors"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, last_date desc, id desc"
    _rec_name = "theme_id"
    _check_company_auto = True

    active = fields.Boolean(
        default=True,
        help="A signal that has lost its reason before it was answered is put into the archive, and comes back with the reason.",
    )
    theme_id = fields.Many2one(
        "one.entrance.theme", required=True, readonly=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(
        "res.company", string="Municipality", required=True, readonly=True, default=lambda self: self.env.company
    )
    inquiry_ids = fields.Many2many(
        "one.entrance.inquiry",
        "one_entrance_inquiry_signal_rel",
        "signal_id",
        "inquiry_id",
        string="Inquiries",
        readonly=True,
        copy=False,
        help="What the actors have raised on the theme. Confidential inquiries make no signal and do not appear in one.",
    )
    actor_ids = fields.Many2many("res.partner", string="Actors", compute="_compute_actor_ids")
    actor_count = fields.Integer(string="Number of Actors", compute="_compute_actor_ids")
    inquiry_count = fields.Integer(string="Number of Inquiries", compute="_compute_actor_ids")
    said = fields.Text(
        string="What Was Said",
        compute="_compute_said",
        help="The subjects of the inquiries, the latest first, by actor.",
    )
    date_from = fields.Date(
        string="Since",
        compute="_compute_date_from",
        store=True,
        help="The day the first of the inquiries was received.",
    )
    last_date = fields.Date(
        string="Latest",
        compute="_compute_date_from",
        store=True,
        help="The day the latest of the inquiries was received.",
    )
    state = fields.Selection(
        [("open", "To Be Answered"), ("answered", "Answered")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        copy=False,
        tracking=True,
    )
    answer = PrintableHtml(
        copy=False,
        help="Answered once: it is proposed as the answer to each of the inquiries. Nothing is sent to an actor by itself.",
    )
    answered_date = fields.Date(string="Answered On", readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    # whoever saves at once: one for each theme, whether it is shown or has lost its reason
    _open_uniq = models.UniqueIndex(
        "(company_id, theme_id) WHERE state = 'open'",
        "There is an open signal on this theme already. Answer that one.",
    )

    @api.depends("inquiry_ids.partner_id")
    def _compute_actor_ids(self):
        for signal in self:
            signal.actor_ids = signal.inquiry_ids.partner_id
            signal.actor_count = len(signal.actor_ids)
            signal.inquiry_count = len(signal.inquiry_ids)

    @api.depends("inquiry_ids.name", "inquiry_ids.partner_id.name")
    @api.depends_context("lang")
    def _compute_said(self):
        for signal in self:
            inquiries = signal.inquiry_ids.sorted("received_date", reverse=True)
            lines = [f"{inquiry.partner_id.name}: {inquiry.name}" for inquiry in inquiries[:SUBJECTS]]
            if len(inquiries) > SUBJECTS:
                lines.append(self.env._("and %(count)s more", count=len(inquiries) - SUBJECTS))
            signal.said = "\n".join(lines)

    @api.depends("inquiry_ids.received_date")
    def _compute_date_from(self):
        for signal in self:
            days = signal.inquiry_ids.mapped("received_date")
            signal.date_from, signal.last_date = min(days, default=False), max(days, default=False)

    @api.constrains("state", "answer", "answered_date")
    def _check_answer(self):
        for signal in self:
            if signal.state == "answered" and (is_html_empty(signal.answer) or not signal.answered_date):
                raise ValidationError(
                    self.env._(
                        "The signal on “%(theme)s” has no answer. Write what the directorate answers, then answer it.",
                        theme=signal.theme_id.name,
                    )
                )

    @api.constrains("answered_date")
    def _check_answered_date(self):
        for signal in self:
            today = signal.company_id._get_one_entrance_today()
            if signal.answered_date and not (signal.last_date or today) <= signal.answered_date <= today:
                raise ValidationError(
                    self.env._(
                        "The signal on “%(theme)s” cannot have been answered on %(date)s: choose a day from the latest inquiry "
                        "until today.",
                        theme=signal.theme_id.name,
                        date=format_date(self.env, signal.answered_date),
                    )
                )

    @api.constrains("inquiry_ids", "theme_id", "company_id")
    def _check_inquiries(self):
        for signal in self:
            for inquiry in signal.inquiry_ids:
                if (
                    inquiry.confidential
                    or not inquiry.partner_id
                    or inquiry.company_id != signal.company_id
                    or signal.theme_id not in inquiry.theme_ids
                ):
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s” has no place in the signal on “%(theme)s”: it is confidential, nobody's yet, or not "
                            "on the theme. Signals are made by themselves; change the inquiry instead.",
                            inquiry=inquiry.name,
                            theme=signal.theme_id.name,
                        )
                    )

    def write(self, vals):
        """:raise UserError: where an answer that has been proposed already would change, or be taken back"""
        by_hand = "inquiry_ids" in vals and not self.env.su  # what becomes confidential leaves an answered one, too
        if "answer" in vals or vals.get("state") == "open" or by_hand:
            self._check_not_answered()
        answering = self.filtered(lambda signal: signal.state == "open") if vals.get("state") == "answered" else []
        result = super().write(vals)
        if answering:
            answering._propose_answer()
        return result

    def action_answer(self):
        """Answer these signals: the answer is proposed for each inquiry that is not answered yet.

        :raise ValidationError: where a signal has no answer
        :raise UserError: where a signal is answered already
        """
        self._check_not_answered()
        for company, signals in self.grouped("company_id").items():
            today = company._get_one_entrance_today()
            signals.write({"state": "answered", "answered_date": today, "answered_by_id": self.env.uid})

    def action_open_inquiries(self):
        """Open the inquiries of this signal."""
        self.ensure_one()
        return self.env["one.entrance.inquiry"]._get_records_action(
            name=self.env._("Inquiries on %(theme)s", theme=self.theme_id.name),
            views=[(False, "list"), (False, "form")],
            domain=[("signal_ids", "in", self.ids)],
            context={},
        )

    def _check_not_answered(self):
        for signal in self:
            if signal.state == "answered":
                raise UserError(
                    self.env._(
                        "The signal on “%(theme)s” has been answered, and the answer has been proposed to the contact leaders. "
                        "What is raised from now on makes a signal of its own.",
                        theme=signal.theme_id.name,
                    )
                )

    def _propose_answer(self):
        """Propose the answer of each of these signals to those who answer its inquiries."""
        for signal in self:
            signal.inquiry_ids._propose(signal.answer, signal.answered_date)

    @api.model
    def _sync(self, themes, companies, first=None, last=None):
        """Make, change and archive open signals as the inquiries say; queries do not grow with their number.

        :param one.entrance.theme themes: on which something has changed
        :param res.company companies: the municipalities it has changed in
        :param date first: first day on which what has changed was received, ``last`` the last; without them all days
        """
        if not themes or not companies:
            return
        # sudo: what an actor raises counts, whoever may read it; the settings are for all who receive inquiries
        signals = self.sudo().with_context(active_test=False)
        themes, companies = themes.with_env(signals.env), companies.with_env(signals.env)
        signals._lock_themes(themes)
        months = max(companies.mapped("one_entrance_signal_months"))
        place = Domain("theme_ids", "in", themes.ids) & Domain("company_id", "in", companies.ids)
        if first:
            # no inquiry is further away whose place in a signal may depend on these days
            place &= Domain("received_date", ">=", first - relativedelta(months=2 * months, days=5))
            place &= Domain("received_date", "<=", last + relativedelta(months=2 * months, days=5))
            first, last = first - relativedelta(months=months, days=3), last + relativedelta(months=months, days=3)
        raised = signals._find_raised(place)
        opened = signals.search(
            Domain("theme_id", "in", themes.ids)
            & Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "open")
        ).grouped(lambda signal: (signal.theme_id, signal.company_id))
        new = []
        for company in companies:
            for theme in themes:
                signal = opened.get((theme, company), signals.browse())
                members = signals._find_members(raised.get((theme, company), []), company)
                if first:
                    kept = {inquiry.id for inquiry in signal.inquiry_ids if not first <= inquiry.received_date <= last}
                    members = kept | {
                        inquiry_id
                        for day, _actor, inquiry_id in raised.get((theme, company), [])
                        if inquiry_id in members and first <= day <= last
                    }
                if signal:
                    signal._set_members(members)
                elif members:
                    new.append(
                        {
                            "theme_id": theme.id,
                            "company_id": company.id,
                            "inquiry_ids": [Command.set(sorted(members))],
                        }
                    )
        signals.create(new)

    @api.model
    def _find_raised(self, place):
        """:return: by theme and municipality, the inquiries that count as (day, actor's id, id), earliest first"""
        # what is archived was no inquiry, such as an advertisement; an archived theme is still one
        Inquiry = self.env["one.entrance.inquiry"].with_context(active_test=True)
        inquiries = Inquiry.search_fetch(
            place & Domain("confidential", "=", False) & Domain("partner_id", "!=", False),
            ["received_date", "partner_id", "company_id"],
            order="received_date, id",
        )
        raised = {}
        for inquiry in inquiries.with_env(self.env):
            heard = inquiry.signal_ids.filtered(lambda signal: signal.state == "answered").theme_id
            for theme in inquiry.theme_ids - heard:
                row = (inquiry.received_date, inquiry.partner_id.id, inquiry.id)
                raised.setdefault((theme, inquiry.company_id), []).append(row)
        return raised

    @api.model
    def _find_members(self, raised, company):
        """:return: the ids of the inquiries that lie in a span with enough actors; ``raised`` is sorted by day"""
        actors, months = company.one_entrance_signal_actors, company.one_entrance_signal_months
        members, inside, end, marked = set(), Counter(), 0, 0
        for start, (day, actor, _inquiry_id) in enumerate(raised):
            span_end = day + relativedelta(months=months)
            while end < len(raised) and raised[end][0] <= span_end:
                inside[raised[end][1]] += 1
                end += 1
            if len(inside) >= actors:
                members.update(inquiry_id for _day, _actor, inquiry_id in raised[max(start, marked) : end])
                marked = end
            inside[actor] -= 1
            if not inside[actor]:
                del inside[actor]
        return members

    def _set_members(self, members):
        """Put these inquiries (ids) into this open signal; without any it has lost its reason, and is archived."""
        self.ensure_one()
        values = {}
        if members != set(self.inquiry_ids._ids):
            values["inquiry_ids"] = [Command.set(sorted(members))]
        if self.active != bool(members):
            values["active"] = bool(members)
        if values:
            self.write(values)

    @api.model
    def _lock_themes(self, themes):
        """Let two who save at once see each other's inquiries: the second waits, and Odoo then starts it again."""
        self.env.flush_all()
        # raw SQL: the ORM would note who changed the theme, and when
        self.env.execute_query(
            SQL(
                "UPDATE one_entrance_theme SET signal_revision = COALESCE(signal_revision, 0) + 1 WHERE id = ANY(%s)",
                sorted(themes.ids),
            )
        )
