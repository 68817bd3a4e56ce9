from odoo import api, fields, models

# The types that are offered for an activity on a record.
OFFERED = "['|', ('res_model', '=', False), ('res_model', '=', res_model), ('one_entrance_automatic', '=', False)]"


class MailActivityType(models.Model):
    """The scheme finds its reminders, promises and rollout activities by their type: the types stay."""

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
        """:return: the types that the scheme finds its own activities by, by the end of their names, and the models that they
            are about; each room adds its own
        :rtype: dict[str, str]
        """
        return {}

    @api.model
    def _get_one_entrance_types(self):
        """:return: all activity types that came with the scheme; an addon adds its own
        :rtype: mail.activity.type
        """
        return self._get_one_entrance_types_of("one_entrance")

    @api.model
    def _get_one_entrance_types_of(self, module):
        """:param str module: an addon's technical name
        :return: the activity types that came with it
        :rtype: mail.activity.type
        """
        data = self.env["ir.model.data"].sudo()  # names of records are for administrators to read
        found = data.search([("module", "=", module), ("model", "=", self._name)])
        return self.browse(found.mapped("res_id"))

    def _unlink_one_entrance_uses(self):
        """Take away the activities of these types, done ones too, and the steps of plans that are of them: the database
        lets no type go that is in use.
        """
        activities = self.env["mail.activity"].with_context(active_test=False)
        activities.search([("activity_type_id", "in", self.ids)]).unlink()
        self.env["mail.activity.plan.template"].search([("activity_type_id", "in", self.ids)]).unlink()
