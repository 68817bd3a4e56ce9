from odoo import api, fields, models
from odoo.fields import Domain


class OneEntranceMeeting(models.Model):
    """How well a meeting that was held had been prepared: whether the actor had a background sheet that was up to date on the
    day (S8).

    It is a fact of that day, which no later day changes, and so may be stored: overview and evaluations count it among a
    million meetings.
    """

    _inherit = "one.entrance.meeting"

    sheet_fresh = fields.Boolean(
        string="Sheet Was Up to Date",
        compute="_compute_sheet_fresh",
        store=True,
        precompute=True,
        help="The meeting was held, and the actor had a background sheet that was made ready by that day and not outdated on it.",
    )

    # the trends count the meetings of two years by quarter, from this index alone: the minutes make the table a large one
    _trend_idx = models.Index("(company_id, date, state, sheet_used, sheet_fresh)")

    @api.depends(
        "date",
        "state",
        "partner_id.one_entrance_sheet_ids.state",
        "partner_id.one_entrance_sheet_ids.prepared_date",
        "partner_id.one_entrance_sheet_ids.valid_until",
    )
    def _compute_sheet_fresh(self):
        """Any of the actor's sheets that is no draft any more, told by its dates: one that was put away since counts for the
        time it was there.
        """
        self.sheet_fresh = False
        held = self.filtered(lambda meeting: meeting.state == "held" and meeting.date)
        if not held:  # one is planned more often than held, and costs no query here
            return
        # sudo: how fresh a sheet is may be seen where its words may not
        sheets = self.env["one.entrance.sheet"].sudo()
        by_actor = sheets.search_fetch(
            Domain("partner_id", "in", held.partner_id.ids)
            & Domain("state", "!=", "draft")
            & Domain("prepared_date", "!=", False)
            & Domain("valid_until", "!=", False),
            ["partner_id", "prepared_date", "valid_until"],
        ).grouped("partner_id")
        for meeting in held:
            meeting.sheet_fresh = any(
                sheet.prepared_date <= meeting.date <= sheet.valid_until
                for sheet in by_actor.get(meeting.partner_id._origin, ())
            )

    @api.model
    def _follow_merge(self, actor):
        """Judge the preparation of an actor's meetings anew: those of the contacts it was merged from have come along with
        their sheets, by SQL.

        :param res.partner actor:
        """
        self.env.add_to_compute(self._fields["sheet_fresh"], self.sudo().search([("partner_id", "=", actor.id)]))
