from odoo import fields
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.common import BrowserCase


@tagged("post_install", "-at_install")
class TestInquiryTours(BrowserCase):
    """Inquiries and signals as somebody clicks through them, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.themes[2:].active = False

    def test_the_directorate_answers_a_signal_and_a_leader_is_proposed_the_answer(self):
        theme = self.themes[0]
        for name in ("Aqua på tur", "Banken på tur", "Centret på tur"):
            actor = self._make_actor(name, consultant_id=self.consultant.id)
            self.env["one.entrance.inquiry"].with_user(self.consultant).create(
                {"partner_id": actor.id, "name": "Støj om natten", "theme_ids": [(6, 0, theme.ids)]}
            )
        self.start_tour("/odoo/one-entrance-signals", "one_entrance_answer_signal", login=self.manager.login)
        signal = self.env["one.entrance.signal"].search([("theme_id", "=", theme.id)])
        self.assertEqual((signal.state, signal.answered_by_id), ("answered", self.manager))
        used, *others = signal.inquiry_ids.sorted(lambda inquiry: inquiry.partner_id.name)
        self.assertIn("Vi måler støjen i juni.", used.answer)
        self.assertEqual([inquiry.proposal_state for inquiry in others], ["proposed", "proposed"])
        self.assertEqual(signal.inquiry_ids.mapped("state"), ["new", "new", "new"])
        self.assertEqual(len(signal.inquiry_ids.activity_ids), 2)

    def test_a_mail_becomes_an_inquiry_and_is_referred(self):
        self.company.alias_domain_id = self.env["mail.alias.domain"].create({"name": "nordby.example"})
        self.company.one_entrance_alias_name = "indgang"
        actor = self._make_actor("Havnen skriver")
        person = self.env["res.partner"].create(
            {"name": "Lis", "email": "lis@havnen.example", "parent_id": actor.id, "lang": "en_US"}
        )
        mail = (
            "From: Lis <lis@havnen.example>\nTo: indgang@nordby.example\nSubject: Building permit for a hall\n"
            "Message-Id: <permit@havnen.example>\n\nWhen do we get the permit?\n"
        )
        self.env["mail.thread"].message_process(None, mail)
        inquiry = self.env["one.entrance.inquiry"].search([("partner_id", "=", actor.id)])
        self.assertEqual(inquiry.acknowledged_date, fields.Date.today())
        before = inquiry.message_ids
        self.start_tour("/odoo/one-entrance-inquiries", "one_entrance_refer_inquiry", login=self.director_user.login)
        self.assertEqual((inquiry.state, inquiry.kind), ("referred", "authority"))
        self.assertEqual(inquiry.told_date, inquiry.first_answer_date)
        message = (inquiry.message_ids - before).filtered(lambda message: message.message_type == "comment")
        self.assertEqual(message.author_id, self.director_user.partner_id)
        sent = message.notification_ids
        self.assertEqual((sent.res_partner_id, sent.notification_type), (person, "email"))
        self.assertIn("Planning and Building", message.body)
        self.assertIn("decides on the matter as an authority", message.body)
