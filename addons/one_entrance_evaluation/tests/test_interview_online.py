import json

from odoo.tests import HttpCase, tagged

from .common_interview import NOTED, InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewOnline(InterviewCase, HttpCase):
    """An interview is answered by its link: by the actor without login, by a contact leader, or by a consultant who types
    what is said (S12).
    """

    frozen = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("da_DK")
        cls.actor = cls._make_contacted()
        cls.actor.lang = "da_DK"
        cls.evaluation = cls._make_round(cls.actor)
        cls.evaluation.action_make_interviews()
        cls.interview = cls._get_interview(cls.evaluation, cls.actor)
        cls.other = cls._get_interview(cls.evaluation, cls.actor, "leader")

    def _call(self, route, interview, **params):
        url = f"/survey/{route}/{self.survey.access_token}/{interview.access_token}"
        answer = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()["result"]

    def _answer_online(self, interview, **answers):
        """Answer page by page, as the browser does."""
        self.assertNotIn("error", self._call("begin", interview)[1])
        for page in self.survey.page_ids:
            values = {
                str(question.id): answers[question.one_entrance_use]
                for question in page.question_ids
                if question.one_entrance_use in answers
            }
            result = self._call("submit", interview, page_id=page.id, **values)
            self.assertNotIn("error", result[1])
        self.env.invalidate_all()

    def _get_values(self, interview):
        return {
            line.question_id.one_entrance_use: line._get_answer_value()
            for line in interview.user_input_line_ids
            if not line.skipped
        }

    def test_an_actor_answers_by_its_link_without_login_in_its_own_language(self):
        self.questions["value"].with_context(lang="da_DK").title = "Hvor meget værdi har dialogen?"
        self.authenticate(None, None)
        page = self.url_open(self.interview.get_start_url())
        self.assertEqual(page.status_code, 200)
        self.assertIn('"lang": "da_DK"', page.text)
        self._call("begin", self.interview)
        page = self.url_open(self.interview.get_start_url())
        self.assertIn("Hvor meget værdi har dialogen?", page.text)
        self.assertNotIn("Of how much value", page.text)

    def test_what_is_answered_online_is_kept_and_nobody_has_conducted_it(self):
        self.authenticate(None, None)
        self._answer_online(self.interview, value="4", held="0", wished="2.5", change="Flere møder")
        self.assertEqual(self.interview.one_entrance_status, "done")
        self.assertFalse(self.interview.one_entrance_conducted_by_id)
        self.assertEqual(
            self._get_values(self.interview), {"value": 4, "held": 0, "wished": 2.5, "change": "Flere møder"}
        )

    def test_a_consultant_without_a_right_to_surveys_conducts_an_interview(self):
        self.authenticate(self.consultant.login, self.consultant.login)
        action = self.interview.with_user(self.consultant).action_one_entrance_open()
        self.assertIn("o_survey_form", self.url_open(action["url"]).text)
        self._answer_online(self.interview, value="2")
        self.assertEqual(self.interview.one_entrance_conducted_by_id, self.consultant)
        self.assertEqual(self._get_values(self.interview), {"value": 2})

    def test_a_leader_and_a_delegate_answer_with_their_login(self):
        self.authenticate(self.director_user.login, self.director_user.login)
        action = self.other.with_user(self.director_user).action_one_entrance_open()
        self.assertIn("o_survey_form", self.url_open(action["url"]).text)
        self._answer_online(self.other, value="5")
        self.assertEqual(self.other.one_entrance_status, "done")
        self.assertFalse(self.other.one_entrance_conducted_by_id)

    def test_the_questions_are_on_no_public_page(self):
        self.authenticate(None, None)
        page = self.url_open(self.survey.get_start_url())
        self.assertNotIn("Interview about One Entrance", page.text)
        self.assertEqual(len(self.survey.user_input_ids), 2)

    def test_an_interview_is_answered_once(self):
        self.authenticate(None, None)
        self._answer_online(self.interview, value="4")
        page = self.url_open(f"{self.interview.get_print_url()}&review=True")
        self.assertNotIn("/survey/retry/", page.text)
        self.url_open(f"/survey/retry/{self.survey.access_token}/{self.interview.access_token}")
        self.assertEqual(self.survey.user_input_ids, self.interview | self.other)
        result = self._call("submit", self.interview, page_id=self.survey.page_ids[0].id)
        self.assertEqual(result[1]["error"], "unauthorized")

    def test_nobody_answers_once_the_round_is_noted(self):
        self.evaluation.write(NOTED)
        self.authenticate(None, None)
        self.assertEqual(self._call("begin", self.interview)[1]["error"], "survey_closed")
        self.assertNotIn("o_survey_start", self.url_open(self.interview.get_start_url()).text)

    def test_those_who_keep_other_surveys_get_no_results_page(self):
        survey_manager = self._make_user("survey_manager", "base.group_user,survey.group_survey_manager")
        self.authenticate(None, None)
        self._answer_online(self.interview, change="Hemmeligt")
        self.authenticate(survey_manager.login, survey_manager.login)
        page = self.url_open(f"/survey/results/{self.survey.id}")
        self.assertNotEqual(page.status_code, 200)
        self.assertNotIn("Hemmeligt", page.text)

    def test_another_surveys_link_is_for_its_own_answerer_as_ever(self):
        other = self.env["survey.survey"].create({"title": "Trivsel", "access_mode": "token"})
        other.question_and_page_ids = [(0, 0, {"title": "Hvordan går det?"})]
        answer = other._create_answer(user=self.colleague)
        self.authenticate(self.consultant.login, self.consultant.login)
        page = self.url_open(answer.get_start_url())
        self.assertNotIn("o_survey_start", page.text)
