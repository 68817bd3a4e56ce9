from odoo import fields, models


class OneEntranceMeeting(models.Model):
    """A meeting may be confidential: so are its points, its activities and what is promised at it (S10, S14)."""

    _inherit = "one.entrance.meeting"

    confidential = fields.Boolean(
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read "
        "this meeting, its points and its activities; of a mayor-led actor the mayor, the municipal director and the mayor's "
        "office.",
    )

    def _get_confidential_holders(self):
        return super()._get_confidential_holders() + [
            (point.meeting_id, point.responsible_id)
            for point in self.point_ids
            if point.responsible_id and not point.done
        ]

    def _get_confidential_outsiders(self):
        # who was there
        return self.attendee_ids.filtered("partner_share")
