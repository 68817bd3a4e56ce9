from odoo import api, models


class MailActivityType(models.Model):
    """The scheme finds the activity that asks for an interview by its type: the type stays."""

    _inherit = "mail.activity.type"

    @api.model
    def _get_model_info_by_xmlid(self):
        info = super()._get_model_info_by_xmlid()
        info["one_entrance_evaluation.mail_activity_type_answer_interview"] = {
            "res_model": "survey.user_input",
            "unlink": False,
        }
        return info

    @api.model
    def _get_one_entrance_types(self):
        return super()._get_one_entrance_types() | self._get_one_entrance_types_of("one_entrance_evaluation")
