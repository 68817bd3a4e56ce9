from lxml import html

from odoo.tests import tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase

REPORT = "one_entrance.report_background_sheet"
SHARED = "one_entrance.report_background_sheet_shared"


@tagged("post_install", "-at_install")
class TestBackgroundSheetInquiries(OneEntranceCase):
    """What the actor has raised stands on its next sheet, after what was promised (S8, S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Færgehavnen A/S", consultant_id=cls.consultant.id)

    def _meet(self, day="2024-04-10"):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": f"{day} 08:00:00", "state": "held"}
        )

    def _log(self, name, received="2024-04-20", actor=None, **values):
        return self.env["one.entrance.inquiry"].create(
            {"partner_id": (actor or self.actor).id, "name": name, "received_date": received, **values}
        )

    def _render(self, user=None, lang="en_US", report=REPORT, sheet=None, **context):
        sheet = sheet or self.actor.one_entrance_sheet_id or self._make_sheet(self.actor, ready=True)
        self.env.invalidate_all()
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang, **context)
        document = html.fromstring(Report._render_qweb_html(report, sheet.ids)[0].decode())
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(document.text_content().split())

    def test_open_ones_and_those_answered_since_come_after_the_promises(self):
        meeting = self._meet()
        self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Kajen",
                "commitment": "Send kortet",
                "responsible_id": self.consultant.id,
                "deadline": "2024-06-01",
            }
        )
        old = {"state": "answered", "answer": "<p>Ja</p>"}
        self._log("Besvaret før", "2024-02-01", answered_date="2024-03-01", first_answer_date="2024-03-01", **old)
        self._log("Besvaret siden", "2024-04-20", answered_date="2024-05-02", first_answer_date="2024-05-02", **old)
        self._log("Støj fra kajen", "2024-03-01")
        self._log(
            "Tilladelse til kran",
            "2024-04-25",
            state="referred",
            referred_to="Byggesag",
            referred_date="2024-04-26",
            first_answer_date="2024-04-26",
        )
        text = self._render()
        self.assertIn(
            "Open Send kortet Consultant by 06/01/2024 "
            "Inquiries Støj fra kajen – new raised 03/01/2024 "
            "Tilladelse til kran – referred to Byggesag raised 04/25/2024 "
            "Besvaret siden – answered 05/02/2024 raised 04/20/2024",
            text,
        )
        self.assertNotIn("Besvaret før", text)

    def test_before_the_first_meeting_what_is_open_stands_there_under_its_own_title(self):
        self._log("Støj fra kajen")
        text = self._render()
        self.assertIn("Open inquiries Inquiries Støj fra kajen – new raised 04/20/2024", text)

    def test_another_actors_inquiries_do_not_stand_on_it(self):
        self._meet()
        self._log("Fremmed sag", actor=self._make_actor("Banken"))
        text = self._render()
        self.assertNotIn("Fremmed sag", text)
        self.assertNotIn("Since last time", text)

    def test_of_many_the_rest_is_counted(self):
        self._meet()
        for number in range(10):
            self._log(f"Sag {number}", f"2024-04-{number + 11}")
        text = self._render()
        self.assertIn("Sag 7 – new raised 04/18/2024 and 2 more in the register", text)
        self.assertNotIn("Sag 8", text)

    def test_what_is_confidential_is_marked_and_for_who_may_read_it_and_never_published(self):
        self._log("HEMMELIGT", confidential=True)
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        text = self._render()
        self.assertIn("HEMMELIGT – new (confidential) raised", text)
        self.assertIn("Internal and confidential Printed", text)
        for text in (self._render(user=other), self._render(one_entrance_published=True)):
            self.assertNotIn("HEMMELIGT", text)
            self.assertNotIn("confidential", text)

    def test_the_part_for_the_actor_tells_nothing_of_it(self):
        self._log("HEMMELIGT")
        sheet = self._make_sheet(self.actor)
        section = sheet.section_ids[0]
        self.env["one.entrance.sheet.section"].with_user(self.consultant).create(
            {"sheet_id": sheet.id, "theme_id": section.theme_id.id, "audience": "shared", "body": "<p>Vi vil tale.</p>"}
        )
        text = self._render(report=SHARED, sheet=sheet)
        self.assertIn("Vi vil tale.", text)
        self.assertNotIn("HEMMELIGT", text)

    def test_a_danish_reader_reads_danish(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self._meet()
        self._log("Støj fra kajen", state="dialogue")
        text = self._render(lang="da_DK")
        self.assertIn("Henvendelser Støj fra kajen – i dialog rejst 20.04.2024", text)
