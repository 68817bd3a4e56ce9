from odoo import fields

from odoo.addons.one_entrance_evaluation.tests.test_evaluation_figures import EvaluationCase

ANSWERED = {"state": "answered", "answer": "<p>Ja</p>"}


class EvaluationInquiryCase(EvaluationCase):
    """The year 2023 of a municipality and its neighbour, with inquiries in every state, before, in and after it."""

    @classmethod
    def _make_year(cls):
        result = super()._make_year()
        for received, values in (
            ("2022-12-31", {}),
            ("2023-01-01", {**ANSWERED, "first_answer_date": "2023-01-05", "answered_date": "2023-01-20"}),
            ("2023-02-01", {**ANSWERED, "first_answer_date": "2023-02-15", "answered_date": "2023-02-15"}),
            ("2023-03-01", {**ANSWERED, "first_answer_date": "2023-04-01", "answered_date": "2024-01-02"}),
            ("2022-12-20", {**ANSWERED, "first_answer_date": "2022-12-31", "answered_date": "2023-12-31"}),
            ("2022-12-18", {"state": "dialogue", "first_answer_date": "2023-01-02"}),
            ("2023-12-18", {}),  # its deadline is the first day of the next year
            ("2023-12-17", {}),
            ("2023-12-31", {"state": "dialogue", "first_answer_date": "2024-01-03"}),
            ("2024-01-01", {}),
            (
                "2023-06-01",
                {
                    "state": "referred",
                    "referred_to": "Vej",
                    "referred_date": "2023-12-31",
                    "first_answer_date": "2023-06-01",
                },
            ),
            ("2023-06-02", {"state": "referred", "referred_to": "Vej", "referred_date": "2024-01-01"}),
        ):
            cls._raise(received, **values)
        cls._raise("2023-07-01", partner_id=False)
        cls._raise("2024-07-01" if cls.today > fields.Date.to_date("2024-07-01") else "2024-02-01", partner_id=False)
        return result

    @classmethod
    def _make_neighbours(cls):
        result = super()._make_neighbours()
        cls._raise("2023-06-01", partner_id=cls.their_actor.id)
        return result

    @classmethod
    def _raise(cls, received, **values):
        values = {"name": "Kajen", "partner_id": cls.old.id, "received_date": received, **values}
        return cls.env["one.entrance.inquiry"].create(values)
