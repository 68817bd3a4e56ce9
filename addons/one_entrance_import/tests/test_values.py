import unicodedata
from datetime import date, datetime

from odoo import fields
from odoo.tests import tagged

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestValues(ImportCase):
    """No value is silently taken for another: each type is read in the user's language in one way only, or the cell is
    refused in words (S2).
    """

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
        words = ("association", "Association", "FORENING")
        self.assertEqual(self._import_column("one_entrance_kind", words), ["association"] * 3)
        words = ("appointed", "Contact Leader Appointed", "kontaktperson udpeget")
        self.assertEqual(self._import_column("one_entrance_step", words), ["appointed"] * 3)

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
        danish = ("03.04.2024", "3-4-2024", "2024-04-03", "03/04/2024")
        english = ("04/03/2024", "4-3-2024", "2024-04-03")
        for lang, texts in (("da_DK", danish), ("en_US", english)):
            days = self._import_column("one_entrance_letter_date", texts, lang)
            self.assertEqual(days, [date(2024, 4, 3)] * len(texts))
        texts = ("03-04-24", "31-02-2024", "45000", "april 2024", "2024-04-03 extra")
        self._check_refused(self._import_column("one_entrance_letter_date", texts), texts, "31.05.2024")
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

    NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

    def _import_column(self, name, cells, lang="da_DK", file="csv"):
        """:return: what contacts of the scheme have in a column after their import; or the reasons why they are refused"""
        rows = [
            {"name": f"Kaj {number}", "one_entrance_leader_id": "Director, Technology", name: cell}
            for number, cell in enumerate(cells)
        ]
        result = self._import_table(list(rows[0]), [list(row.values()) for row in rows], lang, file)
        if result["ids"]:
            actors = self.env["res.partner"].browse(result["ids"])
            values = [actor[name] for actor in actors]
            actors.name = "Imported before"
            return values
        return self._get_reasons(result, cells)

    def _import_meetings(self, starts, lang="da_DK", file="csv"):
        """:return: when meetings start after their import, in the user's time; or the reasons why they are refused"""
        names = ["partner_id", "kind", "state", "start"]
        rows = [["Havnen", "ad_hoc", "held", start] for start in starts]
        result = self._import_table(names, rows, lang, file, "one.entrance.meeting")
        if result["ids"]:
            meetings = self.env["one.entrance.meeting"].browse(result["ids"])
            local = [fields.Datetime.context_timestamp(meeting, meeting.start) for meeting in meetings]
            return [time.replace(tzinfo=None) for time in local]
        return self._get_reasons(result, starts)

    def _get_reasons(self, result, cells):
        """:return: the reasons of a file that is refused, one for each row"""
        messages = result["messages"]
        self.assertEqual([message["record"] for message in messages], list(range(2, len(cells) + 2)), messages)
        return [message["message"] for message in messages]

    def _check_refused(self, reasons, cells, *words):
        for reason, cell in zip(reasons, cells, strict=True):
            for word in (str(cell), *words):
                self.assertIn(word, reason)

    def test_a_time_is_read_in_the_order_of_the_users_language(self):
        self._make_actor("Havnen")
        self.consultant.tz = "Europe/Copenhagen"
        ten = datetime(2024, 4, 3, 10, 0)
        danish = {
            "03-04-2024 10:00": ten,
            "3.4.2024 10:00": ten,
            "03-04-2024 10.00": ten,
            f"03-04-2024{self.NBSP}10:00:30": ten.replace(second=30),
            "2024-04-03 10:00": ten,
            "2024-04-03T10:00:30": ten.replace(second=30),
            "2024-04-03T10:00:00+02:00": ten,
            "2024-04-03 08:00:00Z": ten,
        }
        english = {
            "04/03/2024 10:00": ten,
            "04/03/2024 10:00 AM": ten,
            "04/03/2024 10:00 PM": ten.replace(hour=22),
        }
        self.assertEqual(self._import_meetings(danish), list(danish.values()))
        self.assertEqual(self._import_meetings(english, "en_US"), list(english.values()))
        times = [ten, datetime(2024, 4, 3, 9, 59, 59, 999998)]  # a spreadsheet counts in parts of days
        self.assertEqual(self._import_meetings(times, file="xlsx"), [ten, ten])

    def test_a_time_that_can_be_read_in_two_ways_is_refused(self):
        self._make_actor("Havnen")
        self.consultant.tz = "Europe/Copenhagen"
        texts = (
            "03-04-24 10:00",
            "31-02-2024 10:00",
            "04/13/2024 10:00",
            "03-04-2024 25:00",
            "03-04-2024",  # no hour: midnight would be a guess
            "03-04-2024 10:00 i salen",
            "31-03-2024 02:30",  # the hour that is left out in spring
            "29-10-2023 02:30",  # the hour that comes twice in autumn
        )
        self._check_refused(self._import_meetings(texts), texts, "31.05.2024 14:30", "2024-05-31 14:30")
        days = [date(2024, 4, 3)]
        self._check_refused(self._import_meetings(days, file="xlsx"), days)

    def test_an_hour_is_not_cut_off_a_date(self):
        text, time = "03-04-2024 10:00", datetime(2024, 4, 3, 10, 0)
        for cell, file in ((text, "csv"), (time, "xlsx")):
            reasons = self._import_column("one_entrance_letter_date", [cell], file=file)
            self._check_refused(reasons, [cell], "er ikke en dato")

    def test_a_number_is_read_in_the_users_language(self):
        danish = {
            "1,5": 1.5,
            "1.234,50": 1234.5,
            "1 234,50": 1234.5,
            f"1{self.NBSP}234,5": 1234.5,
            f"1{self.NARROW}234": 1234,
            "-12": -12,
            "\N{MINUS SIGN}12,25": -12.25,
            "1.5": 1.5,
        }
        english = {"1,234.50": 1234.5, "1.234": 1.234, "1,234": 1234}
        self.assertEqual(self._import_column("partner_latitude", danish), list(danish.values()))
        self.assertEqual(self._import_column("partner_latitude", english, "en_US"), list(english.values()))
        self.assertEqual(self._import_column("partner_latitude", [56.5, 8], file="xlsx"), [56.5, 8])

    def test_a_number_that_can_be_read_in_two_ways_is_refused(self):
        # the first as a Dane writes 1234, and as a program writes 1,234
        danish = ("1.234", "1,234.50", "1.23,4", "12 %", "12 kr.", "1E+05", "(12)", "1_0")
        self._check_refused(self._import_column("partner_latitude", danish), danish, "1234,5")
        english = ("1,5", "1.234,50", "12 %")
        self._check_refused(self._import_column("partner_latitude", english, "en_US"), english, "1234.5")
        self._check_refused(self._import_column("partner_latitude", [1.234], file="xlsx"), [1.234])

    def test_the_dialogue_shows_how_numbers_are_read(self):
        headings = self._headings("da_DK", ["name", "one_entrance_interval"])
        _importer, preview = self._open(self._write_file([headings, ["Havnen", "6"]], "csv"), "da_DK")
        shown = [preview["options"][f"float_{name}_separator"] for name in ("thousand", "decimal")]
        self.assertEqual(shown, [".", ","])

    def test_a_whole_number_is_read_in_the_users_language(self):
        self.assertEqual(self._import_column("one_entrance_interval", ["12,0", "6"]), [12, 6])
        self.assertEqual(self._import_column("one_entrance_interval", [12.0], file="xlsx"), [12])
        texts = ("6,5", "1.234", "12 %", "6 mdr.", "12345678901")
        self._check_refused(self._import_column("one_entrance_interval", texts), texts, "helt tal")

    def test_yes_and_no_are_read_as_a_danish_spreadsheet_writes_them(self):
        words = dict.fromkeys(("1", "SAND", "sandt", "Ja", "yes", "TRUE"), True)
        words |= dict.fromkeys(("0", "FALSK", "nej", "no", "false", ""), False)
        self.assertEqual(self._import_column("is_company", words), list(words.values()))
        texts = ("x", "jo", "ved ikke", "2")
        self._check_refused(self._import_column("is_company", texts), texts, "hverken ja eller nej")

    def test_cells_are_compared_in_one_form(self):
        words = ("FORENING", f"{self.NBSP}Forening{self.NARROW}", "forening ")
        self.assertEqual(self._import_column("one_entrance_kind", words), ["association"] * 3)
        leader = self._make_leader("Direktør, Ålsø Café", self.level_director)
        names = [unicodedata.normalize(form, leader.name).replace(" ", self.NBSP) for form in ("NFC", "NFD")]
        self.assertEqual(self._import_column("one_entrance_leader_id", names), [leader] * 2)
        name = unicodedata.normalize("NFD", f"Café{self.NBSP}Ægir")
        self.assertEqual(self._import_column("street", [name]), ["Café Ægir"])

    def test_what_a_spreadsheet_made_of_a_text_is_refused(self):
        days = [date(2024, 5, 6), datetime(2024, 5, 6, 10, 0)]
        self._check_refused(self._import_column("street", days, file="xlsx"), days, "som tekst")
        self._check_refused(self._import_column("phone", ["4,59E+09"]), ["4,59E+09"], "som tekst")

    def test_a_company_number_is_the_digits_that_were_typed(self):
        texts = ["12345678", "22345678.0", "32345678,00"]
        self.assertEqual(self._import_column("company_registry", texts), ["12345678", "22345678", "32345678"])
        numbers = [42345678, 52345678.0]
        self.assertEqual(self._import_column("company_registry", numbers, file="xlsx"), ["42345678", "52345678"])

    def test_all_that_is_wrong_is_told_in_one_go(self):
        names = ["name", "one_entrance_leader_id", "one_entrance_letter_date", "partner_latitude", "is_company"]
        rows = [
            ["Havnen", "Twin", "03-04-24", "12 %", "måske"],
            ["Banen", "Nobody", "31-02-2024", "1.234", "x"],
            ["Kajen", "Head of Culture", "03-04-2024", "1,5", "ja"],
        ]
        before = self.env["res.partner"].search_count([])
        for dryrun in (True, False):
            result = self._import_table(names, rows, dryrun=dryrun)
            self.assertFalse(result["ids"])
            self.assertEqual([message["record"] for message in result["messages"]], [2] * 4 + [3] * 4)
            self.assertEqual(len({message["message"] for message in result["messages"]}), 8)
            self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_one_reason_at_several_rows_names_each_of_them(self):
        """The web client shows equal messages once, and without their rows."""
        names = ["partner_id", "kind", "state", "start"]
        self._make_actor("Havnen")
        rows = [["Havnen", "ad_hoc", "held", "03-04-24 10:00"]] * 2
        result = self._import_table(names, rows, model="one.entrance.meeting")
        self.assertEqual(["2" in result["messages"][0]["message"], "3" in result["messages"][1]["message"]], [True] * 2)
        self.assertEqual(len({message["message"] for message in result["messages"]}), 2)

    def test_a_guess_that_odoo_offers_for_unread_values_is_not_taken(self):
        """What the dialogue offers beside Odoo's own messages would write one value for another."""
        fallback = {"fallback_value": "true", "field_model": "res.partner", "field_type": "boolean"}
        row = ["Havnen", "Nobody", "måske"]
        result = self._import_table(
            ["name", "one_entrance_leader_id", "is_company"],
            [row],
            import_set_empty_fields=["one_entrance_leader_id"],
            fallback_values={"is_company": fallback},
        )
        self.assertFalse(result["ids"])
        self.assertEqual(len(result["messages"]), 2)

    def test_an_empty_cell_is_an_empty_value_and_a_missing_column_is_none(self):
        actor = self._make_actor("Havnen", letter_date="2024-01-10", consultant_id=self.consultant.id)
        actor.street = "Havnevej 1"
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": "havnen", "model": "res.partner", "res_id": actor.id}
        )
        self._import_table(["id", "one_entrance_consultant_id"], [["__import__.havnen", ""]])
        self.assertFalse(actor.one_entrance_consultant_id)
        self.assertEqual(actor.one_entrance_letter_date, date(2024, 1, 10))
        self.assertEqual(actor.street, "Havnevej 1")

    def test_contacts_outside_the_scheme_are_imported_as_odoo_does(self):
        result = self._import_table(["name", "partner_latitude"], [["Havnen", "12,50"], ["Havnen", "1.5"]])
        self.assertEqual(len(result["ids"]), 2)
