from unittest.mock import patch

import psycopg2
from lxml import etree

from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common_interview import NOTED, InterviewCase

LEFT = {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-01", "one_entrance_left_reason": "Lukket"}
ACTIVITY = "one_entrance_evaluation.mail_activity_type_answer_interview"


@tagged("post_install", "-at_install")
class TestInterview(InterviewCase):
    """One click makes the interviews of a round: the same questions to each actor and to its contact leader (S12)."""

    def _get_activities(self, evaluation):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "survey.user_input"),
                ("res_id", "in", evaluation.sudo().interview_ids.ids),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        )

    def test_a_round_asks_the_ready_questions_of_all_who_have_been_contacted(self):
        reached = self._make_contacted("Havnen")
        self._make_actor("Kun udpeget")
        self._make_contacted("Gået ud").write(LEFT)
        evaluation = self._make_round()
        self.assertEqual(evaluation.survey_id, self.survey)
        self.assertEqual(evaluation.actor_ids, reached)

    def test_each_actor_and_its_contact_leader_get_the_same_questions(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen", leader=self.head)
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        interviews = evaluation.sudo().interview_ids
        self.assertEqual(len(interviews), 4)
        self.assertEqual(interviews.survey_id, self.survey)
        for actor, leader in zip(actors, self.director | self.head, strict=True):
            own, other = (self._get_interview(evaluation, actor, side) for side in ("actor", "leader"))
            self.assertEqual((own | other).one_entrance_leader_id, leader)
            self.assertEqual(own.one_entrance_mirror_id, other)
            self.assertEqual(own.predefined_question_ids, self.survey.question_ids)
            self.assertEqual(other.predefined_question_ids, self.survey.question_ids)

    def test_a_second_click_adds_only_what_is_missing(self):
        first = self._make_contacted("Havnen")
        evaluation = self._make_round(first)
        evaluation.action_make_interviews()
        there = evaluation.sudo().interview_ids
        activities = self._get_activities(evaluation)
        evaluation.action_make_interviews()
        self.assertEqual(evaluation.sudo().interview_ids, there)
        self.assertEqual(self._get_activities(evaluation), activities)
        evaluation.actor_ids |= self._make_contacted("Banen")
        self.assertEqual(evaluation.unmade_count, 1)
        evaluation.action_make_interviews()
        self.assertEqual(len(evaluation.sudo().interview_ids - there), 2)
        self.assertEqual(evaluation.unmade_count, 0)

    def test_two_who_click_at_once_make_no_interview_twice(self):
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        interview = self._get_interview(evaluation, actor)
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation), self.cr.savepoint():
            interview.copy()

    def test_who_clicks_while_another_is_at_it_is_told_so(self):
        evaluation = self._make_round(self._make_contacted())
        locked = patch.object(type(evaluation), "lock_for_update", side_effect=LockError("locked"))
        with locked, self.assertRaises(UserError) as refusal:
            evaluation.action_make_interviews()
        self.assertIn("Somebody else", str(refusal.exception))
        self.assertFalse(evaluation.sudo().interview_ids)

    def test_mayor_and_municipal_director_answer_once_for_a_mayor_led_actor(self):
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        actor = self._make_contacted("Letbanen", mayor_led=True)
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        other = self._get_interview(evaluation, actor, "leader")
        self.assertEqual(other.one_entrance_leader_id, self.municipal_director)
        self.assertEqual(self._get_activities(evaluation).user_id, office)

    def test_who_acts_for_the_contact_leader_is_asked_to_answer(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen", leader=self.head)
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        activities = self._get_activities(evaluation)
        self.assertEqual(activities.user_id, self.director_user | self.delegate_user)
        self.assertEqual(
            set(activities.mapped("summary")),
            {"Answer the interview about Havnen", "Answer the interview about Banen"},
        )
        self.assertEqual({str(activity.date_deadline) for activity in activities}, {"2024-05-29"})
        self._answer(self._get_interview(evaluation, actors[0], "leader"), value=4)
        self.assertEqual(self._get_activities(evaluation).user_id, self.delegate_user)

    def test_who_has_no_role_in_the_scheme_is_not_asked_by_an_activity(self):
        self.director.user_id = self.colleague
        evaluation = self._make_round(self._make_contacted())
        evaluation.action_make_interviews()
        self.assertFalse(self._get_activities(evaluation))

    def test_the_next_contact_leader_is_asked_instead_of_one_who_has_not_begun(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen")
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        begun, waiting = (self._get_interview(evaluation, actor, "leader") for actor in actors)
        begun._mark_in_progress()
        old_link = waiting.access_token
        actors.with_user(self.consultant).write({"one_entrance_leader_id": self.head.id})
        evaluation.action_make_interviews()
        self.assertEqual(self._get_interview(evaluation, actors[0], "leader"), begun)
        self.assertEqual(begun.one_entrance_leader_id, self.director)
        self.assertFalse(waiting.exists())
        new = self._get_interview(evaluation, actors[1], "leader")
        self.assertEqual(new.one_entrance_leader_id, self.head)
        self.assertNotEqual(new.access_token, old_link, "the former leader has no link to the next one's answers")
        own = self._get_interview(evaluation, actors[1])
        self.assertEqual((own.one_entrance_mirror_id, own.one_entrance_leader_id), (new, self.head))
        users = {activity.res_id: activity.user_id for activity in self._get_activities(evaluation)}
        self.assertEqual(users, {begun.id: self.director_user, new.id: self.delegate_user})

    def test_an_actor_that_has_left_is_asked_together_with_who_held_it_last(self):
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        actor.with_user(self.consultant).write(LEFT)
        self.assertFalse(actor.one_entrance_leader_id)
        evaluation.action_make_interviews()
        self.assertEqual(self._get_interview(evaluation, actor, "leader").one_entrance_leader_id, self.director)

    def test_an_actor_with_nobody_on_the_other_side_is_asked_alone_and_named(self):
        self.company.write({"one_entrance_mayor_id": False, "one_entrance_municipal_director_id": False})
        actor = self._make_contacted("Letbanen", mayor_led=True)
        evaluation = self._make_round(actor)
        result = evaluation.action_make_interviews()
        self.assertIn("Letbanen", result["params"]["message"])
        self.assertEqual(evaluation.sudo().interview_ids.mapped("one_entrance_side"), ["actor"])
        self.company.one_entrance_municipal_director_id = self.municipal_director
        evaluation.action_make_interviews()
        own, other = (self._get_interview(evaluation, actor, side) for side in ("actor", "leader"))
        self.assertEqual(own.one_entrance_mirror_id, other)

    def test_taking_an_actor_out_lets_go_of_what_was_not_begun(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen")
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        self._answer(self._get_interview(evaluation, actors[0]), value=4)
        evaluation.actor_ids = False
        self.assertEqual(evaluation.sudo().interview_ids.mapped("one_entrance_status"), ["done"])
        self.assertFalse(self._get_activities(evaluation))

    def test_archiving_an_actor_keeps_its_interviews(self):
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        actor.with_user(self.consultant).action_archive()
        self.assertEqual(len(evaluation.sudo().interview_ids), 2)
        self.assertEqual(evaluation.with_context(active_test=False).actor_ids, actor)
        evaluation.action_make_interviews()
        self.assertEqual(len(evaluation.sudo().interview_ids), 2)

    def test_an_actor_that_is_interviewed_is_not_deleted(self):
        actor = self._make_contacted()
        self._make_round(actor).action_make_interviews()
        with self.assertRaises(ValidationError):
            actor.with_user(self.consultant).unlink()

    def test_each_is_asked_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen")
        actors[0].lang = "da_DK"
        self.director_user.lang = "da_DK"
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        langs = {
            (interview.one_entrance_actor_id.name, interview.one_entrance_side): interview.lang_id.code
            for interview in evaluation.sudo().interview_ids
        }
        self.assertEqual(langs["Havnen", "actor"], "da_DK")
        self.assertEqual(langs["Banen", "actor"], "en_US")
        self.assertEqual(langs["Havnen", "leader"], "da_DK")

    def test_an_interview_is_named_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.env.ref("base.module_one_entrance_evaluation")._update_translations(["da_DK"])
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        interview = self._get_interview(evaluation, actor, "leader")
        names = [interview.with_context(lang=lang).display_name for lang in ("da_DK", "en_US")]
        self.assertEqual(names, ["Havnen: Kontaktperson", "Havnen: Contact Leader"])

    def test_who_is_missing_is_counted_on_either_side(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen")
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        self._answer(self._get_interview(evaluation, actors[0]), value=4)
        for actor in actors:
            self._answer(self._get_interview(evaluation, actor, "leader"), value=4)
        counts = evaluation._get_interview_counts()
        self.assertEqual((counts.actor, counts.leader), ((1, 2), (2, 2)))
        self.assertEqual((evaluation.actor_progress, evaluation.leader_progress), (50, 100))
        self.assertEqual(evaluation.missing_count, 1)
        self.assertEqual(
            self._search("missing", evaluation, evaluation.with_user(self.consultant).action_open_missing()),
            self._get_interview(evaluation, actors[1]),
        )
        self._get_interview(evaluation, actors[0], "leader").sudo().state = "in_progress"
        self.assertEqual(
            self._search("missing_either", evaluation, evaluation.with_user(self.consultant).action_open_interviews()),
            evaluation.sudo().actor_interview_ids,
        )

    def _search(self, name, evaluation, action):
        """Search as a filter of the list does."""
        view = self.env.ref("one_entrance_evaluation.survey_user_input_view_search")
        (node,) = etree.fromstring(view.arch).xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"))
        return self.env["survey.user_input"].with_user(self.consultant).search([*action["domain"], *domain])

    def test_a_noted_round_interviews_nobody(self):
        evaluation = self._make_round(self._make_contacted())
        evaluation.write(NOTED)
        for action in ("action_make_interviews", "action_send_links"):
            with self.subTest(action=action), self.assertRaises(UserError):
                getattr(evaluation, action)()

    def test_the_form_makes_a_round_with_the_ready_questions(self):
        actor = self._make_contacted()
        with Form(self.env["one.entrance.evaluation"].with_user(self.manager)) as form:
            form.name = "Evaluering"
            form.date_from, form.date_to = "2023-07-01", "2024-06-30"
        self.assertEqual(form.record.actor_ids, actor)
        form.record.action_make_interviews()
        Form(form.record.with_user(self.consultant), view=None)

    def test_another_municipalitys_actor_is_not_interviewed(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        leader = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        actor = self.env["res.partner"].create({"name": "Deres", "one_entrance_leader_id": leader.id})
        with self.assertRaises(ValidationError) as refusal:
            self._make_round(actor)
        self.assertIn("Deres", str(refusal.exception))

    # The questions

    def test_a_round_asks_a_survey_of_the_scheme_only(self):
        other = self.env["survey.survey"].create({"title": "Trivsel"})
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self._make_round(self._make_contacted(), survey_id=other.id)
        self.assertIn("Trivsel", str(refusal.exception))
        evaluation = self._make_round(self._make_contacted("Banen"), survey_id=self.survey.copy().id)
        evaluation.action_make_interviews()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            evaluation.survey_id = self.survey

    def test_a_copy_of_the_questions_means_the_same(self):
        copy = self.survey.with_user(self.manager).copy()
        uses = copy.question_ids.mapped("one_entrance_use")
        self.assertEqual(uses, self.survey.question_ids.mapped("one_entrance_use"))
        self.assertEqual(copy.survey_type, "one_entrance")
        agrees = copy.question_ids.suggested_answer_ids.filtered("one_entrance_agrees")
        self.assertEqual(agrees.question_id.one_entrance_use, "consent")
        with Form(copy.with_user(self.manager)) as form:
            form.title = "Vores spørgsmål"

    def test_questions_in_use_are_neither_deleted_nor_opened_to_others(self):
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        self._answer(self._get_interview(evaluation, actor), agrees=True, value=4)
        agree = self.questions["consent"].suggested_answer_ids[:1]
        with self.assertRaises(UserError), self.cr.savepoint():
            self.survey.unlink()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.questions["value"].unlink()
        with self.assertRaises(UserError), self.cr.savepoint():
            agree.unlink()
        self.questions["change"].unlink()
        for values in (
            {"survey_type": "custom"},
            {"access_mode": "public"},
            {"users_login_required": True},
            {"is_attempts_limited": True},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.survey.write(values)

    def test_two_questions_of_one_survey_do_not_mean_the_same(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation), self.cr.savepoint():
            self.questions["value"].copy()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.questions["change"].write({"one_entrance_use": False})
            self.questions["consent"].question_type = "scale"

    def test_nobody_answers_who_was_not_asked(self):
        with self.assertRaises(UserError):
            self.survey._create_answer(email="fremmed@example.com")

    # Conducted

    def test_what_a_consultant_types_is_kept_as_conducted(self):
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        interview = self._get_interview(evaluation, actor)
        action = interview.with_user(self.consultant).action_one_entrance_open()
        self.assertIn(interview.access_token, action["url"])
        interview.with_user(self.consultant).sudo()._mark_done()
        self.assertEqual(interview.one_entrance_conducted_by_id, self.consultant)
        self.assertEqual(interview.one_entrance_conducted_date, self.today)
        other = self._get_interview(evaluation, actor, "leader")
        other.with_user(self.director_user).sudo()._mark_done()
        self.assertFalse(other.one_entrance_conducted_by_id)

    def test_a_leader_who_is_a_consultant_too_answers_and_conducts_not(self):
        self.director.user_id = self.consultant
        actor = self._make_contacted()
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        other = self._get_interview(evaluation, actor, "leader")
        other.with_user(self.consultant).sudo()._mark_done()
        self.assertFalse(other.one_entrance_conducted_by_id)

    def test_a_leader_finds_the_own_interviews_on_the_own_page(self):
        actors = self._make_contacted("Havnen") | self._make_contacted("Banen")
        evaluation = self._make_round(actors)
        evaluation.action_make_interviews()
        leader = self.director.with_user(self.director_user)
        self.assertEqual(leader.interview_count, 2)
        action = leader.action_open_interviews()
        found = self.env["survey.user_input"].with_user(self.director_user).search(action["domain"])
        self.assertEqual(found.one_entrance_actor_id, actors)
        self._answer(found[0], value=4)
        leader.invalidate_recordset()
        self.assertEqual(leader.interview_count, 1)
        with self.assertRaises(AccessError):
            evaluation.with_user(self.director_user).read(["name"])
