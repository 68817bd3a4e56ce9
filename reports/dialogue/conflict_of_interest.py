from odoo import models
from odoo.fields import Domain


class OneEntranceConflictMixin(models.AbstractModel):
    """Adds politicians who are invited for the municipality or have promised something (S11)."""

    _inherit = "one.entrance.conflict.mixin"

    def _get_more_reasons(self, actors, held, published):
        more = super()._get_more_reasons(actors, held, published)
        invitations = self._get_invitations(actors, published)
        promises = self._get_open_promises(actors, published)
        # sudo: whether a politician belongs to the actor is asked of all of them at once
        politicians = (
            self.env["res.partner"].sudo().union(*(politician for seats in held.values() for politician in seats))
        )
        (actors.sudo() | politicians).mapped("commercial_partner_id")
        for actor in actors:
            for politician in held[actor]:
                more[actor, politician] = [
                    *more.get((actor, politician), []),
                    *self._get_invitation_reasons(invitations.get(actor), politician),
                    *self._get_promise_reasons(promises.get(actor, ()), politician),
                ]
        return more

    def _get_invitations(self, actors, published):
        """The next planned meeting of each actor."""
        Meeting = self.env["one.entrance.meeting"]
        domain = Domain("partner_id", "in", actors.ids) & Meeting._get_following_domain()
        if published:
            domain &= Domain("confidential", "=", False)
        meetings = Meeting.search_fetch(
            domain, ["partner_id", "date", "confidential", "attendee_ids"], order="date, id"
        )
        return {actor: group[:1] for actor, group in meetings.grouped("partner_id").items()}

    def _get_invitation_reasons(self, meeting, politician):
        """Whoever belongs to the actor is not invited for the municipality: they come for the actor."""
        # sudo: who takes part is compared by contact, whoever may read that
        if not meeting or politician.sudo() not in meeting.sudo().attendee_ids:
            return []
        if politician.sudo().commercial_partner_id == meeting.sudo().partner_id.commercial_partner_id:
            return []
        text = self.env._("invited for the municipality to the meeting on %(date)s", date=self._format(meeting.date))
        return [(self._mark(text, meeting.confidential), meeting.confidential)]

    def _get_open_promises(self, actors, published):
        Point = self.env["one.entrance.meeting.point"]
        domain = Domain("partner_id", "in", actors.ids) & Point._get_open_domain()
        if published:
            domain &= Domain("confidential", "=", False)
        points = Point.search_fetch(
            domain, ["partner_id", "commitment", "responsible_id", "deadline", "confidential"], order="deadline, id"
        )
        # sudo: who has promised is compared by contact; read for all actors at once
        points.sudo().responsible_id.mapped("partner_id")
        return points.grouped("partner_id")

    def _get_promise_reasons(self, points, politician):
        # sudo: as above
        mine = points and points.filtered(lambda point: point.sudo().responsible_id.partner_id == politician.sudo())
        return [
            (
                self._mark(
                    self.env._(
                        "responsible for “%(commitment)s” by %(date)s",
                        commitment=point.commitment,
                        date=self._format(point.deadline),
                    ),
                    point.confidential,
                ),
                point.confidential,
            )
            for point in mine
        ]
