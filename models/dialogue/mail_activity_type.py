from odoo import api, models


class MailActivityType(models.Model):
    """A promise finds its activity by the type: the type stays (S7)."""

    _inherit = "mail.activity.type"

    @api.model
    def _get_one_entrance_kept_types(self):
        return {
            **super()._get_one_entrance_kept_types(),
            "commitment": "one.entrance.meeting",
        }
