from odoo.tests import TransactionCase, tagged

from odoo.addons.one_entrance.tests.common import load_demo


@tagged("post_install", "-at_install")
class TestInquiryDemo(TransactionCase):
    """The demo municipality's actors raise what the paper tells of, and more (S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        load_demo(cls.env, one_entrance="leader_demo_mayor", one_entrance_inquiry="inquiry_demo_unknown_1")
        found = cls.env["ir.model.data"].search(
            [("module", "=", "one_entrance_inquiry"), ("model", "=", "one.entrance.inquiry")]
        )
        cls.inquiries = cls.env["one.entrance.inquiry"].browse(found.mapped("res_id"))

    def test_inquiries_show_every_state_and_make_signals(self):
        inquiries = self.inquiries
        self.assertEqual(set(inquiries.mapped("state")), {"new", "dialogue", "referred", "answered"})
        self.assertTrue(inquiries.filtered(lambda inquiry: not inquiry.partner_id), "a sender is not known")
        self.assertTrue(inquiries.filtered("authority_matter"))
        self.assertTrue(inquiries.filtered("is_late"))
        signals = self.env["one.entrance.signal"].search([])
        self.assertEqual(set(signals.mapped("state")), {"open", "answered"})
        self.assertFalse(signals.inquiry_ids.filtered("confidential"))
