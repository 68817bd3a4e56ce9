import csv
import io
from datetime import date, datetime

from openpyxl import Workbook, load_workbook

from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.one_entrance.tests.common import OneEntranceCase

# The register's columns, in the order of the templates.
COLUMNS = (
    "name",
    "one_entrance_kind",
    "street",
    "zip",
    "city",
    "phone",
    "email",
    "one_entrance_leader_id",
    "one_entrance_mayor_led",
    "one_entrance_relation",
    "one_entrance_step",
    "one_entrance_letter_date",
    "one_entrance_contact_date",
    "one_entrance_plan_date",
    "one_entrance_interval",
    "one_entrance_consultant_id",
)
SHORT = {name.removeprefix("one_entrance_"): name for name in COLUMNS}


class ImportCase(OneEntranceCase):
    """Imports as the web client does it: preview, proposed columns, test or import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("da_DK")
        cls._make_leader("Twin", cls.level_head)
        cls._make_leader("Twin", cls.level_director)
        cls._make_leader("Clerk", cls.env.ref("one_entrance.one_entrance_level_5"), role="other")

    def _headings(self, lang, names, model="res.partner"):
        labels = self.env[model].with_context(lang=lang).fields_get(names, ["string"])
        return [labels[name]["string"] for name in names]

    def _write_file(self, rows, file):
        stream = io.BytesIO()
        if file == "csv":
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            stream.write(text.getvalue().encode())
        else:
            book = Workbook()
            for row in rows:
                book.active.append(["" if cell is None else cell for cell in row])
            book.save(stream)
        return stream.getvalue()

    def _open(self, content, lang, file="csv", model="res.partner", user=None, **options):
        """:return: the importer and what it proposes, as the web client gets it"""
        importer = (
            self.env["base_import.import"]
            .with_user(user or self.consultant)
            .with_context(lang=lang)
            .create({"res_model": model, "file": content, "file_name": f"actors.{file}"})
        )
        preview = importer.parse_preview(
            {
                "has_headers": True,
                "quoting": '"',
                "separator": "",
                "encoding": "",
                "date_format": "",
                "datetime_format": "",
                "float_thousand_separator": ",",
                "float_decimal_separator": ".",
                "limit": 2000,
                "skip": 0,
                "tracking_disable": True,
                "import_skip_records": [],
                "import_set_empty_fields": [],
                "fallback_values": {},
                "name_create_enabled_fields": {},
                **options,
            }
        )
        self.assertNotIn("error", preview)
        return importer, preview

    def _import(self, content, lang="en_US", file="csv", dryrun=False, **options):
        importer, preview = self._open(content, lang, file, **options)
        paths = ["/".join(preview["matches"].get(i, [])) or False for i in range(len(preview["headers"]))]
        columns = [heading.strip().lower() for heading in preview["headers"]]
        return importer.execute_import(paths, columns, preview["options"], dryrun=dryrun)

    @mute_logger("odoo.sql_db")  # the database refuses a contact without name
    def _import_actors(self, rows, lang="en_US", file="csv", dryrun=False, **options):
        """Import actors given as dictionaries, by the fields' short names."""
        cells = [[row.get(short, "") for short in SHORT] for row in rows]
        content = self._write_file([self._headings(lang, list(COLUMNS)), *cells], file)
        return self._import(content, lang, file, dryrun, **options)

    def _import_one(self, lang="en_US", file="csv", **values):
        """:return: the actor of a file with one row, or the reasons why there is none"""
        actor = {"name": "Havnen", "leader_id": "Director, Technology", **values}
        result = self._import_actors([actor], lang, file)
        if result["ids"]:
            self.assertFalse(result["messages"])
            return self.env["res.partner"].browse(result["ids"])
        return [message["message"] for message in result["messages"]]


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    """Import of the register with Odoo's importer: every bad row is told with its reason, and nothing is written or
    silently changed into something else (S2).
    """

    # the row's values, the words that the reason holds in every language, those it holds in English and in Danish
    BAD = (
        ({"leader_id": "Nobody"}, ["Nobody"], "Contact Leader", "Kontaktperson"),
        ({"leader_id": "Twin"}, ["Twin"], "More than one", "Kontaktperson"),
        ({"leader_id": "Clerk"}, ["Clerk", "Row 3", "5"], "cannot be contact leader", ""),
        ({"step": "plan", "letter_date": "2024-01-10", "contact_date": "2024-02-01"}, ["Row 4"], "Missing:", "3. Plan"),
        ({"letter_date": "2024-03-01", "contact_date": "2024-02-01"}, ["Row 5"], "comes after", "Brev sendt den"),
        ({"letter_date": "2030-01-01"}, ["Row 6", "2030"], "lies ahead", "Brev sendt den"),
        ({"interval": "six"}, ["Row 7", "six"], "Months Between Meetings", "Måneder mellem møder"),
        ({"interval": "6.5"}, ["Row 8", "6.5"], "not a whole number", "Måneder mellem møder"),
        ({"kind": "Firm"}, ["Row 9", "Firm"], "“Association”", "“Forening”"),
        ({"step": "2"}, ["Row 10", "2"], "“2. Contact Made”", "“2. Kontakt etableret”"),
        ({"mayor_led": "måske"}, ["Row 11", "måske"], "neither yes nor no", "Varetages af"),
        ({"letter_date": "31-02-2024"}, ["Row 12", "31-02-2024", "2024-05-31"], "05/31/2024", "31.05.2024"),
        ({"name": ""}, [], "name", ""),
        ({"mayor_led": "x"}, ["Row 14", "x"], "neither yes nor no", "Varetages af"),
        ({"interval": "-3"}, ["Row 15", "-3"], "1 or more", ""),
        ({"interval": "1_0"}, ["Row 16", "1_0"], "not a whole number", "Måneder mellem møder"),
        ({"step": "contact", "contact_date": "2024-02-01"}, ["Row 17"], "official letter", "2. Kontakt"),
        ({"letter_date": "2024-01-1099"}, ["Row 18", "2024-01-1099"], "Letter Sent On", "Brev sendt den"),
        ({"consultant_id": "Nobody"}, ["Row 19", "Nobody"], "Business Consultant", "Erhvervskonsulent"),
        ({"leader_id": ""}, ["Row 20"], "no contact leader", ""),
        ({"letter_date": "01-02-24"}, ["Row 21", "01-02-24"], "Letter Sent On", "Brev sendt den"),
        ({"email": "havnen", "relation": "gammel"}, ["Row 22", "gammel"], "“Professional”", "“Faglig”"),
    )

    def _bad_rows(self):
        good = {"leader_id": "Director, Technology", "step": "appointed"}
        bad = [{**good, "name": f"Row {number}", **row} for number, (row, *_words) in enumerate(self.BAD, 1)]
        return [{**good, "name": "Row 0"}, *bad, {**good, "name": f"Row {len(bad) + 1}"}]

    def _check_bad_rows_are_reported(self, result, lang):
        self.assertFalse(result["ids"])
        self.assertEqual([message["type"] for message in result["messages"]], ["error"] * len(self.BAD))
        for number, (message, (_row, words, english, danish)) in enumerate(
            zip(result["messages"], self.BAD, strict=True), 1
        ):
            with self.subTest(row=number, lang=lang):
                self.assertEqual(message["rows"], {"from": number, "to": number})
                self.assertEqual(message["record"], number + 2, "the row's number in the spreadsheet")
                for word in [*words, danish if lang == "da_DK" else english]:
                    self.assertIn(word, message["message"])

    def test_all_bad_rows_are_reported_in_one_go_and_nothing_is_written(self):
        Partner = self.env["res.partner"].with_context(active_test=False)
        Appointment = self.env["one.entrance.appointment"]
        before = Partner.search_count([]), Appointment.search_count([])
        for lang, file, dryrun in (
            ("en_US", "csv", True),
            ("en_US", "xlsx", False),
            ("da_DK", "csv", False),
            ("da_DK", "xlsx", True),
        ):
            with self.subTest(lang=lang, file=file, dryrun=dryrun):
                result = self._import_actors(self._bad_rows(), lang, file, dryrun)
                self._check_bad_rows_are_reported(result, lang)
                self.assertEqual((Partner.search_count([]), Appointment.search_count([])), before)

    def test_reasons_are_told_in_the_users_language(self):
        english, danish = (
            [message["message"] for message in self._import_actors(self._bad_rows(), lang)["messages"]]
            for lang in ("en_US", "da_DK")
        )
        self.assertFalse(set(english) & set(danish))

    def test_hundreds_of_bad_rows_are_all_reported(self):
        rows = [{"name": f"Row {number}", "leader_id": "Clerk"} for number in range(200)]
        result = self._import_actors(rows, dryrun=True)
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], list(range(200)))

    def test_test_run_writes_nothing_and_the_import_all_of_it(self):
        rows = [{"name": f"Row {number}", "leader_id": "Director, Technology"} for number in range(30)]
        before = self.env["res.partner"].search_count([])
        tested = self._import_actors(rows, dryrun=True)
        self.assertFalse(tested["messages"])
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        done = self._import_actors(rows)
        actors = self.env["res.partner"].browse(done["ids"])
        self.assertEqual(actors.mapped("name"), [f"Row {number}" for number in range(30)])
        self.assertEqual(set(actors.mapped("one_entrance_step")), {"appointed"})
        self.assertEqual(actors.one_entrance_appointment_ids.leader_id, self.director)

    def test_a_row_may_refer_to_a_row_before_it(self):
        headings = self._headings("en_US", ["name", "parent_id", "one_entrance_leader_id"])
        rows = [["Havnen", "", "Director, Technology"], ["Kajen", "Havnen", "Director, Technology"]]
        result = self._import(self._write_file([headings, *rows], "csv"))
        self.assertFalse(result["messages"])
        self.assertEqual(self.env["res.partner"].browse(result["ids"][1]).parent_id.name, "Havnen")

    def test_an_actor_is_updated_by_its_external_id(self):
        actor = self._make_actor("Havnen")
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "havnen", "model": "res.partner", "res_id": actor.id}
        )
        headings = ["External ID", *self._headings("en_US", ["one_entrance_leader_id"])]
        result = self._import(self._write_file([headings, ["__import__.havnen", "Head of Culture"]], "csv"))
        self.assertEqual(result["ids"], actor.ids)
        self.assertEqual(actor.one_entrance_leader_id, self.head)
        refused = self._import(self._write_file([headings, ["__import__.havnen", "Clerk"]], "csv"))
        self.assertFalse(refused["ids"])
        self.assertEqual(actor.one_entrance_leader_id, self.head)

    def test_other_imports_run_as_odoo_has_them(self):
        headings = self._headings("en_US", ["name", "color"])
        result = self._import(self._write_file([headings, ["Havnen", "six"], ["Banen", "2"]], "csv"))
        self.assertEqual([message["field"] for message in result["messages"]], ["color"])
        self.assertEqual(result["messages"][0]["record"], 0)

    def test_rows_that_have_slipped_are_refused(self):
        headings = self._headings("en_US", ["name", "city", "one_entrance_leader_id"])
        lines = [",".join(headings), "Havnen,Grenaa,Twin", "Havnen,Syd,Grenaa,Twin", "Banen"]
        importer = self.env["base_import.import"].create(
            {"res_model": "res.partner", "file": "\n".join(lines).encode(), "file_name": "actors.csv"}
        )
        options = {"has_headers": True, "quoting": '"', "separator": ",", "encoding": "", "date_format": ""}
        self.assertIn("3 (4), 4 (1)", importer.parse_preview({**options})["error"])
        fields = ["name", "city", "one_entrance_leader_id"]
        result = importer.execute_import(fields, headings, {**options})
        self.assertFalse(result.get("ids"))
        self.assertIn("3 (4), 4 (1)", result["messages"][0]["message"])

    def test_letters_are_read_as_they_were_written(self):
        headings = self._headings("da_DK", ["name", "one_entrance_leader_id"])
        text = f"{headings[0]},{headings[1]}\nIdrætsforening Ålsø,Twin 2\n"
        self._make_leader("Twin 2", self.level_head)
        for encoding in ("utf-8", "utf-8-sig", "windows-1252", "utf-16"):
            result = self._import(text.encode(encoding), "da_DK")
            self.assertEqual(self.env["res.partner"].browse(result["ids"]).name, "Idrætsforening Ålsø", encoding)

    def test_spaces_around_a_value_do_not_matter(self):
        actor = self._import_one(
            leader_id=" Director, Technology ", kind="company ", step="  1. letter sent", letter_date=" 2024-01-10 ",
            interval=" 6\N{NO-BREAK SPACE}", mayor_led=" ", relation="  ",
        )  # fmt: skip
        self.assertEqual(actor.one_entrance_leader_id, self.director)
        self.assertEqual(actor.one_entrance_kind, "company")
        self.assertEqual(actor.one_entrance_step, "letter")
        self.assertEqual(actor.one_entrance_letter_date, date(2024, 1, 10))
        self.assertEqual(actor.one_entrance_interval, 6)
        self.assertIs(actor.one_entrance_mayor_led, False)
        self.assertIs(actor.one_entrance_relation, False)

    def test_selections_are_read_by_key_and_by_label_of_any_language(self):
        for word, key in (("association", "association"), ("Association", "association"), ("FORENING", "association")):
            self.assertEqual(self._import_word("kind", word), key)
        for word, key in (("contact", "contact"), ("2. Contact Made", "contact"), ("2. kontakt etableret", "contact")):
            self.assertEqual(self._import_word("step", word, letter_date="2024-01-10", contact_date="2024-02-01"), key)

    def _import_word(self, short, word, **values):
        row = {"name": "Havnen", "leader_id": "Director, Technology", short: word, **values}
        result = self._import_actors([row], "da_DK")
        self.assertFalse(result["messages"])
        return self.env["res.partner"].browse(result["ids"])[f"one_entrance_{short}"]

    def test_yes_and_no_are_read_in_english_and_danish(self):
        for word in ("1", "yes", "TRUE", "ja", "Ja"):
            actor = self._import_one("da_DK", leader_id="", mayor_led=word)
            self.assertIs(actor.one_entrance_mayor_led, True, word)
        for word in ("0", "no", "false", "nej", ""):
            self.assertIs(self._import_one("da_DK", mayor_led=word).one_entrance_mayor_led, False, word)

    def test_a_spreadsheets_own_types_are_read(self):
        actor = self._import_one(
            file="xlsx", step="plan", letter_date=date(2024, 1, 10), contact_date=datetime(2024, 2, 1, 0, 0),
            plan_date=date(2024, 3, 4), interval=6.0, mayor_led=False, zip=8500, phone=12345678,
        )  # fmt: skip
        self.assertEqual(actor.one_entrance_contact_date, date(2024, 2, 1))
        self.assertEqual(actor.one_entrance_interval, 6)
        self.assertIs(actor.one_entrance_mayor_led, False)
        self.assertEqual((actor.zip, actor.phone), ("8500", "12345678"))
        # what a spreadsheet makes of 6-5 by itself
        for values in ({"interval": date(2024, 5, 6)}, {"step": date(2024, 5, 6)}, {"leader_id": date(2024, 5, 6)}):
            self.assertIn("2024-05-06", self._import_one(file="xlsx", **values)[0])

    def test_a_date_is_read_in_one_way_only(self):
        for lang, text, day in (
            ("da_DK", "03.04.2024", date(2024, 4, 3)),
            ("da_DK", "3-4-2024", date(2024, 4, 3)),
            ("da_DK", "2024-04-03", date(2024, 4, 3)),
            ("da_DK", "03/04/2024", date(2024, 4, 3)),
            ("en_US", "04/03/2024", date(2024, 4, 3)),
            ("en_US", "2024-04-03", date(2024, 4, 3)),
        ):
            actor = self._import_one(lang, letter_date=text)
            self.assertEqual(actor.one_entrance_letter_date, day, f"{text} in {lang}")
        for lang, text in (
            ("da_DK", "03-04-24"),
            ("da_DK", "45000"),
            ("da_DK", "april 2024"),
            ("en_US", "2024-04-03 extra"),
        ):
            self.assertIn(text, self._import_one(lang, letter_date=text)[0], lang)
        # the format that was chosen for the file and the user's language disagree
        row = {"name": "Havnen", "leader_id": "Director, Technology", "letter_date": "03/04/2024"}
        result = self._import_actors([row], "da_DK", date_format="%m/%d/%Y")
        self.assertIn("03/04/2024", result["messages"][0]["message"])

    def test_dates_of_one_column_in_several_formats_are_not_guessed(self):
        rows = [
            {"name": "A", "leader_id": "Director, Technology", "letter_date": "31/12/2023"},
            {"name": "B", "leader_id": "Director, Technology", "letter_date": "03/04/2024"},
            {"name": "C", "leader_id": "Director, Technology", "letter_date": "2024-04-03"},
        ]
        result = self._import_actors(rows, "en_US")
        self.assertEqual([message["rows"]["from"] for message in result["messages"]], [0])

    def test_a_manager_imports_leaders(self):
        person = self.env["res.partner"].create({"name": "Afdelingschef, Plan"})
        twins = self.env["res.partner"].create([{"name": "Chef"}, {"name": "Chef"}])
        headings = self._headings("da_DK", ["partner_id", "level_id", "role", "capacity"], "one.entrance.leader")
        level = self.level_head.with_context(lang="da_DK").name
        rows = [["Afdelingschef, Plan", level, "Afdelingschef", "3"], ["Chef", level, "Afdelingschef", "3"]]
        options = {"lang": "da_DK", "model": "one.entrance.leader", "user": self.manager}
        refused = self._import(self._write_file([headings, *rows], "csv"), **options)
        self.assertFalse(refused["ids"])
        self.assertEqual([message["rows"]["from"] for message in refused["messages"]], [1])
        self.assertFalse(self.env["one.entrance.leader"].search([("partner_id", "in", (person | twins).ids)]))
        done = self._import(self._write_file([headings, rows[0]], "csv"), **options)
        leader = self.env["one.entrance.leader"].browse(done["ids"])
        self.assertEqual(
            (leader.partner_id, leader.level_id, leader.role, leader.capacity),
            (person, self.level_head, "head_of_department", 3),
        )


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

    # Political seats

    SEAT = ("partner_id", "politician_id", "body", "role", "date_from", "date_to")

    def _import_seats(self, rows, lang):
        content = self._write_file([self._headings(lang, list(self.SEAT), "one.entrance.seat"), *rows], "xlsx")
        importer, preview = self._open(content, lang, "xlsx", model="one.entrance.seat")
        paths = ["/".join(preview["matches"].get(i, [])) or False for i in range(len(preview["headers"]))]
        columns = [heading.strip().lower() for heading in preview["headers"]]
        return importer.execute_import(paths, columns, preview["options"])

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
        ]
        result = self._import_seats(rows, "da_DK")
        self.assertFalse(result["ids"])
        self.assertEqual([message["record"] for message in result["messages"]], [3, 4, 5])
        for message, words in zip(
            result["messages"], ("to gange på samme tid", "Byrådet ApS er en virksomhed", "slutter, før"), strict=True
        ):
            self.assertIn(words, message["message"])
