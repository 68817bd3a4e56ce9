from odoo import fields, models
from odoo.fields import Domain

from .one_entrance_evaluation_interviews import SIDES


class OneEntranceEvaluation(models.Model):
    """How the interviews of a round are made: mirrored, in one batch, and each in the language of who is asked (S12)."""

    _inherit = "one.entrance.evaluation"

    def _make_interviews(self):
        """Make what is missing, in a number of queries that does not grow with the actors.

        :return: the interviews made, and the chosen actors with which nobody leads the dialogue
        :rtype: tuple[survey.user_input, res.partner]
        """
        self.ensure_one()
        # sudo: interviews are made here only, and nobody writes on one by hand; who holds an actor is a setting
        evaluation = self.sudo().with_context(active_test=False)
        Interview = (
            self.env["survey.user_input"]
            .sudo()
            .with_context(tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True)
        )
        actors = evaluation.actor_ids
        leaders = evaluation._get_dialogue_leaders(actors)
        there = {
            (interview.one_entrance_side, interview.one_entrance_actor_id): interview
            for interview in Interview.search(
                Domain("one_entrance_evaluation_id", "=", self.id) & Domain("one_entrance_origin", "=", False)
            )
        }
        self._drop_outdated(leaders, there)
        questions = evaluation.survey_id._prepare_user_input_predefined_questions().ids
        made = Interview
        for side in reversed(SIDES):  # the contact leaders' first: the actors' own point to them
            values = [
                {
                    "survey_id": evaluation.survey_id.id,
                    "one_entrance_evaluation_id": self.id,
                    "one_entrance_actor_id": actor.id,
                    "one_entrance_leader_id": leaders[actor].id,
                    "one_entrance_side": side,
                    "one_entrance_mirror_id": side == "actor" and there.get(("leader", actor), Interview).id,
                    "lang_id": evaluation._get_interview_lang(side, actor, leaders[actor]).id,
                    "predefined_question_ids": [fields.Command.set(questions)],
                }
                for actor in actors
                if (side, actor) not in there and (side == "actor" or leaders[actor])
            ]
            interviews = Interview.create(values)
            made |= interviews
            there.update(((side, interview.one_entrance_actor_id), interview) for interview in interviews)
        self._link_sides(actors, leaders, there)
        asked = Interview.concat(*(there[key] for key in there if key[0] == "leader" and key[1] in actors))
        asked._give_one_entrance_activities()
        return made.sudo(False), actors.filtered(lambda actor: not leaders[actor]).sudo(False)

    def _drop_outdated(self, leaders, there):
        """Let go of what a former contact leader has not begun: the next one gets an interview of the own, whose link nobody
        else has.

        :param dict leaders: who leads the dialogue, by actor
        :param dict there: the interviews by side and actor; those let go of are taken out
        """
        outdated = self.env["survey.user_input"].sudo()  # sudo: interviews are made and let go of with the round only
        for actor, leader in leaders.items():
            interview = there.get(("leader", actor))
            if interview and leader and interview.state == "new" and interview.one_entrance_leader_id != leader:
                outdated |= there.pop(("leader", actor))
        outdated.unlink()

    def _link_sides(self, actors, leaders, there):
        """Let each actor's own interview point to its contact leader's, and say who that is until it is begun.

        :param dict leaders: who leads the dialogue, by actor
        :param dict there: the interviews by side and actor
        """
        for actor in actors:
            own, other = there["actor", actor], there.get(("leader", actor))
            if other and own.one_entrance_mirror_id != other:
                own.one_entrance_mirror_id = other
            if own.state == "new" and own.one_entrance_leader_id != leaders[actor]:
                own.one_entrance_leader_id = leaders[actor]

    def _get_dialogue_leaders(self, actors):
        """Who leads the dialogue with these actors, and answers about it: the contact leader; the municipal director of a
        mayor-led actor, or else the mayor; who held it last where the actor has left the scheme.

        :return: one leader or none by actor
        :rtype: dict[res.partner, one.entrance.leader]
        """
        principals = self.company_id.one_entrance_municipal_director_id or self.company_id.one_entrance_mayor_id
        leaders = {
            actor: actor.one_entrance_leader_id or (principals if actor.one_entrance_mayor_led else principals.browse())
            for actor in actors
        }
        without = [actor.id for actor, leader in leaders.items() if not leader]
        periods = self.env["one.entrance.appointment"].search(
            Domain("partner_id", "in", without) & Domain("date_from", "<=", self.date_to),
            order="date_from desc, id desc",
        )
        for period in reversed(periods):
            leaders[period.partner_id] = period.leader_id
        return leaders

    def _get_interview_lang(self, side, actor, leader):
        """:return: the language somebody is asked in: the own one, where the questions are in it
        :rtype: res.lang
        """
        supported = self.survey_id._get_supported_lang_codes()
        user = leader.user_id or leader.delegate_id
        own = actor.lang if side == "actor" else user.lang or leader.partner_id.lang
        code = next((code for code in (own, self.env.lang, self.env.user.lang) if code in supported), supported[0])
        return self.env["res.lang"]._lang_get(code)
