from markupsafe import Markup

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase

OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
ROLES = (
    "public",  # a visitor of the website
    "portal",  # somebody at the actor, with access to the portal
    "colleague",  # an employee who has nothing to do with the scheme
    "leader",  # the contact leader of the actor
    "other leader",  # the contact leader of another actor
    "delegate",  # acts for a contact leader without login
    "principal",  # acts for the mayor
    "consultant",
    "manager",
)
OFFICE = "mayor's office"
# Who may do what: (r)ead, (w)rite, (c)reate, (d)elete, in the order of ROLES. Of inquiries there is a line for an actor with
# a leader, one for an actor whose leader has a delegate, and one for a mayor-led.
MODELS = {
    "one.entrance.inquiry": ("", "", "", "rwc", "", "", "", "rwcd", "rwcd"),
    "one.entrance.inquiry, delegated": ("", "", "", "", "rwc", "rwc", "", "rwcd", "rwcd"),
    "one.entrance.inquiry, mayor-led": ("", "", "", "", "", "", "rwc", "rwcd", "rwcd"),
    "one.entrance.inquiry, confidential": ("", "", "", "rwc", "", "", "", "", "rwcd"),
    # what waits for somebody to say whose it is
    "one.entrance.inquiry, nobody's": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    # each refers inquiries from wizards of one's own
    "one.entrance.inquiry.refer.wizard": ("", "", "", "c", "", "", "", "c", "c"),
    "one.entrance.inquiry.sender.wizard": ("", "", "", "", "", "", "", "c", "c"),
    # made by itself, for the directorate to answer
    "one.entrance.signal": ("", "", "", "", "", "", "", "r", "rw"),
}
# What the addon adds to contacts.
FOR_THE_SCHEME = {"one_entrance_open_inquiry_count"}
SECRET = "Fusionen er fortrolig"


