from odoo import api, fields, models

# The types that the scheme finds its own activities by, and what they are about.
TYPES = {
    "due": "res.partner",
    "update_sheet": "res.partner",
    "ownerless": "res.partner",
    "confirm_seats": "res.partner",
    "ask_held": "one.entrance.meeting",
    "plan_again": "one.entrance.meeting",
    "commitment": "one.entrance.meeting",
    "letter": "res.partner",
    "first_contact": "res.partner",
    "dialogue_plan": "res.partner",
}
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
        for name, model in TYPES.items():
            info[f"one_entrance.mail_activity_type_{name}"] = {"res_model": model, "unlink": False}
        return info

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
