import re

from odoo.tests import tagged

from odoo.addons.one_entrance.tests.preparation.test_background_sheet_pdf import read_pages
from odoo.addons.one_entrance_evaluation.tests.common_evaluation import EvaluationCase
from odoo.addons.one_entrance_evaluation.tests.evaluation_samples import Sample, figure, make_nothing, make_year

YEAR = [
    figure("inquiries_received", 17),
    figure("inquiries_answered", 14),
    figure("inquiries_referred", 4),
    figure("inquiry_days", 8.25, unit="days", count=14),
    figure("inquiries_late", 2),
    figure("inquiries_open", 3),
]
NOTHING = [
    figure("inquiry_days", None),
    *(figure(f"inquiries_{what}", 0) for what in ("received", "answered", "referred")),
]


@tagged("post_install", "-at_install")
class TestEvaluationInquiryPaper(EvaluationCase):
    """What the paper for the council says about inquiries: sentences that are true of the figures (S9, S12)."""

    @classmethod
    def _speak_danish(cls):
        result = super()._speak_danish()
        cls.env.ref("base.module_one_entrance_evaluation_inquiry")._update_translations(["da_DK"], overwrite=True)
        return result

    def _say(self, *figures):
        Sample(figures).patch(self)
        return self._read()

    def test_inquiries_stand_with_the_handovers(self):
        make_year(*YEAR).patch(self)
        text = self._read()
        self.assertIn(
            "Inquiries and handovers The actors raised 17 inquiries in the period. The first answer was given after "
            "8.3 days on average. There were 3 handovers from one contact leader to another.",
            text,
        )
        for words in ("Referred, for example", "No first answer by the", "Not answered at the end"):
            self.assertIn(words, text)

    def test_what_is_counted_once_is_told_in_the_singular(self):
        self.assertIn("The actors raised 1 inquiry in", self._say(figure("inquiries_received", 1)))
        self.assertIn("The actors raised 2 inquiries in", self._say(figure("inquiries_received", 2)))
        text = self._say(
            figure("inquiries_received", 1), figure("inquiry_days", 1, unit="days"), figure("handovers", 1)
        )
        self.assertIn("The first answer was given after 1 day on average. There was 1 handover from", text)

    def test_nothing_to_measure_is_not_told_as_nothing(self):
        make_nothing(*NOTHING).patch(self)
        text = self._read()
        for words in ("None", "False", "on average", "%", "nan"):
            self.assertNotIn(words, text)
        for words in ("raised no inquiries", "No actor was handed over"):
            self.assertIn(words, text)
        self.assertNotIn("<svg", self._render())

    def test_a_round_that_has_no_figures_about_inquiries_says_nothing_of_them(self):
        make_year().patch(self)
        text = self._read()
        self.assertIn("Handovers There were 3 handovers", text)
        self.assertNotIn("nquiries", text)

    def test_a_year_takes_two_to_four_pages_in_both_languages(self):
        self._speak_danish()
        make_year(*YEAR).patch(self)
        self.evaluation.write({"name": "Evaluering af ordningen", "assessment": "<p>Det er vurderingen.</p>" * 9})
        self.assertIn(len(read_pages(self._print())), (2, 3, 4))
        pages = read_pages(self._print(lang="da_DK"))
        self.assertIn(len(pages), (2, 3, 4))
        text = " ".join(" ".join(pages).split())
        self.assertIn("Henvendelser og overdragelser", text)
        self.assertIn("8,3 dage", text)
        self.assertFalse(re.findall(r"\b(?:the|of|inquir\w+|Received|Answered|Referred|answer|deadline)\b", text))
