from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OneEntranceCase

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
# Who may do what: (r)ead, (w)rite, (c)reate, (d)elete, in the order of ROLES. Where a model has records of one actor
# each, there is a line for an actor with a leader, one for an actor whose leader has a delegate, and one for a mayor-led.
MODELS = {
    "one.entrance.level": ("", "", "r", "r", "r", "r", "r", "r", "rwcd"),
    "one.entrance.leader": ("", "", "r", "r", "r", "r", "r", "r", "rwcd"),
    "one.entrance.appointment": ("", "", "", "r", "r", "r", "r", "r", "rwc"),
    "one.entrance.theme": ("", "", "", "r", "r", "r", "r", "r", "rwcd"),
    "one.entrance.theme, own": ("", "", "", "r", "r", "r", "r", "rw", "rwcd"),
    "one.entrance.sheet": ("", "", "", "rwc", "", "", "", "rwcd", "rwcd"),
    "one.entrance.sheet, delegated": ("", "", "", "", "rwc", "rwc", "", "rwcd", "rwcd"),
    "one.entrance.sheet, mayor-led": ("", "", "", "", "", "", "rwc", "rwcd", "rwcd"),
    "one.entrance.sheet.section": ("", "", "", "rwcd", "", "", "", "rwcd", "rwcd"),
    "one.entrance.sheet.section, delegated": ("", "", "", "", "rwcd", "rwcd", "", "rwcd", "rwcd"),
    "one.entrance.sheet.section, mayor-led": ("", "", "", "", "", "", "rwcd", "rwcd", "rwcd"),
    "one.entrance.meeting": ("", "", "", "rwc", "", "", "", "rwcd", "rwcd"),
    "one.entrance.meeting, delegated": ("", "", "", "", "rwc", "rwc", "", "rwcd", "rwcd"),
    "one.entrance.meeting, mayor-led": ("", "", "", "", "", "", "rwc", "rwcd", "rwcd"),
    "one.entrance.meeting, confidential": ("", "", "", "rwc", "", "", "", "", "rwcd"),
    "one.entrance.meeting.point": ("", "", "", "rwcd", "", "", "", "rwcd", "rwcd"),
    "one.entrance.meeting.point, delegated": ("", "", "", "", "rwcd", "rwcd", "", "rwcd", "rwcd"),
    "one.entrance.meeting.point, mayor-led": ("", "", "", "", "", "", "rwcd", "rwcd", "rwcd"),
    "one.entrance.meeting.point, confidential": ("", "", "", "rwcd", "", "", "", "", "rwcd"),
    # who sits where is public, and nobody but a manager takes a seat out of the history
    "one.entrance.seat": ("", "", "r", "r", "r", "r", "r", "rwc", "rwcd"),
    "one.entrance.seat.renew.wizard": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    "one.entrance.seat.renew.wizard.line": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    "one.entrance.rollout.wizard": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    "one.entrance.handover.wizard": ("", "", "", "", "", "", "", "rwcd", "rwcd"),
    # each looks at letters for oneself
    "one.entrance.letter.preview": ("", "", "", "", "", "", "", "c", "c"),
    # each sends letters from wizards of one's own
    "one.entrance.letter.wizard": ("", "", "", "", "", "", "", "c", "c"),
    "one.entrance.letter.wizard.line": ("", "", "", "", "", "", "", "", ""),
    # each prints lists of one's own
    "one.entrance.actor.list.wizard": ("", "", "", "c", "c", "c", "c", "c", "c"),
    # each hands over points of one's own, and reads nobody else's
    "one.entrance.point.wizard": ("", "", "c", "c", "c", "c", "c", "c", "c"),
}
# What each role may read of the scheme on a contact. Only consultants and managers write any of it.
FOR_EVERY_EMPLOYEE = {
    "one_entrance_kind",
    "one_entrance_leader_id",
    "one_entrance_level_id",
    "one_entrance_consultant_id",
    "one_entrance_mayor_led",
    "one_entrance_company_id",
    "one_entrance_holder_ids",
    "one_entrance_holder_text",
    "one_entrance_warning",
    "one_entrance_may_edit",
    "one_entrance_is_held",
    "one_entrance_is_mine",
    "one_entrance_step",
    "one_entrance_letter_date",
    "one_entrance_contact_date",
    "one_entrance_plan_date",
    "one_entrance_interval",
    "one_entrance_left_date",
    "one_entrance_next_step",
    "one_entrance_next_step_text",
    "one_entrance_last_meeting_date",
    "one_entrance_next_meeting_date",
    "one_entrance_seat_ids",
    "one_entrance_represented",
    "one_entrance_seat_text",
    "one_entrance_is_politician",
    "one_entrance_shown_seat_ids",
}
FOR_THE_SCHEME = {
    "one_entrance_relation",
    "one_entrance_left_reason",
    "one_entrance_due_date",
    "one_entrance_not_before",
    "one_entrance_plan_note",
    "one_entrance_dialogue_state",
    "one_entrance_dialogue_color",
    "one_entrance_open_point_ids",
    "one_entrance_appointment_ids",
    "one_entrance_meeting_ids",
    "one_entrance_sheet_ids",
    "one_entrance_sheet_id",
    "one_entrance_sheet_state",
}
SECRET = "Fusionen er fortrolig"


