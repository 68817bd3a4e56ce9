from odoo import api, models
from odoo.fields import Domain

from odoo.addons.one_entrance.models.common.activity import prepare_activity

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
    """Who sees to an inquiry is reminded of the first answer and of the follow-up; an answer withdraws the reminder.
    What is open goes along to the actor's next contact leader (S9, S14).
    """

    _inherit = "one.entrance.inquiry"

    def write(self, vals):
        result = super().write(vals)
        if not REMINDER_FIELDS.isdisjoint(vals):
            self.env["one.entrance.reminder"]._refresh(self)
        return result

    def _ask_who_answers(self, type_xmlid, get_summary):
        """Give whoever answers each of these inquiries an activity for today.

        :param get_summary: function from an environment in the user's language to the activity's summary
        """
        Reason = self.env["one.entrance.reminder.reason"].sudo()
        reasons = Reason._leave_to_readers(Reason._get_reasons_to_answer(self, "answer_inquiry", at_once=True))
        wanted = Reason._assign(reasons)
        users = self.env["res.users"].browse({user_id for _kind, _res_id, user_id in wanted}).grouped("id")
        # sudo: who asks is not always one who may give activities to others
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
            [
                prepare_activity(
                    self.browse(res_id).with_prefetch(self.ids),
                    type_xmlid,
                    users[user_id],
                    deadline,
                    get_summary(self.with_context(lang=users[user_id].lang).env),
                )
                for (_kind, res_id, user_id), (_date, deadline) in wanted.items()
            ]
        )

    @api.model
    def _follow_holders(self, former):
        """Hand open inquiries over to who holds their actors now; one given to another leader by name stays there.

        :param dict former: by actor, the leaders who held it until now
        """
        # sudo: everything goes along, also what is confidential
        Inquiry = self.sudo()
        actors = self.env["res.partner"].browse(actor.id for actor in former)
        if not actors:
            return
        # who holds a mayor-led actor is a setting, of whose change the actor is not told
        Inquiry.env["res.partner"].browse(actors.ids).invalidate_recordset(["one_entrance_holder_ids"])
        leaders = {actor.id: holders.sudo() for actor, holders in former.items()}
        inquiries = Inquiry.search(Domain("partner_id", "in", actors.ids) & self._get_open_domain())

        def get_next(inquiry):
            now = inquiry.partner_id.one_entrance_holder_ids
            goes_along = inquiry.leader_id in leaders[inquiry.partner_id.id] and inquiry.leader_id not in now
            return now[:1] if goes_along or not inquiry.leader_id else inquiry.leader_id

        for leader, group in inquiries.grouped(get_next).items():
            group.filtered(lambda inquiry, leader=leader: inquiry.leader_id != leader).write({"leader_id": leader.id})
