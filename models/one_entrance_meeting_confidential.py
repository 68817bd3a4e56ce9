from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OneEntranceMeeting(models.Model):
    """What is confidential is read by the contact leader, the delegate, the actor's business consultant and the scheme's
    administrators; of a mayor-led actor by both principals, who acts for them, and the mayor's office (S10, S14). The record
    rules keep others from reading it; here is what keeps it from being handed to them.
    """

    _inherit = "one.entrance.meeting"

    confidential = fields.Boolean(
        tracking=True,
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read "
        "this meeting, its points and its activities; of a mayor-led actor the mayor, the municipal director and the mayor's "
        "office.",
    )

    @api.constrains("confidential", "partner_id")
    def _check_confidential_activities(self):
        """What is confidential lies with nobody who may not read it (S14)."""
        # sudo: a rule about all that hangs on the meeting, also where the writer does not see every activity
        confidential = self.sudo().filtered("confidential")
        # a handover moves one after the other, and only to who may read it
        if not confidential or self.env["one.entrance.appointment"]._is_synced():
            return
        activities = (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", confidential.ids), ("user_id", "!=", False)])
        )
        lying = [(self.browse(activity.res_id), activity.user_id) for activity in activities]
        lying += [
            (point.meeting_id, point.responsible_id)
            for point in confidential.point_ids
            if point.responsible_id and not point.done
        ]
        for meeting, user in lying:
            if not meeting._is_readable_by(user):
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” is confidential, and %(user)s may not read it. Choose the contact leader, the delegate, "
                        "the actor's business consultant or an administrator of the scheme, or let the meeting not be "
                        "confidential.",
                        meeting=meeting.sudo().display_name,
                        user=user.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("confidential"):
            for meeting in self:
                followers = meeting.message_partner_ids
                meeting.message_unsubscribe((followers - meeting._get_readers(followers)).ids)
        return result

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a confidential meeting who may not read it: followers get what is written by mail."""
        confidential = self.filtered("confidential")
        result = super(OneEntranceMeeting, self - confidential).message_subscribe(partner_ids, subtype_ids)
        for meeting in confidential:
            readers = meeting._get_readers(self.env["res.partner"].browse(partner_ids or ()))
            super(OneEntranceMeeting, meeting).message_subscribe(readers.ids, subtype_ids)
        return result

    def _is_readable_by(self, user):
        """:return: whether a user may read this meeting, in any of the user's municipalities
        :rtype: bool
        """
        return self.with_user(user).with_context(allowed_company_ids=[]).has_access("read")

    def _get_readers(self, partners):
        """:return: those of some contacts whose user may read this meeting
        :rtype: res.partner
        """
        self.ensure_one()
        return partners.filtered(lambda partner: any(self._is_readable_by(user) for user in partner.sudo().user_ids))
