from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import Form, tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase
from odoo.addons.one_entrance.tests.preparation.test_background_sheet_pdf import read_pages

REPORT = "one_entrance.report_handover"
AHEAD = "2024-06-01"


@tagged("post_install", "-at_install")
class TestInquiryHandover(OneEntranceCase):
    """What an actor has raised and nobody has answered goes along with the entrance, and stands in the handover (S9, S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen", consultant_id=cls.consultant.id)

    def _log(self, name="Støj", actor=None, **values):
        return self.env["one.entrance.inquiry"].create(
            {"partner_id": (actor or self.actor).id, "name": name, "received_date": "2024-05-06", **values}
        )

    def _answered(self):
        return {
            "state": "answered",
            "answer": "<p>Ja</p>",
            "answered_date": "2024-05-07",
            "first_answer_date": "2024-05-07",
        }

    def _hand_over(self, day=None):
        Appointment = self.env["one.entrance.appointment"].with_user(self.consultant)
        Appointment._hand_over(self.actor, self.head, fields.Date.to_date(day) or self.today, "Ny stilling")

    # It changes hands

    def test_open_inquiries_and_their_reminders_are_the_next_leaders(self):
        inquiry, answered = self._log(answer_deadline="2024-05-16"), self._log(**self._answered())
        named = self._log("En andens", leader_id=self._make_leader("Third", self.level_head).id)
        self.env["one.entrance.reminder"]._remind()
        own = inquiry.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        self._hand_over()
        self.assertEqual(inquiry.leader_id, self.head)
        self.assertEqual(answered.leader_id, self.director, "what was answered stays with who answered it")
        self.assertEqual(named.leader_id.name, "Third", "what was given to somebody by name stays there")
        self.assertEqual(own.user_id, self.delegate_user)
        self.assertEqual(inquiry.activity_ids.user_id, self.delegate_user)
        count = len(inquiry.activity_ids)
        self.env["one.entrance.reminder"]._remind()
        self.assertEqual(len(inquiry.activity_ids), count, "the next night adds nothing")

    def test_the_handover_says_beforehand_how_many_will_move(self):
        self._log()
        self._log(**self._answered())
        action = self.director.with_user(self.consultant).action_hand_over()
        form = Form(self.env[action["res_model"]].with_user(self.consultant).with_context(**action["context"]))
        self.assertIn("open inquiries: 1", form.preview)

    def test_dated_ahead_they_stay_until_the_day(self):
        inquiry = self._log()
        self._hand_over(AHEAD)
        self.assertEqual(inquiry.leader_id, self.director)
        self.env.flush_all()
        with freeze_time(f"{AHEAD} 02:00:00"):
            self.env["one.entrance.appointment"]._apply_due_handovers()
        self.assertEqual(inquiry.leader_id, self.head)

    def test_what_is_confidential_goes_along_and_the_old_leader_reads_it_no_more(self):
        inquiry = self._log(confidential=True)
        todo = inquiry.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        inquiry.message_subscribe(self.director_user.partner_id.ids)
        self._hand_over()
        self.assertEqual(inquiry.leader_id, self.head)
        self.assertEqual(todo.user_id, self.delegate_user)
        self.assertNotIn(self.director_user.partner_id, inquiry.message_partner_ids)
        self.assertFalse(inquiry.with_user(self.director_user).has_access("read"))

    def test_a_confidential_ones_activities_stay_where_the_heir_may_not_read_it(self):
        inquiry = self._log(confidential=True)
        todo = inquiry.activity_schedule("mail.mail_activity_data_todo", user_id=self.director_user.id)
        self.head.delegate_id = self.colleague
        self._hand_over()
        self.assertEqual(todo.user_id, self.director_user)

    def test_they_follow_into_the_hands_of_mayor_and_municipal_director_and_back(self):
        inquiry, answered = self._log(), self._log(**self._answered())
        self.actor.with_user(self.consultant).one_entrance_mayor_led = True
        self.assertEqual(inquiry.leader_id, self.mayor)
        self.assertEqual(answered.leader_id, self.director)
        self.actor.with_user(self.consultant).write(
            {"one_entrance_mayor_led": False, "one_entrance_leader_id": self.head.id}
        )
        self.assertEqual(inquiry.leader_id, self.head)

    def test_they_follow_a_new_mayor(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        inquiry = self._log(actor=actor)
        self.assertEqual(inquiry.leader_id, self.mayor)
        new = self._make_leader("New Mayor", self.env["one.entrance.level"], role="mayor")
        self.company.one_entrance_mayor_id = new
        self.assertEqual(inquiry.leader_id, new)

    # In the document

    def _render(self, actors=None, user=None, lang="en_US"):
        self.env.invalidate_all()
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang)
        return Report._render_qweb_html(REPORT, (actors or self.actor).ids)[0].decode()

    def _read(self, *args, **kwargs):
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(document.text_content().split())

    def test_the_document_tells_what_is_open_where_it_stands_and_by_when(self):
        self._log("Støj fra kajen", description="<p>Naboerne klager.</p>", answer_deadline="2024-05-10")
        self._log(
            "Kran",
            state="referred",
            referred_to="Byggesag",
            referred_date="2024-05-07",
            first_answer_date="2024-05-07",
            follow_up_date="2024-06-03",
        )
        self._log("Besvaret", **self._answered())
        text = self._read()
        self.assertIn(
            "Open inquiries What the actor raised Where it stands Received Answer by "
            "Støj fra kajen Naboerne klager. New 05/06/2024 05/10/2024 Late "
            "Kran Referred to Byggesag on 05/07/2024, to be followed up on 06/03/2024 05/06/2024",
            text,
        )
        self.assertNotIn("Besvaret", text)

    def test_it_says_so_where_nothing_is_open(self):
        self.assertIn("Open inquiries No inquiry is open.", self._read())

    def test_what_is_confidential_is_marked_and_for_who_may_read_it(self):
        self._log("HEMMELIGT", confidential=True)
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        text = self._read()
        self.assertIn("HEMMELIGT (confidential)", text)
        self.assertIn("Internal and confidential Printed", text)
        self.assertNotIn("HEMMELIGT", self._read(user=other))

    def test_long_inquiries_are_printed_row_by_row(self):
        for number in range(25):
            self._log(f"SAG{number:02} " + "kajplads " * 10, description=f"<p>{'Naboerne klager over støj. ' * 40}</p>")
        report = self.env["ir.actions.report"].with_user(self.director_user)
        content, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(REPORT, self.actor.ids)
        text = " ".join(read_pages(content))
        for number in range(25):
            self.assertIn(f"SAG{number:02}", text)

    def test_fifty_actors_take_the_same_queries_as_one(self):
        actors = self.env["res.partner"].union(*(self._make_actor(f"Actor {number}") for number in range(50)))
        for number, actor in enumerate(actors):
            self._log(f"Sag {number}", actor=actor, confidential=number % 5 == 0)
            self._log(
                f"Kran {number}",
                actor=actor,
                state="referred",
                referred_to="Byggesag",
                referred_date="2024-05-07",
                first_answer_date="2024-05-07",
            )
        self._render(actors)
        counts = []
        for printed in (actors[:1], actors):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._render(printed)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
