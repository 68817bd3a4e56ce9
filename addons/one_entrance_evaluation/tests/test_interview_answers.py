from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_interview import InterviewCase

ACTORS = 6
# what the form shows of the interviews
SHOWN = ["answers_html", "actor_counts", "leader_counts", "actor_progress", "leader_progress", "missing_count"]


@tagged("post_install", "-at_install")
class TestInterviewAnswers(InterviewCase):
    """What both sides answer and how far apart they are; nothing on fewer answers than the minimum group, and words of
    those only who agreed (S12).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.one_entrance_minimum_group = 3
        cls.actors = cls.env["res.partner"]
        for n in range(ACTORS):
            cls.actors |= cls._make_contacted(f"Actor {n}", leader=cls.head if n % 2 else cls.director)
        cls.evaluation = cls._make_round(cls.actors)
        cls.evaluation.action_make_interviews()

    def _answer_all(self, side, use, values, **more):
        """Let one actor's side after the other answer a question."""
        for actor, value in zip(self.actors, values, strict=False):
            self._answer(self._get_interview(self.evaluation, actor, side), **{use: value}, **more)

    def _get(self, use, evaluation=None):
        self.env.flush_all()
        answers = (evaluation or self.evaluation).with_user(self.consultant)._get_answers()
        (answer,) = [answer for answer in answers if answer.use == use]
        return answer

    def test_the_answers_come_in_the_order_of_the_questions_without_consent(self):
        answers = self.evaluation._get_answers()
        self.assertEqual(
            [answer.use for answer in answers],
            ["value", "level", "relation", "agreed", "held", "wished", "sheet", "change"],
        )
        self.assertEqual([answer.kind for answer in answers], ["scale"] * 3 + ["number"] * 3 + ["choice", "text"])
        self.assertEqual((answers[0].low, answers[0].high), (1, 5))
        self.assertIsNone(answers[3].low)

    def test_a_side_is_shown_from_the_minimum_group_on(self):
        values = [1, 5, 4]
        for side in ("actor", "leader"):
            with self.subTest(side=side):
                self._answer_all(side, "value", values[:2])
                self.assertIsNone(getattr(self._get("value"), side))
                self._answer(self._get_interview(self.evaluation, self.actors[2], side), value=values[2])
                shown = getattr(self._get("value"), side)
                self.assertEqual(shown.count, 3)
                self.assertAlmostEqual(shown.average, 10 / 3)
                self.assertEqual(shown.distribution, [("1", 1), ("2", 0), ("3", 0), ("4", 1), ("5", 1)])

    def test_contact_leaders_are_shown_where_two_of_them_or_more_have_answered(self):
        alone = self.actors[::2]  # the director's
        for actor in alone:
            self._answer(self._get_interview(self.evaluation, actor, "leader"), value=2, sheet=0)
            self._answer(self._get_interview(self.evaluation, actor), value=4)
        for use in ("value", "sheet", "change"):
            self.assertIsNone(self._get(use).leader, use)
        self.assertEqual(self._get("value").actor.count, len(alone))
        self.assertIsNone(self._get("value").gap)
        self._answer(self._get_interview(self.evaluation, self.actors[1], "leader"), value=5)
        self.assertEqual(self._get("value").leader.count, len(alone) + 1)
        self.assertIsNone(self._get("sheet").leader, "the other one has not answered this question")

    def test_who_leads_the_mayor_led_dialogues_is_not_shown_alone_either(self):
        led = self.env["res.partner"]
        for n in range(4):
            led |= self._make_contacted(f"Led {n}", mayor_led=True)
        evaluation = self._make_round(led | self.actors[0])
        evaluation.action_make_interviews()
        for actor in led:
            interview = self._get_interview(evaluation, actor, "leader")
            self.assertEqual(interview.one_entrance_leader_id, self.municipal_director)
            self._answer(interview, value=3)
        self.assertIsNone(self._get("value", evaluation).leader)
        self._answer(self._get_interview(evaluation, self.actors[0], "leader"), value=3)
        self.assertEqual(self._get("value", evaluation).leader.count, 5)

    def test_the_minimum_group_holds_for_each_question(self):
        self._answer_all("actor", "value", [3, 3, 3])
        self._answer(self._get_interview(self.evaluation, self.actors[3]), level=2)
        self.assertEqual(self._get("value").actor.count, 3)
        self.assertIsNone(self._get("level").actor)

    def test_an_answer_that_was_left_open_counts_for_nobody(self):
        self._answer_all("actor", "value", [3, 3, ""])
        self.assertIsNone(self._get("value").actor)

    def test_an_interview_that_is_not_finished_counts_for_nobody(self):
        self._answer_all("actor", "value", [3, 3])
        interview = self._get_interview(self.evaluation, self.actors[2]).sudo()
        interview._mark_in_progress()
        interview._save_lines(self.questions["value"], "5")
        self.assertIsNone(self._get("value").actor)
        interview._mark_done()
        self.assertAlmostEqual(self._get("value").actor.average, 11 / 3)

    def test_the_gap_is_the_actors_average_minus_the_contact_leaders(self):
        actors, leaders = [5, 4, 2, 1], [3, 3, 2]
        self._answer_all("actor", "value", actors)
        self.assertIsNone(self._get("value").gap)
        self._answer_all("leader", "value", leaders)
        read = round(sum(actors) / 4, 1) - round(sum(leaders) / 3, 1)
        self.assertAlmostEqual(self._get("value").gap, read, msg="it is the difference of what is read")

    def test_numbers_are_averaged_and_nought_is_a_number(self):
        self._answer_all("actor", "held", [0, 2, 2.5])
        self._answer_all("leader", "held", [0, 0, 0])
        answer = self._get("held")
        self.assertAlmostEqual(answer.actor.average, 1.5)
        self.assertEqual(answer.actor.distribution, [("0", 1), ("2", 1), ("2.5", 1)])
        self.assertEqual((answer.leader.average, answer.gap), (0, 1.5))

    def test_choices_are_counted_and_not_averaged(self):
        self._answer_all("actor", "sheet", [0, 0, 2])
        answer = self._get("sheet")
        self.assertIsNone(answer.actor.average)
        self.assertIsNone(answer.gap)
        self.assertEqual([count for _label, count in answer.actor.distribution], [2, 0, 1, 0, 0])
        self.assertIsNone(answer.leader)

    def test_words_are_quoted_of_those_only_who_agreed(self):
        quoted, silent, refused = (self._get_interview(self.evaluation, actor) for actor in self.actors[:3])
        self._answer(quoted, agrees=True, change="Flere møder\n")
        self._answer(silent, change="Ikke spurgt")
        self._answer(refused, agrees=False, change="Hemmeligt")
        begun = self._get_interview(self.evaluation, self.actors[3]).sudo()
        begun._mark_in_progress()
        begun._save_lines(self.questions["change"], "Halvt")
        yes = self.questions["consent"].suggested_answer_ids.filtered("one_entrance_agrees")
        begun._save_lines(self.questions["consent"], str(yes.id))
        self._answer(self._get_interview(self.evaluation, self.actors[0], "leader"), agrees=True, change="Færre møder")
        self.assertEqual(
            [(quote.text, quote.side) for quote in self._get("change").quotes],
            [("Flere møder", "actor"), ("Færre møder", "leader")],
        )

    def test_quotes_stand_in_no_order_that_tells_who_wrote_them(self):
        for actor, text in zip(self.actors, ("C", "a", "B"), strict=False):
            self._answer(self._get_interview(self.evaluation, actor), agrees=True, change=text)
        self.assertEqual([quote.text for quote in self._get("change").quotes], ["a", "B", "C"])

    def test_the_page_shows_the_figures_and_says_where_there_are_too_few(self):
        self._answer_all("actor", "value", [5, 4, 4])
        self._answer_all("leader", "value", [3, 3, 3])
        self._answer(self._get_interview(self.evaluation, self.actors[4]), agrees=True, change="<b>Flere</b>")
        page = str(self.evaluation.with_user(self.consultant).answers_html)
        for word in ("4.3", "3.0", "+1.3", "Too few have answered", "&lt;b&gt;Flere&lt;/b&gt;"):
            self.assertIn(word, page)
        self.assertNotIn("Actor 4", page)

    def test_the_answers_come_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("da_DK")
        question = self.questions["value"].with_context(lang="da_DK")
        question.title = "Hvor meget værdi har dialogen?"
        answers = self.evaluation.with_context(lang="da_DK")._get_answers()
        self.assertEqual(answers[0].title, "Hvor meget værdi har dialogen?")
        self.assertNotEqual(self.evaluation.with_context(lang="en_US")._get_answers()[0].title, answers[0].title)

    # Noted

    def test_what_a_noted_round_shows_stands_still(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.questions["value"].with_context(lang="da_DK").title = "Værdi?"
        self._answer_all("actor", "value", [5, 4, 4], agrees=True, change="Flere møder")
        self._answer_all("leader", "value", [3, 3, 3])
        before = self.evaluation._get_answers()
        counts = self.evaluation._get_interview_counts()
        shown = self.evaluation.with_user(self.manager).read(SHOWN)
        self.evaluation._freeze()
        self._answer(self._get_interview(self.evaluation, self.actors[3]), value=1)
        self.questions["value"].with_context(lang="en_US").title = "Another question?"
        self._get_interview(self.evaluation, self.actors[0]).sudo().unlink()
        self.company.one_entrance_minimum_group = 20
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.evaluation._get_answers(), before)
        self.assertEqual(self.evaluation._get_interview_counts(), counts)
        self.assertEqual(self.evaluation.with_user(self.manager).read(SHOWN), shown)
        self.assertEqual(self.evaluation.with_context(lang="da_DK")._get_answers()[0].title, "Værdi?")
        self.evaluation._unfreeze()
        self.assertNotEqual(self.evaluation._get_answers(), before)
        self.assertEqual(self.evaluation._get_answers()[0].title, "Another question?")

    def test_what_was_kept_is_nobodys_to_write(self):
        self.evaluation._freeze()
        with self.assertRaises(AccessError):
            self.evaluation.with_user(self.manager).kept_answers = {"answers": {}}

    def test_noting_withdraws_the_question_to_the_contact_leaders(self):
        domain = [("res_model", "=", "survey.user_input"), ("res_id", "in", self.evaluation.sudo().interview_ids.ids)]
        self.assertEqual(self.env["mail.activity"].search_count(domain), ACTORS)
        self.evaluation._freeze()
        self.assertFalse(self.env["mail.activity"].search_count(domain))

    # What it costs

    def test_a_batch_of_interviews_takes_queries_that_do_not_grow(self):
        few = self._make_round(self.actors[:2])
        many = self._make_round(self.actors[:2])
        more = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .create(
                [
                    {
                        "name": f"More {n}",
                        "one_entrance_leader_id": (self.director if n % 2 else self.head).id,
                    }
                    for n in range(40)
                ]
            )
        )
        many.actor_ids |= more
        counts = []
        for evaluation in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            evaluation.action_make_interviews()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(many.sudo().interview_ids), 84)
        self.assertLessEqual(counts[1], counts[0] + 15, counts)

    def test_the_answers_take_queries_that_do_not_grow(self):
        self._answer_all("actor", "value", [3], agrees=True, change="Kort")
        counts = []
        for _run in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.evaluation.with_user(self.consultant)._get_answers()
            counts.append(self.env.cr.sql_log_count - before)
            for actor in self.actors[1:]:
                self._answer(self._get_interview(self.evaluation, actor), agrees=True, value=4, change="Langt")
        self.assertLessEqual(counts[1], counts[0], counts)

    def test_the_list_of_interviews_takes_queries_that_do_not_grow(self):
        Interview = self.env["survey.user_input"].with_user(self.consultant)
        arch = Interview.get_views([(self.env.ref("one_entrance_evaluation.survey_user_input_view_list").id, "list")])
        names = set(etree.fromstring(arch["views"]["list"]["arch"]).xpath("//field/@name"))
        spec = {
            name: {"fields": {"display_name": {}}} if Interview._fields[name].type == "many2one" else {}
            for name in names
        }
        domain = [("one_entrance_evaluation_id", "=", self.evaluation.id)]
        counts = []
        for limit in (2, 2, 12):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Interview.web_search_read(domain, spec, limit=limit)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1], counts)
