from odoo.exceptions import AccessError
from odoo.tests import tagged

from .evaluation_recount import compare
from .noted_round import NotedRound
from .test_evaluation_figures import EvaluationCase


@tagged("post_install", "-at_install")
class TestEvaluationFreeze(NotedRound, EvaluationCase):
    """After a round is noted its figures stand still, whatever happens to the records."""

    def test_what_is_kept_is_what_was_counted(self):
        kept = self._get_all()
        self.evaluation.action_reopen()
        self.assertEqual(self._get_all(), kept)

    def test_records_that_change_move_no_figure(self):
        before = self._get_all()
        self.old.write({"one_entrance_kind": "other", "one_entrance_relation": "new"})
        self.boundary.write({"one_entrance_interval": 1, "one_entrance_plan_date": "2023-02-01"})
        self.letter.write({"one_entrance_letter_date": "2023-11-01"})
        self.contacted.write({"one_entrance_mayor_led": True})
        self.led_silent.one_entrance_step = "appointed"
        self.env["one.entrance.meeting"].search([("sheet_used", "=", True)]).write({"sheet_used": False})
        self._meet(self.old, "2023-08-02 10:00:00", state="held")
        self.assertTrue(compare(self.evaluation), "the register is to say something else now")
        self.assertEqual(self._get_all(), before)

    def test_settings_that_change_move_no_figure(self):
        before = self._get_all()
        self.company.write(
            {
                "one_entrance_interval": 1,
                "one_entrance_sheet_validity": 1,
                "one_entrance_new_relation_factor": 0.1,
            }
        )
        self.company.partner_id.tz = "Pacific/Auckland"
        self.assertEqual(self._get_all(), before)

    def test_deleted_and_merged_records_move_no_figure(self):
        before = self._get_all()
        self.env["one.entrance.meeting"].search([("state", "in", ("planned", "cancelled"))]).unlink()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.unkind | self.unmoved).ids, self.unmoved)
        self.assertFalse(self.unkind.exists())
        self.assertTrue(compare(self.evaluation), "the register is to say something else now")
        self.assertEqual(self._get_all(), before)

    def test_bringing_up_to_date_moves_no_figure_of_a_noted_round(self):
        before, counted = self._get_all(), self.evaluation.figures_date
        self._meet(self.old, "2023-08-02 10:00:00", state="held")
        self.evaluation.action_refresh_figures()
        self.assertEqual(self._get_all(), before)
        self.assertEqual(self.evaluation.figures_date, counted)

    def test_a_kept_figure_opens_the_records_that_were_counted(self):
        self._meet(self.old, "2023-08-02 10:00:00", state="held")
        for row in self.evaluation.figure_ids:
            with self.subTest(figure=row.label):
                action = row.with_user(self.manager).action_open()
                self.assertEqual(action["type"], "ir.actions.act_window")
                Model = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
                self.assertEqual(Model.search_count(action["domain"]), row.count)

    def test_a_kept_figure_says_when_some_of_its_records_are_gone_and_opens_the_rest(self):
        row = self.evaluation.figure_ids.filtered(lambda row: row.code == "meetings_open")
        counted = row.count
        self.assertTrue(counted)
        self.env["one.entrance.meeting"].browse(row.res_ids[:1]).unlink()
        action = row.with_user(self.manager).action_open()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn(f"{counted} records were counted", action["params"]["message"])
        self.assertIn(f"{counted - 1} of them are left", action["params"]["message"])
        window = action["params"]["next"]
        self.assertEqual(self.env[window["res_model"]].search_count(window["domain"]), counted - 1)
        self.assertEqual(row.count, counted)

    def test_a_round_that_is_opened_again_counts_anew(self):
        self._meet(self.old, "2023-08-02 10:00:00", state="held")
        self.assertTrue(compare(self.evaluation))
        self.evaluation.action_reopen()
        self.assertFalse(compare(self.evaluation))
        self.assertFalse([row for row in self.evaluation.figure_ids if row.res_ids])
        rows = self.evaluation.figure_ids
        self.assertEqual(rows.mapped("value"), [figure.value or 0 for figure in self.evaluation._get_figures()])

    def test_nobody_writes_a_figure_by_hand(self):
        row = self.evaluation.figure_ids[0].with_user(self.manager)
        with self.assertRaises(AccessError):
            row.value = 100
        with self.assertRaises(AccessError):
            row.unlink()
