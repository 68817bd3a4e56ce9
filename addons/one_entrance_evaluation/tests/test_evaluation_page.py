from odoo.tests import Form, tagged

from .common_evaluation import EvaluationCase


@tagged("post_install", "-at_install")
class TestEvaluationPage(EvaluationCase):
    """The page of a round on which people write what the paper cannot say by itself (S12)."""

    def test_the_page_says_that_the_assessment_is_missing_until_it_is_written(self):
        with Form(self.evaluation.with_user(self.manager)) as form:
            self.assertTrue(form.assessment_missing)
            form.assessment = "<p><br></p>"
            self.assertTrue(form.assessment_missing)
            form.assessment = "<p>Godt</p>"
            self.assertFalse(form.assessment_missing)

    def test_the_measures_of_the_years_stand_on_the_form(self):
        measure = self.env["one.entrance.measure"].create({"name": "DI", "year": 2023, "place": 33})
        with Form(self.evaluation.with_user(self.manager)) as form:
            self.assertEqual(form.measure_ids.ids, measure.ids)

    def test_what_is_pasted_into_a_text_fetches_nothing(self):
        self.evaluation.policies = '<p>a<img src="https://example.com/x.png"/></p>'
        self.assertNotIn("example.com", self.evaluation.policies)