class AccessCase(OneEntranceCase):
    """Somebody of every role, and something of everything that is written about actors."""

    # an addon has a table of its own models
    addon, rights = "one_entrance", MODELS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head.user_id = cls._make_user("head", "one_entrance.group_leader")
        cls.principal_delegate = cls._make_user("principal", "one_entrance.group_leader")
        cls.mayor.delegate_id = cls.principal_delegate
        cls.office = cls._make_user("office", "one_entrance.group_leader")
        cls.company.one_entrance_mayor_office_id = cls.office
        cls.portal = cls._make_user("portal", "base.group_portal")
        cls.partner_manager = cls._make_user("partner_manager", "base.group_user,base.group_partner_manager")
        cls.users = dict(
            zip(
                ROLES,
                (
                    cls.env.ref("base.public_user"),
                    cls.portal,
                    cls.colleague,
                    cls.director_user,
                    cls.head.user_id,
                    cls.delegate_user,
                    cls.principal_delegate,
                    cls.consultant,
                    cls.manager,
                ),
                strict=True,
            )
        )
        cls.users[OFFICE] = cls.office
        cls.actor = cls._make_actor("Havnen", relation="professional")
        cls.delegated_actor = cls._make_actor("Kattegatcentret", leader=cls.head)
        cls.mayor_led_actor = cls._make_actor("Letbanen", mayor_led=True)
        cls.actors = {"": cls.actor, "delegated": cls.delegated_actor, "mayor-led": cls.mayor_led_actor}
        cls.sheets, cls.meetings = {}, {}
        for name, actor in cls.actors.items():
            cls.sheets[name] = cls._make_sheet(actor)
            cls.sheets[name].section_ids[0].body = f"<p>{SECRET}</p>"
            cls.meetings[name] = cls.env["one.entrance.meeting"].create({"partner_id": actor.id})
        cls.actors["confidential"] = cls.actor
        cls.meetings["confidential"] = cls.env["one.entrance.meeting"].create(
            {"partner_id": cls.actor.id, "confidential": True}
        )
        cls.sheet = cls.sheets[""]
        cls.meeting = cls.env["one.entrance.meeting"].create(
            {
                "partner_id": cls.actor.id,
                "state": "held",
                "start": "2024-04-02 08:00:00",
                "minutes": f"<p>{SECRET}</p>",
            }
        )
        cls.point = cls.env["one.entrance.meeting.point"].create({"meeting_id": cls.meeting.id, "summary": SECRET})
        cls.meetings[""].action_add_to_calendar()
        cls.event = cls.meetings[""].event_id
        cls.politician = cls.env["res.partner"].create({"name": "Ægir Ås"})
        cls.seat = cls.env["one.entrance.seat"].create(
            {
                "partner_id": cls.actor.id,
                "politician_id": cls.politician.id,
                "body": "the council",
                "date_to": "2024-06-30",
            }
        )
        cls.own_theme = cls.themes[0]
        cls.own_theme.owner_id = cls.consultant
        cls.env.flush_all()

    def _check_table(self):
        """Every model of the addon, every role, every operation, as the table says."""
        models = {
            name
            for name, model in self.env.registry.items()
            # an abstract model has no records to read or write: those that inherit from it stand in the table
            if model._original_module == self.addon and not model._abstract
        }
        self.assertEqual({key.split(",")[0] for key in self.rights}, models)
        self.assertFalse([key for key, rights in self.rights.items() if len(rights) != len(ROLES)])
        for key, rights in self.rights.items():
            model, _comma, variant = key.partition(", ")
            by_role = dict(zip(ROLES, rights, strict=True))
            # the mayor's office acts for both principals, and may what the delegate of one may
            by_role[OFFICE] = by_role["principal"]
            found = self._find_rights(model, variant)
            for role, allowed in by_role.items():
                for letter, operation in OPERATIONS.items():
                    with self.subTest(model=key, role=role, operation=operation):
                        self.assertIs(operation in found[role], letter in allowed)

    def _check_public_methods(self, known):
        """Each public method can be called by everybody who is logged in: it stands among those that are tested."""
        public = {
            name
            for model in self.env.registry.values()
            for base in model.__mro__
            if base.__module__.startswith(f"odoo.addons.{self.addon}.")
            for name, method in vars(base).items()
            if callable(method) and not name.startswith("_") and not getattr(method, "_api_private", False)
        }
        self.assertEqual(public, known)

    def _check_refused(self, calls):
        """None of these may be called by who calls them."""
        for i, call in enumerate(calls):
            with self.subTest(call=i), self.assertRaises(AccessError), self.cr.savepoint():
                self.env.invalidate_all()
                call()
        self.env.invalidate_all()

    def _find_rights(self, model, variant):
        """Let every role try every operation for real, each on the same record and with the same values.

        :return: the operations that succeed, by role
        :rtype: dict[str, set[str]]
        """
        found = {role: set() for role in self.users}
        with self._taken_back():
            record, change = self._get_record(model, variant), self._prepare_change(model)
            self.env.flush_all()
            attempts = {
                "read": lambda own: own.read(),
                "write": lambda own: own.write(dict(change)),
                "unlink": lambda own: own.unlink(),
            }
            for role, user in self.users.items():
                found[role] |= {name for name in attempts if self._may(record.with_user(user), name, attempts[name])}
        with self._taken_back():
            values = self._prepare_values(model, variant)
            self.env.flush_all()
            for role, user in self.users.items():
                if self._may(self.env[model].with_user(user), "create", lambda own: own.create(dict(values))):
                    found[role].add("create")
        return found

    @contextmanager
    def _taken_back(self):
        """What is done meanwhile is undone."""
        with self.env.cr.savepoint() as savepoint:
            try:
                yield
            finally:
                savepoint.rollback()
                self.env.invalidate_all()

    def _may(self, records, operation, attempt):
        """Try the operation for real, and take it back."""
        self.env.invalidate_all()
        try:
            with self._taken_back():
                result = attempt(records)
                if operation != "unlink":
                    record = result if operation == "create" else records
                    record.sudo().flush_recordset()
                    self.assertTrue(record.search_count([("id", "=", record.id)]))
        except AccessError:
            return False
        self.assertTrue(records.has_access(operation), "what succeeds is a right, and no oversight")
        return True

    def _get_record(self, model, variant):
        """A record that nothing but access keeps from being changed or deleted."""
        records = {
            "one.entrance.level": lambda: self.env[model].create({"number": 90, "name": "Team"}),
            "one.entrance.leader": lambda: self._make_leader("Stranger", self.level_head),
            "one.entrance.appointment": self._make_former_appointment,
            "one.entrance.theme": lambda: self._make_theme(owner=variant == "own" and self.consultant),
            "one.entrance.sheet": lambda: self.sheets[variant],
            "one.entrance.sheet.section": lambda: self.sheets[variant].section_ids[0],
            "one.entrance.meeting": lambda: self.meetings[variant],
            "one.entrance.meeting.point": lambda: self.env[model].create(
                {"meeting_id": self.meetings[variant].id, "summary": "Kajen"}
            ),
            "one.entrance.letter.wizard": lambda: self.env[model]._make(self.actor),
            "one.entrance.letter.wizard.line": lambda: (
                self.env["one.entrance.letter.wizard"]._make(self.actor).line_ids
            ),
        }
        if model in records:
            return records[model]()
        return self.env[model].create(self._prepare_values(model, variant))

    def _make_former_appointment(self):
        self.actor.one_entrance_appointment_ids.date_from = "2024-01-01"
        values = {"partner_id": self.actor.id, "leader_id": self.head.id, "date_from": "2023-01-01"}
        return self.env["one.entrance.appointment"].create({**values, "date_to": "2024-01-01"})

    def _make_theme(self, owner=False):
        theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
        theme.owner_id = owner
        return theme

    def _prepare_values(self, model, variant):
        if model == "one.entrance.leader":
            partner = self.env["res.partner"].create({"name": "Newcomer"})
            return {"partner_id": partner.id, "level_id": self.level_head.id}
        if model == "one.entrance.appointment":
            self.actor.one_entrance_appointment_ids.date_from = "2024-01-01"
            values = {"partner_id": self.actor.id, "leader_id": self.head.id, "date_from": "2023-01-01"}
            return {**values, "date_to": "2024-01-01"}
        if model == "one.entrance.sheet":
            self.sheets[variant].state = "archived"
            return {"partner_id": self.actors[variant].id}
        if model == "one.entrance.sheet.section":
            theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
            return {"sheet_id": self.sheets[variant].id, "theme_id": theme.id, "body": "<p>Ny</p>"}
        if model == "one.entrance.meeting":
            return {
                "partner_id": self.actors[variant].id,
                "start": "2024-06-03 08:00:00",
                "confidential": variant == "confidential",
            }
        if model == "one.entrance.meeting.point":
            return {"meeting_id": self.meetings[variant].id, "summary": "Kajen"}
        if model == "one.entrance.letter.wizard.line":
            wizard = self.env["one.entrance.letter.wizard"]._make(self.actor)  # somebody else's
            return {"wizard_id": wizard.id, "partner_id": self.actor.id}
        if model.startswith("one.entrance.seat"):
            return self._prepare_seat_values(model)
        return {
            "one.entrance.level": {"number": 91, "name": "Team"},
            "one.entrance.theme": {"name": "Tourism"},
            "one.entrance.actor.list.wizard": {"document": "public"},
            "one.entrance.handover.wizard": {
                "from_leader_id": self.director.id,
                "to_leader_id": self.head.id,
                "reason": "Ny stilling",
            },
            "one.entrance.letter.preview": {"partner_id": self.actor.id},
            "one.entrance.letter.wizard": {},
            "one.entrance.point.wizard": {"partner_id": self.actor.id, "text": "Kajen"},
            "one.entrance.rollout.wizard": {"partner_ids": self.actor.ids, "step": "letter"},
        }[model]

    def _prepare_seat_values(self, model):
        if model == "one.entrance.seat":
            return {"partner_id": self.actor.id, "politician_id": self.politician.id, "body": "the board"}
        if model == "one.entrance.seat.renew.wizard":
            return {"seat_ids": self.seat.ids}
        wizard = self.env["one.entrance.seat.renew.wizard"].create({"seat_ids": self.seat.ids})
        wizard.flush_recordset()  # its own lines are made
        return {"wizard_id": wizard.id, "seat_id": self.seat.id}

    def _prepare_change(self, model):
        return {
            "one.entrance.level": {"name": "Changed"},
            "one.entrance.leader": {"capacity": 7},
            "one.entrance.appointment": {"note": "Changed"},
            "one.entrance.theme": {"description": "<p>Changed</p>"},
            "one.entrance.sheet": {"consultant_id": self.manager.id},
            "one.entrance.sheet.section": {"body": "<p>Changed</p>"},
            "one.entrance.meeting": {"minutes": "<p>Changed</p>"},
            "one.entrance.meeting.point": {"summary": "Changed"},
            "one.entrance.rollout.wizard": {"date": "2024-05-01"},
            "one.entrance.seat": {"role": "observer"},
            "one.entrance.seat.renew.wizard": {"date_to": "2028-06-30"},
            "one.entrance.seat.renew.wizard.line": {"role": "observer"},
            "one.entrance.handover.wizard": {"date": "2024-05-01"},
            "one.entrance.letter.preview": {"partner_id": self.delegated_actor.id},
            "one.entrance.letter.wizard": {"date": "2024-05-01"},
            "one.entrance.letter.wizard.line": {"sequence": 7},
            "one.entrance.point.wizard": {"text": "Changed"},
            "one.entrance.actor.list.wizard": {"document": "handbook"},
        }[model]

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


