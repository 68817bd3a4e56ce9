from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class OneEntranceSheetSection(models.Model):
    """Who writes a section sees beside it what the actor raises on the theme, how many others do, and what came of it
    (S8, S9). It is a hint, and not printed.
    """

    _inherit = "one.entrance.sheet.section"

    raised_inquiry_ids = fields.Many2many(
        "one.entrance.inquiry",
        string="What the Actor Raises",
        compute="_compute_raised",
        help="The actor's inquiries on this theme that are not answered yet, or were received in the months that make a signal.",
    )
    raised_text = fields.Text(
        string="What Actors Say",
        compute="_compute_raised",
        help="How many other actors have raised the theme lately, and whether the directorate has been asked.",
    )

    @api.depends("theme_id", "sheet_id.partner_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_raised(self):
        # sudo: the span is a setting
        spans = {
            company: company._get_one_entrance_today() - relativedelta(months=company.one_entrance_signal_months)
            for company in self.sheet_id.company_id.sudo()
        }
        Inquiry = self.env["one.entrance.inquiry"]
        start = min(spans.values(), default=self.env.company._get_one_entrance_today())
        lately = Domain("theme_ids", "in", self.theme_id._origin.ids) & (
            Domain("received_date", ">=", start) | Inquiry._get_open_domain()
        )
        own = Inquiry.search_fetch(
            lately & Domain("partner_id", "in", self.sheet_id.partner_id._origin.ids),
            ["partner_id", "theme_ids", "received_date", "state"],
        )
        # sudo: that a number of others raise the theme names none of them; what is confidential is not counted
        others = Inquiry.sudo()._read_group(
            Domain("theme_ids", "in", self.theme_id._origin.ids)
            & Domain("company_id", "in", self.sheet_id.company_id.ids)
            & Domain("received_date", ">=", start)
            & Domain("confidential", "=", False)
            & Domain("partner_id", "!=", False),
            ["theme_ids", "company_id", "partner_id"],
            ["received_date:max"],
        )
        signals = self._get_raised_signals(start)
        for section in self:
            theme, company, actor = section.theme_id._origin, section.sheet_id.company_id, section.partner_id._origin
            since = spans.get(company.sudo(), start)
            section.raised_inquiry_ids = own.filtered(
                lambda inquiry, theme=theme, actor=actor, since=since: (
                    inquiry.partner_id == actor
                    and theme in inquiry.theme_ids
                    and (inquiry.received_date >= since or inquiry.state != "answered")
                )
            )
            count = sum(
                1
                for other_theme, other_company, other, latest in others
                if other_theme.id == theme.id
                and other_company.id == company.id
                and other.id != actor.id
                and latest >= since
            )
            section.raised_text = section._get_raised_text(count, since, signals.get((theme.id, company.id)))

    def _get_raised_signals(self, start):
        """:return: by theme and municipality, the signal that is to be answered, or was answered since"""
        # sudo: that the directorate has been asked, or has answered, is for all who prepare the dialogue
        signals = (
            self.env["one.entrance.signal"]
            .sudo()
            .search_fetch(
                Domain("theme_id", "in", self.theme_id._origin.ids)
                & Domain("company_id", "in", self.sheet_id.company_id.ids)
                & (Domain("state", "=", "open") | Domain("answered_date", ">=", start)),
                ["theme_id", "company_id", "state", "date_from", "answered_date"],
                order="answered_date, id",
            )
        )
        found = {}
        for signal in signals.sorted(lambda signal: signal.state == "open"):
            found[signal.theme_id.id, signal.company_id.id] = signal
        return found

    def _get_raised_text(self, count, since, signal):
        """:return: how many other actors have raised the theme, and how its signal, if any, stands; or ``False``"""
        sentences = []
        if count:
            sentences.append(
                self.env._(
                    "Other actors that have raised this theme since %(date)s: %(count)s.",
                    date=format_date(self.env, since),
                    count=count,
                )
            )
        if signal and signal.state == "open":
            sentences.append(self.env._("The directorate has been asked, and has not answered yet."))
        elif signal:
            sentences.append(
                self.env._("The directorate answered on %(date)s.", date=format_date(self.env, signal.answered_date))
            )
        return " ".join(sentences) or False
