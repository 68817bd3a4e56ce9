from odoo import models


class MailActivitySchedule(models.TransientModel):
    """Whoever plans a call or a meeting on an actor, or on something of one, is told of its one entrance first."""

    _name = "mail.activity.schedule"
    _inherit = ["mail.activity.schedule", "one.entrance.notice.mixin"]
    _one_entrance_notice_fields = ("res_model", "res_ids")

    def _get_one_entrance_contacts(self):
        nobody = self.env["res.partner"]
        contacts = {}
        for schedule in self:
            # a plan is launched by those who know: the rollout is the entrance itself
            planned = schedule.plan_id and self.env.context.get("plan_mode")
            ids = schedule._evaluate_res_ids() if schedule.res_model and not planned else []
            found = self._get_one_entrance_document_contacts(schedule.res_model, ids) if ids else {}
            contacts[schedule] = nobody.union(*found.values())
        return contacts
