from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_evaluation import REPORT, EvaluationCase
from .evaluation_samples import Sample, answer, figure, make_extreme, make_nothing, make_rollout, make_year, side

# The order of the case paper.
SECTIONS = [
    "Background",
    "Implementation",
    "Findings",
    "External measures",
    "Assessment",
    "Connection to other policies, strategies and fields",
    "Economic consequences",
    "Recommendation",
    "Decision",
]


@tagged("post_install", "-at_install")
class TestEvaluationPaper(EvaluationCase):
    """What the paper for the council says: the order of the case paper, and sentences that are true of the figures (S12)."""

    def _headings(self, **kwargs):
        return [element.text_content().strip() for element in html.fromstring(self._render(**kwargs)).xpath("//h2")]

    def _say(self, *figures):
        Sample(figures).patch(self)
        return self._read()

    # The order and the words of the case paper

    def test_the_sections_stand_in_the_order_of_the_case_paper(self):
        make_year().patch(self)
        self.evaluation.write({"policies": "<p>Tourism</p>", "decision": "<p>Noted</p>"})
        self.env["one.entrance.measure"].create({"name": "DI", "year": 2023, "place": 33})
        self.assertEqual(self._headings(), SECTIONS)

    def test_what_the_source_has_only_sometimes_is_left_out(self):
        make_nothing().patch(self)
        self.assertEqual(
            self._headings(),
            [
                "Background",
                "Implementation",
                "Findings",
                "Assessment",
                "Economic consequences",
                "Recommendation",
            ],
        )

    def test_the_heading_says_whose_case_it_is_and_where_it_stands(self):
        make_nothing().patch(self)
        text = self._read()
        self.assertIn("Nordby Kommune Evaluation Evaluation of the Scheme Open · Internal", text)
        self.assertIn(
            "Evaluation of the Scheme For The municipal council Period January 1, 2023 to December 31, 2023 Discussed in the "
            "directorate February 24, 2024 At the political level March 19, 2024 Status Open",
            text,
        )
        self.evaluation.write({"directorate_date": False, "council_date": False})
        text = self._read()
        for words in ("Discussed in", "At the political level", "After discussion", "False", "None"):
            self.assertNotIn(words, text)

    def test_the_paper_is_internal_until_the_case_goes_political(self):
        make_nothing().patch(self)
        self.evaluation.decision = "<p>Noted</p>"
        for state, mark in (
            ("open", "Internal"),
            ("directorate", "Internal"),
            ("political", "Public"),
            ("noted", "Public"),
        ):
            self.evaluation.state = state
            text = self._read()
            self.assertIn(f"· {mark} ", text)
            self.assertIn(f"{mark} Printed 05/15/2024", text)
            self.assertNotIn("Public" if mark == "Internal" else "Internal", text)

    def test_the_background_is_told_in_the_words_of_the_case_paper_from_settings(self):
        make_year().patch(self)
        text = self._read()
        self.assertIn(
            "At its meeting on December 17, 2019, the municipal council decided that the scheme One Entrance", text
        )
        self.assertIn(
            "On December 31, 2023 the scheme had 40 actors. With 6 of them, mayor and municipal director", text
        )
        self.assertIn("by the figures of its register and by interviews with actors and their contact leaders.", text)
        self.assertIn(
            "After discussion in the directorate on February 24, 2024, the case is put to the political level", text
        )
        self.company.one_entrance_decision_date = False
        make_nothing().patch(self)
        text = self._read()
        for words in ("At its meeting", "interviews with actors", "the scheme had"):
            self.assertNotIn(words, text)
        self.assertIn("by the figures of its register. After discussion", text)

    def test_the_interviews_are_findings_where_there_are_no_others(self):
        Sample().patch(self)
        self.assertIn("Findings The interviews No interviews were arranged.", self._read())
        make_year().patch(self)
        self.assertEqual(self._headings().count("Findings"), 1)

    def test_what_people_write_stands_instead_of_what_is_proposed(self):
        make_year().patch(self)
        texts = {
            "background": "Bag",
            "assessment": "Godt",
            "policies": "Turisme",
            "economy": "Dyrt",
            "recommendation": "Fortsæt",
            "decision": "Vedtaget",
        }
        self.evaluation.write({name: f"<p>{text}</p>" for name, text in texts.items()})
        text = self._read()
        for words in texts.values():
            self.assertIn(words, text)
        for words in ("At its meeting", "To be written", "No economic consequences", "recommends that"):
            self.assertNotIn(words, text)

    def test_an_empty_assessment_is_a_place_to_write_and_the_rest_is_proposed(self):
        make_year().patch(self)
        self.evaluation.assessment = "<p><br></p>"
        text = self._read()
        self.assertIn("Assessment To be written: what the administration makes of the findings.", text)
        self.assertIn("Economic consequences No economic consequences", text)
        self.assertIn("Recommendation The municipal director recommends that the evaluation is noted.", text)

    # Sentences that are true of the figures

    def test_the_rollout_is_told_as_far_as_all_actors_have_come(self):
        for end, sentence in (
            (
                (0, 0, 14, 26, 0),
                "is rolled out to step 2 for all actors: initial contact is made. A plan for the further "
                "dialogue, step 3, is agreed with 26 of 40 actors.",
            ),
            ((0, 0, 0, 40, 0), "is rolled out to step 3 for all actors"),
            (
                (0, 3, 20, 17, 0),
                "is rolled out to step 1 for all actors: the official letter has been sent. A plan for the "
                "further dialogue, step 3, is agreed with 17 of 40 actors.",
            ),
            ((1, 0, 13, 26, 0), "is not yet rolled out to step 1 for all actors."),
            ((0, 0, 0, 0, 5), "There were no actors in the scheme at the end of the period."),
        ):
            with self.subTest(end=end):
                text = self._say(*make_rollout((0, 0, 0, 0, 0), end))
                self.assertIn(sentence, text)

    def test_each_step_says_how_many_have_come_that_far(self):
        text = self._say(*make_rollout((22, 10, 6, 2, 0), (2, 4, 10, 24, 1)))
        self.assertIn("goes out to the actor. Reached by 38 of 40 actors; at the start of the period by 18.", text)
        self.assertIn("introductory meeting. Reached by 34 of 40 actors; at the start of the period by 8.", text)
        self.assertIn("a suitable frequency. Reached by 24 of 40 actors; at the start of the period by 2.", text)
        self.assertIn("1 actor has left the scheme, and is not counted here.", text)
        self.assertIn("3 actors have left", self._say(*make_rollout((0,) * 5, (0, 0, 0, 1, 3))))
        self.assertIn("Reached by 1 of 1 actor.", self._say(*(figure("rollout_end", 1, "plan"),)))

    def test_kinds_stand_by_step_and_who_has_none_is_counted_too(self):
        kinds = [("company/contact", 3), ("company/plan", 4), ("none/plan", 2), ("association/left", 9)]
        text = self._say(*make_rollout((0,) * 5, (0, 0, 3, 6, 9), kinds))
        self.assertIn(
            "Actors by kind on December 31, 2023 Appointed 1. Letter 2. Contact 3. Plan Total "
            "Company 0 0 3 4 7 Kind not stated 0 0 0 2 2",
            text,
        )
        self.assertNotIn("Association", text)

    def test_what_is_counted_once_is_told_in_the_singular(self):
        for code, one, many in (
            ("meetings_postponed", "1 meeting was postponed.", "2 meetings were postponed."),
            ("inquiries_received", "The actors raised 1 inquiry in", "The actors raised 2 inquiries in"),
            ("handovers", "There was 1 handover from", "There were 2 handovers from"),
            ("meetings", "1 meeting or call was held", "2 meetings and calls were held"),
        ):
            with self.subTest(code=code):
                self.assertIn(one, self._say(figure(code, 1)))
                self.assertIn(many, self._say(figure(code, 2)))

    def test_plans_and_what_was_held_are_told_whichever_is_more(self):
        for planned, held, sentence in (
            (47, 40, "called for 47 meetings, and 40 took place under them (85%)."),
            (1, 3, "called for 1 meeting, and 3 took place under them."),
            (0, 0, "No dialogue plan called for a meeting in the period."),
            (None, 5, "called for 0 meetings, and 5 took place under them."),
        ):
            with self.subTest(planned=planned, held=held):
                text = self._say(figure("meetings_planned", planned, "6", "6"), figure("meetings_held", held, "6", "6"))
                self.assertIn(sentence, text)

    def test_nothing_to_measure_is_not_told_as_nothing(self):
        make_nothing().patch(self)
        text = self._read()
        for words in ("None", "False", "on average", "%", "nan"):
            self.assertNotIn(words, text)
        for words in ("raised no inquiries", "No actor was handed over", "No interviews were arranged"):
            self.assertIn(words, text)
        self.assertNotIn("<svg", self._render())

    def test_the_paper_prints_whatever_the_figures_are(self):
        for sample in (Sample(), make_nothing(), make_extreme(), make_year()):
            sample.patch(self)
            self.assertIn("Recommendation", self._read())

    # The interviews

    def test_a_gap_stands_beside_both_sides(self):
        make_year().patch(self)
        text = self._read()
        self.assertIn("answered by 18 of 24 actors, and by their contact leaders about 9 of 11 actors.", text)
        self.assertIn("The two sides differ most on “Er kontaktpersonen", text)
        self.assertIn("on average 3.9 from the actors and 4.6 from the contact leaders.", text)
        self.assertIn("Hvor mange møder om året ønskes? 2.4 1.9 +0.5", text)
        self.assertIn("33%", text)

    def test_nothing_is_shown_from_fewer_answers_than_the_minimum_group(self):
        self.company.one_entrance_minimum_group = 7
        answers = [
            answer("Begge skjult", "scale"),
            answer("Leder skjult", "scale", actor=side(12, 4.44)),
            answer("Valg skjult", "choice"),
            answer("Valg halvt", "choice", actor=side(10, distribution=[("Ja", 9), ("Nej", 1)])),
            answer("Tal skjult", "number"),
        ]
        Sample(answers=answers, actor=(12, 12), leader=(3, 4)).patch(self)
        text = self._read()
        self.assertIn("No figure is shown from fewer than 7 answers, nor from one contact leader alone, so", text)
        self.assertIn("Therefore not shown: “Begge skjult”, “Valg skjult”, “Tal skjult”.", text)
        self.assertEqual(text.count("Begge skjult"), 1)
        self.assertIn("4.4", text)
        self.assertIn("Contact leaders: not shown", text)
        self.assertNotIn("differ most", text)

    def test_the_reason_of_a_noted_round_stands_still(self):
        Sample(answers=[answer("Skjult")], actor=(1, 1)).patch(self)
        self.evaluation.write({"decision": "<p>Taget til efterretning</p>", "state": "noted"})
        before = self.company.one_entrance_minimum_group
        self.company.one_entrance_minimum_group = before + 1
        self.assertIn(f"No figure is shown from fewer than {before} answers", self._read())

    def test_the_background_of_a_noted_round_stands_still(self):
        make_year().patch(self)
        self.company.one_entrance_decision_date = "2019-12-17"
        self.evaluation.write({"decision": "<p>Taget til efterretning</p>", "state": "noted"})
        self.company.one_entrance_decision_date = "2018-01-01"
        self.assertIn("December 17, 2019", self._read())

    def test_with_enough_answers_no_reason_is_given(self):
        Sample(answers=[answer("Q", actor=side(9, 4.0), leader=side(9, 3.0))]).patch(self)
        self.assertNotIn("No figure is shown", self._read())

    def test_quotes_name_the_side_only_and_the_sides_take_turns(self):
        quotes = [(f"Aktør{n}", "actor") for n in range(5)] + [(f"Leder{n}", "leader") for n in range(5)]
        Sample(answers=[answer("Ord", "text", quotes=quotes)]).patch(self)
        self.assertIn(
            "Ord “Aktør0” An actor “Leder0” A contact leader “Aktør1” An actor 7 more quotes stand with the answers",
            self._read(),
        )

    def test_a_long_quote_says_that_it_was_cut(self):
        Sample(answers=[answer("Ord", "text", quotes=[("ord " * 300, "actor")])]).patch(self)
        self.assertIn("ord […]” An actor", self._read())

    # Safe, quick and for whom

    def test_names_and_answers_are_text_and_no_html(self):
        make_extreme().patch(self)
        self.env["one.entrance.measure"].create(
            {"name": "<b>DI</b> & co.", "year": 2023, "place": 3, "source": "<i>x</i>"}
        )
        self.evaluation.name = "<script>alert(1)</script> & ”Én”"
        document = html.fromstring(self._render())
        for tag in ("b", "i", "script"):
            self.assertFalse(document.xpath(f"//main//{tag}"), tag)
        self.assertIn("<b>Fusion</b> & ”Søn”", document.text_content())

    def test_the_printer_fetches_nothing(self):
        make_year().patch(self)
        report = self.env.ref(REPORT)
        bodies, ids, header, footer, _paper = report._prepare_html(self._render(), report_model=report.model)
        self.assertEqual(ids, self.evaluation.ids)
        for part in (*bodies, header, footer):
            root = html.fromstring(str(part))
            self.assertFalse(root.xpath("//link | //iframe | //object | //script[@src]"))
            self.assertTrue(all(source.startswith("data:") for source in root.xpath("//@src")))
            self.assertNotIn("url(", part)

    def test_many_papers_take_the_same_queries_as_one(self):
        make_year().patch(self)
        self.env["one.entrance.measure"].create(
            [{"name": "DI", "year": year, "place": 33, "score": 4} for year in range(2019, 2024)]
        )
        rounds = self.evaluation
        for n in range(20):
            rounds += self._make_round(name=f"Round {n}", assessment=f"<p>Text {n}</p>")
        self._render(rounds)  # compiles the templates, and fills what Odoo keeps between requests
        counts = []
        for printed in (rounds[:1], rounds):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            text = self._render(printed)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(text.count('data-oe-model="one.entrance.evaluation"'), len(printed))
        self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_managers_print_it_and_nobody_else(self):
        make_year().patch(self)
        for user in (self.consultant, self.director_user, self.colleague):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._render(user=user)
                with self.assertRaises(AccessError):
                    self.evaluation.with_user(user).action_print_paper()
        with self.assertRaisesRegex(AccessError, "Ask one of them to print it"):
            self._render(user=self.consultant)
        action = self.evaluation.with_user(self.manager).action_print_paper()
        self.assertEqual(action["report_name"], "one_entrance_evaluation.evaluation_document")
        self.assertEqual(action["context"]["active_ids"], self.evaluation.ids)

    def test_it_stands_in_the_print_menu_of_managers(self):
        Actions = self.env["ir.actions.actions"]
        for user, sees in ((self.manager, True), (self.consultant, False)):
            seen = Actions.with_user(user).get_bindings("one.entrance.evaluation").get("report", ())
            self.assertEqual(self.env.ref(REPORT).id in [action["id"] for action in seen], sees)

    def test_the_file_has_a_name_that_a_file_may_have(self):
        self.evaluation.name = "Evaluering 2023/24"
        self.assertEqual(self.evaluation._get_paper_name(), "Evaluering 2023-24, paper for the council")

    def test_measures_stand_with_their_last_year_and_a_trend(self):
        make_nothing().patch(self)
        Measure = self.env["one.entrance.measure"]
        Measure.create(
            [
                {"name": "DI", "year": year, "place": 100 - year % 100, "place_of": 94, "score": 3.25 + year % 10}
                for year in (2017, 2021, 2022, 2023, 2024)
            ]
        )
        text = self._read()
        self.assertIn("External measures DI Place 77 of 94 in 2023. Score: 6.25.", text)
        self.assertIn("79 2021 78 2022 77 2023", text)
        for words in ("2017", "83", "76"):
            self.assertNotIn(words, text.split("External measures")[1].split("Assessment")[0])
        Measure.search([("year", "<", 2023)]).unlink()
        Measure.search([("year", "=", 2023)]).write(
            {"place": 0, "place_of": 0, "scale_from": 1, "scale_to": 7, "unit": "points", "source": "DI, May"}
        )
        text = self._read()
        self.assertIn("DI Score in 2023: 6.25 points (scale 1 to 7). Source: DI, May", text)
        self.assertNotIn("best at the top", text)
