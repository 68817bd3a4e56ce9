import re
from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase
from ..preparation.test_background_sheet_pdf import LINE, PARAGRAPH, read_pages

REPORT = "one_entrance.report_handover"


@tagged("post_install", "-at_install")
class TestHandoverReport(OneEntranceCase):
    """What the next leader gets on paper about each actor, and who may print it (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Nordby Kommune"
        with freeze_time("2022-01-10"):
            cls.actor = cls._make_actor("Færgehavnen A/S", leader=cls.head, consultant_id=cls.consultant.id)
        with freeze_time("2023-03-01"):
            cls._hand_over(cls.actor, cls.director, "Ny fordeling af opgaverne", "Kender havnechefen godt")
        cls.env.flush_all()

    @classmethod
    def _hand_over(cls, actors, leader, reason, note=False, day=None):
        Appointment = cls.env["one.entrance.appointment"].with_user(cls.consultant)
        Appointment._hand_over(actors, leader, fields.Date.to_date(day) or fields.Date.today(), reason, note)

    def _hold(self, day, actor=None, **values):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": (actor or self.actor).id, "start": f"{day} 09:00:00", "state": "held", **values}
        )

    def _say(self, meeting, text, **values):
        return self.env["one.entrance.meeting.point"].create({"meeting_id": meeting.id, "summary": text, **values})

    def _promise(self, meeting, commitment, deadline="2024-06-20", **values):
        values = {"responsible_id": self.director_user.id, "deadline": deadline, "commitment": commitment, **values}
        return self._say(meeting, f"Om {commitment}", **values)

    def _render(self, actors, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang)
        return Report._render_qweb_html(REPORT, actors.ids)[0].decode()

    def _read(self, *args, **kwargs):
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style | //script | //title"):
            style.drop_tree()
        return " ".join(document.text_content().split())

    # What it says

    def test_it_tells_who_held_the_entrance_when_and_why_it_changed(self):
        text = self._read(self.actor)
        self.assertIn(
            "Nordby Kommune Handover Færgehavnen A/S Director, Technology, contact leader since 03/01/2023", text
        )
        self.assertIn(
            "Contact leader From Until Why it ended Director, Technology 03/01/2023 Head of Culture 01/10/2022 03/01/2023 "
            "Ny fordeling af opgaverne Kender havnechefen godt",
            text,
        )

    def test_a_handover_that_lies_ahead_is_told_too(self):
        self._hand_over(self.actor, self.head, "Orlov", day="2024-06-01")
        text = self._read(self.actor)
        self.assertIn("Head of Culture takes over on 06/01/2024", text)
        self.assertIn("Head of Culture 06/01/2024 Director, Technology 03/01/2023 06/01/2024 Orlov", text)

    def test_it_tells_which_politicians_sit_on_the_actors_bodies(self):
        politician = self.env["res.partner"].create({"name": "Ægir Ås"})
        self.assertNotIn("Political representation", self._read(self.actor))
        self.env["one.entrance.seat"].create(
            {"partner_id": self.actor.id, "politician_id": politician.id, "body": "the board", "date_to": "2025-12-31"}
        )
        self.assertIn("Political representation Ægir Ås Member the board until 12/31/2025", self._read(self.actor))

    def test_the_last_five_meetings_with_their_points_or_else_their_minutes(self):
        for month in range(1, 7):
            self._hold(f"2023-0{month}-02", summary=f"Møde nr. {month}")
        meeting = self._hold("2023-07-03", kind="call", summary="Om kajen", minutes="<p>Skjult bag punkterne</p>")
        self._say(meeting, "Kajen skal uddybes", theme_id=self.themes[0].id)
        self._hold("2023-08-04", minutes="<p>Skrevet i ét stykke</p>")
        self._hold("2023-09-05")
        self._hold("2024-05-20", state="planned")
        text = self._read(self.actor)
        self.assertIn("Planned meetings 05/20/2024 Dialogue Meeting", text)
        last = text[text.index("Last meetings") : text.index("Background sheet")]
        self.assertEqual(
            re.findall(r"\d\d/\d\d/\d{4}", last), ["09/05/2023", "08/04/2023", "07/03/2023", "06/02/2023", "05/02/2023"]
        )
        self.assertIn("09/05/2023 Dialogue Meeting · Director, Technology Nothing was written down.", last)
        self.assertIn("08/04/2023 Dialogue Meeting · Director, Technology Skrevet i ét stykke", last)
        self.assertIn(f"Call · Director, Technology Om kajen {self.themes[0].name} Kajen skal uddybes", last)
        self.assertNotIn("Skjult", last)

    def test_open_commitments_of_all_meetings_overdue_first(self):
        for year in range(2015, 2022):
            old = self._hold(f"{year}-01-02")
        self._promise(old, "Svar om kajen", deadline="2024-05-01")
        meeting = self._hold("2024-03-03")
        self._promise(meeting, "Send kortet")
        self._promise(meeting, "Ring til havnen").action_done()
        text = self._read(self.actor)
        table = text[text.index("Open commitments") : text.index("Last meetings")]
        self.assertIn(
            "Commitment By whom Given on By when Svar om kajen Director 01/02/2021 05/01/2024 Late "
            "Send kortet Director 03/03/2024 06/20/2024",
            table,
        )
        self.assertNotIn("Ring til havnen", table)
        self.assertIn("Agreed: Send kortet (Director, by 06/20/2024)", text)
        self.assertIn("Kept: Ring til havnen (Director)", text)

    def test_the_current_sheets_texts_by_theme(self):
        self._make_sheet(self.actor, ready=True)
        text = self._read(self.actor)
        self.assertIn("Background sheet Prepared 05/15/2024, valid until 11/15/2024", text)
        for theme in self.themes:
            self.assertIn(f"{theme.name} Om {theme.name}", text)

    def test_an_actor_of_whom_nothing_is_known_says_so(self):
        text = self._read(self._make_actor("Å"))
        for words in (
            "Planned meetings None",
            "No commitment is open.",
            "No meeting has been held.",
            "There is no background sheet.",
        ):
            self.assertIn(words, text)
        self.assertNotIn("False", text)

    def test_a_mayor_led_actor_has_had_no_contact_leader(self):
        text = self._read(self._make_actor("Letbanen", mayor_led=True), user=self.consultant)
        self.assertIn("The dialogue is led by Mayor", text)
        self.assertIn("The actor has had no contact leader.", text)

    def test_an_actor_that_has_left_is_told_of_too(self):
        self.actor.with_user(self.consultant).write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": "2024-05-15",
                "one_entrance_left_reason": "Lukket",
            }
        )
        self.assertIn("03/01/2023 05/15/2024 Lukket", self._read(self.actor, user=self.consultant))

    # Who may know

    def test_what_is_confidential_stands_in_it_for_who_may_read_it_and_marks_the_page(self):
        meeting = self._hold("2024-05-02", confidential=True, summary="Fusionen")
        self._promise(meeting, "Hold det hemmeligt")
        text = self._read(self.actor)
        self.assertIn("Dialogue Meeting (confidential)", text)
        self.assertIn("Hold det hemmeligt (confidential)", text)
        self.assertIn("Internal and confidential", text)
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        text = self._read(self.actor, user=other)
        for words in ("Fusionen", "hemmeligt", "confidential"):
            self.assertNotIn(words, text)

    def test_it_is_printed_by_the_contact_leader_and_the_consultants(self):
        for user in (self.delegate_user, self.colleague):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._render(self.actor, user=user)
        for user in (self.director_user, self.consultant, self.manager):
            with self.subTest(user=user.login):
                self.assertIn("Færgehavnen", self._render(self.actor, user=user))
        self._hand_over(self.actor, self.head, "Ny stilling")
        self.env.invalidate_all()
        self.assertIn("Færgehavnen", self._render(self.actor, user=self.delegate_user))
        with self.assertRaisesRegex(AccessError, "Færgehavnen A/S: what was said"):
            self._render(self.actor, user=self.director_user)

    def test_a_contact_outside_the_scheme_is_refused_by_name(self):
        partner = self.env["res.partner"].create({"name": "Andre"})
        partner.one_entrance_company_id = self.company
        with self.assertRaisesRegex(ValidationError, "Andre"):
            self._render(partner, user=self.consultant)

    def test_it_stands_in_the_print_menu_of_the_schemes_people(self):
        Actions = self.env["ir.actions.actions"]
        report = self.env.ref(REPORT)
        seen = Actions.with_user(self.director_user).get_bindings("res.partner").get("report", ())
        self.assertIn(report.id, [action["id"] for action in seen])
        unseen = Actions.with_user(self.colleague).get_bindings("res.partner").get("report", ())
        self.assertNotIn(report.id, [action["id"] for action in unseen])

    # From the handover

    def test_after_handing_over_the_document_of_those_actors_is_printed(self):
        other = self._make_actor("Letbanen")
        action = self.actor.with_user(self.consultant).action_one_entrance_hand_over()
        form = Form(self.env[action["res_model"]].with_user(self.consultant).with_context(**action["context"]))
        form.to_leader_id = self.head
        form.reason = "Ny stilling"
        report = form.save().action_hand_over_and_print()
        self.assertEqual(report["type"], "ir.actions.report")
        self.assertEqual(report["context"]["active_ids"], self.actor.ids)
        self.assertTrue(report["close_on_report_download"])
        self.assertEqual(self.actor.one_entrance_leader_id, self.head)
        self.assertEqual(other.one_entrance_leader_id, self.director)

    # On paper

    def _print(self, actors, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant)
        content, kind = Report.with_context(force_report_rendering=True, lang=lang)._render_qweb_pdf(REPORT, actors.ids)
        self.assertEqual(kind, "pdf")
        return content

    def _fill(self, actor, mark="", paragraph=PARAGRAPH):
        sheet = self._make_sheet(actor)
        for section in sheet.section_ids:
            section.body = f"<p>{mark}</p>{paragraph}"
        for month in (1, 2, 3, 4):
            meeting = self._hold(f"2024-0{month}-02", actor=actor, summary=f"{mark} {LINE}")
            self._say(meeting, f"{mark} {LINE}", theme_id=self.themes[0].id)
            self._promise(meeting, f"{mark} svar om kajen")

    def test_a_typical_actor_takes_at_most_two_pages(self):
        self._fill(self.actor)
        pages = read_pages(self._print(self.actor))
        self.assertLessEqual(len(pages), 2)

    def test_an_actor_with_little_takes_one_page(self):
        pages = read_pages(self._print(self._make_actor("Å")))
        self.assertEqual(len(pages), 1)

    def test_many_actors_in_one_call_keep_to_themselves(self):
        actors = self.env["res.partner"]
        marks = {"Ældste A/S": "MARKALFA", "Kort Ø": "MARKBETA", "Mellem Å": "MARKGAMMA"}
        for i, (name, mark) in enumerate(marks.items()):
            actor = self._make_actor(name)
            self._fill(actor, mark, paragraph=PARAGRAPH * (6 * i))
            actors += actor
        pages = read_pages(self._print(actors))
        order = []
        for page in pages:
            names = [name for name in marks if name in page]
            self.assertEqual(len(names), 1)
            order.append(names[0])
            self.assertLessEqual(set(re.findall("MARK[A-Z]+", page)), {marks[names[0]]})
            for words in (
                "Nordby Kommune",
                "Handover",
                "contact leader since 05/15/2024",
                "Internal",
                "Printed 05/15/2024",
            ):
                self.assertIn(words, page)
        self.assertEqual(list(dict.fromkeys(order)), list(marks))
        numbers = [re.search(r"Page (\d+) of (\d+)", page).groups() for page in pages]
        self.assertEqual(
            numbers,
            [(str(n), str(order.count(name))) for name in marks for n in range(1, order.count(name) + 1)],
        )

    def test_long_texts_are_whole(self):
        words = [f"ord{i:04}" for i in range(2500)]
        self._hold("2024-05-02", minutes=f"<p>{' '.join(words)}</p>")
        self._promise(self._hold("2024-04-02"), "En meget lang aftale " * 8 + "slut")
        text = " ".join(" ".join(read_pages(self._print(self.actor), layout=False)).split())
        self.assertEqual(re.findall(r"ord\d{4}", text), words)
        self.assertIn("slut", text)

    def test_it_is_in_the_readers_language(self):
        danish = self.env["res.lang"]._activate_lang("da_DK")
        danish.date_format = "%d-%m-%Y"
        text = self._read(self.actor, lang="da_DK")
        self.assertIn("01-03-2023", text)
        self.assertIn('<html lang="da-DK">', self._render(self.actor, lang="da_DK"))

    def test_ten_actors_take_the_same_queries_as_one(self):
        actors = self.env["res.partner"]
        for i in range(10):
            leader = self._make_leader(f"Leader {i}", self.level_director, user_id=self.director_user.id)
            actor = self._make_actor(f"Actor {i}", leader=leader, consultant_id=self.consultant.id)
            self.env["res.partner"].create({"name": f"Person {i}", "parent_id": actor.id, "type": "contact"})
            meeting = self._hold(self.today - timedelta(days=i + 1), actor=actor, confidential=i % 5 == 0)
            self._promise(meeting, f"Aftale {i}", theme_id=self.themes[i % 4].id)
            self._hold(self.today - timedelta(days=i + 2), actor=actor, minutes=f"<p>Tekst {i}</p>")
            self._hold(self.today + timedelta(days=i + 1), actor=actor, state="planned")
            self._make_sheet(actor, ready=i % 3 != 0)
            actors += actor
        self._render(actors)  # compiles the templates, and fills what Odoo keeps from one request to the next
        counts = []
        for printed in (actors[:1], actors):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            text = self._render(printed)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(text.count('data-oe-model="res.partner"'), len(printed))
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
        self.assertLessEqual(counts[1], 36)
