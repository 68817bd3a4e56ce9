from odoo import models


class EvaluationDocument(models.AbstractModel):
    """What actors raised, in the paper for the council; it stands with the handovers, as in the case paper."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    def _find_handovers(self, figures):
        words = {
            "inquiries_received": self.env._("Received"),
            "inquiries_answered": self.env._("Answered"),
            "inquiries_referred": self.env._("Referred, for example to the authority"),
            "inquiries_late": self.env._("No first answer by the deadline"),
            "inquiries_open": self.env._("Not answered at the end of the period"),
        }
        known = [(label, figures.get_value(code)) for code, label in words.items()]
        rows = [(label, [(value, self._number(value))]) for label, value in known if value is not None]
        if not rows:
            return super()._find_handovers(figures)
        return self._block(
            self.env._("Inquiries and handovers"),
            self._tell_inquiries(figures),
            self._tell_handovers(figures),
            plots=self._plot_rows(self.env._("Inquiries"), rows) if any(value for _label, value in known) else [],
        )

    def _tell_inquiries(self, figures):
        count, days = figures.get_value("inquiries_received"), figures.get_value("inquiry_days")
        if count is None:
            return ""
        if not count:
            text = self.env._("The actors raised no inquiries in the period.")
        elif count == 1:
            text = self.env._("The actors raised 1 inquiry in the period.")
        else:
            text = self.env._("The actors raised %(number)s inquiries in the period.", number=self._number(count))
        if days is None:
            return text
        return self._sentences(
            text, self.env._("The first answer was given after %(days)s on average.", days=self._days(days))
        )
