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

    # what waits for a first answer, for a day to follow up, or for an actor; what is answered costs the night nothing
    _reminder_idx = models.Index("(answer_deadline) WHERE first_answer_date IS NULL AND state != 'answered'")
    _follow_up_idx = models.Index("(follow_up_date) WHERE state = 'referred' AND follow_up_date IS NOT NULL")
    _unknown_idx = models.Index("(id) WHERE partner_id IS NULL AND state != 'answered'")

    def write(self, vals):
        result = super().write(vals)
        if not REMINDER_FIELDS.isdisjoint(vals):
            self.env["one.entrance.reminder"]._refresh(self)
        return result
