from odoo import api, models


class MailActivityPlan(models.Model):
    """The rollout's plan is called in each user's language, as long as nobody has given it another name: the names of
    plans are not translated in Odoo.
    """

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
