from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import compare

from .inquiry_recount import InquiryRecount


@tagged("post_install", "-at_install")
class TestEvaluationInquiryDemo(TransactionCase):
    """In the year that the demo municipality has evaluated, actors raised something (S9, S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(context={**cls.env.context, "no_reset_password": True})
        for module, known in (
            ("one_entrance", "one_entrance.leader_demo_mayor"),
            ("one_entrance_inquiry", "one_entrance_inquiry.inquiry_demo_unknown_1"),
            ("one_entrance_evaluation", "one_entrance_evaluation.evaluation_demo"),
        ):
            # where the demo is installed its records stay as they are
            mode = "update" if env.ref(known, raise_if_not_found=False) else "init"
            for file in Manifest.for_addon(module)["demo"]:
                convert_file(env, module, file, {}, mode=mode, noupdate=True)

    def test_the_evaluation_counts_what_was_raised(self):
        evaluation = self.env.ref("one_entrance_evaluation.evaluation_demo")
        self.assertEqual(compare(evaluation, recount=InquiryRecount), [])
        figures = {(figure.code, figure.key): figure.value for figure in evaluation._get_figures()}
        for code in ("inquiries_received", "inquiries_referred"):
            self.assertTrue(figures[code, False], code)
