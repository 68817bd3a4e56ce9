from odoo import api, fields, models
from odoo.exceptions import ValidationError


class MailActivityPlanTemplate(models.Model):
    """A step of a plan may be assigned to whoever acts for the actor's contact leader (S4–S6)."""

    _inherit = "mail.activity.plan.template"

    responsible_type = fields.Selection(
        selection_add=[("one_entrance_leader", "Contact leader")], ondelete={"one_entrance_leader": "cascade"}
    )

    @api.constrains("plan_id", "responsible_type")
    def _check_one_entrance_responsible(self):
        """Only an actor has a contact leader."""
        for template in self:
            if template.responsible_type == "one_entrance_leader" and template.plan_id.res_model != "res.partner":
                raise ValidationError(
                    self.env._(
                        "“%(step)s” cannot lie with the contact leader: the plan “%(plan)s” is not about contacts. Choose "
                        "another assignment.",
                        step=template.summary or template.activity_type_id.name,
                        plan=template.plan_id.name,
                    )
                )

    def _determine_responsible(self, on_demand_responsible, applied_on_record):
        """Who acts for the contact leader or the principals, or the error that keeps the plan from being launched."""
        if self.responsible_type != "one_entrance_leader":
            return super()._determine_responsible(on_demand_responsible, applied_on_record)
        error = False
        actor = applied_on_record.sudo()  # who acts for an actor is asked also by those who may not read the settings
        user = self.env["one.entrance.leader"].sudo()._get_acting_user(actor).sudo(False)
        if actor.one_entrance_step in (False, "left"):
            error = self.env._(
                "%(partner)s is not in the One Entrance scheme. Appoint a contact leader first.",
                partner=actor.display_name,
            )
        elif not user:
            error = self.env._(
                "Nobody acts for %(actor)s. Appoint a contact leader who logs in, or name a delegate for the leader.",
                actor=actor.display_name,
            )
        return {"responsible": user, "error": error, "warning": False}
