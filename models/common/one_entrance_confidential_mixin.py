from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from .together import is_synced


class OneEntranceConfidentialMixin(models.AbstractModel):
    """What was said with an actor, which may be confidential (S14). The record rules decide who then reads it: who
    holds the entrance or acts for them, the business consultant and the administrators. This mixin keeps it from
    reaching others as an activity, as a follower or by mail.
    """

    _name = "one.entrance.confidential.mixin"
    _description = "May Be Confidential"
    _inherit = ["mail.thread"]

    confidential = fields.Boolean(tracking=True)

    @api.constrains("confidential", "partner_id")
    def _check_confidential_activities(self):
        """No activity on a confidential record is assigned to somebody who may not read it."""
        # sudo: a rule about all that hangs on the record, also where the writer does not see every activity
        confidential = self.sudo().filtered("confidential")
        # a handover moves one after the other, and only to who may read it
        if not confidential or is_synced(self.env):
            return
        for record, user in confidential._get_confidential_holders():
            if not record._is_readable_by(user):
                raise ValidationError(record._get_may_not_hold_text(user))

    def write(self, vals):
        result = super().write(vals)
        if vals.get("confidential"):
            for record in self:
                followers = record.message_partner_ids
                record.message_unsubscribe((followers - record._get_readers(followers)).ids)
        return result

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Followers get every message by mail, and who writes one follows: subscribe only those who may read it."""
        confidential = self.filtered("confidential")
        others = super(OneEntranceConfidentialMixin, self - confidential)
        result = others._message_subscribe(partner_ids, subtype_ids, customer_ids)
        for record in confidential:
            readers = record._get_readers(self.env["res.partner"].browse(partner_ids or ()))
            if readers:
                following = super(OneEntranceConfidentialMixin, record)
                following._message_subscribe(readers.ids, subtype_ids, customer_ids)
        return result

    def message_post(self, *, partner_ids=None, **kwargs):
        """Write only to those who may read a confidential record, or are the outsiders it is about.

        :raise UserError: naming the others; on an incoming mail they are left out silently, as nobody could correct it
        """
        self.ensure_one()
        if partner_ids:
            outsiders = self._get_not_to_know(partner_ids)
            if outsiders and kwargs.get("message_type") != "email":
                raise UserError(self._get_may_not_read_text(outsiders))
            partner_ids = [partner_id for partner_id in partner_ids if partner_id not in outsiders.ids]
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _message_update_content(self, message, /, *, partner_ids=None, **kwargs):
        """The recipients of an edited message are checked as in ``message_post``."""
        outsiders = self._get_not_to_know(partner_ids or [])
        if outsiders:
            raise UserError(self._get_may_not_read_text(outsiders))
        return super()._message_update_content(message, partner_ids=partner_ids, **kwargs)

    def _get_confidential_holders(self):
        """Hook: pairs of a record and a user who has something to do about it, as superuser."""
        activities = self.env["mail.activity"].sudo()
        activities = activities.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("user_id", "!=", False)]
        )
        return [(self.browse(activity.res_id), activity.user_id) for activity in activities]

    def _get_confidential_outsiders(self):
        """Hook: the contacts outside the municipality who may know of this record."""
        return self.env["res.partner"]

    def _get_may_not_hold_text(self, user):
        return self.env._(
            "“%(record)s” is confidential, and %(user)s may not read it. Choose the contact leader, the delegate, the "
            "actor's business consultant or an administrator of the scheme, or let it not be confidential.",
            record=self.sudo().display_name,
            user=user.name,
        )

    def _is_readable_by(self, user):
        """Whether a user may read this record, in any of the user's municipalities."""
        return self.with_user(user).with_context(allowed_company_ids=[]).has_access("read")

    def _get_readers(self, partners):
        """The contacts among these whose user may read this record."""
        self.ensure_one()
        return partners.filtered(lambda partner: any(self._is_readable_by(user) for user in partner.sudo().user_ids))

    def _get_not_to_know(self, partner_ids):
        """The contacts among these to whom nothing about this record may be written."""
        partners = self.env["res.partner"].browse(partner_ids)
        record = self.sudo()  # a rule about the record, whoever writes, also the mail gateway
        if not record.confidential:
            return partners.browse()
        outsiders = record._get_confidential_outsiders()
        return partners - outsiders - self._get_readers(partners - outsiders)

    def _get_may_not_read_text(self, partners):
        return self.env._(
            "“%(record)s” is confidential. Nothing about it can be sent to %(names)s, who may not read it.",
            record=self.display_name,
            names=format_list(self.env, partners.sudo().mapped("name")),
        )
