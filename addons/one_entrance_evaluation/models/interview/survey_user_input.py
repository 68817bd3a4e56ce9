from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.one_entrance.models.common.activity import prepare_activity

ACTIVITY_TYPE = "one_entrance_evaluation.mail_activity_type_answer_interview"


class SurveyUserInput(models.Model):
    """An interview of an evaluation: one with each chosen actor, and one with who leads the dialogue with it (S12).
    Answers are given in confidence: neither side reads the other's.
    """

    _inherit = "survey.user_input"

    one_entrance_evaluation_id = fields.Many2one(
        "one.entrance.evaluation", string="Evaluation", ondelete="cascade", index="btree_not_null", readonly=True
    )
    one_entrance_company_id = fields.Many2one(
        related="one_entrance_evaluation_id.company_id", string="Municipality", store=True, index="btree_not_null"
    )
    one_entrance_actor_id = fields.Many2one(
        "res.partner", string="Actor", ondelete="restrict", index="btree_not_null", readonly=True
    )
    one_entrance_leader_id = fields.Many2one(
        "one.entrance.leader", string="Contact Leader", ondelete="restrict", index="btree_not_null", readonly=True
    )
    one_entrance_side = fields.Selection(
        [("actor", "Actor"), ("leader", "Contact Leader")], string="Side", readonly=True
    )
    one_entrance_status = fields.Selection(
        [("new", "Not Begun"), ("sent", "Link Sent"), ("in_progress", "Begun"), ("done", "Answered")],
        string="Interview Status",
        compute="_compute_one_entrance_status",
        store=True,
    )
    one_entrance_mirror_id = fields.Many2one(
        "survey.user_input",
        string="Contact Leader's Interview",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="The interview of the actor's contact leader, on the actor's own.",
    )
    one_entrance_mirror_status = fields.Selection(
        related="one_entrance_mirror_id.one_entrance_status", string="Contact Leader's Status"
    )
    one_entrance_sent_date = fields.Date(string="Link Sent On", readonly=True, copy=False)
    one_entrance_conducted_by_id = fields.Many2one(
        "res.users",
        string="Conducted By",
        readonly=True,
        copy=False,
        help="The business consultant who typed the answers. Empty: answered online.",
    )
    one_entrance_conducted_date = fields.Date(string="Conducted On", readonly=True, copy=False)
    one_entrance_origin = fields.Char(
        string="Merged From",
        readonly=True,
        copy=False,
        help="The contact that was asked, where it has become one with another actor that was asked too.",
    )

    # whoever makes the interviews, and however many at once: one for each side of an actor
    _one_entrance_one_a_side_idx = models.UniqueIndex(
        "(one_entrance_evaluation_id, one_entrance_actor_id, one_entrance_side) "
        "WHERE one_entrance_evaluation_id IS NOT NULL AND one_entrance_origin IS NULL",
        "There is an interview with this side of the actor in this round already.",
    )

    @api.depends("state", "one_entrance_sent_date", "one_entrance_evaluation_id")
    def _compute_one_entrance_status(self):
        for interview in self:
            if not interview.one_entrance_evaluation_id:
                interview.one_entrance_status = False
            elif interview.state == "new":
                interview.one_entrance_status = "sent" if interview.one_entrance_sent_date else "new"
            else:
                interview.one_entrance_status = interview.state

    @api.depends("one_entrance_actor_id", "one_entrance_side")
    @api.depends_context("lang")
    def _compute_display_name(self):
        interviews = self.filtered("one_entrance_evaluation_id")
        result = super(SurveyUserInput, self - interviews)._compute_display_name()
        sides = dict(self._fields["one_entrance_side"]._description_selection(self.env))
        for interview in interviews:
            interview.display_name = self.env._(
                "%(actor)s: %(side)s",
                actor=interview.one_entrance_actor_id.display_name,
                side=sides.get(interview.one_entrance_side),
            )
        return result

    def action_one_entrance_open(self):
        """Open the interview's own page, to answer it or to type what is said; once it is answered, the page shows the
        answers.

        :raise UserError: where the round is noted and the interview was not answered
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "done" and self.one_entrance_evaluation_id.sudo().state == "noted":
            raise UserError(
                self.env._(
                    "“%(interview)s” can no longer be answered: the round is noted. Open the round again first.",
                    interview=self.display_name,
                )
            )
        # sudo: where the page is does not depend on who may keep the questions
        interview = self.sudo()
        url = interview.get_print_url() if self.state == "done" else interview.get_start_url()
        if request:
            # who reads does so in the own language; the questions are put in the answerer's
            lang = self.env.lang if self.state == "done" else self.lang_id.code
            url = self.env["ir.http"]._url_for(url, lang)
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _mark_done(self):
        result = super()._mark_done()
        interviews = self.filtered("one_entrance_evaluation_id")
        if interviews:
            interviews._note_one_entrance_conducted()
            interviews._withdraw_one_entrance_activities()
        return result

    def _note_one_entrance_conducted(self):
        """Keep who typed the answers, where it was neither the actor nor the contact leader."""
        user = self.env.user
        if not user.has_group("one_entrance.group_consultant"):
            return
        conducted = self.filtered(
            lambda interview: (
                interview.one_entrance_side == "actor"
                or user not in interview.sudo().one_entrance_leader_id.acting_user_ids
            )
        )
        for company, interviews in conducted.grouped("one_entrance_company_id").items():
            today = company._get_one_entrance_today()
            interviews.write({"one_entrance_conducted_by_id": user.id, "one_entrance_conducted_date": today})

    def _give_one_entrance_activities(self):
        """Ask who acts for each contact leader to answer, once; who has no role in the scheme answers by the link."""
        activity_type = self.env.ref(ACTIVITY_TYPE)
        # sudo: whoever makes the interviews asks others, and who acts for an actor is a setting
        interviews = self.sudo().filtered(
            lambda interview: interview.one_entrance_side == "leader" and interview.state != "done"
        )
        Activity = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        asked = set(
            Activity.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", interviews.ids),
                    ("activity_type_id", "=", activity_type.id),
                ]
            ).mapped("res_id")
        )
        deadline = activity_type._get_date_deadline()
        values = []
        for interview in interviews.filtered(lambda interview: interview.id not in asked):
            user = interview._get_one_entrance_acting_user()
            if not user or not user.has_group("one_entrance.group_leader"):
                continue
            actor = interview.one_entrance_actor_id
            env = self.with_context(lang=user.lang).env
            summary = env._("Answer the interview about %(actor)s", actor=actor.name)
            values.append(prepare_activity(interview, ACTIVITY_TYPE, user, deadline, summary))
        Activity.create(values)

    def _withdraw_one_entrance_activities(self):
        """Take back what nobody needs to be asked any more; the interview itself says that it is answered."""
        # sudo: who answers is not always who was asked
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "in", self.ids)
            & Domain("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id)
        ).unlink()

    def _get_one_entrance_acting_user(self):
        """:return: who acts for the contact leader who is asked, or nobody"""
        self.ensure_one()
        leader, actor = self.one_entrance_leader_id, self.one_entrance_actor_id
        if actor.one_entrance_mayor_led and leader in self.one_entrance_company_id._get_one_entrance_principals():
            return self.env["one.entrance.leader"]._get_acting_user(actor)
        return leader.responsible_id

    def _get_one_entrance_recipients(self):
        """:return: by interview, who gets its link: the leader, or the actor or its first person with an address"""
        actors = self.filtered(lambda interview: interview.one_entrance_side == "actor").one_entrance_actor_id
        without = actors.filtered(lambda actor: not actor.email_normalized)
        persons = self.env["res.partner"].search(
            Domain("parent_id", "in", without.ids) & Domain("email_normalized", "!=", False)
        )
        persons = {actor: found[:1] for actor, found in persons.grouped("parent_id").items()}
        recipients = {}
        for interview in self:
            actor = interview.one_entrance_actor_id
            partner = interview.one_entrance_leader_id.partner_id if interview.one_entrance_side == "leader" else actor
            if not partner.email_normalized:
                partner = persons.get(actor, actor.browse()) if partner == actor else actor.browse()
            recipients[interview] = partner
        return recipients

    def _get_one_entrance_url(self):
        """:return: the whole address of the interview's page, for a mail"""
        interview = self.sudo()  # as when it is opened
        return f"{interview.survey_id.get_base_url()}{interview.get_start_url()}"

    def _get_one_entrance_back_url(self):
        """:return: where somebody of the municipality goes on from an answered interview"""
        if self.env.user.has_group("one_entrance.group_consultant"):
            return f"/odoo/action-one_entrance_evaluation.one_entrance_evaluation_action/{self.one_entrance_evaluation_id.id}"
        return "/odoo/action-one_entrance_evaluation.survey_user_input_action"

    def _get_one_entrance_mailed(self):
        """:return: the interviews that one mail asks for: all of a contact leader's"""
        ids = self.env.context.get("one_entrance_mailed", {}).get(self.id, self.ids)
        return self.browse(ids)
