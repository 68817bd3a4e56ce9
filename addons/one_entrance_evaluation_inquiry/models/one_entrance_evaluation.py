from odoo import models
from odoo.fields import Domain


class OneEntranceEvaluation(models.Model):
    """Figures about what actors raised (S9)."""

    _inherit = "one.entrance.evaluation"

    def _count_inquiries(self):
        """Count what was received, answered and referred in the period, each by its own day.

        The days to the first answer are of those that got it in the period. *Late* are those whose deadline lay in the
        period and passed without a first answer, even if one came later. *Open* is what was received by the end and
        answered later or not yet, also if it is referred, as the entrance follows up on that. An inquiry without an
        actor counts as *unknown* and nowhere else.
        """
        Inquiry = self.env["one.entrance.inquiry"]
        own = Domain("company_id", "=", self.company_id.id)
        known = own & Domain("partner_id", "!=", False)
        last = self._get_last_day()
        received = self._get_period_domain("received_date")
        first_answered = known & self._get_period_domain("first_answer_date")
        ((answers, days),) = Inquiry._read_group(first_answered, [], ["__count", "days_to_answer:sum"])
        unanswered = Inquiry._get_open_domain() | Domain("answered_date", ">", last)
        counted = {
            "inquiries_received": known & received,
            "inquiries_answered": known & Domain("state", "=", "answered") & self._get_period_domain("answered_date"),
            "inquiries_referred": known & self._get_period_domain("referred_date"),
            "inquiry_days": first_answered,
            "inquiries_late": known & self._get_period_domain("answer_deadline") & Domain("missed_deadline", "=", True),
            "inquiries_open": known & Domain("received_date", "<=", last) & unanswered,
            "inquiries_unknown": own & Domain("partner_id", "=", False) & received,
        }
        average = days / answers if answers else None
        return [
            self._figure(code, domain, answers, value=average)
            if code == "inquiry_days"
            else self._figure(code, domain, Inquiry.search_count(domain))
            for code, domain in counted.items()
        ]
