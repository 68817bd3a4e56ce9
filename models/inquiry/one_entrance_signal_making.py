from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools import SQL


class OneEntranceSignal(models.Model):
    """How a signal comes about (S9, S15): when as many actors as Settings say raise one theme within as many months, all
    inquiries that lie in such a span are in the theme's open signal. It follows from the inquiries alone, not from today,
    so that an open signal does not go away by waiting.

    What stands in an answered signal has been heard, and does not count again: after an answer it takes as many actors
    with new inquiries to make the next signal. An inquiry counts whether it is answered or not; one that is confidential,
    or nobody's yet, does not.
    """

    _inherit = "one.entrance.signal"

    @api.model
    def _sync(self, themes, companies, first=None, last=None):
        """Let the open signals be as the inquiries say: made, extended, reduced, put away or taken out of the archive.
        For any number of inquiries with the same number of queries.

        :param one.entrance.theme themes: on which something has changed
        :param res.company companies: the municipalities it has changed in
        :param date first: the first of the days on which something that has changed was received; without it all days
        :param date last: the last of these days
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
        """:param Domain place: the themes, municipalities and days of the inquiries
        :return: by theme and municipality, the inquiries that count, as day, id of the actor and id, the first first
        :rtype: dict[tuple, list[tuple]]
        """
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
        """:param list raised: what counts on one theme, the first first
        :param res.company company: says how many actors make a signal, within how many months
        :return: the ids of the inquiries that lie in a span with enough actors
        :rtype: set[int]
        """
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
        """Let this open signal be of these inquiries; without any it has lost its reason, and waits in the archive.

        :param set members: ids
        """
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
        """Let two who save at once see each other's inquiries: the second waits, and begins again with what the first has
        saved, as Odoo does when two write the same record.
        """
        self.env.flush_all()
        # raw SQL: the ORM would note who changed the theme, and when
        self.env.execute_query(
            SQL(
                "UPDATE one_entrance_theme SET signal_revision = COALESCE(signal_revision, 0) + 1 WHERE id = ANY(%s)",
                sorted(themes.ids),
            )
        )
