from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

SECRET = "Fusionen er fortrolig"


@tagged("post_install", "-at_install")
class TestConfidential(OneEntranceCase):
    """What is confidential is read by the contact leader, the delegate, the actor's consultant and the managers, and by
    nobody else, wherever one looks (S7, S14).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_consultant = cls._make_user("other_consultant", "one_entrance.group_consultant")
        cls.actor = cls._make_actor("Havnen", consultant_id=cls.consultant.id)
        cls.meeting = cls.env["one.entrance.meeting"].create(
            {
                "partner_id": cls.actor.id,
                "start": "2024-05-14 08:00:00",
                "state": "held",
                "summary": SECRET,
                "minutes": f"<p>{SECRET}</p>",
                "confidential": True,
                "point_ids": [
                    (
                        0,
                        0,
                        {
                            "summary": SECRET,
                            "commitment": SECRET,
                            "responsible_id": cls.director_user.id,
                            "deadline": "2024-06-01",
                        },
                    )
                ],
            }
        )
        cls.meeting.message_post(body=SECRET)
        cls.point = cls.meeting.point_ids
        cls.env.flush_all()
        cls.readers = (cls.director_user, cls.consultant, cls.manager)
        cls.others = (cls.other_consultant, cls.delegate_user, cls.colleague)

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()

    def _assert_only_readers(self, operation):
        self._assert_only(self.readers, self.others, operation)

    def test_in_the_form(self):
        self._assert_only_readers(lambda user: Form(self.meeting.with_user(user)).summary == SECRET)
        self._assert_only_readers(lambda user: self.meeting.with_user(user).read(["minutes"]))

    def test_in_lists_and_searches(self):
        Meeting, Point = self.env["one.entrance.meeting"], self.env["one.entrance.meeting.point"]
        self._assert_only_readers(lambda user: Meeting.with_user(user).search([("summary", "=", SECRET)]))
        self._assert_only_readers(lambda user: Point.with_user(user).search([("commitment", "ilike", SECRET)]))
        self._assert_only_readers(
            lambda user: Meeting.with_user(user).formatted_read_group(
                [("summary", "=", SECRET)], ["partner_id"], ["__count"]
            )
        )
        # nor through the actor, which all of the scheme's people see
        self._assert_only_readers(
            lambda user: (
                self.env["res.partner"].with_user(user).search([("one_entrance_meeting_ids.summary", "=", SECRET)])
            )
        )
        self._assert_only_readers(lambda user: self.actor.with_user(user).one_entrance_open_point_ids)

    def test_in_the_export(self):
        self.env.ref("base.group_allow_export").user_ids = [(4, user.id) for user in (*self.readers, *self.others)]
        self._assert_only_readers(lambda user: SECRET in str(self.meeting.with_user(user).export_data(["summary"])))
        self._assert_only_readers(
            lambda user: SECRET in str(self.actor.with_user(user).export_data(["one_entrance_meeting_ids/summary"]))
        )

    def test_in_the_chatter(self):
        Message = self.env["mail.message"]
        self._assert_only_readers(lambda user: Message.with_user(user).search([("body", "ilike", SECRET)]))
        self._assert_only_readers(lambda user: self.meeting.message_ids.with_user(user).read(["body"]))

    def test_nobody_follows_who_may_not_read(self):
        everybody = [user.partner_id.id for user in (*self.readers, *self.others)]
        self.meeting.message_subscribe(everybody)
        self.assertFalse(self.meeting.message_partner_ids & self._partners(self.others))
        self.assertLessEqual(self._partners(self.readers), self.meeting.message_partner_ids)
        open_meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id})
        open_meeting.message_subscribe(everybody)
        self.assertLessEqual(self._partners(self.others), open_meeting.message_partner_ids)
        open_meeting.confidential = True
        self.assertFalse(open_meeting.message_partner_ids & self._partners(self.others))

    def _partners(self, users):
        return self.env["res.partner"].browse(user.partner_id.id for user in users)

    def test_in_the_activities(self):
        Activity = self.env["mail.activity"]
        self._assert_only_readers(lambda user: Activity.with_user(user).search([("summary", "=", SECRET)]))

    def test_nobody_gets_a_promise_or_an_activity_who_may_not_read(self):
        for user in self.others:
            with self.subTest(user=user.name):
                with self.assertRaises(ValidationError) as refusal, self.env.cr.savepoint():
                    self.point.with_user(self.director_user).responsible_id = user
                self.assertIn(user.name, str(refusal.exception))
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    self.meeting.with_user(self.director_user).activity_schedule(
                        "mail.mail_activity_data_todo", user_id=user.id, summary=SECRET
                    )

    def test_a_meeting_does_not_become_confidential_over_the_head_of_who_has_its_activity(self):
        meeting = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id})
        meeting.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)
        with self.assertRaises(ValidationError) as refusal:
            meeting.with_user(self.director_user).confidential = True
        self.assertIn("Colleague", str(refusal.exception))

    def test_in_the_calendar(self):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": "2024-06-03 08:00:00", "confidential": True}
        )
        meeting.with_user(self.director_user).action_add_to_calendar()
        event = meeting.event_id
        self.assertEqual(event.privacy, "private")
        self.env.invalidate_all()
        self.assertEqual(event.with_user(self.colleague).display_name, "Busy")
        self.assertNotIn("Havnen", str(event.with_user(self.colleague).read(["name", "location", "description"])))
        meeting.confidential = False
        self.assertFalse(event.privacy)

    def test_the_delegate_reads_it_and_the_former_leader_no_more(self):
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.readers = (self.delegate_user, self.consultant, self.manager)
        self.others = (self.director_user, self.other_consultant, self.colleague)
        self._assert_only_readers(lambda user: self.meeting.with_user(user).read(["minutes"]))
