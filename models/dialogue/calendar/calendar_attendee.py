from odoo import models


class CalendarAttendee(models.Model):
    """A guest's decline is noted on the meeting with the actor (S7)."""

    _inherit = "calendar.attendee"

    def write(self, vals):
        declining = self.filtered(lambda guest: vals.get("state") == "declined" != guest.state)
        result = super().write(vals)
        for meeting in declining.event_id._get_one_entrance_meetings() if declining else ():
            guests = declining.filtered(lambda guest, meeting=meeting: guest.event_id == meeting.event_id)
            meeting.message_post(
                body=self.env._(
                    "%(guests)s has declined the invitation.", guests=", ".join(guests.partner_id.mapped("name"))
                )
            )
        return result
