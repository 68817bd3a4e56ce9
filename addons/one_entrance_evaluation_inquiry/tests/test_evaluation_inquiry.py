from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import compare
from odoo.addons.one_entrance_evaluation.tests.test_evaluation_figures import EvaluationCase
from odoo.addons.one_entrance_evaluation.tests.test_evaluation_way import EVIDENCE


@tagged("post_install", "-at_install")
class TestEvaluationInquiry(EvaluationCase):
    """The figures about inquiries equal the raw records, and stand still once a round is noted."""

    def _get_all(self):
        self.env.invalidate_all()
        figures = self.evaluation._get_figures()
        return [(each.section, each.code, each.label, each.value, each.unit, each.count) for each in figures]

    def _note(self):
        self.evaluation.write(EVIDENCE)
        self.evaluation.write({"state": "noted"})
        self.env.flush_all()

    def test_all_figures_about_inquiries_are_there_and_equal_the_raw_records(self):
        self.assertEqual(compare(self.evaluation), [])
        codes = {figure.code for figure in self.evaluation._get_figures() if figure.section == "inquiries"}
        self.assertEqual(len(codes), 7)

    def test_records_and_settings_that_change_move_no_figure(self):
        self._note()
        before = self._get_all()
        Inquiry = self.env["one.entrance.inquiry"]
        self.company.one_entrance_inquiry_days = 1
        self.assertEqual(self._get_all(), before)
        Inquiry.search([]).write({"received_date": "2020-01-01"})
        self.assertEqual(self._get_all(), before)
        Inquiry.search([("state", "=", "new")]).unlink()
        self.assertTrue(compare(self.evaluation), "the register is to say something else now")
        self.assertEqual(self._get_all(), before)

    def test_a_kept_figure_says_when_some_of_its_records_are_gone_and_opens_the_rest(self):
        self._note()
        row = self.evaluation.figure_ids.filtered(lambda row: row.code == "inquiries_received")
        counted = row.count
        self.assertGreater(counted, 2)
        inquiries = self.env["one.entrance.inquiry"].browse(row.res_ids)
        inquiries.filtered(lambda inquiry: inquiry.state == "new")[0].unlink()
        action = row.with_user(self.manager).action_open()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(str(counted), action["params"]["message"])
        self.assertIn(str(counted - 1), action["params"]["message"])
        window = action["params"]["next"]
        self.assertEqual(self.env[window["res_model"]].search_count(window["domain"]), counted - 1)
        self.assertEqual(row.count, counted)


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
        self.assertEqual(compare(evaluation), [])
        figures = {(figure.code, figure.key): figure.value for figure in evaluation._get_figures()}
        for code in ("inquiries_received", "inquiries_referred"):
            self.assertTrue(figures[code, False], code)
