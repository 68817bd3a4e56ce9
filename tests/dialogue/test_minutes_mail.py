from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import OneEntranceCase
from ..preparation.test_background_sheet_pdf import read_pages

SECRET = "HEMMELIGT"


@tagged("post_install", "-at_install")
class TestMinutesMail(OneEntranceCase, MailCase):
    """The minutes are mailed to who was there, after a look at text and attachment, without anything internal (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "force_report_rendering": True, "lang": "en_US"})
        cls.company.name = "Nordby Kommune"
        cls.actor = cls._make_actor("Færgehavnen A/S", consultant_id=cls.consultant.id)
        cls.person, cls.chair = cls.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.com", "parent_id": cls.actor.id, "lang": "en_US"}
                for name in ("Lis", "Per")
            ]
        )
        cls.meeting = cls.env["one.entrance.meeting"].create(
            {
                "partner_id": cls.actor.id,
                "start": "2024-05-14 08:00:00",
                "stop": "2024-05-14 09:30:00",
                "state": "held",
                "summary": SECRET,
                "attendee_ids": [
                    Command.set((cls.person | cls.chair | cls.director_user.partner_id | cls.consultant.partner_id).ids)
                ],
                "point_ids": [
                    Command.create({"summary": SECRET, "internal": True}),
                    Command.create({"summary": "The quay is to be widened"}),
                ],
            }
        )
        cls.meeting.message_post(body=SECRET)

    def _open_composer(self, meeting=None, user=None):
        """:return: the mail composer that the button opens, as a form"""
        action = (meeting or self.meeting).with_user(user or self.director_user).action_send_minutes()
        if action["type"] == "ir.actions.client":
            action = action["params"]["next"]
        self.assertEqual(action["target"], "new")
        Composer = self.env[action["res_model"]].with_user(user or self.director_user)
        return Form(Composer.with_context(**action["context"]))

    def _send(self, meeting=None, user=None):
        composer = self._open_composer(meeting, user).save()
        with self.mock_mail_gateway(mail_unlink_sent=False):
            return composer._action_send_mail()[1]

    def test_the_sender_sees_recipients_text_and_attachment_first(self):
        before = self.meeting.message_ids
        composer = self._open_composer()
        self.assertEqual(composer.partner_ids[:], self.person | self.chair | self.consultant.partner_id)
        self.assertEqual(composer.subject, "Minutes: Dialogue Meeting with Færgehavnen A/S, 05/14/2024")
        self.assertIn("Tuesday, May 14, 2024, 10:00", composer.body)
        self.assertNotIn("confidential", composer.body)
        attachment = composer.attachment_ids[:]
        self.assertEqual(attachment.name, "Minutes, Færgehavnen A-S, 2024-05-14.pdf")
        self.assertEqual(attachment.mimetype, "application/pdf")
        self.assertEqual(self.meeting.message_ids, before)

    def test_what_is_sent_holds_nothing_internal_and_stays_in_the_log(self):
        message = self._send()
        self.assertIn(message, self.meeting.message_ids)
        self.assertEqual(message.attachment_ids.res_id, self.meeting.id)
        text = "".join(read_pages(message.attachment_ids.raw))
        self.assertIn("The quay is to be widened", text)
        recipients = {"lis@example.com", "per@example.com", self.consultant.email}
        self.assertEqual({email for mail in self._mails for email in _addresses(mail)}, recipients)
        for content in (text, *(mail["body"] for mail in self._mails), *(mail["subject"] for mail in self._mails)):
            self.assertNotIn(SECRET, content)
            self.assertNotIn("nternal", content)
        for mail in self._mails:
            self.assertEqual(len(mail["attachments"]), 1)

    def test_only_the_chosen_recipients_get_it(self):
        """Neither the followers, nor do the attendees follow the meeting afterwards."""
        self.meeting.message_subscribe(self.manager.partner_id.ids)
        message = self._send()
        self.assertEqual(
            message.notified_partner_ids, self.person | self.chair | self.consultant.partner_id, "followers got it too"
        )
        self.assertFalse(self.meeting.message_partner_ids & (self.person | self.chair))

    def test_the_attendees_are_not_proposed_for_what_colleagues_write_afterwards(self):
        message = self._send()
        meeting = self.meeting.with_user(self.director_user)
        self.assertFalse(meeting._message_get_suggested_recipients(reply_discussion=True))
        # but for an answer to that very mail
        answer = {
            recipient["partner_id"] for recipient in meeting._message_get_suggested_recipients(reply_message=message)
        }
        self.assertLessEqual(set((self.person | self.chair).ids), answer)

    def test_it_is_in_the_attendees_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.env.ref("base.module_one_entrance")._update_translations(["da_DK"], overwrite=True)
        (self.person | self.chair).lang = "da_DK"
        template = self.env.ref("one_entrance.mail_template_minutes")
        template.with_context(lang="da_DK").subject = "Referat: {{ object._get_event_name() }}"
        composer = self._open_composer()
        self.assertEqual(composer.subject, "Referat: Dialogmøde med Færgehavnen A/S")
        self.assertIn("tirsdag den 14. maj 2024", composer.body)
        self.assertIn("Dialogmøde med", "".join(read_pages(composer.attachment_ids[:].raw)))

    def test_the_delegate_sends_what_the_leader_without_login_held(self):
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.assertTrue(self._send(user=self.delegate_user))

    def test_what_was_not_held_is_not_sent(self):
        self.meeting.write({"state": "planned"})
        with self.assertRaisesRegex(UserError, "has not been held, and has no minutes to send. Record it"):
            self.meeting.with_user(self.director_user).action_send_minutes()

    def test_where_nothing_is_written_nothing_is_sent(self):
        self.meeting.point_ids[1].internal = True
        with self.assertRaisesRegex(UserError, "nothing to send: write the minutes, or a point that is not internal"):
            self.meeting.with_user(self.director_user).action_send_minutes()
        self.meeting.minutes = "<p>All calm</p>"
        self.assertTrue(self.meeting.with_user(self.director_user).action_send_minutes())

    def test_where_nobody_else_was_nothing_is_sent(self):
        self.meeting.attendee_ids = self.director_user.partner_id
        with self.assertRaisesRegex(UserError, "has nobody to send the minutes to. Fill in under “Attendees”"):
            self.meeting.with_user(self.director_user).action_send_minutes()

    def test_what_is_confidential_goes_to_outsiders_who_were_there_and_to_readers(self):
        self.meeting.attendee_ids += self.colleague.partner_id
        self.meeting.confidential = True
        action = self.meeting.with_user(self.director_user).action_send_minutes()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("Nothing about it can be sent to Colleague, who may not read it", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["name"], "Send Confidential Minutes")
        composer = self._open_composer()
        self.assertEqual(composer.partner_ids[:], self.person | self.chair | self.consultant.partner_id)
        self.assertIn("The minutes are confidential.", composer.body)
        composer.partner_ids.add(self.colleague.partner_id)
        with self.mock_mail_gateway(), self.assertRaisesRegex(UserError, "Colleague, who may not read it"):
            composer.save()._action_send_mail()
        self.assertTrue(self._send())

    def test_nothing_of_a_confidential_meeting_is_written_to_others(self):
        """Neither by a message with recipients, nor by naming somebody in one that is written already."""
        stranger = self.env["res.partner"].create({"name": "Stranger", "email": "stranger@example.com"})
        self.meeting.confidential = True
        meeting = self.meeting.with_user(self.director_user)
        for partner in (stranger, self.colleague.partner_id):
            with self.assertRaisesRegex(UserError, f"{partner.name}, who may not read it"):
                meeting.message_post(body=SECRET, partner_ids=partner.ids)
            message = meeting.message_post(body=SECRET, message_type="comment")
            with self.assertRaisesRegex(UserError, f"{partner.name}, who may not read it"):
                meeting._message_update_content(message, body=SECRET, partner_ids=partner.ids)
        message = meeting.message_post(body=SECRET, partner_ids=(self.person | self.consultant.partner_id).ids)
        self.assertEqual(message.partner_ids, self.person | self.consultant.partner_id)
        # an answer that comes in by mail is kept, and tells nobody else
        message = meeting.sudo().message_post(
            body=SECRET, message_type="email", partner_ids=(stranger | self.consultant.partner_id).ids
        )
        self.assertEqual(message.partner_ids, self.consultant.partner_id)

    def test_what_is_not_confidential_may_be_written_to_anybody(self):
        message = self.meeting.with_user(self.director_user).message_post(
            body="Hi", partner_ids=self.colleague.partner_id.ids
        )
        self.assertEqual(message.partner_ids, self.colleague.partner_id)

    def test_the_mail_is_the_municipalitys_to_change(self):
        template = self.env.ref("one_entrance.mail_template_minutes")
        self.assertTrue(self.env["ir.model.data"].search([("name", "=", "mail_template_minutes")]).noupdate)
        template.subject = "Our talk"
        self.assertEqual(self._open_composer().subject, "Our talk")


def _addresses(mail):
    return [address.partition("<")[2].rstrip(">") or address for address in mail["email_to"]]