@tagged("post_install", "-at_install")
class TestAccess(AccessCase):
    """Who may read and write what: what was said stays with the scheme's people, who calls on whom is for everybody."""

    # Every model, every role

    def test_every_role_reads_and_writes_every_model_as_the_table_says(self):
        self._check_table()

    def test_every_scheme_field_on_a_contact_is_for_employees_or_for_the_scheme(self):
        fields = {
            name
            for name, field in self.env["res.partner"]._fields.items()
            if name.startswith("one_entrance_") and field._module == self.addon
        }
        self.assertEqual(FOR_EVERY_EMPLOYEE | FOR_THE_SCHEME, fields)

    # The scheme's fields on a contact

    def test_every_employee_reads_who_holds_the_entrance_and_only_the_scheme_reads_the_rest(self):
        for role, user in self.users.items():
            readable = set()
            if role not in ("public", "portal"):
                readable |= FOR_EVERY_EMPLOYEE
            if role not in ("public", "portal", "colleague"):
                readable |= FOR_THE_SCHEME
            for name in FOR_EVERY_EMPLOYEE | FOR_THE_SCHEME:
                with self.subTest(role=role, field=name):
                    self.env.invalidate_all()
                    # a portal user reads its own contact, which is an actor's here
                    partner = self.portal.partner_id if role == "portal" else self.actor
                    self.assertIs(self._reads(partner.with_user(user), name), name in readable)
            if role not in ("public", "portal"):
                named = self.env["res.partner"].with_user(user).fields_get(attributes=["type"])
                self.assertEqual((FOR_EVERY_EMPLOYEE | FOR_THE_SCHEME) & named.keys(), readable)

    def test_an_actor_with_a_portal_login_reads_nothing_of_the_scheme_through_its_user(self):
        user = self.portal.with_user(self.portal)
        for name in ("one_entrance_step", "one_entrance_leader_id", "one_entrance_relation"):
            with self.subTest(field=name):
                self.env.invalidate_all()
                self.assertFalse(self._reads(user, name))

    def test_a_colleague_sees_the_values_of_what_is_for_everybody(self):
        self.actor.with_user(self.consultant).write({"one_entrance_letter_date": "2024-03-01"})
        actor = self.actor.with_user(self.colleague)
        self.assertEqual(actor.one_entrance_holder_text, "Director, Technology")
        self.assertEqual(actor.one_entrance_leader_id.name, "Director, Technology")
        self.assertEqual(actor.one_entrance_level_id, self.level_director)
        self.assertEqual(str(actor.one_entrance_last_meeting_date), "2024-04-02")
        mayor_led = self.mayor_led_actor.with_user(self.colleague)
        self.assertEqual(mayor_led.one_entrance_holder_text, "Mayor and Municipal Director")

    def test_a_colleague_opens_the_forms_of_actors_leaders_and_contacts(self):
        for record in (self.actor, self.mayor_led_actor, self.director, self.director.partner_id):
            with self.subTest(record=record):
                Form(record.with_user(self.colleague))

    def _reads(self, record, name):
        try:
            record.read([name])
        except AccessError:
            return False
        return True

    def test_only_consultants_and_managers_write_the_scheme_on_a_contact(self):
        changes = {
            "one_entrance_kind": "company",
            "one_entrance_leader_id": self.head.id,
            "one_entrance_consultant_id": self.consultant.id,
            "one_entrance_mayor_led": True,
            "one_entrance_relation": "new",
            "one_entrance_letter_date": "2024-03-01",
            "one_entrance_interval": 3,
            "one_entrance_last_meeting_date": "2024-01-01",
        }
        users = {**self.users, "partner manager": self.partner_manager}
        for role, user in users.items():
            for name, value in changes.items():
                with self.subTest(role=role, field=name):
                    if role in ("consultant", "manager"):
                        self.actor.with_user(user).write({name: value})
                        continue
                    with self.assertRaises(AccessError):
                        self.actor.with_user(user).write({name: value})
                    if role not in ("public", "portal"):
                        with self.assertRaises(AccessError):
                            self.env["res.partner"].with_user(user).create({"name": "Ny", name: value})

    def test_somebody_who_keeps_contacts_keeps_an_actors_address(self):
        self.actor.with_user(self.partner_manager).write({"phone": "+45 12 34 56 78", "street": "Havnevej 1"})
        self.assertEqual(self.actor.street, "Havnevej 1")

    def test_somebody_who_keeps_contacts_makes_one_although_the_form_sends_the_empty_scheme_along(self):
        empty = {name: False for name in FOR_EVERY_EMPLOYEE | FOR_THE_SCHEME if not name.endswith("_ids")}
        partner = (
            self.env["res.partner"]
            .with_user(self.partner_manager)
            .create({"name": "Ny", "one_entrance_interval": 0, **empty})
        )
        self.assertFalse(partner.one_entrance_step)
        with Form(self.env["res.partner"].with_user(self.partner_manager)) as form:
            form.name = "Endnu en"

    def test_a_default_in_the_context_takes_nobody_into_the_scheme(self):
        context = {"default_one_entrance_step": "appointed", "default_one_entrance_mayor_led": True}
        Partner = self.env["res.partner"].with_user(self.partner_manager).with_context(**context)
        with self.assertRaises(AccessError):
            Partner.create({"name": "Ny"})

    def test_a_users_own_default_takes_nobody_into_the_scheme(self):
        Default = self.env["ir.default"]
        Default.set("res.partner", "one_entrance_step", "left", user_id=self.partner_manager.id)
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.partner_manager).create({"name": "Ny"})

    def test_the_scheme_is_not_written_through_a_users_contact(self):
        administrator = self._make_user("administrator", "base.group_erp_manager")
        for user in (self.colleague, administrator):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.colleague.with_user(user).write({"one_entrance_kind": "company"})

    def test_import_obeys_who_keeps_the_register(self):
        fields = ["name", "one_entrance_leader_id"]
        rows = [["Ny", "Director, Technology"]]
        result = self.env["res.partner"].with_user(self.partner_manager).load(fields, rows)
        self.assertFalse(result["ids"])
        self.assertIn("business consultants", result["messages"][0]["message"])
        self.assertTrue(self.env["res.partner"].with_user(self.consultant).load(fields, rows)["ids"])

    # Ways round the rules

    def test_a_search_does_not_find_out_what_one_may_not_read(self):
        word = "Fusionen"
        domains = [
            ("res.partner", [("one_entrance_sheet_ids.section_ids.body", "ilike", word)]),
            ("res.partner", [("one_entrance_sheet_ids", "any", [("section_ids.body", "ilike", word)])]),
            ("res.partner", [("one_entrance_meeting_ids.minutes", "ilike", word)]),
            ("res.partner", [("one_entrance_relation", "=", "professional")]),
            ("res.users", [("one_entrance_relation", "=", "professional")]),
            ("one.entrance.leader", [("actor_ids.one_entrance_sheet_ids.section_ids.body", "ilike", word)]),
            ("one.entrance.leader", [("actor_ids.one_entrance_relation", "=", "professional")]),
            ("one.entrance.leader", [("appointment_ids.note", "ilike", word)]),
            ("one.entrance.sheet", [("section_ids.body", "ilike", word)]),
            ("one.entrance.sheet.section", [("body", "ilike", word)]),
            ("one.entrance.meeting", [("minutes", "ilike", word)]),
            ("mail.message", [("model", "=", "one.entrance.sheet"), ("res_id", "=", self.sheet.id)]),
            ("ir.attachment", [("res_model", "=", "one.entrance.sheet"), ("res_id", "=", self.sheet.id)]),
            ("mail.activity", [("res_model", "=", "one.entrance.sheet"), ("res_id", "=", self.sheet.id)]),
        ]
        self._fill_the_log()
        for model, domain in domains:
            with self.subTest(domain=domain, role="colleague"):
                self.assertFalse(self._finds(model, domain, self.colleague))
        texts = [
            (model, [*domain, ("id", "in", self._ids_of_the_actor(model))])
            for model, domain in domains
            if "relation" not in str(domain)
        ]
        for model, domain in texts:
            with self.subTest(domain=domain, role="other leader"):
                self.assertFalse(self._finds(model, domain, self.head.user_id))
        for model, domain in texts:
            if "appointment_ids" in str(domain):
                continue
            with self.subTest(domain=domain, role="leader"):
                self.assertTrue(self._finds(model, domain, self.director_user))

    def _fill_the_log(self):
        self.sheet.message_post(body=SECRET, attachments=[("sheet.txt", SECRET.encode())])
        self.sheet.activity_schedule(
            "one_entrance.mail_activity_type_read_sheet", user_id=self.consultant.id, summary=SECRET
        )

    def _ids_of_the_actor(self, model):
        """Everything about the actor that is the director's; nothing of the other leaders' actors."""
        return {
            "res.partner": self.actor.ids,
            "res.users": [],
            "one.entrance.leader": self.director.ids,
            "one.entrance.sheet": self.sheet.ids,
            "one.entrance.sheet.section": self.sheet.section_ids.ids,
            "one.entrance.meeting": self.meeting.ids,
        }.get(model) or self.env[model].search([]).ids

    def test_a_sheets_log_files_and_activities_are_read_by_those_who_read_the_sheet(self):
        self._fill_the_log()
        about = [("res_model", "=", "one.entrance.sheet"), ("res_id", "=", self.sheet.id)]
        message = self.sheet.message_ids[0]
        attachment = self.env["ir.attachment"].search(about)
        activity = self.env["mail.activity"].search(about)
        self.assertTrue(message and attachment and activity)
        for record in (message, attachment, activity, self.meeting.message_ids[0], self.sheet):
            for user in (self.portal, self.colleague, self.head.user_id):
                with self.subTest(record=record, user=user.login), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    record.with_user(user).read(["create_date"])
            self.env.invalidate_all()
            self.assertTrue(record.with_user(self.director_user).read(["create_date"]))

    def test_an_actor_is_not_proposed_as_the_reader_of_what_is_written_about_it(self):
        self.actor.email = "havnen@example.org"
        for record in (self.sheet, self.meeting):
            proposed = record.with_user(self.director_user)._message_get_suggested_recipients(reply_discussion=True)
            self.assertNotIn("havnen", str(proposed))
            self.assertNotIn(self.actor.id, [person.get("partner_id") for person in proposed])

    def test_grouping_and_export_show_nothing_of_what_one_may_not_read(self):
        users = self.colleague | self.head.user_id | self.director_user
        users.write({"group_ids": [Command.link(self.env.ref("base.group_allow_export").id)]})
        Partner = self.env["res.partner"].with_user(self.colleague)
        with self.assertRaises(AccessError):
            Partner._read_group([], ["one_entrance_relation"], ["__count"])
        with self.assertRaises(AccessError):
            Partner.web_read_group([], ["one_entrance_relation"], ["__count"])
        with self.assertRaises(AccessError):
            self.actor.with_user(self.colleague).export_data(["name", "one_entrance_sheet_ids/section_ids/body"])
        rows = self.actor.with_user(self.head.user_id).export_data(
            ["name", "one_entrance_sheet_ids/section_ids/body", "one_entrance_meeting_ids/minutes"]
        )["datas"]
        self.assertNotIn(SECRET, str(rows))
        self.env.invalidate_all()
        names = ["name", "one_entrance_sheet_ids/section_ids/body"]
        rows = self.actor.with_user(self.director_user).export_data(names)["datas"]
        self.assertIn(SECRET, str(rows))

    def test_the_state_of_a_sheet_is_for_the_scheme_and_the_sheet_for_its_readers(self):
        for names in (
            ["one_entrance_sheet_state", "one_entrance_sheet_id"],
            ["one_entrance_sheet_id", "one_entrance_sheet_state"],
        ):
            with self.subTest(order=names):
                self.env.invalidate_all()
                (values,) = self.actor.with_user(self.head.user_id).read(names)
                self.assertEqual(values["one_entrance_sheet_state"], "draft")
                self.assertFalse(values["one_entrance_sheet_id"])
                self.env.invalidate_all()
                (values,) = self.actor.with_user(self.director_user).read(names)
                self.assertEqual(values["one_entrance_sheet_state"], "draft")
                self.assertEqual(values["one_entrance_sheet_id"][0], self.sheet.id)

    def test_nobody_moves_what_was_written_to_an_actor_who_is_not_theirs(self):
        user = self.director_user
        other = self.sheets["delegated"] | self.sheets["mayor-led"]
        theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
        section = self.env["one.entrance.sheet.section"].create({"sheet_id": self.sheet.id, "theme_id": theme.id})
        self.meeting.flush_recordset()
        other.state = "archived"
        draft = self._make_sheet(self.delegated_actor)
        self.env["one.entrance.sheet.section"].search(
            [("sheet_id", "=", draft.id), ("theme_id", "=", theme.id)]
        ).unlink()
        for record, values in (
            (self.meeting, {"partner_id": self.delegated_actor.id}),
            (self.sheet, {"partner_id": self.mayor_led_actor.id}),
            (section, {"sheet_id": draft.id}),
            (section, {"sheet_id": draft.id, "body": "<p>Ind</p>"}),
        ):
            with self.subTest(record=record), self.assertRaises(AccessError), self.cr.savepoint():
                record.with_user(user).write(values)

    def test_a_leader_does_not_read_an_actor_any_more_that_another_leader_holds(self):
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.director_user).read()
        self.assertTrue(self.sheet.with_user(self.head.user_id).read())

    def test_a_delegate_of_a_principal_and_the_mayors_office_read_only_mayor_led_actors(self):
        for user in (self.principal_delegate, self.office):
            Sheet = self.env["one.entrance.sheet"].with_user(user)
            self.assertEqual(Sheet.search([]), self.sheets["mayor-led"])

    def test_a_former_mayors_office_reads_nothing_any_more(self):
        self.company.one_entrance_mayor_office_id = False
        self.assertFalse(self.env["one.entrance.sheet"].with_user(self.office).search([]))

    # What can be called from outside

    def test_no_public_method_writes_or_tells_anything_for_a_colleague(self):
        as_colleague = {
            model: self.env[model].with_user(self.colleague)
            for model in (
                "one.entrance.sheet",
                "one.entrance.sheet.section",
                "one.entrance.meeting",
                "one.entrance.meeting.point",
                "one.entrance.theme",
            )
        }
        handover = self._get_record("one.entrance.handover.wizard", "")
        letters = self._get_record("one.entrance.letter.wizard", "")  # somebody else's
        calls = [
            lambda: self.actor.with_user(self.colleague).action_one_entrance_rejoin(),
            lambda: self.actor.with_user(self.colleague).action_one_entrance_new_sheet(),
            lambda: self.actor.with_user(self.colleague).action_one_entrance_plan_meeting(),
            lambda: self.actor.with_user(self.colleague).action_one_entrance_print_sheet(),
            lambda: as_colleague["one.entrance.sheet"].browse(self.sheet.id).action_ready(),
            lambda: as_colleague["one.entrance.sheet"].browse(self.sheet.id).action_archive_sheet(),
            lambda: as_colleague["one.entrance.sheet"].browse(self.sheet.id).action_new_version(),
            lambda: as_colleague["one.entrance.sheet"].browse(self.sheet.id).action_print_shared(),
            lambda: as_colleague["one.entrance.sheet"].browse(self.sheet.id).message_post(body="x"),
            lambda: as_colleague["one.entrance.meeting"].browse(self.meeting.id).action_hold(),
            *(
                lambda name=name: getattr(as_colleague["one.entrance.meeting"].browse(self.meeting.id), name)()
                for name in (
                    "action_add_to_calendar",
                    "action_ask_held",
                    "action_cancel",
                    "action_open_event",
                    "action_open_sheet",
                    "action_plan_again",
                    "action_postpone",
                    "action_print_sheet",
                    "action_reset",
                    "action_send_minutes",
                    "copy_data",
                    "message_post",
                )
            ),
            lambda: (
                as_colleague["one.entrance.meeting"]
                .browse(self.meeting.id)
                .message_subscribe(self.portal.partner_id.ids)
            ),
            lambda: as_colleague["one.entrance.meeting.point"].browse(self.point.id).action_done(),
            lambda: as_colleague["one.entrance.meeting.point"].browse(self.point.id).action_open_meeting(),
            lambda: self.event.with_user(self.colleague).action_one_entrance_meeting(),
            lambda: self.seat.with_user(self.colleague).action_final(),
            lambda: self.seat.with_user(self.director_user).action_undo_final(),
            lambda: self._get_record("one.entrance.seat.renew.wizard", "").with_user(self.director_user).action_apply(),
            lambda: as_colleague["one.entrance.theme"].browse(self.own_theme.id).action_reviewed(),
            lambda: self.env["one.entrance.rollout.wizard"].with_user(self.colleague).create({"step": "letter"}),
            lambda: self.actor.one_entrance_appointment_ids.with_user(self.colleague).action_call_off(),
            lambda: self.actor.with_user(self.colleague).action_one_entrance_letters(),
            *(
                getattr(letters.with_user(user), name)
                for user in (self.colleague, self.consultant)
                for name in ("action_print", "action_mail", "action_sent", "action_check", "action_download")
            ),
            *(getattr(letters.with_user(self.consultant), name) for name in ("start_letters", "finish_letters")),
            lambda: letters.with_user(self.consultant).write_letters(0),
            lambda: handover.with_user(self.colleague).action_hand_over(),
            lambda: handover.with_user(self.colleague).action_hand_over_and_print(),
            lambda: handover.with_user(self.director_user).action_hand_over(),
        ]
        self._check_refused(calls)
        self.assertEqual(self.sheet.state, "draft")

    def test_what_a_colleague_may_call_answers_with_a_window_and_no_data(self):
        for action in (
            self.actor.with_user(self.colleague).action_one_entrance_meetings(),
            self.actor.with_user(self.colleague).action_one_entrance_log_meeting(),
            self.actor.with_user(self.colleague).action_one_entrance_launch_rollout(),
            self.meeting.with_user(self.colleague).action_print_minutes(),
            self.meeting.with_user(self.colleague).action_ask_cancel(),
            self.meeting.with_user(self.colleague).action_ask_postpone(),
            self.actor.with_user(self.colleague).action_one_entrance_open_points(),
            self.actor.with_user(self.colleague).action_one_entrance_seats(),
            self.seat.with_user(self.colleague).action_renew(),
            self.actor.with_user(self.colleague).action_one_entrance_step(),
            self.actor.with_user(self.colleague).action_one_entrance_open(),
            self.actor.with_user(self.colleague).action_one_entrance_print_list(),
            self.director.with_user(self.colleague).action_open_activities(),
            self.director.with_user(self.colleague).action_open_actors(),
            self.director.with_user(self.colleague).action_hand_over(),
            self.actor.with_user(self.colleague).action_one_entrance_hand_over(),
            self.director.with_user(self.colleague).action_open_page(),
            self.sheet.section_ids[0].with_user(self.colleague).action_open(),
            self.sheet.with_user(self.colleague).action_print(),
        ):
            self.assertIn(action["type"], ("ir.actions.act_window", "ir.actions.report"))
            self.assertNotIn(SECRET, str(action))

    def test_the_document_is_printed_for_those_who_read_the_sheet(self):
        Report = self.env["ir.actions.report"]
        for user in (self.portal, self.colleague, self.head.user_id):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env.invalidate_all()
                Report.with_user(user)._render_qweb_html("one_entrance.report_background_sheet", self.sheet.ids)
        self.env.invalidate_all()
        page, _type = Report.with_user(self.director_user)._render_qweb_html(
            "one_entrance.report_background_sheet", self.sheet.ids
        )
        self.assertIn(SECRET, page.decode())

    def test_no_method_of_the_addon_is_public_but_actions_and_what_odoo_asks_for(self):
        known = {
            "action_add_to_calendar",
            "action_apply",
            "action_archive_sheet",
            "action_ask_cancel",
            "action_ask_held",
            "action_ask_postpone",
            "action_call_off",
            "action_cancel",
            "action_check",
            "action_done",
            "action_download",
            "action_final",
            "action_hand_over",
            "action_hand_over_and_print",
            "action_hold",
            "action_mail",
            "action_new_version",
            "action_one_entrance_hand_over",
            "action_one_entrance_launch_rollout",
            "action_one_entrance_letters",
            "action_one_entrance_log_meeting",
            "action_one_entrance_meeting",
            "action_one_entrance_meetings",
            "action_one_entrance_new_sheet",
            "action_one_entrance_open",
            "action_one_entrance_open_points",
            "action_one_entrance_plan_meeting",
            "action_one_entrance_print_list",
            "action_one_entrance_print_sheet",
            "action_one_entrance_rejoin",
            "action_one_entrance_seats",
            "action_one_entrance_step",
            "action_open",
            "action_open_activities",
            "action_open_actors",
            "action_open_event",
            "action_open_meeting",
            "action_open_page",
            "action_open_settings",
            "action_open_sheet",
            "action_plan_again",
            "action_postpone",
            "action_print",
            "action_print_letter",
            "action_print_minutes",
            "action_print_shared",
            "action_print_sheet",
            "action_ready",
            "action_renew",
            "action_reset",
            "action_reviewed",
            "action_schedule_plan",
            "action_send_minutes",
            "action_sent",
            "action_undo_final",
            "copy_data",
            "create",
            "finish_letters",
            "message_post",
            "start_letters",
            "unlink",
            "write",
            "write_letters",
        }
        self._check_public_methods(known)
