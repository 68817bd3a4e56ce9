from lxml import html

from odoo import fields
from odoo.tests import tagged

from .test_reminder import ReminderCase


@tagged("post_install", "-at_install")
class TestReminderDigest(ReminderCase):
    """Whoever acts for an actor gets one mail a week with what is waiting (S5, S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = cls.director_user | cls.delegate_user | cls.consultant | cls.manager
        for user in cls.everybody:
            user.email = f"{user.login}@kommune.example"
        # the test's own people only
        cls.env["res.users"].search([("id", "not in", cls.everybody.ids)]).one_entrance_digest_date = "2999-01-01"
        cls.env["mail.mail"].search([]).unlink()

    def _get_mail(self, user):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", user.partner_id.ids), ("model", "=", False)], order="id"
        )

    def _get_text(self, user):
        mail = self._get_mail(user)
        self.assertEqual(len(mail), 1)
        return " ".join(html.fromstring(mail.body_html).text_content().split())

    def _promise(self, meeting, user, commitment="Send the map", deadline="2024-05-10"):
        return self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": "Kajen",
                "commitment": commitment,
                "responsible_id": user.id,
                "deadline": deadline,
            }
        )

    def test_what_is_waiting_stands_in_one_mail(self):
        overdue, due = self._make_planned("Overdue"), self._make_planned("Due", plan_date="2024-02-20")
        ahead = self._make_actor("Ahead")
        self._meet(ahead, "2024-05-20 08:00:00")
        self._meet(self._make_actor("Later"), "2024-05-30 08:00:00")
        held = self._meet(self._make_actor("Held"), "2024-05-06 08:00:00", state="held")
        self._promise(held, self.director_user)
        self._remind()
        mail = self._get_mail(self.director_user)
        self.assertEqual(mail.state, "outgoing", "the queue sends it")
        text = self._get_text(self.director_user)
        for words in ("Overdue", "Due", "Plan a meeting: due by 04/10/2024", "Ahead", "Send the map", "Held"):
            self.assertIn(words, text)
        self.assertNotIn("Later", text)
        self.assertLess(text.index("Overdue"), text.index("Due ", text.index("Overdue") + 7))
        links = {link.get("href") for link in html.fromstring(mail.body_html).iter("a")}
        for actor in overdue | due:
            self.assertTrue(any(f"model=res.partner&res_id={actor.id}" in link for link in links))
        self.assertTrue(all(link.startswith("http") for link in links))

    def test_once_a_week(self):
        self._make_planned()
        self._remind()
        self._night("2024-05-21")
        self.assertEqual(len(self._get_mail(self.director_user)), 1)
        self._night("2024-05-22")
        self.assertEqual(len(self._get_mail(self.director_user)), 2)

    def test_where_nothing_is_waiting_no_mail_is_sent(self):
        self._make_planned(plan_date="2024-05-10", interval=12)
        self._remind()
        self.assertFalse(self._get_mail(self.director_user))
        self.assertFalse(self.director_user.one_entrance_digest_date)

    def test_the_day_is_kept_with_the_mail(self):
        self._make_planned()
        self._remind()
        self.assertEqual(self.director_user.one_entrance_digest_date, self.today)

    def test_the_delegate_gets_the_leaders(self):
        self._meet(self._make_actor("Havnen", leader=self.head), "2024-05-20 08:00:00")
        self._remind()
        self.assertIn("Havnen", self._get_text(self.delegate_user))
        self.assertFalse(self._get_mail(self.director_user))

    def test_nobody_reads_of_what_is_confidential_to_others(self):
        mine = self._make_actor("Havnen", consultant_id=self.consultant.id)
        others = self._make_actor("Letbanen", leader=self.head, consultant_id=self.consultant.id)
        secret = self._meet(others, "2024-05-20 08:00:00", confidential=True, summary="Secret")
        self._promise(self._meet(mine, "2024-05-06 08:00:00", state="held"), self.director_user)
        self._promise(secret, self.delegate_user, commitment="Keep quiet")
        self._remind()
        self.assertNotIn("Letbanen", self._get_text(self.director_user))
        self.assertNotIn("quiet", self._get_text(self.director_user))
        self.assertIn("Keep quiet", self._get_text(self.delegate_user))

    def test_the_mail_is_nobody_elses(self):
        self._make_planned()
        self._remind()
        message = self._get_mail(self.director_user).mail_message_id
        self.assertFalse(message.with_user(self.colleague).has_access("read"))
        self.assertFalse(message.with_user(self.manager).has_access("read"))

    def test_who_looks_at_the_template_sees_what_is_ones_own(self):
        self._meet(self._make_actor("Havnen"), "2024-05-20 08:00:00")
        template = self.env.ref("one_entrance.mail_template_digest").with_user(self.delegate_user)
        body = template._render_field("body_html", self.director_user.ids)[self.director_user.id]
        self.assertNotIn("Havnen", body)

    def test_it_is_written_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.director_user.lang = "da_DK"
        template = self.env.ref("one_entrance.mail_template_digest").with_context(lang="da_DK")
        template.subject = "Én indgang: det venter på dig"
        self._make_planned()
        self._remind()
        self.assertEqual(self._get_mail(self.director_user).subject, "Én indgang: det venter på dig")
        self.assertIn("10.04.2024", self._get_text(self.director_user))

    def test_a_long_list_is_counted(self):
        for number in range(18):
            self._make_planned(f"Actor {number:02}")
        self._remind()
        text = self._get_text(self.director_user)
        self.assertIn("Actor 14", text)
        self.assertNotIn("Actor 15", text)
        self.assertIn("and 3 more", text)

    def test_the_hour_is_the_users(self):
        self.director_user.tz = "Europe/Copenhagen"
        self._meet(self._make_actor("Havnen"), "2024-05-20 08:00:00")
        self._remind()
        self.assertRegex(self._get_text(self.director_user), r"10:00\s*AM")

    def test_without_template_no_digest(self):
        self.env.ref("one_entrance.mail_template_digest").unlink()
        self._make_planned()
        self._remind()
        self.assertFalse(self._get_mail(self.director_user))

    def test_without_address_no_digest(self):
        self.director_user.email = False
        self._make_planned()
        self._remind()
        self.assertFalse(self.director_user.one_entrance_digest_date)

    def test_a_digest_costs_the_same_for_many_lines(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.director_user._get_one_entrance_digest()
            return self.env.cr.sql_log_count - before

        def fill(numbers):
            for number in numbers:
                actor = self._make_planned(f"Actor {number}")
                self._meet(actor, "2024-05-20 08:00:00")
                self._promise(
                    self._meet(self._make_planned(f"Held {number}"), "2024-05-06 08:00:00"), self.director_user
                )
            self.env["one.entrance.reminder"]._remind()

        fill(range(1))
        count()
        few = count()
        fill(range(1, 12))
        self.assertLessEqual(count(), few + 3)

    def test_the_last_digest_is_no_business_of_the_users(self):
        self.assertNotIn("one_entrance_digest_date", self.env["res.users"].with_user(self.manager).fields_get())
        self.assertEqual(fields.Date.to_date("2999-01-01"), self.env.ref("base.user_admin").one_entrance_digest_date)
