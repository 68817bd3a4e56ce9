from odoo import api, models

from odoo.addons.one_entrance_evaluation.models.figure.one_entrance_evaluation_figure import Kind

INQUIRY = "one.entrance.inquiry"
FIGURES = {
    "inquiries_received": Kind("inquiries", "count", INQUIRY),
    "inquiries_answered": Kind("inquiries", "count", INQUIRY),
    "inquiries_referred": Kind("inquiries", "count", INQUIRY),
    "inquiry_days": Kind("inquiries", "days", INQUIRY),
    "inquiries_late": Kind("inquiries", "count", INQUIRY),
    "inquiries_open": Kind("inquiries", "count", INQUIRY),
    "inquiries_unknown": Kind("inquiries", "count", INQUIRY),
}


class OneEntranceEvaluationFigure(models.Model):
    """The figures about inquiries, in words."""

    _inherit = "one.entrance.evaluation.figure"

    @api.model
    def _get_kinds(self):
        return {**super()._get_kinds(), **FIGURES}

    @api.model
    def _get_actions(self):
        return {**super()._get_actions(), INQUIRY: "one_entrance_inquiry.one_entrance_inquiry_action"}

    @api.model
    def _get_labels(self):
        return {
            **super()._get_labels(),
            "inquiries_received": self.env._("Inquiries received"),
            "inquiries_answered": self.env._("Inquiries answered"),
            "inquiries_referred": self.env._("Inquiries referred to where they belong"),
            "inquiry_days": self.env._(
                "From inquiry to first answer, on average, of those first answered in the period"
            ),
            "inquiries_late": self.env._("Inquiries without a first answer by their deadline in the period"),
            "inquiries_open": self.env._("Inquiries not answered at the end of the period"),
            "inquiries_unknown": self.env._("Inquiries received from senders whose actor is not known"),
        }

    @api.model
    def _get_section_labels(self):
        return {**super()._get_section_labels(), "inquiries": self.env._("Inquiries")}
