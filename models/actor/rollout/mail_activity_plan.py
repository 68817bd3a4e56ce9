from odoo import api, models


class MailActivityPlan(models.Model):
    """Odoo does not translate the names of plans: the rollout's is translated here, until somebody renames it."""

    _inherit = "mail.activity.plan"

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        rollout = self.env.ref("one_entrance.mail_activity_plan_rollout", raise_if_not_found=False)
        for plan in self:
            if plan == rollout and plan.name == "Rollout of the Scheme":
                plan.display_name = self.env._("Rollout of the Scheme")
        return result
