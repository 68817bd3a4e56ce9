from odoo import models

# What an inquiry is reminded of by.
REMINDER_FIELDS = {
    "state",
    "partner_id",
    "received_date",
    "answer_deadline",
    "first_answer_date",
    "follow_up_date",
    "confidential",
    "active",
}


class OneEntranceInquiry(models.Model):
    """Who sees to an inquiry is reminded of the first answer, and of following up what was referred; an answer withdraws
    the reminder at once (S9).
    """

    _inherit = "one.entrance.inquiry"

    def write(self, vals):
        result = super().write(vals)
        if not REMINDER_FIELDS.isdisjoint(vals):
            self.env["one.entrance.reminder"]._refresh(self)
        return result
