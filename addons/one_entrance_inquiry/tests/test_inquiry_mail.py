from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import InquiryMailCase


@tagged("post_install", "-at_install")
class TestInquiryMail(InquiryMailCase):
    """A mail becomes an inquiry of the actor that sent it, where that is certain; nothing is lost and nothing guessed (S9)."""

    def _assert_of(self, inquiry, actor):
        self.assertEqual(len(inquiry), 1)
        self.assertEqual(inquiry.partner_id, actor)

    def test_the_address_of_the_actor_itself_finds_it(self):
        inquiry = self._receive("Havnen <Post@Havnen.example>")
        self._assert_of(inquiry, self.actor)
        self.assertEqual(inquiry.name, "More ships")
        self.assertIn("Room?", inquiry.description)
        self.assertEqual(inquiry.leader_id, self.director)
        self.assertEqual((inquiry.state, inquiry.channel), ("new", "mail"))
        self.assertEqual(inquiry.company_id, self.company)
        self.assertEqual(inquiry.received_date, self.today)
        self.assertEqual(inquiry.email_normalized, "post@havnen.example")

    def test_the_address_of_a_person_finds_the_actor_it_works_for(self):
        self._assert_of(self._receive("lis@havnen.example"), self.actor)
        department = self._make_person("Drift", False, self.actor, is_company=True)
        self._make_person("Bo", "bo@gmail.com", department)
        self._assert_of(self._receive("Bo <bo@gmail.com>"), self.actor)

    def test_the_domain_finds_the_actor_of_somebody_new(self):
        self._assert_of(self._receive("Ny <ny@havnen.example>"), self.actor)

    def test_the_domain_of_the_website_finds_the_actor(self):
        center = self._make_actor("Centret")
        center.website = "www.centret.example"
        self._assert_of(self._receive("ny@centret.example"), center)
        self.assertFalse(self._receive("ny@et-andet-centret.example").partner_id)

    def test_the_domain_of_a_person_finds_the_actor(self):
        center = self._make_actor("Centret")
        self._make_person("Per", "per@centret.example", center)
        self._assert_of(self._receive("ny@centret.example"), center)

    def test_a_provider_where_anybody_has_an_address_tells_nothing(self):
        for domain in ("gmail.com", "hotmail.com", "outlook.dk", "live.dk", "yahoo.dk", "mail.dk", "icloud.com"):
            with self.subTest(domain=domain):
                self.person.email = f"lis@{domain}"
                self._assert_of(self._receive(f"lis@{domain}"), self.actor)
                self.assertFalse(self._receive(f"ny@{domain}").partner_id)

    def test_more_than_one_actor_is_none(self):
        other = self._make_actor("Rederiet")
        self._make_person("Lis", "lis@havnen.example", other)
        inquiry = self._receive("lis@havnen.example")
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(inquiry.candidate_ids, self.actor | other)
        inquiry = self._receive("ny@havnen.example")
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(inquiry.candidate_ids, self.actor | other)

    def test_who_nobody_knows_waits_with_the_address_shown(self):
        inquiry = self._receive("Fremmed <fremmed@et-sted.example>")
        self.assertFalse(inquiry.partner_id)
        self.assertFalse(inquiry.leader_id)
        self.assertIn("fremmed@et-sted.example", inquiry.email_from)
        self.assertFalse(inquiry.candidate_ids)
        self.assertEqual(inquiry.company_id, self.company)

    def test_a_namesake_is_proposed_and_not_taken(self):
        inquiry = self._receive("lis <lis.privat@gmail.com>")
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(inquiry.candidate_ids, self.actor)

    def test_an_actor_that_has_left_is_proposed_and_not_taken(self):
        self.actor.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-01", "one_entrance_left_reason": "Flyttet"}
        )
        for sender in ("lis@havnen.example", "ny@havnen.example"):
            inquiry = self._receive(sender)
            self.assertFalse(inquiry.partner_id)
            self.assertEqual(inquiry.candidate_ids, self.actor)

    def test_an_archived_actor_is_not_taken(self):
        self.actor.active = False
        self.assertFalse(self._receive("lis@havnen.example").partner_id)

    def test_another_municipalitys_actor_is_not_taken_and_not_shown(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        their_director = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        their_actor = self.env["res.partner"].create(
            {"name": "Deres", "is_company": True, "one_entrance_leader_id": their_director.id}
        )
        self._make_person("Ib", "ib@deres.example", their_actor)
        for sender in ("ib@deres.example", "ny@deres.example"):
            inquiry = self._receive(sender)
            self.assertFalse(inquiry.partner_id)
            self.assertFalse(inquiry.candidate_ids)
        # nor is one of ours whose domain somebody of theirs has
        self._make_person("Ea", "ea@havnen.example", their_actor)
        self.assertFalse(self._receive("ea@havnen.example").partner_id)
        # each municipality has an address of its own
        theirs.alias_domain_id = self.company.alias_domain_id
        theirs.one_entrance_alias_name = "deres"
        inquiry = self._receive("ib@deres.example", to="deres@nordby.example")
        self.assertEqual((inquiry.partner_id, inquiry.company_id), (their_actor, theirs))
        # and what is nobody's yet waits where it came in
        self.assertEqual(self._receive("hvem@ukendt.example", to="deres@nordby.example").company_id, theirs)
        inquiry = self._receive(to="deres@nordby.example")
        self.assertEqual((inquiry.partner_id, inquiry.company_id), (self.actor.browse(), theirs))

    def test_somebody_of_another_company_does_not_speak_for_the_domain(self):
        subsidiary = self.env["res.partner"].create({"name": "Datter", "is_company": True})
        self._make_person("Ulla", "ulla@havnen.example", subsidiary)
        inquiry = self._receive("ulla@havnen.example")
        self.assertFalse(inquiry.partner_id)
        self.assertEqual(inquiry.candidate_ids, self.actor)

    def test_the_municipalitys_own_mail_is_no_actors(self):
        own = self._make_actor("Museet")
        own.email = "museet@nordby.example"
        self.assertEqual(self._receive("museet@nordby.example").partner_id, own)
        self.assertFalse(self._receive("nogen@nordby.example").partner_id)
        self.consultant.email = "ea@havnen.example"
        self.assertFalse(self._receive("ea@havnen.example").partner_id)

    def test_a_mail_without_subject_is_kept(self):
        inquiry = self._receive(subject=None)
        self._assert_of(inquiry, self.actor)
        self.assertEqual(inquiry.name, "No subject")
        self.assertEqual(self._receive(subject="  ").name, "No subject")

    def test_a_mail_that_the_rules_refuse_is_kept_as_nobodys(self):
        stranger = self.env["res.partner"].create({"name": "Not in the scheme"})
        with (
            patch.object(
                self.registry["res.partner"], "_find_one_entrance_sender", lambda *args: (stranger, stranger.browse())
            ),
            mute_logger("odoo.addons.one_entrance_inquiry.models.correspondence.one_entrance_inquiry"),
        ):
            inquiry = self._receive()
        self.assertEqual(len(inquiry), 1)
        self.assertFalse(inquiry.partner_id)
        self.assertIn("Room?", inquiry.description)
        self.assertIn("lis@havnen.example", inquiry.email_from)

    def test_a_mail_that_cannot_be_acknowledged_is_kept(self):
        Inquiry = self.registry["one.entrance.inquiry"]
        with (
            patch.object(Inquiry, "_acknowledge", side_effect=UserError("No template")),
            mute_logger("odoo.addons.one_entrance_inquiry.models.correspondence.one_entrance_inquiry"),
        ):
            self._assert_of(self._receive(), self.actor)

    def test_the_mail_stands_in_the_log_with_its_attachments(self):
        inquiry = self._receive(attachments=[("plan.bin", b"Kajen")])
        message = inquiry.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(message.author_id, self.person)
        self.assertIn("Room?", message.body)
        self.assertEqual(message.attachment_ids.name, "plan.bin")
        self.assertEqual((message.attachment_ids.res_model, message.attachment_ids.res_id), (inquiry._name, inquiry.id))

    def test_nothing_of_a_mail_fetches_anything_when_it_is_read(self):
        inquiry = self._receive(
            html='<p onclick="x()">Room<img src="https://spy.example/1.png"/><script>alert(1)</script></p>'
        )
        self.assertIn("Room", inquiry.description)
        for bad in ("spy.example", "script", "onclick"):
            self.assertNotIn(bad, inquiry.description)

    def test_a_mail_without_formatting_is_read_as_a_text(self):
        inquiry = self._receive(body="Hello\n\nIs there <room>?\n- for two\n\nLis")
        self.assertEqual(inquiry.description, "<p>Hello</p><p>Is there &lt;room&gt;?<br>- for two</p><p>Lis</p>")

    def test_who_acts_for_the_actor_is_told_and_the_actor_does_not_follow(self):
        inquiry = self._receive()
        self.assertEqual(inquiry.message_partner_ids, (self.director_user | self.consultant).partner_id)
        message = inquiry.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(message.notified_partner_ids, inquiry.message_partner_ids)

    def test_a_reply_is_put_to_its_inquiry(self):
        inquiry = self._receive(message_id="<first@mail.example>")
        sent = inquiry.message_ids.filtered(lambda message: message.message_type == "auto_comment")
        self.assertIn("indgang@nordby.example", sent.reply_to)
        self.assertFalse(self._receive("ny@havnen.example", "Re: More ships", headers={"In-Reply-To": sent.message_id}))
        self.assertFalse(self._receive(headers={"References": "<first@mail.example>"}))
        mails = inquiry.message_ids.filtered(lambda message: message.message_type == "email")
        self.assertEqual(len(mails), 3)
        self.assertFalse(inquiry.first_answer_date, "what the actor writes is no answer to it")

    def test_the_same_mail_twice_is_one_inquiry(self):
        self.assertTrue(self._receive(message_id="<same@mail.example>"))
        self.assertFalse(self._receive(message_id="<same@mail.example>"))

    def test_settings_give_the_address_change_it_and_take_it_away(self):
        alias = self.company.one_entrance_alias_id
        self.assertEqual(self.company.one_entrance_alias_email, "indgang@nordby.example")
        settings = self.env["res.config.settings"].create({"one_entrance_alias_name": "erhverv"})
        settings.execute()
        self.assertEqual(self.company.one_entrance_alias_id, alias)
        self.assertTrue(self._receive(to="erhverv@nordby.example"))
        self.company.alias_domain_id = self.env["mail.alias.domain"].create({"name": "ny.example"})
        self.assertEqual(alias.alias_full_name, "erhverv@ny.example")
        self.env["res.config.settings"].create({"one_entrance_alias_name": False}).execute()
        self.assertFalse(alias.exists())
        self.assertFalse(self.company.one_entrance_alias_id)

    def test_whose_it_is_is_said_once_for_all_mails_of_the_sender(self):
        first = self._receive("Bo Berg <bo@gmail.com>")
        second = self._receive("bo@gmail.com")
        other = self._receive("ib@gmail.com")
        action = first.with_user(self.consultant).action_say_whose()
        Wizard = self.env[action["res_model"]].with_user(self.consultant).with_context(**action["context"])
        wizard = Wizard.create({"partner_id": self.actor.id})
        self.assertEqual(wizard.other_count, 1)
        with self.mock_mail_gateway(mail_unlink_sent=False):
            wizard.action_apply()
        self.assertEqual((first | second).partner_id, self.actor)
        self.assertFalse(other.partner_id)
        self.assertEqual(first.leader_id, self.director)
        person = self.env["res.partner"].search([("email_normalized", "=", "bo@gmail.com")])
        self.assertEqual((person.name, person.parent_id), ("Bo Berg", self.actor))
        self.assertEqual((first | second).mapped("acknowledged_date"), [self.today] * 2)
        self._assert_of(self._receive("bo@gmail.com"), self.actor)
        with self.assertRaisesRegex(UserError, "is known to be from Færgehavnen"):
            wizard.action_apply()

    def test_a_contact_of_nobodys_becomes_the_actors_and_one_of_another_company_stays(self):
        loose = self._make_person("Bo", "bo@gmail.com")
        company = self.env["res.partner"].create({"name": "Advokaten", "is_company": True})
        lawyer = self._make_person("Ulla", "ulla@advokaten.example", company)
        for sender in ("bo@gmail.com", "ulla@advokaten.example"):
            inquiry = self._receive(sender)
            self.env["one.entrance.inquiry.sender.wizard"].with_user(self.consultant).create(
                {"inquiry_ids": inquiry.ids, "partner_id": self.actor.id}
            ).action_apply()
        self.assertEqual(loose.parent_id, self.actor)
        self.assertEqual(lawyer.parent_id, company)
