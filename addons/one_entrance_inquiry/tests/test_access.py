from markupsafe import Markup

from odoo.tests import tagged

from odoo.addons.one_entrance.tests.test_access import SECRET, AccessCase

# Who may do what, as in the core's table.
MODELS = {
    "one.entrance.inquiry": ("", "", "", "rwc", "", "", "", "rwcd", "rwcd"),
    "one.entrance.inquiry, delegated": ("", "", "", "", "rwc", "rwc", "", "rwcd", "rwcd"),
    "one.entrance.inquiry, mayor-led": ("", "", "", "", "", "", "rwc", "rwcd", "rwcd"),
    "one.entrance.inquiry, confidential": ("", "", "", "rwc", "", "", "", "", "rwcd"),
    "one.entrance.inquiry, nobody's": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    "one.entrance.inquiry.refer.wizard": ("", "", "", "c", "", "", "", "c", "c"),
    "one.entrance.inquiry.sender.wizard": ("", "", "", "", "", "", "", "c", "c"),
    "one.entrance.signal": ("", "", "", "", "", "", "", "r", "rw"),
}


@tagged("post_install", "-at_install")
class TestInquiryAccess(AccessCase):
    """Who may read and write inquiries and signals."""

    addon, rights = "one_entrance_inquiry", MODELS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actors["nobody's"] = cls.env["res.partner"]
        cls.inquiries = {
            name: cls.env["one.entrance.inquiry"].create(
                {
                    "name": SECRET,
                    "description": f"<p>{SECRET}</p>",
                    "partner_id": actor.id,
                    "confidential": name == "confidential",
                }
            )
            for name, actor in cls.actors.items()
        }
        cls.inquiries[""].meeting_id = cls.env["one.entrance.meeting"].create({"partner_id": cls.actor.id})
        cls.env.flush_all()

    def _make_proposal(self):
        """An inquiry for which an answer is proposed."""
        inquiry = self.env["one.entrance.inquiry"].create({"partner_id": self.actor.id, "name": "Kajen"})
        inquiry._propose(Markup("<p>Ja</p>"), self.today)
        return inquiry

    def _get_record(self, model, variant):
        if model == "one.entrance.signal":
            return self.env[model].create({"theme_id": self._make_theme().id})
        return self.inquiries[variant] if model == "one.entrance.inquiry" else super()._get_record(model, variant)

    def _prepare_values(self, model, variant):
        if model == "one.entrance.inquiry":
            return {
                "partner_id": self.actors[variant].id,
                "name": "Kajen",
                "confidential": variant == "confidential",
            }
        values = {
            "one.entrance.signal": {"theme_id": self.themes[0].id},
            "one.entrance.inquiry.refer.wizard": {"inquiry_id": self.inquiries[""].id},
            "one.entrance.inquiry.sender.wizard": {
                "inquiry_ids": self.inquiries["nobody's"].ids,
                "partner_id": self.actor.id,
            },
        }
        return values[model] if model in values else super()._prepare_values(model, variant)

    def _prepare_change(self, model):
        values = {
            "one.entrance.inquiry": {"description": "<p>Changed</p>"},
            "one.entrance.inquiry.refer.wizard": {"referred_to": "Changed"},
            "one.entrance.inquiry.sender.wizard": {"add_person": False},
            "one.entrance.signal": {"answer": "<p>Changed</p>"},
        }
        return values[model] if model in values else super()._prepare_change(model)

    def test_every_role_reads_and_writes_every_model_as_the_table_says(self):
        self._check_table()

    def test_how_many_inquiries_an_actor_has_is_for_the_scheme(self):
        field = self.env["res.partner"]._fields["one_entrance_open_inquiry_count"]
        for role, user in self.users.items():
            may = self.env["res.partner"].with_user(user)._has_field_access(field, "read")
            self.assertIs(may, role not in ("public", "portal", "colleague"), role)

    def test_a_search_does_not_find_out_what_one_may_not_read(self):
        asked_at = self.inquiries[""].meeting_id
        for model, domain, ids in (
            ("one.entrance.inquiry", [("description", "ilike", "Fusionen")], self.inquiries[""].ids),
            ("one.entrance.meeting", [("inquiry_ids.description", "ilike", "Fusionen")], asked_at.ids),
        ):
            own = [*domain, ("id", "in", ids)]
            self.assertFalse(self._finds(model, domain, self.colleague))
            self.assertFalse(self._finds(model, own, self.head.user_id))
            self.assertTrue(self._finds(model, own, self.director_user))

    def test_an_actor_is_not_proposed_as_the_reader_of_what_is_written_about_it(self):
        self.actor.email = "havnen@example.org"
        inquiry = self.inquiries[""].with_user(self.director_user)
        proposed = inquiry._message_get_suggested_recipients(reply_discussion=True)
        self.assertNotIn("havnen", str(proposed))
        self.assertNotIn(self.actor.id, [person.get("partner_id") for person in proposed])

    def test_no_public_method_writes_or_tells_anything_for_a_colleague(self):
        names = ("one.entrance.inquiry", "one.entrance.meeting", "one.entrance.theme")
        as_colleague = {model: self.env[model].with_user(self.colleague) for model in names}
        referral = self._get_record("one.entrance.inquiry.refer.wizard", "")
        sender = self._get_record("one.entrance.inquiry.sender.wizard", "")
        calls = [
            lambda: as_colleague["one.entrance.meeting"].browse(self.meeting.id).action_log_inquiry(),
            *(
                lambda name=name: getattr(as_colleague["one.entrance.inquiry"].browse(self.inquiries[""].id), name)()
                for name in (
                    "action_acknowledge",
                    "action_answer",
                    "action_ask_answer",
                    "action_dialogue",
                    "action_log_contact",
                    "action_refer",
                    "action_reopen",
                    "action_send_answer",
                    "action_tell",
                    "copy_data",
                    "message_post",
                )
            ),
            lambda: as_colleague["one.entrance.inquiry"].message_new({"email_from": "x@example.com", "body": "x"}),
            *(
                wizard.with_user(user).action_apply
                for wizard in (referral, sender)
                for user in (self.colleague, self.director_user, self.consultant)
            ),
            lambda: as_colleague["one.entrance.theme"].browse(self.own_theme.id).action_open_inquiries(),
            *(
                lambda user=user: self._get_record("one.entrance.signal", "").with_user(user).action_answer()
                for user in (self.colleague, self.director_user, self.consultant)
            ),
            *(
                lambda name=name, user=user: getattr(self._make_proposal().with_user(user), name)()
                for user in (self.colleague, self.head.user_id)
                for name in ("action_use_proposed_answer", "action_put_aside")
            ),
        ]
        self._check_refused(calls)

    def test_what_a_colleague_may_call_answers_with_a_window_and_no_data(self):
        for action in (
            self.actor.with_user(self.colleague).action_one_entrance_inquiries(),
            self.actor.with_user(self.colleague).action_one_entrance_log_inquiry(),
            self.inquiries[""].with_user(self.colleague).action_say_whose(),
            self.meeting.with_user(self.colleague).action_open_inquiries(),
        ):
            self.assertEqual(action["type"], "ir.actions.act_window")
            self.assertNotIn(SECRET, str(action))

    def test_no_method_is_public_but_those_tried_here(self):
        known = {
            "action_acknowledge",
            "action_answer",
            "action_apply",
            "action_ask_answer",
            "action_dialogue",
            "action_log_contact",
            "action_log_inquiry",
            "action_one_entrance_inquiries",
            "action_one_entrance_log_inquiry",
            "action_open_inquiries",
            "action_open_signals",
            "action_put_aside",
            "action_refer",
            "action_reopen",
            "action_say_whose",
            "action_send_answer",
            "action_tell",
            "action_use_proposed_answer",
            "create",
            "message_new",
            "message_post",
            "unlink",
            "write",
        }
        self._check_public_methods(known)
