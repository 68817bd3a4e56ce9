from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.preparation.test_background_sheet_pdf import read_pages
from odoo.addons.one_entrance.tests.test_tours import TourCase

from .evaluation_samples import make_year


@tagged("post_install", "-at_install")
class TestEvaluationTours(TourCase):
    """A round, its interviews and its paper, in a real browser."""

    def test_an_interview_is_conducted_and_the_paper_for_the_council_printed(self):
        actors = self.env["res.partner"]
        for name in ("Havnen på tur", "Banen på tur"):
            actors |= self._make_actor(
                name, step="contact", letter_date=fields.Date.today(), contact_date=fields.Date.today()
            )
        evaluation = self.env["one.entrance.evaluation"].create(
            {
                "name": "Evaluering på tur",
                "date_from": fields.Date.today() - relativedelta(years=1),
                "date_to": fields.Date.today(),
                "actor_ids": [fields.Command.set(actors.ids)],
            }
        )
        evaluation.action_make_interviews()
        with self._print_for_real() as printed:
            self.start_tour(
                f"/odoo/action-one_entrance_evaluation.one_entrance_evaluation_action/{evaluation.id}",
                "one_entrance_interview",
                login=self.manager.login,
            )
        done = evaluation.interview_ids.filtered(lambda interview: interview.state == "done")
        self.assertEqual((done.one_entrance_actor_id, done.one_entrance_side), (actors[0], "actor"))
        self.assertEqual(done.one_entrance_conducted_by_id, self.manager)
        values = {
            line.question_id.one_entrance_use: line._get_answer_value()
            for line in done.user_input_line_ids
            if not line.skipped
        }
        self.assertEqual((values["value"], values["held"], values["change"]), (4, 2, "Flere møder på tur"))
        self.assertIn("consent", values)
        self.assertEqual(printed, [("one_entrance_evaluation.evaluation_document", evaluation.ids)])
        text = " ".join(" ".join(read_pages(self.papers[0])).split())
        self.assertIn(
            "The same questions were answered by 1 of 2 actors, and by their contact leaders about 0 of 2 actors.", text
        )
        self.assertIn("“Flere møder på tur”", text)
        self.assertIn("Therefore not shown: “Of how much value is the dialogue?”", text)

    def test_a_round_is_made_its_figures_are_opened_and_it_goes_its_way(self):
        held = fields.Date.today() + relativedelta(years=-1, month=3, day=4, hour=9)
        actor = self._make_actor("Havnen på tur")
        self.env["one.entrance.meeting"].create(
            [
                {"partner_id": actor.id, "start": held, "state": "held"},
                {"partner_id": actor.id, "start": held, "state": "cancelled", "postpone_reason": "actor"},
            ]
        )
        self.start_tour(
            "/odoo/action-one_entrance_evaluation.one_entrance_evaluation_action",
            "one_entrance_evaluation_round",
            login=self.manager.login,
        )
        evaluation = self.env["one.entrance.evaluation"].search([("name", "=", "Evaluering på tur")])
        self.assertEqual(evaluation.state, "noted")
        self.assertTrue(evaluation.figure_ids.filtered("res_ids"))

    def test_a_manager_writes_the_assessment_and_prints_the_paper_for_the_council(self):
        make_year().patch(self)
        self.env["one.entrance.measure"].create({"name": "Lokalt Erhvervsklima", "year": 2023, "place": 33})
        evaluation = self.env["one.entrance.evaluation"].create(
            {"name": "Evaluering", "date_from": "2023-01-01", "date_to": "2023-12-31"}
        )
        with self._print_for_real() as printed:
            self.start_tour(
                f"/odoo/action-one_entrance_evaluation.one_entrance_evaluation_action/{evaluation.id}",
                "one_entrance_evaluation_paper",
                login=self.manager.login,
            )
        self.assertIn("Ordningen er meningsfuld", evaluation.assessment)
        self.assertEqual(printed, [("one_entrance_evaluation.evaluation_document", evaluation.ids)])
