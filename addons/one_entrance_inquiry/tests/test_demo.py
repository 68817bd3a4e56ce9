from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file


@tagged("post_install", "-at_install")
class TestInquiryDemo(TransactionCase):
    """The demo municipality's actors raise what the paper tells of, and more (S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(context={**cls.env.context, "no_reset_password": True})
        for module, known in (
            ("one_entrance", "one_entrance.leader_demo_mayor"),
            ("one_entrance_inquiry", "one_entrance_inquiry.inquiry_demo_unknown_1"),
        ):
            # where the demo is installed its records stay as they are
            mode = "update" if env.ref(known, raise_if_not_found=False) else "init"
            for file in Manifest.for_addon(module)["demo"]:
                convert_file(env, module, file, {}, mode=mode, noupdate=True)
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
