from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.one_entrance.tests.common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestInquiry(OneEntranceCase):
    """What an actor raises has a leader, a day for its first answer, and a kind; its days are in order (S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen", consultant_id=cls.consultant.id)
        cls.Inquiry = cls.env["one.entrance.inquiry"].with_user(cls.director_user)

    def _make(self, **values):
        return self.Inquiry.create({"name": "Ships", "partner_id": self.actor.id, **values})

    # Logging

    def test_a_leader_logs_it_on_the_actor_with_a_line_and_a_theme(self):
        action = self.actor.with_user(self.director_user).action_one_entrance_log_inquiry()
        self.assertIn("Havnen", action["name"])
        form = Form(self.Inquiry.with_context(**action["context"]), view=action["views"][0][0])
        form.name = "Room for more ships"
        form.theme_ids.add(self.themes[0])
        inquiry = form.save()
        self.assertEqual(inquiry.partner_id, self.actor)
        self.assertEqual((inquiry.state, inquiry.kind, inquiry.channel), ("new", "entrance", "phone"))
        self.assertEqual(inquiry.leader_id, self.director)
        self.assertEqual(inquiry.received_date, self.today)
        self.assertEqual(inquiry.company_id, self.company)

    def test_it_is_logged_at_a_meeting_on_the_meetings_day(self):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": "2024-05-02 08:00:00", "state": "held", "confidential": True}
        )
        action = meeting.with_user(self.director_user).action_log_inquiry()
        form = Form(self.Inquiry.with_context(**action["context"]), view=action["views"][0][0])
        form.name = "Ships"
        inquiry = form.save()
        self.assertEqual((inquiry.meeting_id, inquiry.partner_id), (meeting, self.actor))
        self.assertEqual(inquiry.received_date, date(2024, 5, 2))
        self.assertEqual(inquiry.channel, "meeting")
        self.assertTrue(inquiry.confidential, "what was raised confidentially stays so")
        self.assertEqual(meeting.inquiry_count, 1)
        self.assertEqual(self.Inquiry.search(meeting.action_open_inquiries()["domain"]), inquiry)

    def test_a_meeting_with_another_actor_is_not_where_it_was_raised(self):
        other = self._make_actor("Banen")
        meeting = self.env["one.entrance.meeting"].create({"partner_id": other.id})
        with self.assertRaisesRegex(ValidationError, "raised at a meeting with another actor than Havnen"):
            self._make(meeting_id=meeting.id)
        inquiry = self.env["one.entrance.inquiry"].create(
            {"name": "Ships", "partner_id": other.id, "meeting_id": meeting.id}
        )
        with self.assertRaisesRegex(ValidationError, "Inquiries of another actor were raised"):
            meeting.partner_id = self.actor
        self.assertEqual(inquiry.partner_id, other)

    def test_a_meeting_at_which_something_was_raised_is_kept(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id})
        inquiry = self._make(meeting_id=meeting.id)
        inquiry.action_archive()
        with self.assertRaisesRegex(UserError, "Inquiries were raised at"):
            meeting.unlink()
        inquiry.meeting_id = False
        meeting.unlink()

    def test_the_actor_shows_how_many_are_open(self):
        inquiries = self._make() | self._make()
        actor = self.actor.with_user(self.director_user)
        self.assertEqual(actor.one_entrance_open_inquiry_count, 2)
        inquiries[0].write({"state": "answered", "answer": "<p>Yes</p>"})
        self.env.invalidate_all()
        self.assertEqual(actor.one_entrance_open_inquiry_count, 1)
        self.assertEqual(self.Inquiry.search(actor.action_one_entrance_inquiries()["domain"]), inquiries)
        self.assertEqual(self.Inquiry.search(self.Inquiry._get_open_domain()), inquiries[1])

    def test_another_actor_brings_its_own_leader_unless_one_is_named(self):
        other = self._make_actor("Banen", leader=self.head)
        inquiry = self._make().with_user(self.consultant)
        inquiry.partner_id = other
        self.assertEqual(inquiry.leader_id, self.head)
        inquiry.write({"partner_id": self.actor.id, "leader_id": self.head.id})
        self.assertEqual(inquiry.leader_id, self.head)

    def test_a_leader_who_is_named_sees_to_it_and_takes_it_nowhere_else(self):
        inquiry = self._make()
        other = self._make_actor("Banen", leader=self.head)
        mine = inquiry.with_user(self.delegate_user)
        self.assertFalse(mine.has_access("read"))
        inquiry.sudo().leader_id = self.head
        self.assertTrue(mine.has_access("read"))
        mine.action_dialogue()
        with self.assertRaises(AccessError):
            mine.write({"partner_id": self._make_actor("Aqua").id, "leader_id": self.head.id})
        with self.assertRaises(AccessError):
            self.Inquiry.with_user(self.delegate_user).create(
                {"name": "Ships", "partner_id": self.actor.id, "leader_id": self.head.id}
            )
        mine.write({"partner_id": other.id})
        self.assertEqual(inquiry.leader_id, self.head)
        inquiry.sudo().write({"partner_id": self.actor.id, "leader_id": self.head.id, "confidential": True})
        self.assertFalse(mine.has_access("read"), "what is confidential stays with the actor's own people")

    def test_mayor_led_it_is_the_mayors(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        inquiry = self.env["one.entrance.inquiry"].create({"name": "Rails", "partner_id": actor.id})
        self.assertEqual(inquiry.leader_id, self.mayor)

    # The day of the first answer

    def test_the_first_answer_is_due_when_settings_say(self):
        self.company.one_entrance_inquiry_days = 10
        inquiry = self._make(received_date="2024-05-01")
        self.assertEqual(inquiry.answer_deadline, date(2024, 5, 11))
        inquiry.answer_deadline = "2024-05-20"
        self.assertEqual(inquiry.answer_deadline, date(2024, 5, 20))

    def test_without_a_day_of_its_own_the_first_answer_is_due_when_settings_say(self):
        self.company.one_entrance_inquiry_days = 10
        inquiry = self._make(received_date="2024-05-02", answer_deadline=False)
        self.assertEqual(
            str(inquiry.answer_deadline), "2024-05-12", "an empty cell of an import leaves no inquiry without"
        )
        inquiry.answer_deadline = "2024-05-20"
        inquiry.answer_deadline = False
        self.assertEqual(str(inquiry.answer_deadline), "2024-05-12")

    def test_the_day_it_was_received_is_not_taken_away(self):
        inquiry = self._make(theme_ids=self.themes[0].ids)
        with self.assertRaisesRegex(ValidationError, "without a day"):
            inquiry.received_date = False

    def test_settings_take_no_more_days_than_a_year(self):
        for days in (0, -1, 366, 10**9):
            with (
                self.subTest(days=days),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.company.one_entrance_inquiry_days = days
                self.env.flush_all()

    def test_it_is_late_without_a_first_answer_after_the_day(self):
        due_today = self._make(received_date="2024-05-01", answer_deadline="2024-05-15")
        late = self._make(received_date="2024-05-01", answer_deadline="2024-05-14")
        heard = self._make(
            received_date="2024-05-01", answer_deadline="2024-05-10", first_answer_date="2024-05-12", state="dialogue"
        )
        everything = due_today | late | heard
        self.assertEqual(everything.filtered("is_late"), late)
        self.assertEqual(self.Inquiry.search([("is_late", "=", True), ("id", "in", everything.ids)]), late)
        self.assertEqual(
            self.Inquiry.search([("is_late", "=", False), ("id", "in", everything.ids)]), due_today | heard
        )

    def test_days_to_the_first_answer_leave_out_what_has_none(self):
        actor = [("partner_id", "=", self.actor.id)]
        themes = self.themes[:2]
        self._make(received_date="2024-05-01", first_answer_date="2024-05-05", theme_ids=themes.ids)
        self._make(received_date="2024-05-01", first_answer_date="2024-05-11", theme_ids=themes[:1].ids)
        self._make(received_date="2024-05-15", first_answer_date="2024-05-15", kind="operation")
        unanswered = self._make(received_date="2024-01-01", theme_ids=themes[1:].ids, kind="authority")
        self.assertFalse(unanswered.days_to_answer)
        ((average, lowest, total),) = self.Inquiry._read_group(
            actor, [], ["days_to_answer:avg", "days_to_answer:min", "__count"]
        )
        self.assertAlmostEqual(average, 14 / 3, 4)  # 4, 10 and 0 days, the one on the same day too
        self.assertEqual((lowest, total), (0, 4))
        by_theme = {
            theme: (average, count)
            for theme, average, count in self.Inquiry._read_group(
                actor, ["theme_ids"], ["days_to_answer:avg", "__count"]
            )
        }
        self.assertEqual(by_theme[themes[0]], (7, 2))
        self.assertEqual(by_theme[themes[1]], (4, 2))
        by_kind = dict(self.Inquiry._read_group(actor, ["kind"], ["days_to_answer:avg"]))
        self.assertEqual((by_kind["entrance"], by_kind["operation"]), (7, 0))
        self.assertIs(by_kind["authority"], False, "none at all, and not 0 days")

    def test_the_pivot_by_theme_counts_each_inquiry_once_in_all(self):
        self._make(theme_ids=self.themes[:2].ids)
        self._make()
        domain, sets = [("partner_id", "=", self.actor.id)], [[], ["theme_ids"]]
        whole, themes = self.Inquiry.formatted_read_grouping_sets(domain, sets, ["__count", "days_to_answer:avg"])
        self.assertEqual(whole[0]["__count"], 2)
        self.assertEqual([group["__count"] for group in themes], [1, 1, 1])

    def test_days_in_the_wrong_order_are_refused(self):
        referral = {"referred_to": "Planning", "referred_date": "2024-05-08"}
        for values in (
            {"first_answer_date": "2024-04-30"},
            {"acknowledged_date": "2024-04-30"},
            {"answered_date": "2024-04-30"},
            {"referred_to": "Planning", "referred_date": "2024-04-30"},
            {**referral, "told_date": "2024-05-07"},
            {**referral, "follow_up_date": "2024-05-07"},
            {**referral, "answered_date": "2024-05-07"},
            {"first_answer_date": "2024-05-09", "answered_date": "2024-05-08"},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, "lies before"),
                self.cr.savepoint(),
            ):
                self._make(received_date="2024-05-01", **values)
        with self.assertRaisesRegex(ValidationError, "came on 05/01/2024 and cannot be due on 04/30/2024"):
            self._make(received_date="2024-05-01", answer_deadline="2024-04-30")

    def test_nothing_has_happened_on_a_day_ahead(self):
        for name in ("received_date", "first_answer_date", "answered_date", "acknowledged_date"):
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(ValidationError, "05/17/2024. lies ahead"),
                self.cr.savepoint(),
            ):
                self._make(**{name: "2024-05-17"})
        self._make(referred_to="Planning", referred_date="2024-05-15", follow_up_date="2024-06-15")

    # Its kind

    def test_an_authoritys_matter_and_its_kind_agree_whichever_is_written(self):
        self.assertTrue(self._make(kind="authority").authority_matter)
        inquiry = self._make(authority_matter=True)
        self.assertEqual(inquiry.kind, "authority")
        inquiry.authority_matter = False
        self.assertEqual(inquiry.kind, "entrance")
        inquiry.kind = "operation"
        inquiry.authority_matter = False
        self.assertEqual(inquiry.kind, "operation")
        self.assertEqual(
            self.Inquiry.search([("authority_matter", "=", True)]), self.Inquiry.search([("kind", "=", "authority")])
        )

    # What is kept

    def test_what_was_written_or_answered_is_archived_and_not_deleted(self):
        consultant = {"partner_id": self.actor.id, "name": "Ships"}
        Inquiry = self.env["one.entrance.inquiry"].with_user(self.consultant)
        Inquiry.create(consultant).unlink()
        answered = Inquiry.create({**consultant, "state": "answered", "answer": "<p>Yes</p>"})
        written = Inquiry.create(consultant)
        written.message_post(body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment")
        for inquiry in (answered, written):
            with self.assertRaisesRegex(UserError, "Archive it instead"):
                inquiry.unlink()
            inquiry.action_archive()
        self.assertFalse(Inquiry.search([("partner_id", "=", self.actor.id)]))

    def test_an_actor_with_an_inquiry_is_not_deleted(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        inquiry = self.env["one.entrance.inquiry"].create({"name": "Rails", "partner_id": actor.id})
        inquiry.action_archive()
        with self.assertRaisesRegex(ValidationError, "its history would be lost"):
            actor.unlink()

    def test_a_copy_begins_anew(self):
        inquiry = self._make(state="answered", answer="<p>Yes</p>", received_date="2024-05-01")
        copy = inquiry.copy()
        self.assertEqual((copy.state, copy.received_date), ("new", self.today))
        self.assertFalse(copy.answer or copy.answered_date or copy.first_answer_date)
