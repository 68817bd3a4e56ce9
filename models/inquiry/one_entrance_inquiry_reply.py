from odoo import api, models

ANSWER_INQUIRY = "one_entrance.mail_activity_type_answer_inquiry"


class OneEntranceInquiry(models.Model):
    """A mail that comes to an inquiry there is already: it reaches who sees to the inquiry now, and does not stay unseen
    where the inquiry had been answered or put into the archive (S9).
    """

    _inherit = "one.entrance.inquiry"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "answered":
            self._get_reply_activities().unlink()
        return result

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """Let those follow who act for the actor now: it may have got another leader or consultant since the last mail."""
        self._subscribe_entrance()
        return super().message_update(msg_dict, update_vals)

    def message_post(self, *, partner_ids=None, **kwargs):
        """What comes by mail goes to those who see to the inquiry, not to the municipality's own mailbox, in whose name it
        was acknowledged; and its writer follows only where that one may read the inquiry.
        """
        if kwargs.get("message_type") == "email":
            ours = self.company_id.sudo().partner_id
            partner_ids = [partner_id for partner_id in partner_ids or () if partner_id != ours.id]
            author = self.env["res.partner"].browse(kwargs.get("author_id") or ())
            if not self._get_readers(author):
                self = self.with_context(mail_post_autofollow_author_skip=True)
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        context = self.env.context
        if message.message_type == "email" and not (
            context.get("one_entrance_arrived") or context.get("one_entrance_automatic")
        ):
            self._take_note_of_reply(message)
        return result

    def _take_note_of_reply(self, message):
        """Bring an inquiry back from the archive, and ask who answers it, where somebody from outside has written again.
        Whether what is answered is taken up again is for that one to say: most replies are thanks.

        :param mail.message message:
        """
        author = message.sudo().author_id  # who wrote is no secret to who reads the message
        if author and not author.partner_share:
            return
        inquiry = self.sudo()  # the mail server acts, for whoever wrote
        if not inquiry.active:
            inquiry.active = True
        if inquiry.state == "answered" and not inquiry._get_reply_activities():
            inquiry.with_context(tz="Europe/Copenhagen")._ask_who_answers(
                ANSWER_INQUIRY, lambda env: env._("The actor has written again after the answer")
            )

    def _get_reply_activities(self):
        """:return: the open questions about what an actor wrote after its answer, as superuser
        :rtype: mail.activity
        """
        # sudo: who answers is seldom the only one who was asked
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("active", "=", True),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env["ir.model.data"]._xmlid_to_res_id(ANSWER_INQUIRY)),
                    ("automated", "=", True),
                    ("one_entrance_reason_date", "=", False),
                ]
            )
        )
