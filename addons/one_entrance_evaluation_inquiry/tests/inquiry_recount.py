from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import Recount


class InquiryRecount(Recount):
    """What actors raised is counted from the raw rows too."""

    sections = (*Recount.sections, "inquiries")

    def __init__(self, evaluation):
        super().__init__(evaluation)
        self.inquiries = self._fetch("SELECT * FROM one_entrance_inquiry WHERE company_id = %s", self.company)

    def count(self):
        super().count()
        self._count_inquiries()
        return self.found

    def _count_inquiries(self):
        known = [each for each in self.inquiries if each.partner_id]
        first = [each for each in known if self._is_in_period(each.first_answer_date)]
        days = [(each.first_answer_date - each.received_date).days for each in first]
        self._found("inquiry_days", first, value=sum(days) / len(days) if days else None)

        def is_late(inquiry):
            answered = inquiry.first_answer_date or inquiry.answered_date
            deadline = inquiry.answer_deadline
            return self._is_in_period(deadline) and (answered > deadline if answered else deadline < self.today)

        def is_open(inquiry):
            answered = inquiry.state == "answered" and not (inquiry.answered_date and inquiry.answered_date > self.end)
            return inquiry.received_date <= self.end and not answered

        for code, some in (
            ("inquiries_received", [each for each in known if self._is_in_period(each.received_date)]),
            (
                "inquiries_answered",
                [each for each in known if each.state == "answered" and self._is_in_period(each.answered_date)],
            ),
            ("inquiries_referred", [each for each in known if self._is_in_period(each.referred_date)]),
            ("inquiries_late", [each for each in known if is_late(each)]),
            ("inquiries_open", [each for each in known if is_open(each)]),
            (
                "inquiries_unknown",
                [each for each in self.inquiries if not each.partner_id and self._is_in_period(each.received_date)],
            ),
        ):
            self._found(code, some)
