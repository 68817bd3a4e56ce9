from odoo.tests import tagged

from .common import ImportCase


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

    def test_rows_are_numbered_as_in_the_spreadsheet_where_some_are_blank(self):
        headings = self._headings("en_US", ["name", "one_entrance_leader_id"])
        rows = [["", ""], headings, ["Havnen", "Mayor"], ["", " "], ["", ""], ["Banen", "Nobody"], ["Banen", "Twin"]]
        for file in ("csv", "xlsx"):
            result = self._import(self._write_file(rows, file), file=file)
            found = [(message["record"], message["message"]) for message in result["messages"]]
            self.assertEqual([number for number, _reason in found], [3, 6, 7, 7])
            self.assertIn("the same as row 6", " ".join(reason for _number, reason in found))
        text = b"sep=;\r\n" + ";".join(headings).encode() + b"\r\n\r\nHavnen;Nobody\r\n"
        self.assertEqual(self._import(text)["messages"][0]["record"], 3)

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

    def test_a_row_does_not_refer_to_one_of_two_rows_before_it(self):
        headings = self._headings("en_US", ["name", "city", "parent_id", "one_entrance_leader_id"])
        rows = [["Havnen", city, "", "Director, Technology"] for city in ("Grenaa", "Ebeltoft")]
        rows.append(["Kajen", "Grenaa", "Havnen", "Director, Technology"])
        result = self._import(self._write_file([headings, *rows], "csv"))
        self.assertFalse(result["ids"])
        self.assertEqual([(message["type"], message["record"]) for message in result["messages"]], [("error", 4)])

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
