from odoo.tests import tagged

from odoo.addons.one_entrance.tests.actor.test_company import CompanyCase

MODELS = ("one.entrance.evaluation", "one.entrance.evaluation.figure", "one.entrance.measure")


@tagged("post_install", "-at_install")
class TestEvaluationCompany(CompanyCase):
    """Two municipalities in one database: one sees and changes nothing of the other's rounds, figures and measures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.our_evaluation = cls.env["one.entrance.evaluation"].create({"name": "Vores"})
        cls.their_evaluation = (
            cls.env["one.entrance.evaluation"]
            .with_user(cls.their_manager)
            .create({"name": "Deres"})
            .with_user(cls.env.user)
        )
        measure = {"name": "DI", "year": 2023, "place": 33}
        cls.our_measure, cls.their_measure = cls.env["one.entrance.measure"].create(
            [{**measure, "company_id": company.id} for company in (cls.company, cls.theirs)]
        )
        cls.env.flush_all()

    def test_the_figures_of_a_round_belong_to_its_municipality(self):
        self.assertEqual(self.their_evaluation.figure_ids.company_id, self.theirs)

    def test_neither_municipality_finds_a_record_of_the_other(self):
        for user, company in ((self.manager, self.theirs), (self.their_manager, self.company)):
            for name in MODELS:
                with self.subTest(user=user.login, model=name):
                    self._assert_finds_nothing(user, name, company)

    def test_neither_municipality_reads_or_writes_a_record_of_the_other(self):
        theirs = (self.their_evaluation, self.their_evaluation.figure_ids, self.their_measure)
        ours = (self.our_evaluation, self.our_evaluation.figure_ids, self.our_measure)
        for user, records in ((self.manager, theirs), (self.their_manager, ours)):
            for record in records:
                with self.subTest(user=user.login, record=record):
                    self._assert_closed(user, record)
