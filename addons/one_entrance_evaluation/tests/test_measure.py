from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.one_entrance.tests.common import OneEntranceCase

NAME = "Dansk Industri: Lokalt Erhvervsklima"


@tagged("post_install", "-at_install")
class TestMeasure(OneEntranceCase):
    """What others measure of the municipality: one figure a year, and none that cannot be (S15)."""

    def _make(self, **values):
        Measure = self.env["one.entrance.measure"].with_user(self.manager)
        return Measure.create({"name": NAME, "year": 2023, "place": 33, "place_of": 94, **values})

    def _refuse(self, function):
        """:return: what a user is told whose record the database refuses"""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as refused, self.cr.savepoint():
            function()
            self.env.flush_all()
        return self.env["one.entrance.measure"]._sql_error_to_message(refused.exception)

    def test_a_measure_has_one_figure_a_year(self):
        measure = self._make()
        self._make(year=2022)
        self._make(name="Dansk Byggeri")
        for name in (NAME, f"  {NAME.upper()} ", NAME.replace(" ", "   ")):
            with self.subTest(name=name):
                reason = self._refuse(lambda name=name: self._make(name=name))
                self.assertIn(f"{NAME.lower()}” is registered for 2023 already", reason)
        other_year = self.env["one.entrance.measure"].search([("year", "=", 2022)])
        self.assertIn("is registered for 2023 already", self._refuse(lambda: other_year.write({"year": 2023})))
        measure.write({"place": 30})
        other = self.env["res.company"].create({"name": "Nabokommunen"})
        self.env["one.entrance.measure"].create({"name": NAME, "year": 2023, "place": 1, "company_id": other.id})

    def test_what_cannot_be_is_refused_with_the_reason(self):
        for values, reason in (
            ({"place": 94, "place_of": 33}, "place 94 of 33 cannot be"),
            ({"place": -1}, "are 1 or more"),
            ({"place_of": -94}, "are 1 or more"),
            ({"place": 0}, "neither a place nor a score"),
            ({"year": 23}, "between 1970 and 2025, not 23"),
            ({"year": 20230}, "between 1970 and 2025, not 20230"),
            ({"year": 2026}, "between 1970 and 2025"),
            ({"score": float("nan")}, "are numbers"),
            ({"score": float("inf")}, "are numbers"),
            ({"score": 3, "scale_from": 6, "scale_to": 1}, "goes from its lowest to its highest"),
            ({"score": 7, "scale_from": 1, "scale_to": 6}, "lies outside its scale"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(ValidationError, reason), self.cr.savepoint():
                self._make(**values)

    def test_the_reason_names_the_measure(self):
        with self.assertRaisesRegex(ValidationError, f"{NAME} 2023: place 94 of 33"):
            self._make(place=94, place_of=33)

    def test_a_place_or_a_score_is_enough(self):
        self._make(year=2019, place_of=0)
        self._make(year=2020, place=0, place_of=0, score=-2.5, scale_from=-5, scale_to=5)
        self._make(year=2021, place=1, place_of=1)

    def test_a_column_of_years_is_imported_and_every_bad_row_is_told(self):
        Measure = self.env["one.entrance.measure"].with_user(self.manager)
        names = ["name", "year", "place", "place_of", "score"]
        rows = [[NAME, str(year), "33", "94", "4.1"] for year in range(2019, 2024)]
        self.assertEqual(len(Measure.load(names, rows)["ids"]), 5)
        result = Measure.load(names, [[NAME, "2018", "94", "33", ""], [NAME, "2023", "1", "94", ""]])
        self.assertFalse(result["ids"])
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [0, 1])

    def test_managers_keep_measures_and_consultants_read_them(self):
        measure = self._make()
        self.assertEqual(measure.with_user(self.consultant).place, 33)
        with self.assertRaises(AccessError):
            measure.with_user(self.consultant).place = 1
        with self.assertRaises(AccessError):
            measure.with_user(self.director_user).read(["place"])

    def test_the_form_takes_a_year_without_a_thousands_separator(self):
        with Form(self.env["one.entrance.measure"].with_user(self.manager)) as form:
            self.assertEqual(form.year, 2024)
            form.name = NAME
            form.place = 33
        view = self.env.ref("one_entrance_evaluation.one_entrance_measure_view_form")
        self.assertIn("'enable_formatting': False", view.arch)


@tagged("post_install", "-at_install")
class TestMeasuresOfARound(OneEntranceCase):
    """Beside a round's figures stand the measures of its years and of those before, and of no other municipality (S15)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measures = cls.env["one.entrance.measure"].create(
            [{"name": NAME, "year": year, "place": year - 2000} for year in range(2016, 2025)]
        )
        cls.env["one.entrance.measure"].create(
            {"name": NAME, "year": 2023, "place": 1, "company_id": cls.env["res.company"].create({"name": "Nabo"}).id}
        )
        cls.evaluation = (
            cls.env["one.entrance.evaluation"]
            .with_user(cls.manager)
            .create({"name": "Runde", "date_from": "2022-07-01", "date_to": "2023-06-30"})
        )

    def test_the_years_of_the_period_and_the_four_before_it(self):
        self.assertEqual(self.evaluation.measure_ids.sorted("year").mapped("year"), list(range(2018, 2024)))
        self.evaluation.date_to = "2024-06-30"
        self.assertEqual(max(self.evaluation.measure_ids.mapped("year")), 2024)

    def test_many_rounds_take_one_query_for_their_measures(self):
        rounds = self.env["one.entrance.evaluation"].create(
            [{"name": f"R{n}", "date_from": "2022-01-01", "date_to": "2023-01-01"} for n in range(20)]
        )
        counts = []
        for some in (rounds[:1], rounds):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("date_from")
            before = self.env.cr.sql_log_count
            some.mapped("measure_ids.year")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_what_was_noted_stands_still_and_moves_again_when_it_is_opened(self):
        evaluation = self.evaluation
        evaluation._freeze()
        evaluation.write(
            {
                "directorate_date": "2024-02-01",
                "council_date": "2024-03-01",
                "decision": "<p>Taget til efterretning</p>",
                "state": "directorate",
            }
        )
        evaluation.state = "political"
        evaluation.state = "noted"
        self.measures.filtered(lambda measure: measure.year == 2023).write({"place": 77})
        self.measures.filtered(lambda measure: measure.year == 2022).unlink()
        self.assertEqual([row.place for row in evaluation._get_measures()], [18, 19, 20, 21, 22, 23])
        evaluation._unfreeze()
        evaluation.state = "open"
        self.assertEqual([row.place for row in evaluation._get_measures()], [18, 19, 20, 21, 77])

    def test_what_was_kept_is_nobodys_to_read_or_write(self):
        with self.assertRaises(AccessError):
            self.evaluation.kept_paper = {"measures": []}
        with self.assertRaises(AccessError):
            self.evaluation.read(["kept_paper"])

    def test_a_round_that_was_noted_without_measures_gets_none_afterwards(self):
        self.measures.unlink()
        self.evaluation._freeze()
        self.assertEqual(self.evaluation.sudo().kept_paper["measures"], [])
