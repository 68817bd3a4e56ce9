from types import SimpleNamespace

from odoo import models
from odoo.fields import Domain


class BackgroundSheetSharedDocument(models.AbstractModel):
    """The actor reads when and where one meets (S7, S8)."""

    _inherit = "report.one_entrance.background_sheet_shared_document"

    def _get_next_meetings(self, actors):
        Meeting = self.env["one.entrance.meeting"]
        meetings = Meeting.search_fetch(
            Domain("partner_id", "in", actors.ids)
            & Domain("confidential", "=", False)
            & Domain("kind", "!=", "call")
            & Meeting._get_ahead_domain(),
            ["partner_id", "company_id", "date", "start", "stop", "allday", "location"],
            order="start, id",
        )
        return {
            actor: SimpleNamespace(time=group[0]._get_time_text(), place=group[0].location)
            for actor, group in meetings.grouped("partner_id").items()
        }
