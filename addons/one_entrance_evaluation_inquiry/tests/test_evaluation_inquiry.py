from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import compare
from odoo.addons.one_entrance_evaluation.tests.noted_round import NotedRound
from odoo.addons.one_entrance_evaluation.tests.test_evaluation_figures import OTHER_PERIODS

from .. import post_init_hook, uninstall_hook
from ..models.one_entrance_evaluation_figure import FIGURES
from .common import EvaluationInquiryCase
from .inquiry_recount import InquiryRecount


@tagged("post_install", "-at_install")
class TestEvaluationInquiry(EvaluationInquiryCase):
    """The figures about inquiries equal the raw records, and open exactly these records."""

    def _compare(self, evaluation):
        return compare(evaluation, recount=InquiryRecount)

    def _get_rows(self):
        return self.evaluation.with_user(self.manager).figure_ids.filtered(lambda row: row.code in FIGURES)

    def test_every_figure_equals_the_count_of_the_raw_records(self):
        self.assertFalse(self._compare(self.evaluation))

    def test_every_figure_measures_something_in_the_year_of_the_test(self):
        figures = [figure for figure in self.evaluation._get_figures() if figure.section == "inquiries"]
        self.assertEqual({figure.code for figure in figures}, set(FIGURES))
        for figure in figures:
            with self.subTest(code=figure.code):
                self.assertTrue(figure.count and figure.value)

    def test_every_figure_equals_the_raw_records_in_other_periods(self):
        for date_from, date_to in OTHER_PERIODS:
            with self.subTest(date_from=date_from, date_to=date_to):
                self.assertFalse(self._compare(self._make_round(date_from, date_to)))

    def test_without_inquiries_there_is_nothing_to_measure_and_nothing_breaks(self):
        empty = self.env["res.company"].create({"name": "Tomkommunen"})
        self.manager.company_ids |= empty
        evaluation = self._make_round(company_id=empty.id)
        self.assertFalse(self._compare(evaluation.sudo()))
        figures = {figure.code: figure.value for figure in evaluation.sudo()._get_figures() if figure.code in FIGURES}
        self.assertEqual(figures, {code: None if code == "inquiry_days" else 0 for code in FIGURES})

    def test_the_days_are_the_municipalitys_own(self):
        """Just before midnight in Copenhagen it is another day in Nuuk."""
        self._move_to_nuuk()
        self.assertFalse(self._compare(self.evaluation))
        with freeze_time("2024-01-01 01:00:00"):
            self.assertFalse(self._compare(self._make_round("2024-01-01", "2024-12-31")))

    def test_every_figure_opens_exactly_its_records(self):
        raw = InquiryRecount(self.evaluation).count()
        self.env.invalidate_all()
        rows = self._get_rows()
        self.assertEqual(len(rows), len(FIGURES))
        for row in rows:
            with self.subTest(figure=row.label):
                action = row.action_open()
                Model = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
                found = Model.search(action["domain"])
                self.assertEqual(set(found.ids), set(raw[row.code, None].ids))
                self.assertEqual(len(found), row.count)

    def test_the_figures_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.env.ref("base.module_one_entrance_evaluation_inquiry")._update_translations(["da_DK"], overwrite=True)
        danish = [row.label for row in self._get_rows().with_context(lang="da_DK")]
        for ours, english in zip(danish, self._get_rows().mapped("label"), strict=True):
            self.assertNotEqual(ours, english)

    def test_the_number_of_queries_does_not_grow_with_inquiries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.evaluation.with_user(self.manager)._get_figures()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for actor in self.actors:
            for _n in range(5):
                self._raise("2023-11-01", partner_id=actor.id)
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 45)


@tagged("post_install", "-at_install")
class TestEvaluationInquiryFreeze(NotedRound, EvaluationInquiryCase):
    """After a round is noted its figures about inquiries stand still."""

    def test_records_and_settings_that_change_move_no_figure(self):
        before = self._get_all()
        Inquiry = self.env["one.entrance.inquiry"]
        self.company.one_entrance_inquiry_days = 1
        self.assertEqual(self._get_all(), before)
        Inquiry.search([]).write({"received_date": "2020-01-01"})
        self.assertEqual(self._get_all(), before)
        Inquiry.search([("state", "=", "new")]).unlink()
        self.assertTrue(compare(self.evaluation, recount=InquiryRecount), "the register is to say something else now")
        self.assertEqual(self._get_all(), before)

    def test_a_kept_figure_says_when_some_of_its_records_are_gone_and_opens_the_rest(self):
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

    def test_rounds_under_way_are_counted_at_once_and_noted_ones_stand_still(self):
        """Where inquiries come to a database that has evaluated before, and where they leave it again."""
        under_way = self._make_round("2023-01-01", "2023-06-30")
        uninstall_hook(self.env)
        rows = (self.evaluation | under_way).figure_ids
        self.assertTrue(rows)
        self.assertFalse(rows.filtered(lambda row: row.code in FIGURES))
        before = self._get_all()
        post_init_hook(self.env)
        self.assertEqual(self._get_all(), before)
        self.assertEqual(
            set(under_way.sudo().figure_ids.filtered(lambda row: row.code in FIGURES).mapped("code")), set(FIGURES)
        )
