import io
from datetime import date

from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools import file_open

from .common import COLUMNS, ImportCase


@tagged("post_install", "-at_install")
class TestImportTemplate(ImportCase):
    """The spreadsheets that the register offers fit its fields, in Danish and in English (S2)."""

    NAMES = {
        "da": ("da_DK", "Direktør, Teknik og Miljø", "Erhvervskonsulent"),
        "en": ("en_US", "Director, Technology and Environment", "Business Consultant"),
    }

    def _read_template(self, language):
        with file_open(f"one_entrance_import/static/xlsx/actors_{language}.xlsx", "rb") as file:
            return file.read()

    def test_the_app_offers_the_template_of_the_users_language(self):
        for language, (lang, _leader, _consultant) in self.NAMES.items():
            partner = self.env["res.partner"].with_context(lang=lang, one_entrance_app=True)
            path = partner.get_import_templates()[0]["template"]
            self.assertEqual(path, f"/one_entrance_import/static/xlsx/actors_{language}.xlsx")
            self.assertTrue(self._read_template(language))

    def test_headings_are_the_fields_labels_and_find_their_fields(self):
        for language, (lang, _leader, _consultant) in self.NAMES.items():
            with self.subTest(lang=lang):
                content = self._read_template(language)
                sheet = load_workbook(io.BytesIO(content)).active
                self.assertEqual([cell.value for cell in sheet[1]], self._headings(lang, list(COLUMNS)))
                _importer, preview = self._open(content, lang, "xlsx")
                self.assertEqual(preview["matches"], {i: [name] for i, name in enumerate(COLUMNS)})

    def test_the_example_rows_can_be_imported(self):
        for language, (lang, leader_name, consultant_name) in self.NAMES.items():
            with self.subTest(lang=lang):
                leader, consultant = self._get_people(leader_name, consultant_name)
                # the demo has the examples already, and so has the test in the other language
                already = self.env["res.partner"].search([("name", "in", ["Grenaa Havn A/S", "Aqua Djurs A/S"])])
                already.write({"name": "Before", "company_registry": False, "vat": False})
                result = self._import(self._read_template(language), lang, "xlsx")
                self.assertEqual(result["messages"], [])
                harbour, water = self.env["res.partner"].browse(result["ids"])
                self.assertRecordValues(
                    harbour | water,
                    [
                        {
                            "name": "Grenaa Havn A/S",
                            "city": "Grenaa",
                            "zip": "8500",
                            "email": "post@grenaahavn.example",
                            "one_entrance_kind": "company",
                            "one_entrance_mayor_led": True,
                            "one_entrance_leader_id": False,
                            "one_entrance_relation": "professional",
                            "one_entrance_step": "contact",
                            "one_entrance_letter_date": date(2020, 1, 20),
                            "one_entrance_contact_date": date(2020, 2, 12),
                            "one_entrance_plan_date": False,
                            "one_entrance_interval": 0,
                            "one_entrance_consultant_id": consultant.id,
                        },
                        {
                            "name": "Aqua Djurs A/S",
                            "city": False,
                            "zip": False,
                            "email": "post@aquadjurs.example",
                            "one_entrance_kind": "company",
                            "one_entrance_mayor_led": False,
                            "one_entrance_leader_id": leader.id,
                            "one_entrance_relation": "professional",
                            "one_entrance_step": "contact",
                            "one_entrance_letter_date": date(2020, 1, 27),
                            "one_entrance_contact_date": date(2020, 2, 25),
                            "one_entrance_plan_date": False,
                            "one_entrance_interval": 0,
                            "one_entrance_consultant_id": consultant.id,
                        },
                    ],
                )

    def _get_people(self, leader_name, consultant_name):
        """:return: the leader and the consultant with these names; where the demo is installed it has them already"""
        leader = self.env["one.entrance.leader"].search([("name", "=", leader_name)])
        consultant = self.env["res.users"].search([("name", "=", consultant_name)])
        if not consultant:
            consultant = self._make_user(f"keeper_{len(consultant_name)}", "one_entrance.group_consultant")
            consultant.name = consultant_name
        return leader or self._make_leader(leader_name, self.level_director), consultant

    def test_the_choices_in_the_cells_are_the_fields_words(self):
        chosen = {"B": "one_entrance_kind", "J": "one_entrance_relation", "K": "one_entrance_step"}
        for language, (lang, _leader, _consultant) in self.NAMES.items():
            sheet = load_workbook(io.BytesIO(self._read_template(language))).active
            offered = {rule.sqref.ranges[0].coord[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
            for column, name in chosen.items():
                field = self.env["res.partner"]._fields[name]
                labels = dict(field._description_selection(self.env(context={"lang": lang})))
                labels.pop("left", None)
                self.assertEqual(offered[column], f'"{",".join(labels.values())}"', f"{name} in {lang}")
