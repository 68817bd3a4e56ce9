from odoo.tests import tagged

from ..models.contact_doubles import ContactDoubles
from .common import ImportCase


@tagged("post_install", "-at_install")
class TestDouble(ImportCase):
    """A row that is a contact already is named, and updates it only where the user says so (S2)."""

    NAMES = ("id", "name", "company_registry", "street", "zip", "city", "one_entrance_leader_id")

    def setUp(self):
        super().setUp()
        self.actor = self._make_actor("Prøvehavnen A/S")
        self.actor.write({"company_registry": "12345678", "street": "Neptunvej 1", "zip": "8500", "city": "Grenaa"})

    def _import_rows(self, *rows, lang="da_DK", file="csv"):
        """Import rows of name, number, street, postal code, city; with an external ID where there is one before them."""
        cells = [["" if len(row) < 6 else row[0], *row[-5:], "Head of Culture"] for row in rows]
        return self._import_table(list(self.NAMES), cells, lang, file)

    def _name_actor(self):
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "havnen", "model": "res.partner", "res_id": self.actor.id}
        )

    def _assert_refused(self, *rows, words=()):
        before = self.env["res.partner"].search_count([])
        result = self._import_rows(*rows)
        self.assertFalse(result["ids"])
        self.assertEqual([message["record"] for message in result["messages"]], list(range(2, len(rows) + 2)))
        for message in result["messages"]:
            for word in words:
                self.assertIn(word, message["message"])
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)

    def test_the_same_company_number_is_the_same_company(self):
        numbers = ("12345678", "12 34 56 78", "DK12345678", "12345678.0", "DK-12 34\N{NO-BREAK SPACE}56 78")
        rows = [("Havneselskabet", number, "", "", "") for number in numbers]
        self._assert_refused(*rows, words=("Prøvehavnen A/S", "CVR"))

    def test_a_company_is_found_by_its_tax_number_too(self):
        self.actor.write({"company_registry": False, "vat": "DK12345674"})
        self._assert_refused(("Havneselskabet", "12345674", "", "", ""), words=("Prøvehavnen A/S",))

    def test_the_same_name_and_address_is_the_same_contact(self):
        self._assert_refused(
            ("Prøvehavnen A/S", "", "Neptunvej 1", "8500", "Grenaa"),
            ("PRØVEHAVNEN\N{NO-BREAK SPACE}A/S", "", "neptunvej  1", "8500", ""),
            ("Prøvehavnen A/S", "", "", "", ""),  # nothing says that it is another one
            words=("Prøvehavnen A/S", "Neptunvej 1"),
        )

    def test_another_number_or_address_is_another_contact(self):
        done = self._import_rows(
            ("Prøvehavnen A/S", "22345678", "Neptunvej 1", "8500", "Grenaa"),
            ("Prøvehavnen A/S", "", "Havnevej 2", "8400", "Ebeltoft"),
            ("Banen", "", "Neptunvej 1", "8500", "Grenaa"),
        )
        self.assertEqual(done["messages"], [])
        self.assertEqual(len(done["ids"]), 3)

    def test_a_contact_outside_the_scheme_is_named_too(self):
        customer = self.env["res.partner"].create({"name": "Kunden", "company_registry": "87654321"})
        self._assert_refused(("Kunde 2", "87654321", "", "", ""), ("Kunden", "", "", "", ""), words=("Kunden",))
        self.assertFalse(customer.one_entrance_step)

    def test_it_is_updated_when_the_row_has_its_external_id(self):
        self._name_actor()
        self._assert_refused(("Prøvehavnen", "12345678", "", "", ""), words=("__import__.havnen", "Eksternt ID"))
        done = self._import_rows(("__import__.havnen", "Prøvehavnen", "12345678", "", "8500", "Grenaa"))
        self.assertEqual((done["messages"], done["ids"]), ([], self.actor.ids))
        self.assertEqual((self.actor.name, self.actor.one_entrance_leader_id), ("Prøvehavnen", self.head))

    def test_an_external_id_that_nobody_has_does_not_hide_a_double(self):
        self._assert_refused(("__import__.havnnen", "Prøvehavnen", "12345678", "", "", ""), words=("Prøvehavnen A/S",))

    def test_an_external_id_of_one_contact_does_not_make_it_another(self):
        self._name_actor()
        self._make_actor("Banen").company_registry = "87654321"
        self._assert_refused(("__import__.havnen", "Prøvehavnen", "87654321", "", "", ""), words=("Banen",))

    def test_how_to_update_it_is_said_in_both_languages(self):
        for lang, words in (("da_DK", "Jeg vil opdatere data"), ("en_US", "I want to update data")):
            result = self._import_rows(("Prøvehavnen", "12345678", "", "", ""), lang=lang)
            self.assertIn(words, result["messages"][0]["message"])

    def test_two_rows_of_one_file_are_not_one_contact_twice(self):
        rows = (
            ("Banen", "22345678", "", "", ""),
            ("Banen A/S", "DK 22 34 56 78", "", "", ""),
            ("Kajen", "", "Kajen 1", "8500", "Grenaa"),
            ("KAJEN", "", "Kajen 1", "8500", "Grenaa"),
            ("Kajen", "", "Kajen 2", "8500", "Grenaa"),
        )
        for file in ("csv", "xlsx"):
            result = self._import_rows(*rows, file=file)
            self.assertFalse(result["ids"])
            self.assertEqual([message["record"] for message in result["messages"]], [3, 5])
            for message, row in zip(result["messages"], ("2", "4"), strict=True):
                self.assertIn(f"række {row}", message["message"])

    def test_two_rows_do_not_update_one_contact(self):
        self._name_actor()
        rows = [("__import__.havnen", name, "", "", "", "") for name in ("Havnen", "Havnen i Grenaa")]
        result = self._import_rows(*rows)
        self.assertEqual([message["record"] for message in result["messages"]], [3])

    def test_finding_them_costs_the_same_for_one_row_and_for_many(self):
        doubles = ContactDoubles(self.env(user=self.consultant), str)
        names = ["name", "company_registry"]
        doubles.find(names, [["Banen", "1"]])
        for count in (1, 500):
            rows = [[f"Banen {number}", str(10000000 + number)] for number in range(count)]
            with self.assertQueryCount(1):
                self.assertEqual(doubles.find(names, rows), {})
