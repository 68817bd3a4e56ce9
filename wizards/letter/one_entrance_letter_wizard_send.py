from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.actor.rollout.res_partner import ROLLOUT_ACTIVITIES

MAIL_TEMPLATE = "one_entrance.mail_template_letter"
# So long after the letter who acts for the contact leader has called on the actor.
CALL_WITHIN = relativedelta(weeks=2)


class OneEntranceLetterWizard(models.TransientModel):
    """What was sent is recorded: step 1 for all of these actors or for none, and the contact leader is asked to call on
    them (S4, S5).
    """

    _inherit = "one.entrance.letter.wizard"

    def action_sent(self):
        """Record that the printed letters went out on the day given.

        :raise UserError: where none was printed, no day is given, or one of the actors has been sent a letter meanwhile
        :raise ValidationError: where the day lies ahead, or comes after a later step; then nothing is recorded
        """
        self.ensure_one()
        self._lock(self)
        lines = self.line_ids.sorted("sequence").filtered("attachment_id")
        if self.state != "printed" or not lines:
            raise UserError(self.env._("No letter is printed yet. Print the letters first."))
        if not self.sent_date:
            raise UserError(self.env._("Say on which day the letters were sent."))
        partners = lines.partner_id
        return self._get_result(partners, self._record_sent(partners, self.sent_date))

    def action_mail(self):
        """Print the letters, and put a mail to each of these actors with its own letter into the mail queue.

        :raise UserError: as ``finish_letters``
        """
        self._write_all()
        return self.finish_letters() or self._get_open_action()

    def _mail_letters(self, lines):
        """Put the mails into the queue, and record that they are sent: both or neither.

        :param one.entrance.letter.wizard.line lines: with the letters attached
        :return: the action that tells the result
        :rtype: dict
        """
        partners = lines.partner_id
        ownerless = self._record_sent(partners, fields.Date.context_today(self))
        letters = {line.partner_id.id: line.attachment_id.id for line in lines}
        template = self.env.ref(MAIL_TEMPLATE).with_context(one_entrance_letter_ids=letters)
        # the mail stays in the actor's log when the queue has let it go
        template.send_mail_batch(partners.ids, email_values={"is_notification": True})
        return self._get_result(partners, ownerless)

    def _record_sent(self, partners, date):
        """Record step 1, and give who acts for each contact leader an activity.

        :param res.partner partners:
        :param date date: the day the letters went out
        :return: the actors for whom nobody acts
        :rtype: res.partner
        :raise UserError: naming the actors that have been sent a letter meanwhile
        """
        self._lock(partners)
        partners.invalidate_recordset(["one_entrance_letter_date", "one_entrance_step"])
        partners._check_one_entrance_in_scheme()
        already = partners.filtered("one_entrance_letter_date")
        if already:
            raise UserError(
                self.env._(
                    "%(actors)s: the letter has been recorded as sent meanwhile. Take these actors off the list, and nothing is "
                    "recorded twice.",
                    actors=already._get_one_entrance_names(),
                )
            )
        rollout = self.env["one.entrance.rollout.wizard"].create(
            {"partner_ids": [fields.Command.set(partners.ids)], "step": "letter", "date": date}
        )
        rollout.action_apply()
        return self._give_calls(partners, date)

    def _give_calls(self, partners, date):
        """Give who acts for each contact leader an activity to call on the actor (S5), where there is none yet.

        :param res.partner partners:
        :param date date: the day the letters went out
        :return: the actors for whom nobody acts
        :rtype: res.partner
        """
        activity_type = self.env.ref(ROLLOUT_ACTIVITIES["contact"])
        settled = partners._get_one_entrance_settled_types()
        # sudo: who acts for an actor is asked also by those who may not read the settings
        reminder = self.env["one.entrance.reminder"].sudo()
        ownerless = partners.browse()
        values = []
        model_id = self.env["ir.model"]._get_id(partners._name)
        for partner in partners:
            if activity_type in settled[partner]:
                continue
            user = reminder._get_acting_user(partner.sudo())
            if not user:
                ownerless |= partner
                continue
            values.append(
                {
                    "res_model_id": model_id,
                    "res_id": partner.id,
                    "res_name": partner.display_name,
                    "activity_type_id": activity_type.id,
                    "user_id": user.id,
                    "date_deadline": date + CALL_WITHIN,
                    "summary": self._get_call_summary(user.lang, date),
                }
            )
        # forty mails that forty activities were given would be read by nobody: the digest tells of them
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
        return ownerless

    def _get_call_summary(self, lang, date):
        """:return: what to do, in the language of who is to do it
        :rtype: str
        """
        env = self.with_context(lang=lang).env
        return env._("Arrange an introductory meeting: the letter was sent on %(date)s", date=format_date(env, date))

    def _get_result(self, partners, ownerless):
        """:return: the notification that tells what was done, and for whom nobody acts; it closes the wizard
        :rtype: dict
        """
        if self.method == "mail":
            message = self.env._(
                "Letters in the mail queue: %(count)s. They are recorded as sent today.", count=len(partners)
            )
        else:
            message = self.env._(
                "Letters recorded as sent on %(date)s: %(count)s.",
                date=format_date(self.env, self.sent_date),
                count=len(partners),
            )
        if ownerless:
            message = self.env._(
                "%(message)s Nobody acts for %(actors)s, and nobody was asked to call on them: name a contact leader with a "
                "login, or a delegate.",
                message=message,
                actors=ownerless._get_one_entrance_names(),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if ownerless else "success",
                "sticky": bool(ownerless),
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
