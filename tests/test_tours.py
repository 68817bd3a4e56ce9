from contextlib import contextmanager
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from .common import BrowserCase


class TourCase(BrowserCase):
    """Somebody clicks through the app, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.themes[2:].active = False

    @contextmanager
    def _print_for_real(self):
        """Let reports make a real PDF, where tests get HTML otherwise.

        :return: what is printed meanwhile: report and ids; the PDFs themselves are ``papers``
        :rtype: list[tuple]
        """
        printed, self.papers = [], []
        render = IrActionsReport._render_qweb_pdf

        def spy(report, report_ref, res_ids=None, data=None):
            printed.append((report_ref, list(res_ids)))
            content, kind = render(report.with_context(force_report_rendering=True), report_ref, res_ids, data)
            self.assertTrue(content.startswith(b"%PDF"))
            self.papers.append(content)
            return content, kind

        with patch.object(IrActionsReport, "_render_qweb_pdf", spy):
            yield printed


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    """The app as its people click through it."""

    def test_consultant_takes_an_actor_in_and_prepares_its_meeting(self):
        with self._print_for_real() as printed:
            self.start_tour("/odoo/one-entrance", "one_entrance_prepare_meeting", login=self.consultant.login)
        actor = self.env["res.partner"].search([("name", "=", "Havnen på tur")])
        self.assertEqual(actor.one_entrance_leader_id, self.director)
        self.assertEqual(actor.one_entrance_step, "letter")
        self.assertEqual(actor.one_entrance_sheet_state, "fresh")
        sheet = actor.one_entrance_sheet_id
        self.assertEqual(
            [section.excerpt for section in sheet.section_ids], ["Spørg til rammerne", "Nye partnerskaber"]
        )
        self.assertEqual(sheet.activity_ids.user_id, self.director_user)
        self.assertEqual(printed, [("one_entrance.background_sheet_document", sheet.ids)])

    def test_a_meeting_is_planned_moved_in_the_calendar_and_held_with_two_points(self):
        today = fields.Date.today()
        planned = today - relativedelta(months=4)
        actor = self._make_actor(
            "Havnen på tur",
            letter_date=planned - relativedelta(days=20),
            contact_date=planned - relativedelta(days=10),
            plan_date=planned,
            interval=3,
            step="plan",
        )
        self.assertEqual(actor.one_entrance_dialogue_state, "overdue")
        self.start_tour(f"/odoo/one-entrance/{actor.id}", "one_entrance_plan_meeting", login=self.consultant.login)
        meeting = actor.one_entrance_meeting_ids
        self.assertEqual(meeting.state, "held")
        day = (today - relativedelta(months=1)).replace(day=15)
        self.assertEqual(meeting.date, day)
        self.assertEqual(meeting.event_id.partner_ids, meeting.attendee_ids)
        self.assertEqual(meeting.point_ids.mapped("summary"), ["Kajen skal uddybes", "Flere praktikpladser"])
        self.assertEqual(meeting.activity_ids.user_id, self.director_user)
        self.assertEqual(actor.one_entrance_last_meeting_date, day)
        self.assertEqual(actor.one_entrance_due_date, day + relativedelta(months=3))

    def test_a_manager_writes_the_letter_and_looks_at_it(self):
        self._make_actor("Ankeret").write({"street": "Kajen 1", "zip": "8500", "city": "Grenaa", "lang": "en_US"})
        self._make_actor("Broen")
        self.env["res.lang"]._activate_lang("da_DK")
        user = self._make_user("administrator", "base.group_system,one_entrance.group_manager", lang="en_US")
        with mute_logger("odoo.http"):
            self.start_tour(
                "/odoo/action-one_entrance.res_config_settings_action", "one_entrance_letter_preview", login=user.login
            )
        for lang, text in (("en_US", "Vi skriver til {{ actor }}."), ("da_DK", "Vi skriver på dansk til {{ actor }}.")):
            self.assertIn(text, self.company.with_context(lang=lang).one_entrance_letter_body)

    def test_a_leader_who_leaves_hands_all_actors_over(self):
        tomorrow = fields.Datetime.now() + relativedelta(days=1)
        actors = self._make_actor("Aftageren") | self._make_actor("Broen") | self._make_actor("Centret")
        meeting = self.env["one.entrance.meeting"].create({"partner_id": actors[0].id, "start": tomorrow})
        meeting.action_add_to_calendar()
        # the refusal to archive is meant
        with self._print_for_real() as printed, mute_logger("odoo.http"):
            self.start_tour(
                f"/odoo/action-one_entrance.one_entrance_leader_action/{self.director.id}",
                "one_entrance_handover",
                login=self.manager.login,
            )
        self.assertEqual(actors.one_entrance_leader_id, self.head)
        self.assertEqual(actors.one_entrance_appointment_ids.mapped("reason"), [False, "Ny stilling"] * 3)
        self.assertEqual(meeting.leader_id, self.head)
        self.assertIn(self.head.partner_id, meeting.event_id.partner_ids)
        talks = actors.activity_ids.filtered(lambda activity: activity.user_id == self.delegate_user)
        self.assertEqual(len(talks), 3)
        self.assertEqual(printed, [("one_entrance.handover_document", actors.ids)])

    def test_the_secretary_prints_the_letters_and_says_that_they_are_sent(self):
        actors = self._make_actor("Aftageren") | self._make_actor("Broen") | self._make_actor("Uden adresse")
        sent = self._make_actor("Brevet er sendt", step="letter", letter_date=fields.Date.today())
        (actors[:2] | sent).write({"street": "Kajen 1", "zip": "8500", "city": "Grenaa"})
        actors[0].email = "aftageren@example.com"
        printed = []
        run = IrActionsReport._run_wkhtmltopdf

        def spy(report, bodies, **options):
            printed.append(len(bodies))
            return run(report, bodies, **options)

        with patch.object(IrActionsReport, "_run_wkhtmltopdf", spy):
            self.start_tour("/odoo/one-entrance", "one_entrance_letters", login=self.consultant.login)
        self.assertEqual(printed, [2])
        self.assertEqual(actors.mapped("one_entrance_step"), ["letter", "letter", "appointed"])
        self.assertEqual(actors[0].one_entrance_letter_date, fields.Date.today())
        self.assertEqual(actors[:2].activity_ids.user_id, self.director_user)
        letters = self.env["ir.attachment"].search([("res_model", "=", "res.partner"), ("res_id", "in", actors.ids)])
        self.assertEqual(
            letters.sorted("name").mapped("name"), ["Official letter, Aftageren.pdf", "Official letter, Broen.pdf"]
        )
        self.assertTrue(all(letter.raw.startswith(b"%PDF") for letter in letters))

    def test_the_mayors_office_holds_a_meeting_with_somebody_who_stood_in(self):
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        deputy = self.env["res.partner"].create({"name": "Deputy Director"})
        yesterday = fields.Datetime.now() - relativedelta(days=1)
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": self._make_actor("Banen på tur", mayor_led=True).id, "start": yesterday}
        )
        self.start_tour(
            f"/odoo/action-one_entrance.one_entrance_meeting_action/{meeting.id}",
            "one_entrance_mayor_led_meeting",
            login=office.login,
        )
        self.assertEqual((meeting.state, meeting.fullness), ("held", "full"))
        self.assertEqual(meeting.municipal_director_stand_in_id, deputy)
        self.assertIn(deputy, meeting.attendee_ids)

    def test_a_consultant_shares_a_section_with_the_actor_and_prints_it(self):
        sheet = self._make_sheet(self._make_actor("Havnen på papir"))
        # the refusal to print what is not there is meant
        with self._print_for_real() as printed, mute_logger("odoo.http"):
            self.start_tour(
                f"/odoo/action-one_entrance.one_entrance_sheet_action/{sheet.id}",
                "one_entrance_shared_sheet",
                login=self.consultant.login,
            )
        shared = sheet._get_shared_sections()
        self.assertEqual(shared.excerpt, "Hvad kan vi sammen")
        self.assertEqual(printed, [("one_entrance.background_sheet_shared_document", sheet.ids)])

    def test_the_consultant_confirms_and_renews_the_political_seats(self):
        actor, end = self._make_actor("Havnen på tur"), fields.Date.today() + relativedelta(months=1)
        self.company.one_entrance_election_date = end
        seats = {
            role: self.env["one.entrance.seat"].create(
                {
                    "partner_id": actor.id,
                    "politician_id": self.env["res.partner"].create({"name": name}).id,
                    "body": "the board",
                    "role": role,
                    "date_from": end - relativedelta(years=3),
                }
            )
            for name, role in (("Ægir på tur", "member"), ("Bo på tur", "substitute"), ("Lis på tur", "observer"))
        }
        self.start_tour(
            "/odoo/action-one_entrance.one_entrance_seat_action_to_confirm",
            "one_entrance_renew_seats",
            login=self.consultant.login,
        )
        self.assertTrue(seats["observer"].is_final)
        self.assertEqual(seats["substitute"].state, "to_confirm")
        new = seats["member"].renewed_by_id
        self.assertEqual(new.role, "chair")
        self.assertEqual(new.date_from, end + relativedelta(days=1))
        self.assertEqual(new.date_to, end + relativedelta(years=4))
        self.assertFalse((seats["observer"] | seats["substitute"]).renewed_by_id)

    def test_the_second_to_save_a_section_is_told_and_loses_nothing(self):
        sheet = self._make_sheet(self._make_actor("Havnen i konflikt"))
        self.start_tour(
            f"/odoo/action-one_entrance.one_entrance_sheet_action/{sheet.id}",
            "one_entrance_section_conflict",
            login=self.consultant.login,
        )
        section = sheet.section_ids.sorted("sequence")[0]
        self.assertIn("Somebody else", section.body)
        self.assertEqual(section.revision, 2)

    def test_a_colleague_hands_a_point_over_from_an_event_that_stays_as_it_was(self):
        actor = self._make_actor("Havnen er travl")
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "start": fields.Datetime.now() + relativedelta(months=1), "confidential": True}
        )
        start = fields.Datetime.now() + relativedelta(days=1)
        event = (
            self.env["calendar.event"]
            .with_user(self.colleague)
            .create(
                {
                    "name": "Byggesag",
                    "start": start,
                    "stop": start + relativedelta(hours=1),
                    "partner_ids": [fields.Command.set((actor | self.colleague.partner_id).ids)],
                }
            )
        )
        self.env.flush_all()
        saved = event.write_date
        self.start_tour(f"/odoo/calendar.event/{event.id}", "one_entrance_hand_over_point", login=self.colleague.login)
        self.assertEqual(meeting.point_ids.summary, "Spørg til byggesagen")
        self.assertEqual(meeting.point_ids.raised_by_id, self.colleague)
        self.assertEqual(event.write_date, saved)


@tagged("post_install", "-at_install")
class TestPhoneTours(BrowserCase):
    """The app on a leader's phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_leader_logs_a_call_and_keeps_a_promise_on_the_own_page(self):
        today = fields.Date.today()
        planned = today - relativedelta(months=8)
        actor = self._make_actor(
            "Havnen på telefon",
            letter_date=planned,
            contact_date=planned,
            plan_date=planned,
            interval=6,
            step="plan",
        )
        actor.phone = "+45 00 00 00 00"
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "state": "held", "start": today - relativedelta(months=7)}
        )
        kept, left = self.env["one.entrance.meeting.point"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "summary": commitment,
                    "commitment": commitment,
                    "responsible_id": self.director_user.id,
                    "deadline": today + relativedelta(days=days),
                }
                for commitment, days in (("Tilladelsen", -5), ("Kajpladsen", 5))
            ]
        )
        self.assertEqual(actor.one_entrance_dialogue_state, "overdue")
        self.start_tour("/odoo/contacts", "one_entrance_leader_page", login=self.director_user.login)
        call = actor.one_entrance_meeting_ids - meeting
        self.assertEqual((call.kind, call.state, call.summary), ("call", "held", "Alt vel"))
        self.assertEqual(call.leader_id, self.director)
        self.assertEqual(actor.one_entrance_last_meeting_date, call.date)
        self.assertEqual(actor.one_entrance_due_date, call.date + relativedelta(months=6))
        self.assertTrue(kept.done)
        self.assertFalse(kept.activity_ids)
        self.assertFalse(left.done)
