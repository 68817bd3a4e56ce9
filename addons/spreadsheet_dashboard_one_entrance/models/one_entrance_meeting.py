from odoo import models


class OneEntranceMeeting(models.Model):
    """The dashboard counts the meetings of two years by quarter (S16)."""

    _inherit = "one.entrance.meeting"

    # from this index alone: the minutes make the table a large one
    _trend_idx = models.Index("(company_id, date, state, sheet_used, sheet_fresh)")
