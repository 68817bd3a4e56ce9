from odoo import api, models


class MailActivityType(models.Model):
    """The rollout finds its activities by their type: the types stay (S4–S6)."""

    _inherit = "mail.activity.type"

    @api.model
    def _get_one_entrance_kept_types(self):
        return {
            **super()._get_one_entrance_kept_types(),
            "letter": "res.partner",
            "first_contact": "res.partner",
            "dialogue_plan": "res.partner",
        }
