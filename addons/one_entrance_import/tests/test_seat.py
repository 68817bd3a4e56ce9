from odoo.tests import tagged

from odoo.addons.one_entrance.tests.representation.test_seat import SeatCase


@tagged("post_install", "-at_install")
class TestSeatImport(SeatCase):
    """Political seats are imported as strictly as actors (S11)."""

    def test_the_importer_names_every_row_that_is_refused_and_writes_none(self):
        self._make_politician("Bo")
        company = self.env["res.partner"].create({"name": "Byrådet ApS", "is_company": True})
        Seat = self.env["one.entrance.seat"].with_user(self.consultant)
        names = ["partner_id", "politician_id", "body", "role", "date_from", "date_to"]
        good = ["Havnen", "Ægir Ås", "the board", "Chair", "2022-01-01", "2025-12-31"]
        bad = [
            ["Havnen", "Bo", "the board", "member", "2022-01-01", "2021-12-31"],
            ["Havnen", company.name, "the board", "member", "2022-01-01", ""],
            ["Havnen", "Bo", "the board", "king", "2022-01-01", ""],
            ["Havnen", "Bo", " ", "member", "2022-01-01", ""],
            ["Havnen", "Ægir Ås", "The Board ", "chair", "2024-01-01", ""],
        ]
        result = Seat.load(names, [good, *bad])
        self.assertFalse(result["ids"])
        messages = {message["rows"]["from"]: message["message"] for message in result["messages"]}
        words = ("ends before it begins", "Byrådet ApS", "king", "what the seat is in", "twice at one time")
        self.assertEqual(sorted(messages), [1, 2, 3, 4, 5])
        for row, word in enumerate(words, 1):
            self.assertIn(word, messages[row])
        self.assertFalse(Seat.search([]))
        result = Seat.load(names, [good, ["Havnen", "Bo", "the board", "member", "2022-01-01", ""]])
        self.assertEqual(len(result["ids"]), 2, result["messages"])

    def test_two_politicians_of_one_name_are_not_taken_for_each_other(self):
        self._make_politician("Bo")
        self._make_politician("Bo")
        result = (
            self.env["one.entrance.seat"]
            .with_user(self.consultant)
            .load(["partner_id", "politician_id", "body", "date_from"], [["Havnen", "Bo", "the board", "2022-01-01"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("“Bo”", result["messages"][0]["message"])
