import re
from base64 import b64encode
from io import BytesIO

from lxml import html
from PIL import Image

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import OneEntranceCase
from ..preparation.test_background_sheet_pdf import LINE, read_pages

INTERNAL = "one_entrance.report_minutes"
ATTENDEES = "one_entrance.report_minutes_attendees"
SECRET = "HEMMELIGT"


@tagged("post_install", "-at_install")
class TestMinutesReport(OneEntranceCase):
    """What the printed minutes say, to whom, in which language, and that they come well out of the printer (S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Nordby Kommune"
        cls.company.partner_id.tz = "Europe/Copenhagen"
        cls.director.partner_id.function = "Director of Technology"
        cls.actor = cls._make_actor("Færgehavnen A/S")
        cls.people = cls.env["res.partner"].create(
            [
                {"name": "Ægir Ås", "function": "Managing Director", "parent_id": cls.actor.id, "lang": "en_US"},
                {"name": "Lis Aaen", "parent_id": cls.actor.id, "lang": "en_US"},
            ]
        )

    def _make_meeting(self, actor=None, points=(), **values):
        return self.env["one.entrance.meeting"].create(
            {
                "partner_id": (actor or self.actor).id,
                "start": "2024-05-14 08:00:00",
                "stop": "2024-05-14 09:30:00",
                "state": "held",
                "point_ids": [Command.create({"summary": "Talk", **point}) for point in points],
                **values,
            }
        )

    def _promise(self, commitment, **values):
        return {
            "commitment": commitment,
            "responsible_id": self.consultant.id,
            "deadline": "2024-06-01",
            **values,
        }

    def _render(self, meetings, report=INTERNAL, user=None, lang="en_US"):
        """Print as HTML; as the director who leads the actors, unless another user is named."""
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang)
        return Report._render_qweb_html(report, meetings.ids)[0].decode()

    def _read(self, *args, **kwargs):
        """:return: the words of the printed document, with single spaces"""
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def _print(self, meetings, report=INTERNAL, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.director_user)
        Report = Report.with_context(force_report_rendering=True, lang=lang)
        content, kind = Report._render_qweb_pdf(report, meetings.ids)
        self.assertEqual(kind, "pdf")
        return content

    def test_it_says_what_when_where_and_who(self):
        other = self.env["res.partner"].create(
            {"name": "Per Ås", "parent_id": self.env["res.partner"].create({"name": "Banken", "is_company": True}).id}
        )
        sheet = self._make_sheet(self.actor, ready=True)
        meeting = self._make_meeting(
            location="Rådhuset",
            summary="The new quay",
            sheet_id=sheet.id,
            sheet_used=True,
            attendee_ids=(other | self.people | self.director.partner_id | self.consultant.partner_id).ids,
        )
        text = self._read(meeting)
        self.assertIn(
            "Nordby Kommune Minutes Færgehavnen A/S Internal Dialogue Meeting with Færgehavnen A/S "
            "Time Tuesday, May 14, 2024, 10:00 AM–11:30 AM Place Rådhuset Attendees ",
            text.replace("\u202f", " "),
        )
        self.assertIn(
            "Færgehavnen A/S: Lis Aaen; Ægir Ås, Managing Director Nordby Kommune: Consultant; Director", text
        )
        self.assertRegex(text, r"Nordby Kommune: [^:]*Director, Technology, Director of Technology")
        self.assertIn("Banken: Per Ås", text)
        self.assertIn(
            "Held by Director, Technology, Director of Technology "
            "Background sheet of 05/15/2024, used at the meeting About The new quay",
            text,
        )
        self.assertIn("Internal Printed 05/15/2024", text)

    def test_who_was_there_is_named_after_they_left(self):
        meeting = self._make_meeting(attendee_ids=self.people.ids)
        self.people.active = False
        self.assertIn("Færgehavnen A/S: Lis Aaen; Ægir Ås, Managing Director", self._read(meeting))

    def test_the_time_is_the_municipalitys(self):
        meeting = self._make_meeting(start="2024-01-31 23:30:00", stop="2024-02-01 00:15:00")
        self.director_user.tz = "America/New_York"
        self.assertIn("Thursday, February 1, 2024, 12:30", self._read(meeting))
        meeting.write({"start": "2024-01-31 22:30:00", "stop": "2024-01-31 23:30:00"})
        self.assertRegex(
            self._read(meeting),
            r"Wednesday, January 31, 2024, 11:30.PM – Thursday, February 1, 2024, 12:30.AM",
        )
        meeting.write({"start": "2024-02-01 00:00:00", "stop": "2024-02-02 00:00:00", "allday": True})
        self.assertIn("Time Thursday, February 1, 2024 – Friday, February 2, 2024", self._read(meeting))
        meeting.write({"start": "2024-02-01 08:00:00", "allday": False, "stop": False})
        self.assertRegex(self._read(meeting), r"Time Thursday, February 1, 2024, 9:00.AM Held")

    def test_points_stand_by_theme_with_what_was_promised(self):
        first, second = self.themes[:2]
        meeting = self._make_meeting(
            points=[
                {"theme_id": second.id, "summary": "Second A"},
                {"summary": "No theme"},
                {"theme_id": first.id, "summary": "First A", **self._promise("Send the map")},
                {"theme_id": second.id, "summary": "Second B", "internal": True},
            ],
            minutes="<p>In all calm.</p>",
        )
        meeting.point_ids[3].raised_by_id = self.colleague
        meeting.point_ids[2].write({"done": True, "outcome": "Sent by mail"})
        text = self._read(meeting)
        self.assertIn(
            "Theme What was said What was promised "
            f"{second.name} Second A {second.name} Second B Not for the attendees. Raised by Colleague "
            f"{first.name} First A Kept on 05/15/2024: Sent by mail Send the map Consultant, by 06/01/2024 "
            "Other matters No theme What was said and agreed In all calm.",
            text,
        )

    def test_columns_that_nothing_stands_in_are_left_out(self):
        meeting = self._make_meeting(points=[{"summary": "No theme"}])
        text = self._read(meeting)
        self.assertIn("What was said No theme", text)
        for words in ("Theme", "What was promised", "Other matters"):
            self.assertNotIn(words, text)

    def test_a_meeting_of_which_nothing_is_known_prints(self):
        meeting = self._make_meeting(stop=False, leader_id=False)
        for report in (INTERNAL, ATTENDEES):
            text = self._read(meeting, report)
            self.assertIn("Nothing is written here yet.", text)
            for words in ("False", "None", "Place", "Attendees ", "Background"):
                self.assertNotIn(words, text)

    def test_a_meeting_that_was_not_held_says_so(self):
        meeting = self._make_meeting(state="planned", start="2024-06-14 08:00:00", stop=False)
        self.assertIn("Planned, not held · Internal", self._read(meeting))
        meeting.write({"state": "cancelled", "postpone_reason": "illness", "reason_note": "Influenza"})
        text = self._read(meeting)
        self.assertIn("Cancelled, not held · Internal", text)
        self.assertIn("Reason Illness or epidemic Influenza", text)
        self.assertNotIn("Influenza", self._read(meeting, ATTENDEES))

    def test_the_attendees_get_nothing_internal(self):
        sheet = self._make_sheet(self.actor, ready=True)
        meeting = self._make_meeting(
            sheet_id=sheet.id,
            summary=SECRET,
            attendee_ids=self.people.ids,
            points=[
                {"summary": SECRET, "internal": True, **self._promise(SECRET), "theme_id": self.themes[0].id},
                {"summary": "Open", **self._promise("Send the map"), "theme_id": self.themes[1].id},
            ],
        )
        meeting.point_ids[1].raised_by_id = self.colleague
        meeting.point_ids.write({"done": True, "outcome": SECRET})
        meeting.message_post(body=SECRET)
        self.assertIn(SECRET, self._read(meeting))
        pages = " ".join(read_pages(self._print(meeting, ATTENDEES), layout=False))
        for text in (self._read(meeting, ATTENDEES), " ".join(pages.split())):
            for words in (SECRET, "nternal", "Colleague", "ackground sheet", self.themes[0].name, "Kept"):
                self.assertNotIn(words, text)
            for words in ("Open", "Send the map", "Consultant, by 06/01/2024", "For the attendees", "Ægir Ås"):
                self.assertIn(words, text)

    def test_the_attendees_get_it_in_their_language(self):
        danish = self.env["res.lang"]._activate_lang("da_DK")
        danish.date_format = "%d-%m-%Y"
        self.env.ref("base.module_one_entrance")._update_translations(["da_DK"], overwrite=True)
        self.themes[0].update_field_translations("name", {"da_DK": "Rammevilkår"})
        meeting = self._make_meeting(
            attendee_ids=(self.people | self.consultant.partner_id).ids, points=[{"theme_id": self.themes[0].id}]
        )
        english = self._make_meeting(attendee_ids=self.people.ids, points=[{"theme_id": self.themes[0].id}])
        english_people = self.people.copy({"lang": "en_US"})
        english.attendee_ids = english_people
        self.people.lang = "da_DK"
        text = self._read(meeting + english, ATTENDEES, lang="en_US")
        self.assertIn("Dialogmøde med Færgehavnen A/S", text)
        self.assertIn("tirsdag den 14. maj 2024", text)
        self.assertIn("Dialogue Meeting with Færgehavnen A/S", text)
        self.assertIn("Rammevilkår", text)
        # the actor's where they have none in common, and the reader's on the internal version
        self.people[0].lang = "en_US"
        self.actor.lang = "da_DK"
        self.assertIn("tirsdag den 14. maj 2024", self._read(meeting, ATTENDEES))
        self.assertIn("Tuesday, May 14, 2024", self._read(meeting))
        self.assertRegex(self._read(meeting, lang="da_DK"), r"tirsdag den 14\. maj 2024.{1,5}10[.:]00–11[.:]30")

    def test_what_is_confidential_is_marked_on_every_page_and_only_for_who_may_read_it(self):
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        self.actor.one_entrance_consultant_id = self.consultant
        meeting = self._make_meeting(
            confidential=True,
            attendee_ids=self.people.ids,
            minutes=f"<p>{SECRET}</p>" + f"<p>{LINE * 60}</p>",
        )
        both = self._make_meeting() + meeting
        for report, mark in ((INTERNAL, "Internal and confidential"), (ATTENDEES, "For the attendees, confidential")):
            for user in (self.director_user, self.consultant, self.manager):
                self.assertIn(SECRET, self._read(both, report, user))
            for user in (other, self.delegate_user, self.colleague):
                for records in (meeting, both):
                    with self.assertRaises(AccessError):
                        self._render(records, report, user)
            pages = read_pages(self._print(meeting, report))
            self.assertGreater(len(pages), 1)
            for page in pages:
                self.assertEqual(page.count(mark), 2)

    def test_head_and_foot_stand_on_every_page_and_the_head_of_the_table_too(self):
        points = [
            {
                "theme_id": self.themes[i // 10].id,
                "summary": f"Begynder{i:02} {LINE * (i % 4 + 1)} slutter{i:02}",
                **(self._promise(f"Aftale{i:02}") if i % 2 else {}),
            }
            for i in range(30)
        ]
        pages = read_pages(self._print(self._make_meeting(points=points)))
        self.assertGreater(len(pages), 2)
        for number, page in enumerate(pages, 1):
            for words in ("Minutes", "Færgehavnen A/S", "Internal", f"Page {number} of {len(pages)}"):
                self.assertIn(words, page)
            self.assertIn("WHAT WAS PROMISED", page)
            for begun in re.findall(r"Begynder(\d\d)", page):
                self.assertIn(f"slutter{begun}", page, "a point was torn from one page to the next")
        text = "".join(pages)
        for i in range(30):
            self.assertEqual(text.count(f"Begynder{i:02}"), 1)
            self.assertEqual(text.count(f"Aftale{i:02}"), i % 2)

    def test_a_point_of_several_pages_is_whole(self):
        words = [f"ord{i:04}" for i in range(1500)]
        address = "https://example.com/" + "a" * 80
        meeting = self._make_meeting(
            points=[
                {"summary": "Kort"},
                {"summary": " ".join(words) + f"\n\n{address}\nNy linje", **self._promise("Send")},
                {"summary": "Kort"},
            ]
        )
        pages = read_pages(self._print(meeting))
        self.assertGreater(len(pages), 1)
        text = " ".join(pages)
        self.assertEqual(re.findall(r"ord\d{4}", text), words)
        self.assertEqual(text.count("Send"), 1)
        self.assertIn("https://example.com/", text)
        for page in pages:
            # the text never runs over the head of the table
            head = next(line for line in page.splitlines() if "WHAT WAS SAID" in line)
            self.assertNotIn("ord", head)

    def test_many_meetings_in_one_call_keep_to_themselves(self):
        meetings = self.env["one.entrance.meeting"]
        for name in ("Alfa", "Beta", "Gamma"):
            actor = self._make_actor(f"{name} A/S")
            meetings += self._make_meeting(actor, minutes=f"<p>MARK{name} {LINE * 40}</p>")
        for report in (INTERNAL, ATTENDEES):
            pages = read_pages(self._print(meetings, report))
            order = [re.search(r"(Alfa|Beta|Gamma) A/S", page)[1] for page in pages]
            self.assertEqual(order, sorted(order))
            self.assertEqual(set(order), {"Alfa", "Beta", "Gamma"})
            for name, page in zip(order, pages, strict=True):
                self.assertFalse(set(re.findall(r"MARK(\w+)", page)) - {name})
                self.assertIn(f"of {order.count(name)}", page)

    def test_ten_minutes_take_the_same_queries_as_one(self):
        meetings = self.env["one.entrance.meeting"]
        users = self._make_users(**{f"responsible_{i}": "one_entrance.group_leader" for i in range(5)})
        for i in range(10):
            leader = self._make_leader(f"Leader {i}", self.level_director, user_id=self.director_user.id)
            actor = self._make_actor(f"Actor {i}", leader=leader)
            person = self.env["res.partner"].create({"name": f"Person {i}", "parent_id": actor.id})
            responsible = users[i % 5]
            theme = self.env["one.entrance.theme"].create({"name": f"Theme {i}"})
            meetings += self._make_meeting(
                actor,
                attendee_ids=(person | leader.partner_id | responsible.partner_id).ids,
                sheet_id=self._make_sheet(actor, ready=True).id,
                points=[
                    {"theme_id": theme.id, **self._promise("Send", responsible_id=responsible.id)},
                    {"theme_id": self.themes[0].id},
                ],
                minutes="<p>Text</p>",
            )
        for report in (INTERNAL, ATTENDEES):
            self._render(meetings, report)  # compiles the templates, and fills what Odoo keeps between requests
            counts = []
            for printed in (meetings[:1], meetings):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                text = self._render(printed, report)
                counts.append(self.env.cr.sql_log_count - before)
                self.assertEqual(text.count('data-oe-model="one.entrance.meeting"'), len(printed))
            self.assertLessEqual(counts[1], counts[0] + 2, counts)

    def test_the_pdf_printer_is_given_nothing_to_fetch(self):
        image = BytesIO()
        Image.new("RGB", (8, 8), "red").save(image, "PNG")
        own = self.env["ir.attachment"].create({"name": "red.png", "raw": image.getvalue(), "public": True})
        data = "data:image/png;base64," + b64encode(own.raw).decode()
        meeting = self._make_meeting(
            minutes=f'<p>a<img src="/web/image/{own.id}"/>b<img src="{data}"/>c<img src="https://example.com/y.png"/></p>'
        )
        for name in (INTERNAL, ATTENDEES):
            report = self.env.ref(name)
            bodies, ids, header, footer, _paper = report._prepare_html(
                self._render(meeting, name), report_model=report.model
            )
            self.assertEqual(ids, meeting.ids)
            for part in (*bodies, header, footer):
                root = html.fromstring(str(part))
                self.assertFalse(root.xpath("//link | //iframe | //object | //script[@src]"))
                self.assertTrue(all(source.startswith("data:") for source in root.xpath("//@src")))
                self.assertNotIn("url(", part)
            self.assertEqual(len(html.fromstring(str(bodies[0])).xpath("//img")), 2)

    def test_both_stand_in_the_print_menu_of_the_schemes_people(self):
        Actions = self.env["ir.actions.actions"]
        for name in (INTERNAL, ATTENDEES):
            report = self.env.ref(name)
            for user, sees in ((self.director_user, True), (self.colleague, False)):
                seen = Actions.with_user(user).get_bindings("one.entrance.meeting").get("report", ())
                self.assertEqual(report.id in [action["id"] for action in seen], sees)

    def test_the_button_prints_and_the_file_has_a_name_that_a_file_may_have(self):
        self.company.external_report_layout_id = False
        meeting = self._make_meeting().with_user(self.director_user)
        action = meeting.action_print_minutes()
        self.assertEqual(action["report_name"], "one_entrance.minutes_document")
        self.assertEqual(action["context"]["active_ids"], meeting.ids)
        self.assertEqual(meeting._get_minutes_name(), "Minutes, Færgehavnen A-S, 2024-05-14")
