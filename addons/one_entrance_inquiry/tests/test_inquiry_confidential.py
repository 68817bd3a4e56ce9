from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import InquiryMailCase

SECRET = "Fusionen er fortrolig"


@tagged("post_install", "-at_install")
class TestInquiryConfidential(InquiryMailCase):
    """What an actor raises confidentially is read by the contact leader, the delegate, the actor's consultant and the
    managers, and reaches nobody else but the actor itself (S9, S14).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_consultant = cls._make_user("other_consultant", "one_entrance.group_consultant")
        cls.inquiry = cls.env["one.entrance.inquiry"].create(
            {"name": SECRET, "description": f"<p>{SECRET}</p>", "partner_id": cls.actor.id, "confidential": True}
        )
        cls.inquiry.message_post(body=SECRET)
        cls.readers = (cls.director_user, cls.consultant, cls.manager)
        cls.others = (cls.other_consultant, cls.delegate_user, cls.colleague)
        cls.env.flush_all()

    def _assert_only_readers(self, operation):
        self._assert_only(self.readers, self.others, operation)

    def _partners(self, users):
        return self.env["res.partner"].browse(user.partner_id.id for user in users)

    def test_in_lists_groups_the_log_and_the_count_on_the_actor(self):
        Inquiry, Message = self.env["one.entrance.inquiry"], self.env["mail.message"]
        domain = [("name", "=", SECRET)]
        self._assert_only_readers(lambda user: Inquiry.with_user(user).search(domain))
        self._assert_only_readers(
            lambda user: Inquiry.with_user(user).formatted_read_group(domain, ["theme_ids"], ["__count"])
        )
        self._assert_only_readers(lambda user: Message.with_user(user).search([("body", "ilike", SECRET)]))
        self._assert_only_readers(lambda user: self.actor.with_user(user).one_entrance_open_inquiry_count)

    def test_nobody_follows_who_may_not_read(self):
        everybody = self._partners((*self.readers, *self.others))
        self.inquiry.message_subscribe(everybody.ids)
        self.assertEqual(self.inquiry.message_partner_ids, self._partners(self.readers))
        open_inquiry = self.env["one.entrance.inquiry"].create({"name": "Ships", "partner_id": self.actor.id})
        open_inquiry.message_subscribe(everybody.ids)
        self.assertEqual(open_inquiry.message_partner_ids, everybody)
        open_inquiry.confidential = True
        self.assertEqual(open_inquiry.message_partner_ids, self._partners(self.readers))

    def test_nobody_gets_an_activity_who_may_not_read(self):
        for user in self.others:
            with (
                self.subTest(user=user.name),
                self.assertRaisesRegex(ValidationError, f"is confidential, and {user.name} may not read it"),
                self.cr.savepoint(),
            ):
                self.inquiry.with_user(self.director_user).activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id, summary=SECRET
                )
        open_inquiry = self.env["one.entrance.inquiry"].create({"name": "Ships", "partner_id": self.actor.id})
        open_inquiry.activity_schedule("mail.mail_activity_data_todo", user_id=self.colleague.id)
        with self.assertRaisesRegex(ValidationError, "Colleague may not read it"):
            open_inquiry.confidential = True

    def test_it_is_written_about_to_the_actor_and_to_readers_only(self):
        inquiry = self.inquiry.with_user(self.director_user)
        stranger = self._make_person("Stranger", "stranger@sted.example")
        for partner in (stranger, self.colleague.partner_id):
            with self.assertRaisesRegex(UserError, f"{partner.name}, who may not read it"):
                inquiry.message_post(body=SECRET, partner_ids=partner.ids)
        message = inquiry.message_post(body=SECRET, partner_ids=(self.person | self.consultant.partner_id).ids)
        self.assertEqual(message.partner_ids, self.person | self.consultant.partner_id)

    def test_a_mail_about_it_tells_the_readers_only(self):
        inquiry = self._receive()
        inquiry.message_subscribe(self.colleague.partner_id.ids)
        inquiry.confidential = True
        first = inquiry.message_ids.filtered(lambda message: message.message_type == "email")
        self._receive(body=SECRET, headers={"In-Reply-To": first.message_id})
        message = inquiry.message_ids.filtered(lambda message: SECRET in (message.body or ""))
        self.assertEqual(message.notified_partner_ids, self._partners((self.director_user, self.consultant)))
