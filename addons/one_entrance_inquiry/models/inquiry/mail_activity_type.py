from odoo import api, models

# The types that the addon finds its own activities by.
TYPES = ("answer_inquiry", "follow_up", "unknown_sender", "proposed_answer")


class MailActivityType(models.Model):
    """The scheme finds its activities about inquiries by their type: the types stay."""

    _inherit = "mail.activity.type"

    @api.model
    def _get_model_info_by_xmlid(self):
        info = super()._get_model_info_by_xmlid()
        for name in TYPES:
            info[f"one_entrance_inquiry.mail_activity_type_{name}"] = {
                "res_model": "one.entrance.inquiry",
                "unlink": False,
            }
        return info

    @api.model
    def _get_one_entrance_types(self):
        return super()._get_one_entrance_types() | self._get_one_entrance_types_of("one_entrance_inquiry")