@tagged("post_install", "-at_install")
class TestInquiryAccess(OneEntranceCase):
    """Who may read and write what of what actors raise: it stays with the scheme's people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head.user_id = cls._make_user("head", "one_entrance.group_leader")
        cls.principal_delegate = cls._make_user("principal", "one_entrance.group_leader")
        cls.mayor.delegate_id = cls.principal_delegate
        cls.company.one_entrance_mayor_office_id = cls._make_user("office", "one_entrance.group_leader")
        cls.portal = cls._make_user("portal", "base.group_portal")
        users = (
            cls.env.ref("base.public_user"),
            cls.portal,
            cls.colleague,
            cls.director_user,
            cls.head.user_id,
            cls.delegate_user,
            cls.principal_delegate,
            cls.consultant,
            cls.manager,
        )
        cls.users = dict(zip(ROLES, users, strict=True))
        cls.users[OFFICE] = cls.company.one_entrance_mayor_office_id
        cls.actor = cls._make_actor("Havnen")
        cls.actors = {
            "": cls.actor,
            "delegated": cls._make_actor("Kattegatcentret", leader=cls.head),
            "mayor-led": cls._make_actor("Letbanen", mayor_led=True),
            "confidential": cls.actor,
            "nobody's": cls.env["res.partner"],
        }
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
        cls.inquiry = cls.inquiries[""]
        cls.meeting = cls.env["one.entrance.meeting"].create({"partner_id": cls.actor.id})
        cls.inquiry.meeting_id = cls.meeting
        cls.env.flush_all()

    # Every model, every role

    def test_every_model_of_the_addon_stands_in_the_table(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == "one_entrance_inquiry" and not model._abstract
        }
        self.assertEqual({key.split(",")[0] for key in MODELS}, models)
        self.assertFalse([key for key, rights in MODELS.items() if len(rights) != len(ROLES)])

    def test_every_role_reads_and_writes_every_model_as_the_table_says(self):
        for key, rights in MODELS.items():
            model, _comma, variant = key.partition(", ")
            by_role = dict(zip(ROLES, rights, strict=True))
            # the mayor's office acts for both principals, and may what the delegate of one may
            by_role[OFFICE] = by_role["principal"]
            for role, allowed in by_role.items():
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=key, role=role, operation=operation):
                        self.assertIs(self._may(model, variant, self.users[role], operation), letter in allowed)

    def _may(self, model, variant, user, operation):
        """Try the operation for real, and take it back."""
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint() as savepoint:
                try:
                    if operation == "create":
                        record = self.env[model].with_user(user).create(self._prepare_values(model, variant))
                        record.sudo().flush_recordset()
                    else:
                        record = self._get_record(model, variant).with_user(user)
                        if operation == "read":
                            record.read()
                        elif operation == "write":
                            record.write(self._prepare_change(model))
                        else:
                            record.unlink()
                        if operation != "unlink":
                            self.assertTrue(record.search_count([("id", "=", record.id)]))
                finally:
                    savepoint.rollback()
        except AccessError:
            return False
        finally:
            self.env.invalidate_all()
        return True

    def _get_record(self, model, variant=""):
        """A record that nothing but access keeps from being changed or deleted."""
        if model == "one.entrance.inquiry":
            return self.inquiries[variant]
        if model == "one.entrance.signal":
            theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
            return self.env[model].create({"theme_id": theme.id})
        return self.env[model].create(self._prepare_values(model, variant))

    def _make_proposal(self):
        """An inquiry for which an answer is proposed."""
        inquiry = self.env["one.entrance.inquiry"].create({"partner_id": self.actor.id, "name": "Kajen"})
        inquiry._propose(Markup("<p>Ja</p>"), self.today)
        return inquiry

    def _prepare_values(self, model, variant):
        return {
            "one.entrance.inquiry": {
                "partner_id": self.actors[variant].id,
                "name": "Kajen",
                "confidential": variant == "confidential",
            },
            "one.entrance.inquiry.refer.wizard": {"inquiry_id": self.inquiry.id},
            "one.entrance.inquiry.sender.wizard": {
                "inquiry_ids": self.inquiries["nobody's"].ids,
                "partner_id": self.actor.id,
            },
            "one.entrance.signal": {"theme_id": self.themes[0].id},
        }[model]

    def _prepare_change(self, model):
        return {
            "one.entrance.inquiry": {"description": "<p>Changed</p>"},
            "one.entrance.inquiry.refer.wizard": {"referred_to": "Changed"},
            "one.entrance.inquiry.sender.wizard": {"add_person": False},
            "one.entrance.signal": {"answer": "<p>Changed</p>"},
        }[model]

    # On a contact

    def test_what_stands_on_a_contact_is_for_the_scheme(self):
        fields = {
            name
            for name, field in self.env["res.partner"]._fields.items()
            if name.startswith("one_entrance_") and "one_entrance_inquiry" in field._modules
        }
        self.assertEqual(fields, FOR_THE_SCHEME)
        for role, user in self.users.items():
            partner = self.portal.partner_id if role == "portal" else self.actor
            for name in FOR_THE_SCHEME:
                with self.subTest(role=role, field=name):
                    self.env.invalidate_all()
                    if role in ("public", "portal", "colleague"):
                        with self.assertRaises(AccessError):
                            partner.with_user(user).read([name])
                    else:
                        self.assertTrue(partner.with_user(user).read([name]))
            if role not in ("public", "portal"):
                known = self.env["res.partner"].with_user(user).fields_get(attributes=["type"])
                self.assertEqual(FOR_THE_SCHEME & set(known), set() if role == "colleague" else FOR_THE_SCHEME)

    # Ways round the rules

    def test_a_search_does_not_find_out_what_one_may_not_read(self):
        word = "Fusionen"
        for model, domain, ids in (
            ("one.entrance.inquiry", [("description", "ilike", word)], self.inquiry.ids),
            ("one.entrance.meeting", [("inquiry_ids.description", "ilike", word)], self.meeting.ids),
        ):
            about = [*domain, ("id", "in", ids)]
            with self.subTest(domain=domain, role="colleague"):
                self.assertFalse(self._finds(model, domain, self.colleague))
            with self.subTest(domain=domain, role="other leader"):
                self.assertFalse(self._finds(model, about, self.head.user_id))
            with self.subTest(domain=domain, role="leader"):
                self.assertTrue(self._finds(model, about, self.director_user))

    def _finds(self, model, domain, user):
        Model = self.env[model].with_user(user)
        found = []
        for search in (
            lambda: Model.search(domain),
            lambda: Model.search_count(domain),
            lambda: Model.search_read(domain, ["id"]),
            lambda: Model.web_search_read(domain, {"id": {}})["records"],
            lambda: [count for (count,) in Model._read_group(domain, [], ["__count"]) if count],
            lambda: Model.name_search("", domain),
        ):
            self.env.invalidate_all()
            try:
                found.append(bool(search()))
            except AccessError:
                found.append(False)
        # all ways find the same, so that no way is a way round
        self.assertEqual(len(set(found[:5])), 1, found)
        return any(found)

    def test_an_actor_is_not_proposed_as_the_reader_of_what_is_written_about_it(self):
        self.actor.email = "havnen@example.org"
        inquiry = self.inquiry.with_user(self.director_user)
        proposed = inquiry._message_get_suggested_recipients(reply_discussion=True)
        self.assertNotIn("havnen", str(proposed))
        self.assertNotIn(self.actor.id, [person.get("partner_id") for person in proposed])

    # What can be called from outside

    def test_no_public_method_writes_or_tells_anything_for_a_colleague(self):
        inquiry = self.inquiry.with_user(self.colleague)
        referral = self._get_record("one.entrance.inquiry.refer.wizard")  # somebody else's
        sender = self._get_record("one.entrance.inquiry.sender.wizard")
        theme = self.themes[0].with_user(self.colleague)
        calls = [
            self.meeting.with_user(self.colleague).action_log_inquiry,
            inquiry.action_acknowledge,
            inquiry.action_answer,
            inquiry.action_ask_answer,
            inquiry.action_dialogue,
            inquiry.action_log_contact,
            inquiry.action_refer,
            inquiry.action_reopen,
            inquiry.action_send_answer,
            inquiry.action_tell,
            inquiry.copy_data,
            inquiry.message_post,
            lambda: inquiry.browse().message_new({"email_from": "x@example.com", "body": "x"}),
            *(
                wizard.with_user(user).action_apply
                for wizard in (referral, sender)
                for user in (self.colleague, self.director_user, self.consultant)
            ),
            theme.action_open_inquiries,
            *(
                lambda user=user: self._get_record("one.entrance.signal").with_user(user).action_answer()
                for user in (self.colleague, self.director_user, self.consultant)
            ),
            *(
                lambda name=name, user=user: getattr(self._make_proposal().with_user(user), name)()
                for user in (self.colleague, self.head.user_id)
                for name in ("action_use_proposed_answer", "action_put_aside")
            ),
        ]
        for i, call in enumerate(calls):
            with self.subTest(call=i), self.assertRaises(AccessError), self.cr.savepoint():
                self.env.invalidate_all()
                call()

    def test_what_a_colleague_may_call_answers_with_a_window_and_no_data(self):
        for action in (
            self.actor.with_user(self.colleague).action_one_entrance_inquiries(),
            self.actor.with_user(self.colleague).action_one_entrance_log_inquiry(),
            self.inquiry.with_user(self.colleague).action_say_whose(),
            self.meeting.with_user(self.colleague).action_open_inquiries(),
        ):
            self.assertEqual(action["type"], "ir.actions.act_window")
            self.assertNotIn(SECRET, str(action))

    def test_no_method_of_the_addon_is_public_but_actions_and_what_odoo_asks_for(self):
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
        public = {
            name
            for model in self.env.registry.values()
            for base in model.__mro__
            if base.__module__.startswith("odoo.addons.one_entrance_inquiry.")
            for name, method in vars(base).items()
            if callable(method) and not name.startswith("_") and not getattr(method, "_api_private", False)
        }
        self.assertLessEqual(
            public, known, "each public method can be called by everybody who is logged in: test it here"
        )
