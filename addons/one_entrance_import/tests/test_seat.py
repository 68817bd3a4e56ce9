from datetime import date

from odoo.tests import tagged

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestSeatImport(ImportCase):
    """Political seats are imported as strictly as actors (S11)."""

    SEAT = ("partner_id", "politician_id", "body", "role", "date_from", "date_to")

    def _import_seats(self, rows, lang="da_DK"):
        return self._import_table(list(self.SEAT), rows, lang, "xlsx", "one.entrance.seat")

    def test_political_seats_are_imported_from_a_spreadsheet_in_both_languages(self):
        self.company.one_entrance_election_date = "2025-12-31"
        self._make_actor("Havnen")
        self.env["res.partner"].create({"name": "Ægir Ås"})
        for lang, role in (("da_DK", "Næstformand"), ("en_US", "Deputy Chair")):
            with self.subTest(lang=lang):
                rows = [
                    ["Havnen", "Ægir Ås", " bestyrelsen ", role, date(2022, 1, 1), date(2023, 12, 31)],
                    ["Havnen", "Ægir Ås", "bestyrelsen", role, date(2024, 1, 1), None],
                ]
                result = self._import_seats(rows, lang)
                self.assertEqual(result["messages"], [])
                past, present = self.env["one.entrance.seat"].browse(result["ids"])
                self.assertRecordValues(
                    past | present,
                    [
                        {"body": "bestyrelsen", "role": "deputy_chair", "date_to": date(2023, 12, 31)},
                        {"body": "bestyrelsen", "role": "deputy_chair", "date_to": date(2025, 12, 31)},
                    ],
                )
                self.assertEqual((past | present).mapped("ends_with_term"), [False, True])
                (past | present).unlink()

    def test_a_politician_under_the_municipality_is_found_by_the_name_alone(self):
        self._make_actor("Havnen")
        council = self.env["res.partner"].create({"name": "Kommunen", "is_company": True})
        other = council.copy({"name": "Regionen"})
        politician, _namesake, _other = self.env["res.partner"].create(
            [
                {"name": "Ægir Ås", "parent_id": council.id},
                {"name": "Bo Bæk", "parent_id": council.id},
                {"name": "Bo Bæk", "parent_id": other.id},
            ]
        )
        result = self._import_seats([["Havnen", "Ægir Ås", "bestyrelsen", "Medlem", date(2024, 1, 1), None]], "da_DK")
        self.assertEqual(result["messages"], [])
        self.assertEqual(self.env["one.entrance.seat"].browse(result["ids"]).politician_id, politician)
        result = self._import_seats([["Havnen", "Bo Bæk", "bestyrelsen", "Medlem", date(2024, 1, 1), None]], "da_DK")
        self.assertFalse(result["ids"])
        self.assertIn("Mere end én", result["messages"][0]["message"])

    def test_each_seat_that_is_refused_is_named_with_its_row(self):
        self._make_actor("Havnen")
        self.env["res.partner"].create([{"name": "Ægir Ås"}, {"name": "Byrådet ApS", "is_company": True}])
        rows = [
            ["Havnen", "Ægir Ås", "bestyrelsen", "Formand", date(2022, 1, 1), None],
            ["Havnen", "Ægir Ås", "Bestyrelsen", "Formand", date(2023, 1, 1), None],
            ["Havnen", "Byrådet ApS", "bestyrelsen", "Medlem", date(2022, 1, 1), None],
            ["Havnen", "Ægir Ås", "rådet", "Medlem", date(2022, 1, 1), date(2021, 1, 1)],
            ["Havnen", "Ægir Ås", "rådet", "Konge", date(2022, 1, 1), None],
            ["Havnen", "Ægir Ås", " ", "Medlem", date(2022, 1, 1), None],
        ]
        result = self._import_seats(rows, "da_DK")
        self.assertFalse(result["ids"])
        self.assertEqual([message["record"] for message in result["messages"]], [3, 4, 5, 6, 7])
        for message, words in zip(
            result["messages"],
            ("to gange på samme tid", "Byrådet ApS er en virksomhed", "slutter, før", "Konge", "skriv"),
            strict=True,
        ):
            self.assertIn(words, message["message"])
