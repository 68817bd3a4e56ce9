from odoo.tests import Form, tagged

from .common import InquiryMailCase

AUTOMATIC = (
    {"Auto-Submitted": "auto-replied"},
    {"Precedence": "bulk"},
    {"X-Auto-Response-Suppress": "All"},
    {"Return-Path": "<>"},
    {"List-Unsubscribe": "<https://news.example>"},
)


@tagged("post_install", "-at_install")
class TestInquiryAcknowledge(InquiryMailCase):
    """The actor is told that its inquiry has arrived: who wrote, in its language, once; no program, and nobody unknown (S9)."""

    def _get_acknowledgement(self, inquiry):
        return inquiry.message_ids.filtered(lambda message: message.message_type == "auto_comment")

    def test_who_wrote_is_told_that_it_arrived_and_until_when_the_answer_comes(self):
        inquiry = self._receive()
        self.assertEqual(inquiry.acknowledged_date, self.today)
        message = self._get_acknowledgement(inquiry)
        sent = [mail for mail in self._mails if mail["subject"] == message.subject]
        self.assertEqual([mail["email_to"] for mail in sent], [['"Lis" <lis@havnen.example>']])
        self.assertEqual(sent[0]["email_from"], '"Nordby Kommune" <post@nordby.example>')
        self.assertEqual(message.partner_ids, self.person)
        self.assertEqual(message.author_id, self.company.partner_id)
        self.assertIn("“More ships”", message.body)
        self.assertIn("05/29/2024", message.body)
        self.assertIn("Director, Technology", message.body)

    def test_it_is_no_answer(self):
        inquiry = self._receive()
        self.assertFalse(inquiry.first_answer_date)
        self.assertEqual(inquiry.state, "new")

    def test_it_is_in_the_receivers_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.env.ref("base.module_one_entrance_inquiry")._update_translations(["da_DK"], overwrite=True)
        self.person.lang = "da_DK"
        message = self._get_acknowledgement(self._receive())
        self.assertIn("Vi har modtaget jeres henvendelse", message.subject)
        self.assertIn("29.05.2024", message.body)
        self.assertNotIn("Kind regards", message.body)

    def test_somebody_new_at_the_actor_gets_it_without_becoming_a_contact(self):
        inquiry = self._receive("Ny <ny@havnen.example>")
        self.assertEqual(inquiry.acknowledged_date, self.today)
        self.assertIn("ny@havnen.example", str(self._sent_to()))
        self.assertFalse(self.env["res.partner"].search([("email_normalized", "=", "ny@havnen.example")]))

    def test_a_program_gets_none(self):
        for headers in AUTOMATIC:
            with self.subTest(headers=headers):
                inquiry = self._receive(headers=headers)
                self.assertEqual(inquiry.partner_id, self.actor)
                self.assertTrue(inquiry.automatic)
                self.assertFalse(inquiry.acknowledged_date)
                self.assertNotIn("lis@havnen.example", str(self._sent_to()))
        self.assertFalse(self._receive("noreply@havnen.example").acknowledged_date)
        self.assertTrue(self._receive(headers={"Auto-Submitted": "no"}).acknowledged_date)

    def test_the_holiday_answer_to_it_is_put_to_the_inquiry_and_answered_by_nothing(self):
        inquiry = self._receive()
        sent = self._get_acknowledgement(inquiry)
        headers = {"In-Reply-To": sent.message_id, "Auto-Submitted": "auto-replied"}
        self.assertFalse(self._receive(headers=headers))
        self.assertEqual(self._get_acknowledgement(inquiry), sent)

    def test_nobody_unknown_gets_one_before_somebody_has_said_who_it_is(self):
        inquiry = self._receive("fremmed@et-sted.example")
        self.assertFalse(self._mails)
        self.assertFalse(inquiry.acknowledged_date)
        wizard = self.env["one.entrance.inquiry.sender.wizard"].with_user(self.consultant)
        wizard = wizard.create({"inquiry_ids": inquiry.ids, "partner_id": self.actor.id})
        with self.mock_mail_gateway(mail_unlink_sent=False):
            wizard.action_apply()
        self.assertIn("fremmed@et-sted.example", str(self._sent_to()))
        self.assertEqual(inquiry.acknowledged_date, self.today)

    def test_it_is_for_who_says_whose_it_is_to_leave_out(self):
        inquiry = self._receive("fremmed@et-sted.example")
        wizard = self.env["one.entrance.inquiry.sender.wizard"].with_user(self.consultant)
        wizard.create({"inquiry_ids": inquiry.ids, "partner_id": self.actor.id, "acknowledge": False}).action_apply()
        self.assertFalse(inquiry.acknowledged_date)

    def test_what_was_logged_is_acknowledged_by_hand_after_a_look(self):
        inquiry = self.env["one.entrance.inquiry"].with_user(self.director_user)
        inquiry = inquiry.create({"name": "Ships", "partner_id": self.actor.id})
        self.assertFalse(inquiry.acknowledged_date)
        action = inquiry.action_acknowledge()
        composer = Form(self.env[action["res_model"]].with_user(self.director_user).with_context(**action["context"]))
        self.assertEqual(composer.partner_ids[:], self.actor)
        self.assertIn("“Ships”", composer.body)
        with self.mock_mail_gateway(mail_unlink_sent=False):
            composer.save()._action_send_mail()
        self.assertIn("post@havnen.example", str(self._sent_to()))
        self.assertEqual(inquiry.acknowledged_date, self.today)
        self.assertFalse(inquiry.first_answer_date)
