from odoo import models
from odoo.fields import Domain


class OneEntranceEvaluation(models.Model):
    """Figures about what actors raised (S9)."""

    _inherit = "one.entrance.evaluation"

    def _count_inquiries(self):
        """What was received, answered and referred in the period, each by its own day: what is answered in a period may have
        been received before it. The days to the first answer are those of the inquiries that got it in the period. *Late*
        are those whose deadline for it lay in the period and passed without it, whether it came afterwards or not. *Not
        answered* at the end are those received by then and answered later or not yet, the referred ones too, as the
        entrance follows up on them. What nobody has said whose it is, is counted apart and nowhere else.
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
