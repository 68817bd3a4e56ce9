from odoo import api, fields, models

# The types that are offered for an activity on a record.
OFFERED = "['|', ('res_model', '=', False), ('res_model', '=', res_model), ('one_entrance_automatic', '=', False)]"


class MailActivityType(models.Model):
    """The types by which the scheme finds its own activities cannot be deleted."""

    _inherit = "mail.activity.type"

    one_entrance_automatic = fields.Boolean(
        string="Given by One Entrance Only",
        readonly=True,
        help="Nobody is offered this type for an activity of their own: the nightly job and the rollout's plan give it.",
    )

    @api.model
    def _get_model_info_by_xmlid(self):
        info = super()._get_model_info_by_xmlid()
        for name, model in self._get_one_entrance_kept_types().items():
            info[f"one_entrance.mail_activity_type_{name}"] = {"res_model": model, "unlink": False}
        return info

    @api.model
    def _get_one_entrance_kept_types(self):
        """Hook: by the end of an external id ``mail_activity_type_…``, the model of a type that must stay."""
        return {}

    @api.model
    def _get_one_entrance_types(self):
        """Hook: all activity types that came with the scheme; an addon adds its own."""
        return self._get_one_entrance_types_of("one_entrance")

    @api.model
    def _get_one_entrance_types_of(self, module):
        """The activity types that came with an addon."""
        data = self.env["ir.model.data"].sudo()  # names of records are for administrators to read
        found = data.search([("module", "=", module), ("model", "=", self._name)])
        return self.browse(found.mapped("res_id"))

    def _unlink_one_entrance_uses(self):
        """Delete activities, done ones too, and plan steps of these types: a type in use cannot be deleted."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        activities.search([("activity_type_id", "in", self.ids)]).unlink()
        self.env["mail.activity.plan.template"].search([("activity_type_id", "in", self.ids)]).unlink()
