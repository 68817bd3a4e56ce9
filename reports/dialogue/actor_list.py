from odoo import models


class ActorListDocument(models.AbstractModel):
    """The annex says when an actor was met last, and will be met next (S2)."""

    _inherit = "report.one_entrance.actor_list_document"

    _widths = {"name": 22, "holders": 21, "level": 5, "step": 15.5, "last_meeting": 8, "next_meeting": 8, "seats": 20.5}

    def _describe_actor(self, actor):
        row = super()._describe_actor(actor)
        ahead = actor.one_entrance_next_meeting_date
        row.last_meeting = self._format(actor.one_entrance_last_meeting_date)
        # the column is brought up to date by night: a meeting whose day has passed since is no next one
        row.next_meeting = (
            ahead and ahead >= actor.one_entrance_company_id._get_one_entrance_today() and self._format(ahead)
        )
        return row
