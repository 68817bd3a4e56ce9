from types import SimpleNamespace

from odoo import models
from odoo.fields import Domain

# How many meetings back a sheet looks.
LAST_MEETINGS = 3


class BackgroundSheetDocument(models.AbstractModel):
    """The background sheet says when one meets next, when one met, and what has happened since (S7, S8)."""

    _name = "report.one_entrance.background_sheet_document"
    _inherit = ["report.one_entrance.background_sheet_document", "one.entrance.since.last.time.mixin"]

    def _gather(self, sheets):
        gathered = super()._gather(sheets)
        actors, published = sheets.partner_id, self._is_published()
        gathered.held, gathered.planned = self._get_meetings(actors, published)
        gathered.since = self._get_since_last_time(actors, gathered.held, gathered.people, published)
        return gathered

    def _describe_sheet(self, sheet, gathered):
        actor = sheet.partner_id
        return {
            **super()._describe_sheet(sheet, gathered),
            "planned": self._describe_meetings(gathered.planned.get(actor, [])[:1]),
            "held": self._describe_meetings(gathered.held.get(actor, [])[:LAST_MEETINGS]),
            "since": gathered.since.get(actor),
        }

    def _get_marked_rows(self, page):
        since = page.since.rows if page.since else []
        return [*super()._get_marked_rows(page), *page.planned, *page.held, *since]

    def _get_meetings(self, actors, published):
        """Find the meetings held with each actor, latest first, and those planned from today, soonest first.

        :param bool published: leave out what is confidential
        """
        Meeting = self.env["one.entrance.meeting"]
        shown = ["partner_id", "date", "kind", "confidential"]
        domain = Domain("partner_id", "in", actors.ids)
        if published:
            domain &= Domain("confidential", "=", False)
        held = Meeting.search_fetch(domain & Domain("state", "=", "held"), shown, order="date desc, id desc")
        planned = Meeting.search_fetch(
            domain & Domain("state", "=", "planned") & Meeting._get_from_today_domain(), shown, order="date, id"
        )
        return held.grouped("partner_id"), planned.grouped("partner_id")

    def _describe_meetings(self, meetings):
        return [
            SimpleNamespace(
                date=self._format(meeting.date),
                kind=self._mark(self._label(meeting, "kind"), meeting.confidential),
                confidential=meeting.confidential,
            )
            for meeting in meetings
        ]
