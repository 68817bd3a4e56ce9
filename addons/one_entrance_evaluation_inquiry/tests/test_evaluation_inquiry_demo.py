from odoo.tests import TransactionCase, tagged

from odoo.addons.one_entrance.tests.common import load_demo
from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import compare

from .inquiry_recount import InquiryRecount


@tagged("post_install", "-at_install")
class TestEvaluationInquiryDemo(TransactionCase):
    """In the year that the demo municipality has evaluated, actors raised something (S9, S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        load_demo(
            cls.env,
            one_entrance="leader_demo_mayor",
            one_entrance_inquiry="inquiry_demo_unknown_1",
            one_entrance_evaluation="evaluation_demo",
        )

    def test_the_evaluation_counts_what_was_raised(self):
        evaluation = self.env.ref("one_entrance_evaluation.evaluation_demo")
        self.assertEqual(compare(evaluation, recount=InquiryRecount), [])
        figures = {(figure.code, figure.key): figure.value for figure in evaluation._get_figures()}
        for code in ("inquiries_received", "inquiries_referred"):
            self.assertTrue(figures[code, False], code)
