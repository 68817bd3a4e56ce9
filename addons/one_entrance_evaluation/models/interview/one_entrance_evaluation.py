from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.one_entrance.models.common.notification import get_notification

SURVEY = "one_entrance_evaluation.survey_interview"
# Who is asked where nobody chooses: the actors that have been contacted (S5).
REACHED = ("contact", "plan")
SIDES = ("actor", "leader")


class OneEntranceEvaluation(models.Model):
    """The interviews of a round: the same questions to each chosen actor and to who leads the dialogue with it (S12).

    With a mayor-led actor, mayor and municipal director answer together, once, so that the two sides can be compared.
    It stands on the municipal director, and the mayor's office may answer for both.
    """

    _inherit = "one.entrance.evaluation"

    survey_id = fields.Many2one(
        "survey.survey",
        string="Questions",
        ondelete="restrict",
        index="btree_not_null",
        copy=True,
        default=lambda self: self._get_default_survey(),
        domain="[('survey_type', '=', 'one_entrance')]",
        help="What is asked: the ready questions, or a copy that the municipality has adapted.",
    )
    interview_ids = fields.One2many("survey.user_input", "one_entrance_evaluation_id", string="Interviews", copy=False)
    actor_ids = fields.Many2many(
        "res.partner",
        "one_entrance_evaluation_actor_rel",
        "evaluation_id",
        "partner_id",
        string="Actors to Interview",
        compute="_compute_actor_ids",
        store=True,
        readonly=False,
        copy=False,
        context={"active_test": False},
        domain="[('one_entrance_company_id', '=', company_id), ('one_entrance_step', '!=', False)]",
        help="At first all actors that have been contacted. Their contact leaders are asked too.",
    )
    actor_interview_ids = fields.One2many(
        "survey.user_input",
        "one_entrance_evaluation_id",
        string="Interviews by Actor",
        domain=[("one_entrance_side", "=", "actor")],
        copy=False,
    )
    actor_done_count = fields.Integer(string="Actors Who Have Answered", compute="_compute_interview_counts")
    actor_all_count = fields.Integer(string="Actors Asked", compute="_compute_interview_counts")
    actor_progress = fields.Float(string="Actors' Answers", compute="_compute_interview_counts")
    leader_done_count = fields.Integer(
        string="Contact Leaders' Interviews Answered", compute="_compute_interview_counts"
    )
    leader_all_count = fields.Integer(string="Contact Leaders' Interviews", compute="_compute_interview_counts")
    leader_progress = fields.Float(string="Contact Leaders' Answers", compute="_compute_interview_counts")
    actor_counts = fields.Char(compute="_compute_interview_counts", export_string_translation=False)
    leader_counts = fields.Char(compute="_compute_interview_counts", export_string_translation=False)
    missing_count = fields.Integer(
        string="Interviews Missing", compute="_compute_interview_counts", help="Interviews that are not answered yet."
    )
    unmade_count = fields.Integer(
        string="Actors without Interviews",
        compute="_compute_unmade_count",
        help="Chosen actors whose interviews are not made yet.",
    )

    @api.model
    def _get_default_survey(self):
        return self.env.ref(SURVEY, raise_if_not_found=False)

    @api.depends("company_id")
    def _compute_actor_ids(self):
        """Until somebody chooses, everybody whom the round's own municipality has contacted is asked."""
        Partner = self.env["res.partner"]
        for company, evaluations in self.grouped("company_id").items():
            evaluations.actor_ids = Partner.search(
                Domain("one_entrance_step", "in", REACHED) & Domain("one_entrance_company_id", "=", company.id)
            )

    @api.depends("interview_ids.state", "state")
    @api.depends_context("lang")
    def _compute_interview_counts(self):
        counts = self._read_interview_counts()
        for evaluation in self:
            kept = evaluation._origin._get_kept_counts()
            (actor_done, actor_all), (leader_done, leader_all) = (
                kept[side] if kept else counts.get((evaluation._origin.id, side), (0, 0)) for side in SIDES
            )
            evaluation.actor_done_count, evaluation.actor_all_count = actor_done, actor_all
            evaluation.leader_done_count, evaluation.leader_all_count = leader_done, leader_all
            evaluation.actor_progress = 100 * actor_done / actor_all if actor_all else 0
            evaluation.leader_progress = 100 * leader_done / leader_all if leader_all else 0
            evaluation.actor_counts = self.env._("%(done)s of %(all)s", done=actor_done, all=actor_all)
            evaluation.leader_counts = self.env._("%(done)s of %(all)s", done=leader_done, all=leader_all)
            evaluation.missing_count = actor_all - actor_done + leader_all - leader_done

    @api.depends("actor_ids", "interview_ids.one_entrance_side")
    def _compute_unmade_count(self):
        for evaluation in self:
            asked = evaluation.actor_interview_ids.one_entrance_actor_id
            evaluation.unmade_count = len(evaluation.actor_ids - asked)

    @api.constrains("survey_id")
    def _check_survey(self):
        """What is answered in confidence stands on a survey of One Entrance, and all of a round answer the same one."""
        for evaluation in self:
            # sudo: a rule about the round, also where the writer may not keep the questions
            survey = evaluation.sudo().survey_id
            if survey and survey.survey_type != "one_entrance":
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” cannot be asked in “%(evaluation)s”: others could read the answers. Choose a survey of "
                        "the type One Entrance, or copy the ready one and adapt it.",
                        survey=survey.title,
                        evaluation=evaluation.name,
                    )
                )
            if evaluation.sudo().interview_ids.survey_id - survey:
                raise ValidationError(
                    self.env._(
                        "The interviews of “%(evaluation)s” are made with other questions. Delete these interviews first, or "
                        "begin a new round.",
                        evaluation=evaluation.name,
                    )
                )

    @api.constrains("actor_ids", "company_id")
    def _check_actors(self):
        for evaluation in self.with_context(active_test=False):
            # sudo: a rule about the actors, also where the writer may not read them
            strangers = evaluation.sudo().actor_ids.filtered(
                lambda actor, company=evaluation.company_id: actor.one_entrance_company_id != company
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(actors)s: not in the scheme of %(company)s, and not to be interviewed in “%(evaluation)s”. Take "
                        "them out.",
                        actors=strangers._get_one_entrance_names(),
                        company=evaluation.company_id.name,
                        evaluation=evaluation.name,
                    )
                )

    def _follow_change(self, names):
        result = super()._follow_change(names)
        if "actor_ids" in names:
            self._drop_unasked()
        return result

    def action_make_interviews(self):
        """Make the missing interviews of the chosen actors and of who leads the dialogue, and ask the contact leaders
        to answer. What a former contact leader has not begun goes to the next one.

        :return: the notification that tells how many were made, and for which actors there is nobody on the other side
        :raise UserError: where a round is noted, or has no questions or no actors, or somebody else is at it
        """
        self.check_access("write")
        made, alone = 0, self.env["res.partner"]
        for evaluation in self:
            evaluation._check_can_interview()
            evaluation._lock_for_interviews()
            interviews, without = evaluation._make_interviews()
            made += len(interviews)
            alone |= without
        self.invalidate_recordset(["interview_ids", "actor_interview_ids"])
        message = (
            self.env._("Interviews made: %(count)s.", count=made)
            if made
            else self.env._("All interviews are made already.")
        )
        if alone:
            message = self.env._(
                "%(message)s Nobody leads the dialogue with %(actors)s: only the actors' own interviews are made.",
                message=message,
                actors=alone._get_one_entrance_names(),
            )
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        return get_notification(message, reload, warning=bool(alone))

    def action_send_links(self):
        """Open the dialogue that mails the links to those who have not answered."""
        self.ensure_one()
        self._check_can_interview()
        return self.env["one.entrance.interview.wizard"]._make(self)._get_open_action()

    def action_open_interviews(self):
        """Open the interviews of this round, by actor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance_evaluation.survey_user_input_action")
        action["domain"] = [("one_entrance_evaluation_id", "=", self.id)]
        action["context"] = {"search_default_by_actor": 1}
        return action

    def action_open_missing(self):
        """Open the interviews of this round that are not answered, by contact leader."""
        action = self.action_open_interviews()
        action["context"] = {"search_default_missing": 1, "search_default_group_leader": 1}
        return action

    def _get_locked_fields(self):
        return super()._get_locked_fields() | {"survey_id", "interview_ids", "actor_ids", "actor_interview_ids"}

    def _get_interview_counts(self):
        """:return: ``actor`` and ``leader``, each (answered, all); they stand still once the round is noted"""
        self.ensure_one()
        kept = self._get_kept_counts()
        if kept:
            return SimpleNamespace(**{side: tuple(kept[side]) for side in SIDES})
        counts = self._read_interview_counts()
        return SimpleNamespace(**{side: counts.get((self.id, side), (0, 0)) for side in SIDES})

    def _get_kept_counts(self):
        """:return: (answered, all) by side, as kept when the round was noted, or nothing: a hook"""
        return {}

    def _read_interview_counts(self):
        """:return: (answered, all) by id of the round and side"""
        rows = self.env["survey.user_input"]._read_group(
            Domain("one_entrance_evaluation_id", "in", self._origin.ids),
            ["one_entrance_evaluation_id", "one_entrance_side", "state"],
            ["__count"],
        )
        counts = {}
        for evaluation, side, state, count in rows:
            done, total = counts.get((evaluation.id, side), (0, 0))
            counts[evaluation.id, side] = (done + (count if state == "done" else 0), total + count)
        return counts

    def _lock_for_interviews(self):
        """:raise UserError: where somebody else makes the interviews of this round in the same moment"""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is making the interviews of “%(evaluation)s” or changing the round right now. Look again in "
                    "a moment.",
                    evaluation=self.name,
                )
            ) from error

    def _check_can_interview(self):
        """:raise UserError: where a round is noted, or has nobody or nothing to ask"""
        for evaluation in self:
            if evaluation.state == "noted":
                raise UserError(
                    self.env._(
                        "“%(evaluation)s” is noted, and nobody is interviewed any more. Open the round again first.",
                        evaluation=evaluation.name,
                    )
                )
            if not evaluation.survey_id:
                raise UserError(
                    self.env._("“%(evaluation)s” has no questions. Choose them first.", evaluation=evaluation.name)
                )
            if not evaluation.with_context(active_test=False).actor_ids:
                raise UserError(
                    self.env._(
                        "“%(evaluation)s” has no actors to interview. Choose them first.", evaluation=evaluation.name
                    )
                )

    def _drop_unasked(self):
        """Delete the interviews of actors that are not chosen any more, unless they have been begun."""
        for evaluation in self.with_context(active_test=False):
            # sudo: interviews are made and let go of with the round only
            evaluation.sudo().interview_ids.filtered(
                lambda interview, actors=evaluation.actor_ids: (
                    interview.state == "new" and interview.one_entrance_actor_id not in actors
                )
            ).unlink()

    def _make_interviews(self):
        """Make what is missing, in a number of queries that does not grow with the actors.

        :return: the interviews made, and the chosen actors with which nobody leads the dialogue
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
        """Delete (also in ``there``) what a former leader has not begun: the next one gets a link nobody else has."""
        outdated = self.env["survey.user_input"].sudo()  # sudo: interviews are made and let go of with the round only
        for actor, leader in leaders.items():
            interview = there.get(("leader", actor))
            if interview and leader and interview.state == "new" and interview.one_entrance_leader_id != leader:
                outdated |= there.pop(("leader", actor))
        outdated.unlink()

    def _link_sides(self, actors, leaders, there):
        """Link each actor's own interview to its contact leader's, and name that leader on it until it is begun."""
        for actor in actors:
            own, other = there["actor", actor], there.get(("leader", actor))
            if other and own.one_entrance_mirror_id != other:
                own.one_entrance_mirror_id = other
            if own.state == "new" and own.one_entrance_leader_id != leaders[actor]:
                own.one_entrance_leader_id = leaders[actor]

    def _get_dialogue_leaders(self, actors):
        """Find by actor who answers about it: its contact leader; the municipal director of a mayor-led one, else the
        mayor; the last contact leader of one that has left.
        """
        principals = self.company_id.one_entrance_municipal_director_id or self.company_id.one_entrance_mayor_id
        leaders = {
            actor: actor.one_entrance_leader_id or (principals if actor.one_entrance_mayor_led else principals.browse())
            for actor in actors
        }
        without = [actor.id for actor, leader in leaders.items() if not leader]
        periods = self.env["one.entrance.appointment"].search(
            Domain("partner_id", "in", without)
            & Domain("date_from", "<=", self.date_to)
            & Domain("origin", "=", False),  # what came with a contact that was merged is another's history
            order="date_from desc, id desc",
        )
        for period in reversed(periods):
            leaders[period.partner_id] = period.leader_id
        return leaders

    def _get_interview_lang(self, side, actor, leader):
        """:return: the language somebody is asked in: the own one, where the questions are in it"""
        supported = self.survey_id._get_supported_lang_codes()
        own = actor.lang if side == "actor" else leader.responsible_id.lang or leader.partner_id.lang
        code = next((code for code in (own, self.env.lang, self.env.user.lang) if code in supported), supported[0])
        return self.env["res.lang"]._lang_get(code)
