from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list

from ...common.res_partner import PREFETCH
from ..res_partner import ROLLOUT

EVIDENCE_DATES = ("one_entrance_letter_date", "one_entrance_contact_date", "one_entrance_plan_date")
# The activities of the rollout's plan, by the step that they lead to.
ROLLOUT_ACTIVITIES = {
    "letter": "one_entrance.mail_activity_type_letter",
    "contact": "one_entrance.mail_activity_type_first_contact",
    "plan": "one_entrance.mail_activity_type_dialogue_plan",
}


class ResPartner(models.Model):
    """How far the scheme has come with an actor (S4–S6): no step without the date or interval that shows it."""

    _inherit = "res.partner"

    one_entrance_letter_date = fields.Date(string="Letter Sent On", copy=False, tracking=True, prefetch=PREFETCH)
    one_entrance_contact_date = fields.Date(
        string="First Contact On",
        copy=False,
        tracking=True,
        help="The day of the introductory meeting or first call.",
        prefetch=PREFETCH,
    )
    one_entrance_plan_date = fields.Date(string="Plan Agreed On", copy=False, tracking=True, prefetch=PREFETCH)
    one_entrance_interval = fields.Integer(
        string="Months Between Meetings",
        aggregator=None,
        copy=False,
        tracking=True,
        help="The frequency of meetings agreed with the actor, in months.",
        prefetch=PREFETCH,
    )
    one_entrance_next_step = fields.Selection(
        [("letter", "Letter"), ("contact", "Contact"), ("plan", "Plan")],
        compute="_compute_one_entrance_next_step",
        export_string_translation=False,
    )
    one_entrance_next_step_text = fields.Char(
        compute="_compute_one_entrance_next_step", export_string_translation=False
    )

    @api.depends("one_entrance_step", "one_entrance_interval", *EVIDENCE_DATES)
    def _compute_one_entrance_next_step(self):
        """The step after the present one, and what is missing to reach it."""
        labels = dict(self._fields["one_entrance_step"]._description_selection(self.env))
        for partner in self:
            step = partner.one_entrance_step
            following = ROLLOUT[ROLLOUT.index(step) + 1 :][:1] if step in ROLLOUT else ()
            partner.one_entrance_next_step = following[0] if following else False
            partner.one_entrance_next_step_text = False
            if following:
                missing = partner._get_one_entrance_missing(following[0])
                partner.one_entrance_next_step_text = self.env._(
                    "Next: %(step)s. Missing: %(missing)s.",
                    step=labels[following[0]],
                    missing=format_list(self.env, missing) if missing else self.env._("nothing, move the step"),
                )

    @api.constrains("one_entrance_step", "one_entrance_interval", *EVIDENCE_DATES)
    def _check_one_entrance_evidence(self):
        """No step without its evidence and that of the steps before it (house rule 1)."""
        labels = dict(self._fields["one_entrance_step"]._description_selection(self.env))
        for partner in self:
            missing = partner._get_one_entrance_missing(partner.one_entrance_step)
            if missing:
                raise ValidationError(
                    self.env._(
                        "%(actor)s cannot stand on “%(step)s”. Missing: %(missing)s. Record it with its date, or choose an "
                        "earlier step.",
                        actor=partner.display_name,
                        step=labels[partner.one_entrance_step],
                        missing=format_list(self.env, missing),
                    )
                )

    @api.constrains(*EVIDENCE_DATES, "one_entrance_left_date")
    def _check_one_entrance_dates(self):
        """Evidence lies in the past, and in the order of the rollout."""
        names = (*EVIDENCE_DATES, "one_entrance_left_date")
        labels = {name: self._fields[name]._description_string(self.env) for name in names}
        for partner in self:
            today = partner.one_entrance_company_id._get_one_entrance_today()
            dated = [(name, partner[name]) for name in names if partner[name]]
            for name, date in dated:
                if date > today:
                    raise ValidationError(
                        self.env._(
                            "%(actor)s: “%(field)s” is %(date)s, which lies ahead. Record it when it has happened.",
                            actor=partner.display_name,
                            field=labels[name],
                            date=format_date(self.env, date),
                        )
                    )
            for (earlier, first), (later, second) in zip(dated, dated[1:], strict=False):
                if first > second:
                    raise ValidationError(
                        self.env._(
                            "%(actor)s: “%(earlier)s” (%(first)s) comes after “%(later)s” (%(second)s). Correct one of the "
                            "dates.",
                            actor=partner.display_name,
                            earlier=labels[earlier],
                            first=format_date(self.env, first),
                            later=labels[later],
                            second=format_date(self.env, second),
                        )
                    )

    @api.constrains("one_entrance_interval")
    def _check_one_entrance_interval(self):
        for partner in self:
            if partner.one_entrance_interval < 0:
                raise ValidationError(
                    self.env._(
                        "%(actor)s: the months between meetings are %(interval)s. Write 1 or more, or 0 where no interval is "
                        "agreed.",
                        actor=partner.display_name,
                        interval=partner.one_entrance_interval,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("one_entrance_step", "one_entrance_interval", *EVIDENCE_DATES)):
            self._settle_one_entrance_rollout()
        return result

    def action_one_entrance_step(self):
        """Open the dialogue that records the evidence for a step: the context's ``default_step``, or the next one."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_rollout_wizard_action")
        action["context"] = {
            "default_partner_ids": self.ids,
            "default_step": self.env.context.get("default_step") or self[:1].one_entrance_next_step,
        }
        return action

    def action_one_entrance_launch_rollout(self):
        """Open Odoo's dialogue to launch the rollout's plan; raises ValidationError outside the scheme."""
        self._check_one_entrance_in_scheme()
        plan = self.env.ref("one_entrance.mail_activity_plan_rollout", raise_if_not_found=False)
        return self.env["mail.activity.schedule"]._get_records_action(
            name=self.env._("Launch the Rollout"),
            target="new",
            context={
                "active_model": self._name,
                "active_ids": self.ids,
                "default_res_model": self._name,
                "default_res_ids": str(self.ids),
                "default_plan_id": plan.id if plan and plan.active else False,
                "plan_mode": True,
                "mail_activity_quick_update": True,  # three mails an actor would be three hundred for a hundred
                "dialog_size": "medium",
            },
        )

    def action_one_entrance_rejoin(self):
        """Undo leaving the scheme: the last contact leader, and the step that the evidence shows, are back.

        :raise UserError: where the last contact leader is not in office any more
        """
        self._check_one_entrance_access()
        for partner in self.filtered(lambda partner: partner.one_entrance_step == "left"):
            # sudo: reopening what leaving closed is part of undoing it; only a manager edits the history otherwise
            own = partner.sudo().one_entrance_appointment_ids.filtered(lambda period: not period.origin)
            last = own.sorted(lambda period: (period.date_from, period.id))[-1:]
            reopens = not partner.one_entrance_mayor_led and not partner.one_entrance_leader_id
            if reopens and not last.leader_id.active:
                raise UserError(
                    self.env._(
                        "%(leader)s, the last contact leader of %(actor)s, is not in office any more. Choose another contact "
                        "leader for the actor, then put it back.",
                        leader=last.leader_id.name or self.env._("Nobody"),
                        actor=partner.display_name,
                    )
                )
            values = {"one_entrance_left_date": False, "one_entrance_left_reason": False}
            if reopens:
                last.with_context(one_entrance_sync=True).write({"date_to": False, "reason": False})
                values["one_entrance_leader_id"] = last.leader_id.id
            partner.write({**values, "one_entrance_step": partner._get_one_entrance_reached_step()})

    def _get_one_entrance_missing(self, step):
        """The evidence that an actor lacks to stand on a step, named in the user's language."""
        self.ensure_one()
        if step not in ROLLOUT:
            return []
        reached = ROLLOUT.index(step)
        missing = []
        if reached >= 1 and not self.one_entrance_letter_date:
            missing.append(self.env._("the date of the official letter"))
        if reached >= 2 and not self.one_entrance_contact_date:
            missing.append(self.env._("an introductory meeting or call that was held"))
        if reached >= 3 and not self.one_entrance_plan_date:
            missing.append(self.env._("the date the dialogue plan was agreed"))
        if reached >= 3 and self.one_entrance_interval <= 0:
            missing.append(self.env._("the agreed months between meetings"))
        return missing

    def _get_one_entrance_reached_step(self):
        """The furthest step that the recorded evidence supports."""
        return [step for step in ROLLOUT if not self._get_one_entrance_missing(step)][-1]

    @api.model
    def _get_one_entrance_rollout_types(self):
        """The step that each activity type of the rollout's plan leads to."""
        return {self.env.ref(xmlid): step for step, xmlid in ROLLOUT_ACTIVITIES.items()}

    def _get_one_entrance_rollout_activities(self):
        """The open activities of the rollout on these actors."""
        # sudo: whoever records a step is seldom the one with whom the activity lies
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", [each.id for each in self._get_one_entrance_rollout_types()]),
                ]
            )
        )

    def _settle_one_entrance_rollout(self):
        """Mark the activities of recorded steps as done, and delete those of actors that have left."""
        if not self:
            return
        steps = self._get_one_entrance_rollout_types()
        activities = self._get_one_entrance_rollout_activities()
        actor = {activity: self.browse(activity.res_id).with_prefetch(self.ids) for activity in activities}
        gone = activities.filtered(lambda activity: actor[activity].one_entrance_step == "left")
        done = (activities - gone).filtered(
            lambda activity: not actor[activity]._get_one_entrance_missing(steps[activity.activity_type_id.sudo(False)])
        )
        gone.unlink()
        if done:
            done.action_feedback()

    def _get_one_entrance_settled_types(self):
        """By actor, the rollout's activity types that need no activity: recorded, or planned already."""
        steps = self._get_one_entrance_rollout_types()
        there = self._get_one_entrance_rollout_activities().grouped("res_id")
        return {
            partner: self.env["mail.activity.type"].union(
                there.get(partner.id, self.env["mail.activity"]).activity_type_id.sudo(False),
                *(each for each, step in steps.items() if not partner._get_one_entrance_missing(step)),
            )
            for partner in self
        }
