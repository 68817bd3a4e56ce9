from odoo import api, fields, models


class OneEntranceMeeting(models.Model):
    """How well a meeting was prepared: whether the background sheet at hand was up to date on the day (S8).

    It is a fact of that day, which no later day changes, and so may be stored: the trends count it among a million meetings.
    """

    _inherit = "one.entrance.meeting"

    sheet_fresh = fields.Boolean(
        string="Sheet Was Up to Date",
        compute="_compute_sheet_fresh",
        store=True,
        precompute=True,
        help="The background sheet of the meeting had been made ready, and was not outdated, on the day of the meeting.",
    )

    # the trends count the meetings of two years by quarter, from this index alone: the minutes make the table a large one
    _trend_idx = models.Index("(company_id, date, state, sheet_used, sheet_fresh)")

    @api.depends("date", "sheet_id.prepared_date", "sheet_id.valid_until")
    def _compute_sheet_fresh(self):
        for meeting in self:
            sheet = meeting.sheet_id.sudo()  # how fresh a sheet is may be seen where its words may not
            meeting.sheet_fresh = bool(
                meeting.date
                and sheet.prepared_date
                and sheet.prepared_date <= meeting.date
                and (not sheet.valid_until or meeting.date <= sheet.valid_until)
            )
