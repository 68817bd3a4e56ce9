from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...models.common.mail_activity_type import OFFERED


class MailActivitySchedule(models.TransientModel):
    """The rollout is launched for many actors, each from where it stands: nothing is planned twice (S16)."""

    _inherit = "mail.activity.schedule"

    activity_type_id = fields.Many2one(domain=OFFERED)

    def action_schedule_plan(self):
        """Launch the plan. Raises UserError where no step of the rollout is left to plan for any actor."""
        actors = self._get_applied_on_records() if self.res_model == "res.partner" else self.env["res.partner"]
        rollout = actors._get_one_entrance_rollout_types()
        if not any(activity_type in rollout for activity_type in self.plan_id.template_ids.activity_type_id):
            return super().action_schedule_plan()
        launched = False
        settled = actors._get_one_entrance_settled_types()
        for types, group in actors.grouped(settled.get).items():
            wizard = self.with_context(one_entrance_actor_ids=group.ids, one_entrance_settled_type_ids=types.ids)
            if wizard._plan_filter_activity_templates_to_schedule():
                super(MailActivitySchedule, wizard).action_schedule_plan()
                launched = True
        if not launched:
            raise UserError(
                self.env._(
                    "Nothing is left to be planned for %(actors)s: each step of “%(plan)s” is recorded, or lies with somebody "
                    "already.",
                    actors=actors._get_one_entrance_names(),
                    plan=self.plan_id.display_name,
                )
            )
        # the register stays as it was, rather than Odoo's list of contacts
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_plan_templates_warning(self, applied_on):
        """Say which steps of the rollout are left out, and for whom."""
        warnings = list(super()._check_plan_templates_warning(applied_on))
        if applied_on._name == "res.partner":
            settled = applied_on._get_one_entrance_settled_types()
            for types, group in applied_on.grouped(settled.get).items():
                left_out = self.plan_id.template_ids.activity_type_id & types
                if left_out:
                    warnings.append(
                        self.env._(
                            "Left out for %(actors)s, as it is recorded or lies with somebody already: %(steps)s.",
                            actors=group._get_one_entrance_names(),
                            steps=format_list(self.env, left_out.mapped("name")),
                        )
                    )
        return warnings

    def _get_applied_on_records(self):
        records = super()._get_applied_on_records()
        chosen = self.env.context.get("one_entrance_actor_ids")
        return records.browse(chosen) if chosen and records else records

    def _plan_filter_activity_templates_to_schedule(self):
        settled = self.env.context.get("one_entrance_settled_type_ids", ())
        templates = super()._plan_filter_activity_templates_to_schedule()
        return templates.filtered(lambda template: template.activity_type_id.id not in settled)
