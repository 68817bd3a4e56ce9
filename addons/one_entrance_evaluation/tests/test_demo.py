from dateutil.relativedelta import relativedelta

from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from .evaluation_recount import compare


@tagged("post_install", "-at_install")
class TestEvaluationDemo(TransactionCase):
    """The demo municipality has evaluated a year of its scheme (S12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(context={**cls.env.context, "no_reset_password": True})
        for module, known in (
            ("one_entrance", "one_entrance.leader_demo_mayor"),
            ("one_entrance_evaluation", "one_entrance_evaluation.evaluation_demo"),
        ):
            # where the demo is installed its records stay as they are
            mode = "update" if env.ref(known, raise_if_not_found=False) else "init"
            for file in Manifest.for_addon(module)["demo"]:
                convert_file(env, module, file, {}, mode=mode, noupdate=True)

    def test_the_evaluation_covers_a_full_year_and_equals_the_raw_records(self):
        evaluation = self.env.ref("one_entrance_evaluation.evaluation_demo")
        self.assertEqual(evaluation.date_from + relativedelta(years=1, days=-1), evaluation.date_to)
        self.assertEqual(compare(evaluation), [])
        figures = {(figure.code, figure.key): figure.value for figure in evaluation._get_figures()}
        for code in ("meetings_held_total", "handovers", "never_met"):
            self.assertTrue(figures[code, False], code)

    def test_the_interviews_are_enough_to_show_both_sides(self):
        evaluation = self.env.ref("one_entrance_evaluation.evaluation_demo")
        counts = evaluation._get_interview_counts()
        self.assertTrue(counts.actor[0] < counts.actor[1] and counts.leader[0] < counts.leader[1], "some are missing")
        answers = evaluation._get_answers()
        self.assertFalse([answer.title for answer in answers if answer.kind != "text" and not answer.actor])
        self.assertFalse([answer.title for answer in answers if answer.kind != "text" and not answer.leader])
        self.assertTrue(any(answer.quotes for answer in answers))
