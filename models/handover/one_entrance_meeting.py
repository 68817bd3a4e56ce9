from odoo import models


class OneEntranceMeeting(models.Model):
    """A planned meeting that gets another leader changes hands as with a handover (S14)."""

    _inherit = "one.entrance.meeting"

    def _move_to(self, old, leader):
        # organizer and guests change with the leader
        self.env["one.entrance.appointment"].sudo()._move_meetings(self, old, leader)
        return super()._move_to(old, leader)
