from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_interview import InterviewCase

SECRET = "Vi overvejer at flytte"


@tagged("post_install", "-at_install")
class TestInterviewAccess(InterviewCase):
    """Answers are given in confidence: they are read by the scheme's consultants, and by neither the other side nor those
    who keep the municipality's other surveys (S12).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey_user = cls._make_user("survey_user", "base.group_user,survey.group_survey_user")
        cls.survey_manager = cls._make_user("survey_manager", "base.group_user,survey.group_survey_manager")
        cls.leader_and_survey_manager = cls._make_user("both", "one_entrance.group_leader,survey.group_survey_manager")
        cls.portal = cls._make_user("portal", "base.group_portal")
        cls.office = cls._make_user("office", "one_entrance.group_leader")
        cls.company.one_entrance_mayor_office_id = cls.office
        theirs = cls.env["res.company"].create({"name": "Nabokommunen"})
        cls.their_manager = cls._make_user(
            "their_manager", "one_entrance.group_manager", company_id=theirs.id, company_ids=[(6, 0, theirs.ids)]
        )
        cls.actor = cls._make_contacted("Havnen")
        cls.delegated = cls._make_contacted("Kattegatcentret", leader=cls.head)
        cls.mayor_led = cls._make_contacted("Letbanen", mayor_led=True)
        cls.evaluation = cls._make_round(cls.actor | cls.delegated | cls.mayor_led)
        cls.evaluation.action_make_interviews()
        for interview in cls.evaluation.sudo().interview_ids:
            cls._answer(interview, agrees=False, value=2, change=SECRET)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _get_all(self):
        return self.evaluation.sudo().interview_ids

    def _reads(self, records, user):
        return records.with_user(user).filtered(lambda record: record.has_access("read")).sudo(False)

    def test_consultants_and_managers_read_all_without_a_right_to_surveys(self):
        for user in (self.consultant, self.manager):
            with self.subTest(user=user.login):
                interviews = self._get_all().with_user(user)
                interviews.read()
                self.assertEqual(len(interviews.user_input_line_ids), 18)
                self.assertIn(SECRET, interviews.user_input_line_ids.mapped("value_text_box"))
                self.survey.with_user(user).read(["title"])

    def test_a_leader_finds_the_own_interviews_and_nothing_of_the_actors(self):
        for user, actor in (
            (self.director_user, self.actor),
            (self.delegate_user, self.delegated),
            (self.office, self.mayor_led),
        ):
            with self.subTest(user=user.login):
                own = self._get_interview(self.evaluation, actor, "leader")
                found = self.env["survey.user_input"].with_user(user).search([])
                self.assertEqual(found, own)
                self.assertEqual(found.one_entrance_actor_id, actor)
                self.assertIn(own.access_token, found.action_one_entrance_open()["url"])
                other = self._get_interview(self.evaluation, actor).with_user(user)
                for read in (lambda other=other: other.read(["state"]), other.action_one_entrance_open):
                    with self.assertRaises(AccessError):
                        read()
                with self.assertRaises(AccessError):
                    self._get_all().user_input_line_ids.with_user(user).read(["value_text_box"])
                self.assertFalse(self._finds_secret(user))

    def _finds_secret(self, user):
        """Whether a search tells what was answered, to one who cannot read it."""
        domains = [
            ("survey.user_input", [("user_input_line_ids.value_text_box", "=", SECRET)]),
            ("survey.user_input", [("one_entrance_mirror_id.user_input_line_ids.value_text_box", "=", SECRET)]),
            ("survey.user_input.line", [("value_text_box", "=", SECRET)]),
            ("mail.message", [("model", "=", "survey.user_input"), ("res_id", "in", self._get_actor_side().ids)]),
        ]
        for model, domain in domains:
            try:
                if self.env[model].with_user(user).search(domain):
                    return True
            except AccessError:
                continue
        return False

    def _get_actor_side(self):
        return self._get_all().filtered(lambda interview: interview.one_entrance_side == "actor")

    def test_nobody_else_finds_an_interview(self):
        for user in (
            self.colleague,
            self.survey_user,
            self.survey_manager,
            self.leader_and_survey_manager,
            self.portal,
            self.env.ref("base.public_user"),
            self.their_manager,
        ):
            with self.subTest(user=user.login):
                self.assertFalse(self._reads(self._get_all(), user))
                self.assertFalse(self._reads(self._get_all().user_input_line_ids, user))
                self.assertFalse(self._finds_secret(user))
                try:
                    found = self.env["survey.user_input"].with_user(user).search([])
                except AccessError:
                    continue
                self.assertFalse(found & self._get_all())

    def test_an_interview_in_a_survey_of_another_type_is_no_more_open(self):
        # as a mistake in the database would have it: the rule about the round holds by itself
        self.env.cr.execute("UPDATE survey_survey SET survey_type = 'custom' WHERE id = %s", [self.survey.id])
        self.env.invalidate_all()
        for user in (self.survey_user, self.survey_manager, self.leader_and_survey_manager):
            with self.subTest(user=user.login):
                self.assertFalse(self._reads(self._get_all(), user))
                self.assertFalse(self._reads(self._get_all().user_input_line_ids, user))
        own = self._get_interview(self.evaluation, self.actor, "leader")
        self.assertEqual(self._reads(self._get_all(), self.director_user), own)

    def test_those_who_keep_other_surveys_neither_see_nor_change_the_questions(self):
        for user in (self.survey_user, self.survey_manager):
            with self.subTest(user=user.login):
                self.assertFalse(self.env["survey.survey"].with_user(user).search([("id", "=", self.survey.id)]))
                for record in (self.survey, self.questions["value"], self.questions["consent"].suggested_answer_ids):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["create_date"])
                    with self.assertRaises(AccessError):
                        record.with_user(user).write({"sequence" if "sequence" in record else "color": 3})
                own = self.env["survey.survey"].with_user(user).create({"title": "Trivsel"})
                own.write({"question_and_page_ids": [(0, 0, {"title": "Hvordan går det?"})]})
                self.assertTrue(own.question_ids.read(["title"]))

    def test_managers_keep_the_questions_and_consultants_read_them(self):
        copy = self.survey.with_user(self.manager).copy()
        copy.question_ids[0].title = "Er dialogen noget værd?"
        copy.question_ids.filtered(lambda question: question.one_entrance_use == "sheet").suggested_answer_ids[
            0
        ].value = "Altid"
        copy.with_user(self.consultant).read(["title"])
        with self.assertRaises(AccessError):
            copy.with_user(self.consultant).title = "Andet"
        copy.unlink()
        other = self.env["survey.survey"].create({"title": "Trivsel"})
        for user in (self.consultant, self.manager):
            with self.assertRaises(AccessError):
                other.with_user(user).read(["title"])
        with self.assertRaises(AccessError):
            self.env["survey.survey"].with_user(self.consultant).create({"title": "Trivsel"})
        # Odoo finds first that the manager would be responsible for what one may not read
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.env["survey.survey"].with_user(self.manager).create({"title": "Trivsel"})

    def test_nobody_writes_on_an_interview_by_hand(self):
        interview = self._get_interview(self.evaluation, self.actor, "leader")
        for user in (self.director_user, self.consultant, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    interview.with_user(user).write({"state": "new"})
                with self.assertRaises(AccessError):
                    self.env["survey.user_input"].with_user(user).create({"survey_id": self.survey.id})
                with self.assertRaises(AccessError):
                    interview.user_input_line_ids.with_user(user).write({"value_scale": 1})
        with self.assertRaises(AccessError):
            interview.with_user(self.consultant).unlink()
        interview.with_user(self.manager).unlink()

    def test_only_managers_make_interviews_and_consultants_send_links(self):
        self.evaluation.with_user(self.consultant).action_send_links()
        with self.assertRaises(AccessError):
            self.evaluation.with_user(self.consultant).action_make_interviews()
        for action in ("action_send_links", "action_make_interviews"):
            for user in (self.director_user, self.colleague):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(self.evaluation.with_user(user), action)()

    def test_which_rounds_wait_for_a_leader_is_not_told_to_colleagues(self):
        self.assertTrue(self.director.with_user(self.director_user).action_open_interviews()["domain"])
        with self.assertRaises(AccessError):
            self.director.with_user(self.colleague).action_open_interviews()

    def test_nobody_sends_from_somebody_elses_wizard(self):
        action = self.evaluation.with_user(self.consultant).action_send_links()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        for user in (self.colleague, self.director_user, self.manager):
            for method in ("action_check", "action_send"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    getattr(wizard.with_user(user), method)()
