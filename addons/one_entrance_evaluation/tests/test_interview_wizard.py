from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewWizard(InterviewCase):
    """The links are mailed to those who have not answered; who gets none is told before anything is sent (S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actors = cls._make_contacted("Ankeret") | cls._make_contacted("Broen") | cls._make_contacted("Centret")
        cls.actors[0].email = "ankeret@example.com"
        cls.env["res.partner"].create(
            {"name": "Bo", "parent_id": cls.actors[1].id, "email": "Bo <bo@example.com>", "type": "contact"}
        )
        cls.director.partner_id.email = "director@example.com"
        cls.evaluation = cls._make_round(cls.actors)
        cls.evaluation.action_make_interviews()

    def _open(self):
        action = self.evaluation.with_user(self.consultant).action_send_links()
        return self.env[action["res_model"]].with_user(self.consultant).browse(action["res_id"])

    def _send(self, wizard):
        """:return: the mails that are put into the queue"""
        before = self.env["mail.mail"].search([])
        wizard.action_send()
        return self.env["mail.mail"].search([], order="id") - before

    def test_it_says_who_gets_a_link_and_who_not_and_why(self):
        wizard = self._open()
        self.assertEqual(
            {(line.actor_id.name, line.side): line.email for line in wizard.fit_line_ids},
            {
                ("Ankeret", "actor"): "ankeret@example.com",
                ("Broen", "actor"): "bo@example.com",
                ("Ankeret", "leader"): "director@example.com",
                ("Broen", "leader"): "director@example.com",
                ("Centret", "leader"): "director@example.com",
            },
        )
        self.assertEqual(wizard.problem_line_ids.actor_id.name, "Centret")
        self.assertIn("mail address", wizard.problem_line_ids.problem)
        self.assertIn("Mails to be sent: 3.", wizard.summary)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "survey.user_input")]))

    def test_an_actor_gets_one_mail_and_a_contact_leader_one_with_all_links(self):
        mails = self._send(self._open())
        self.assertEqual(len(mails), 3)
        by_address = {mail.email_to: mail for mail in mails}
        self.assertEqual(set(by_address), {"ankeret@example.com", "bo@example.com", "director@example.com"})
        interviews = self.evaluation.sudo().interview_ids
        for address, side, names in (
            ("ankeret@example.com", "actor", ["Ankeret"]),
            ("director@example.com", "leader", ["Ankeret", "Broen", "Centret"]),
        ):
            body = str(by_address[address].body_html)
            for interview in interviews:
                with self.subTest(address=address, interview=interview.display_name):
                    meant = interview.one_entrance_side == side and interview.one_entrance_actor_id.name in names
                    self.assertIs(interview.access_token in body, meant)
        sent = interviews.filtered("one_entrance_sent_date")
        self.assertEqual(set(sent.mapped("one_entrance_sent_date")), {self.today})
        self.assertEqual(len(sent), 5)
        self.assertEqual(set(sent.mapped("one_entrance_status")), {"sent"})

    def test_each_is_written_to_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        template = self.env.ref("one_entrance_evaluation.mail_template_interview")
        template.with_context(lang="da_DK").subject = "Interview på dansk"
        template.with_context(lang="en_US").subject = "Interview in English"
        self.actors[0].lang = "da_DK"
        evaluation = self._make_round(self.actors[:2])
        evaluation.action_make_interviews()
        self.evaluation = evaluation
        subjects = {mail.email_to: mail.subject for mail in self._send(self._open())}
        self.assertEqual(subjects["ankeret@example.com"], "Interview på dansk")
        self.assertEqual(subjects["bo@example.com"], "Interview in English")

    def test_who_has_answered_is_not_written_to_and_the_others_may_be_reminded(self):
        self._send(self._open())
        self._answer(self._get_interview(self.evaluation, self.actors[0]), value=4)
        reminder = self._open()
        self.assertNotIn(("Ankeret", "actor"), {(line.actor_id.name, line.side) for line in reminder.line_ids})
        mails = self._send(reminder)
        self.assertEqual(set(mails.mapped("email_to")), {"bo@example.com", "director@example.com"})
        self.assertIn("We wrote to you", str(mails[0].body_html))

    def test_it_can_be_narrowed_to_one_side_and_to_those_without_a_link(self):
        wizard = self._open()
        with Form(wizard) as form:
            form.side = "actor"
        self.assertEqual(set(wizard.line_ids.mapped("side")), {"actor"})
        self._send(wizard)
        wizard = self._open()
        wizard.write({"scope": "new", "side": "actor"})
        self.assertFalse(wizard.fit_line_ids)
        with self.assertRaises(UserError):
            wizard.action_send()

    def test_an_archived_actor_is_not_written_to(self):
        self.actors[0].with_user(self.consultant).action_archive()
        wizard = self._open()
        problems = {(line.actor_id.name, line.side): line.problem for line in wizard.problem_line_ids}
        self.assertIn("archived", problems["Ankeret", "actor"])

    def test_the_mail_stays_in_the_log_of_the_interview(self):
        self._send(self._open())
        interview = self._get_interview(self.evaluation, self.actors[0])
        self.assertIn("Interview about One Entrance", interview.message_ids[:1].subject)
