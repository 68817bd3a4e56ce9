from odoo.tests import tagged

from .common import InquiryMailCase

ANSWER = "one_entrance_inquiry.mail_activity_type_answer_inquiry"


@tagged("post_install", "-at_install")
class TestInquiryReply(InquiryMailCase):
    """What an actor writes again about an inquiry reaches who sees to it now, and does not stay unseen (S9)."""

    def setUp(self):
        super().setUp()
        self.inquiry = self._receive(message_id="<first@mail.example>")

    def _reply(self, sender="Lis <lis@havnen.example>", **options):
        headers = {"References": "<first@mail.example>", **options.pop("headers", {})}
        self.assertFalse(self._receive(sender, "Re: More ships", headers=headers, **options))
        return self.inquiry.message_ids.filtered(lambda message: message.message_type == "email")[:1]

    def _answer(self):
        self.inquiry.with_user(self.director_user).write({"answer": "<p>Ja</p>", "state": "answered"})

    def test_after_a_handover_it_reaches_the_next_leader(self):
        self.env["one.entrance.appointment"]._hand_over(self.actor, self.head, self.today, "Ny stilling")
        message = self._reply()
        self.assertEqual(message.notified_partner_ids, (self.delegate_user | self.consultant).partner_id)

    def test_it_reaches_the_next_consultant(self):
        other = self._make_user("other", "one_entrance.group_consultant")
        self.actor.one_entrance_consultant_id = other
        self.assertIn(other.partner_id, self._reply().notified_partner_ids)

    def test_it_does_not_go_to_the_municipalitys_own_mailbox(self):
        acknowledgement = self.inquiry.message_ids.filtered(lambda message: message.message_type == "auto_comment")
        message = self._reply(headers={"In-Reply-To": acknowledgement.message_id})
        self.assertNotIn(self.company.partner_id, message.notified_partner_ids)

    def test_written_after_the_answer_who_answers_is_asked_once(self):
        self._answer()
        self._reply()
        self._reply()
        self.assertEqual(self.inquiry.state, "answered", "a reply may be no more than thanks")
        activity = self.inquiry.activity_ids
        self.assertEqual(activity.user_id, self.director_user)
        self.assertEqual(activity.activity_type_id, self.env.ref(ANSWER))
        self.assertEqual(activity.date_deadline, self.today)

    def test_the_night_leaves_the_question(self):
        self._answer()
        self._reply()
        self.env["one.entrance.reminder"]._remind()
        self.assertEqual(len(self.inquiry.activity_ids), 1)

    def test_answered_anew_the_question_is_taken_back(self):
        self._answer()
        self._reply()
        self.inquiry.with_user(self.director_user).action_reopen()
        self.assertTrue(self.inquiry.activity_ids)
        self._answer()
        self.assertFalse(self.inquiry.activity_ids)

    def test_a_colleagues_mail_and_a_programs_ask_nobody(self):
        self._answer()
        self.director_user.partner_id.email = "director@nordby.example"
        self._reply("director@nordby.example")
        self._reply(headers={"Auto-Submitted": "auto-replied"})
        self.assertFalse(self.inquiry.activity_ids)

    def test_it_comes_back_from_the_archive(self):
        self.inquiry.active = False
        self._reply(headers={"Auto-Submitted": "auto-replied"})
        self.assertFalse(self.inquiry.active)
        self._reply()
        self.assertTrue(self.inquiry.active)

    def test_a_colleague_who_writes_does_not_follow_what_is_not_for_the_colleague(self):
        self.colleague.partner_id.email = "colleague@nordby.example"
        self._reply("colleague@nordby.example")
        self.assertNotIn(self.colleague.partner_id, self.inquiry.message_partner_ids)
        self.assertFalse(
            self._receive("colleague@nordby.example", "Videresendt").message_partner_ids,
            "nor what the colleague has forwarded",
        )

    def test_a_consultant_who_writes_about_another_consultants_confidential_one_does_not_follow_it(self):
        other = self._make_user("other", "one_entrance.group_consultant", email="other@nordby.example")
        self.inquiry.confidential = True
        self._reply("other@nordby.example")
        self.assertNotIn(other.partner_id, self.inquiry.message_partner_ids)
        self.inquiry._message_subscribe((other | self.manager).partner_id.ids)
        self.assertIn(self.manager.partner_id, self.inquiry.message_partner_ids)
        self.assertNotIn(other.partner_id, self.inquiry.message_partner_ids)
