from odoo import api, models


class MailActivityType(models.Model):
    """The nightly job finds its reminders by their type: the types stay."""

    _inherit = "mail.activity.type"

    @api.model
    def _get_one_entrance_kept_types(self):
        return {
            **super()._get_one_entrance_kept_types(),
            "due": "res.partner",
            "update_sheet": "res.partner",
            "ownerless": "res.partner",
            "ask_held": "one.entrance.meeting",
            "plan_again": "one.entrance.meeting",
            "confirm_seats": "res.partner",
        }
