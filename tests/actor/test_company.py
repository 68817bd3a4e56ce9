from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OneEntranceCase

MODELS = (
    "one.entrance.leader",
    "one.entrance.appointment",
    "one.entrance.theme",
    "one.entrance.sheet",
    "one.entrance.sheet.section",
    "one.entrance.meeting",
    "one.entrance.meeting.point",
    "one.entrance.seat",
)


class CompanyCase(OneEntranceCase):
    """Two municipalities in one database, and a contact that both share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theirs = cls.env["res.company"].create({"name": "Nabokommunen"})
        cls.their_consultant = cls._make_user(
            "their_consultant",
            "one_entrance.group_consultant",
            company_id=cls.theirs.id,
            company_ids=[(6, 0, cls.theirs.ids)],
        )
        cls.their_manager = cls._make_user(
            "their_manager",
            "one_entrance.group_manager",
            company_id=cls.theirs.id,
            company_ids=[(6, 0, cls.theirs.ids)],
        )
        cls.shared_user = cls._make_user(
            "both", "one_entrance.group_manager", company_ids=[(6, 0, (cls.company | cls.theirs).ids)]
        )
        cls.their_director = cls._make_leader("Their Director", cls.level_director, company_id=cls.theirs.id)
        cls.their_theme = cls.env["one.entrance.theme"].create({"name": "Their Theme", "company_id": cls.theirs.id})
        cls.our_theme = cls.env["one.entrance.theme"].create({"name": "Our Theme", "company_id": cls.company.id})
        cls.our_actor = cls._make_actor("Vores")
        Partner = cls.env["res.partner"].with_user(cls.their_consultant)
        values = {"one_entrance_leader_id": cls.their_director.id, "is_company": True}
        cls.their_actor = Partner.create({"name": "Deres", "company_id": cls.theirs.id, **values}).with_user(
            cls.env.user
        )
        # a contact that no company has for itself, in the scheme of the neighbours
        cls.shared_actor = Partner.create({"name": "Fælles", "company_id": False, **values}).with_user(cls.env.user)
        cls.our_sheet = cls._make_sheet(cls.our_actor)
        cls.our_meeting = cls.env["one.entrance.meeting"].create({"partner_id": cls.our_actor.id})
        Sheet = cls.env["one.entrance.sheet"].with_user(cls.their_consultant)
        Meeting = cls.env["one.entrance.meeting"].with_user(cls.their_consultant)
        cls.their_sheet = Sheet.create({"partner_id": cls.shared_actor.id})
        cls.their_meeting = Meeting.create(
            {
                "partner_id": cls.shared_actor.id,
                "state": "held",
                "start": "2024-05-02 08:00:00",
                "minutes": "<p>Hemmeligt</p>",
                "point_ids": [(0, 0, {"summary": "Hemmeligt"})],
            }
        )
        cls.our_meeting.point_ids = [(0, 0, {"summary": "Vores"})]
        politician = cls.env["res.partner"].create({"name": "Ægir Ås"})
        seat = {"politician_id": politician.id, "body": "the board"}
        cls.our_seat = cls.env["one.entrance.seat"].create({**seat, "partner_id": cls.our_actor.id})
        cls.their_seat = (
            cls.env["one.entrance.seat"]
            .with_user(cls.their_consultant)
            .create({**seat, "partner_id": cls.shared_actor.id})
            .with_user(cls.env.user)
        )
        cls.env.flush_all()

    def _assert_finds_nothing(self, user, name, company):
        """Assert that there are records of a municipality, and that a user of the other one finds none of them."""
        path = "sheet_id.company_id" if name.endswith("section") else "company_id"
        domain = [(path, "=", company.id)]
        Model = self.env[name].with_user(user)
        self.env.invalidate_all()
        self.assertTrue(self.env[name].search_count(domain), "the test needs a record to look for")
        self.assertFalse(Model.search(domain))
        self.assertEqual(Model.search_count(domain), 0)
        self.assertFalse(Model.search_read(domain, ["id"]))
        self.assertFalse(Model.name_search("", domain))
        self.assertFalse(Model._read_group(domain, ["create_uid"], ["__count"]))

    def _assert_closed(self, user, record):
        """Assert that a user neither reads nor writes nor deletes a record of the other municipality."""
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            record.with_user(user).read(["create_date"])
        with self.assertRaises(AccessError):
            record.with_user(user).write({"create_date": "2024-01-01"})
        with self.assertRaises(AccessError):
            record[:1].with_user(user).unlink()

    def _assert_not_put_on(self, model, actor, values):
        """Assert that nothing of ours is made for an actor of the other municipality."""
        Model = self.env[model].with_user(self.consultant)
        with self.assertRaises(AccessError), self.cr.savepoint():
            Model.create({"partner_id": actor.id, **values})
        with self.assertRaises(AccessError), self.cr.savepoint():
            Model.create({"partner_id": actor.id, "company_id": self.company.id, **values})


@tagged("post_install", "-at_install")
class TestCompany(CompanyCase):
    """Two municipalities in one database: one sees and changes nothing of the other's, even about a contact that both
    share.
    """

    def test_what_is_made_for_an_actor_belongs_to_its_municipality(self):
        self.assertEqual(self.shared_actor.one_entrance_company_id, self.theirs)
        self.assertEqual(self.their_sheet.company_id, self.theirs)
        self.assertEqual(self.their_meeting.company_id, self.theirs)
        self.assertEqual(self.their_seat.company_id, self.theirs)
        self.assertEqual(self.shared_actor.one_entrance_appointment_ids.company_id, self.theirs)
        self.assertIn(self.their_theme, self.their_sheet.section_ids.theme_id)
        self.assertNotIn(self.our_theme, self.their_sheet.section_ids.theme_id)
        self.assertNotIn(self.their_theme, self.our_sheet.section_ids.theme_id)

    def test_neither_municipality_finds_a_record_of_the_other(self):
        for user, company in ((self.manager, self.theirs), (self.their_manager, self.company)):
            for name in MODELS:
                with self.subTest(user=user.login, model=name):
                    self._assert_finds_nothing(user, name, company)

    def test_neither_municipality_reads_or_writes_a_record_of_the_other(self):
        theirs = (
            self.their_director,
            self.their_theme,
            self.their_sheet,
            self.their_sheet.section_ids,
            self.their_meeting,
            self.their_meeting.point_ids,
            self.their_seat,
        )
        ours = (
            self.director,
            self.our_theme,
            self.our_sheet,
            self.our_sheet.section_ids,
            self.our_meeting,
            self.our_meeting.point_ids,
            self.our_seat,
        )
        appointments = (self.shared_actor.one_entrance_appointment_ids, self.our_actor.one_entrance_appointment_ids)
        for user, records in (
            (self.manager, (*theirs, appointments[0])),
            (self.their_manager, (*ours, appointments[1])),
        ):
            for record in records:
                with self.subTest(user=user.login, record=record):
                    self._assert_closed(user, record)

    def test_a_shared_contact_shows_no_record_of_the_others_scheme(self):
        self.env.invalidate_all()
        partner = self.shared_actor.with_user(self.consultant)
        self.assertFalse(partner.one_entrance_sheet_ids)
        self.assertFalse(partner.one_entrance_sheet_id)
        self.assertFalse(partner.one_entrance_meeting_ids)
        self.assertFalse(partner.one_entrance_appointment_ids)
        self.assertFalse(partner.one_entrance_seat_ids)
        self.assertFalse(partner.one_entrance_shown_seat_ids)
        self.assertFalse(partner.one_entrance_represented)
        self.assertTrue(self.shared_actor.with_user(self.their_consultant).one_entrance_represented)
        Partner = self.env["res.partner"].with_user(self.consultant)
        for path in (
            "one_entrance_meeting_ids.minutes",
            "one_entrance_meeting_ids.point_ids.summary",
            "one_entrance_sheet_ids.display_name",
            "one_entrance_appointment_ids.leader_id.name",
        ):
            with self.subTest(path=path):
                domain = [(path, "!=", False), ("id", "=", self.shared_actor.id)]
                if path.endswith("display_name"):
                    domain[0] = ("one_entrance_sheet_ids", "any", [("version", ">", 0)])
                self.assertFalse(Partner.search(domain))
                self.assertTrue(Partner.with_user(self.their_consultant).search(domain))

    def test_a_shared_contact_opens_for_the_other_municipality(self):
        self.env.invalidate_all()
        for user in (self.colleague, self.consultant, self.manager):
            with self.subTest(user=user.login):
                Form(self.shared_actor.with_user(user))

    def test_a_shared_contacts_address_is_for_both_and_its_place_in_the_scheme_is_not(self):
        partner = self.shared_actor.with_user(self.consultant)
        partner.street = "Fællesvej 1"
        for values in (
            {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-01", "one_entrance_left_reason": "Vores"},
            {"one_entrance_kind": "company"},
            {"one_entrance_leader_id": self.director.id, "one_entrance_company_id": self.company.id},
            {"one_entrance_mayor_led": True},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError), self.cr.savepoint():
                partner.write(values)
        with self.assertRaises(AccessError):
            partner.action_one_entrance_rejoin()
        self.assertEqual(self.shared_actor.one_entrance_leader_id, self.their_director)

    def test_an_actor_is_not_handed_to_the_other_municipality(self):
        self.our_actor.with_user(self.consultant).write(
            {"one_entrance_mayor_led": True, "one_entrance_leader_id": False}
        )
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.our_actor.with_user(self.consultant).one_entrance_company_id = self.theirs
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["res.partner"].with_user(self.consultant).create(
                {"name": "Ny", "one_entrance_leader_id": self.their_director.id}
            )

    def test_a_leader_of_another_municipality_is_not_appointed(self):
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self.our_actor.with_user(self.shared_user).one_entrance_leader_id = self.their_director
        self.assertIn("Vores", str(refusal.exception))
        mayor_led = self.env["res.partner"].with_user(self.their_consultant)
        mayor_led = mayor_led.create({"name": "Fælles bane", "one_entrance_mayor_led": True})
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self.env["one.entrance.appointment"].with_user(self.manager).create(
                {
                    "partner_id": mayor_led.id,
                    "leader_id": self.director.id,
                    "date_from": "2023-01-01",
                    "date_to": "2023-06-01",
                }
            )
        self.assertIn("Fælles", str(refusal.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.their_actor.with_user(self.shared_user).write(
                {"one_entrance_leader_id": self.director.id, "one_entrance_company_id": self.company.id}
            )

    def test_no_sheet_or_meeting_is_put_on_the_other_municipalitys_actor(self):
        actor = self.shared_actor.copy({"name": "Også fælles"})
        actor.with_user(self.their_consultant).one_entrance_leader_id = self.their_director
        seat = {"politician_id": self.our_seat.politician_id.id, "body": "the board"}
        for model, values in (
            ("one.entrance.sheet", {}),
            ("one.entrance.meeting", {}),
            ("one.entrance.seat", seat),
        ):
            with self.subTest(model=model):
                self._assert_not_put_on(model, actor, values)
        for record in (self.our_sheet, self.our_meeting, self.our_seat):
            with self.subTest(record=record), self.assertRaises(ValidationError), self.cr.savepoint():
                record.with_user(self.consultant).company_id = self.theirs

    def test_a_leader_does_not_move_to_another_municipality_with_a_history(self):
        with self.assertRaises(ValidationError) as refusal:
            self.director.with_user(self.shared_user).company_id = self.theirs
        self.assertIn("Director, Technology", str(refusal.exception))

    def test_a_level_is_not_closed_while_another_municipalitys_leader_holds_actors_on_it(self):
        self.our_actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.env.invalidate_all()
        level = self.level_director.with_user(self.manager)
        self.assertEqual(level.leader_ids, self.director, "the manager sees the leaders of the own municipality")
        with self.assertRaises(ValidationError) as refusal:
            level.may_be_contact = False
        self.assertIn("Their Director", str(refusal.exception))

    def test_a_principal_is_of_the_municipality_itself(self):
        with self.assertRaises(ValidationError):
            self.theirs.one_entrance_mayor_id = self.mayor

    def test_settings_offer_nobody_whom_they_would_refuse(self):
        self.env.user.company_ids |= self.theirs
        offered = self.env["res.config.settings"].fields_get(attributes=["domain", "relation"])
        theirs = self._make_leader("Their Mayor", self.level_director, company_id=self.theirs.id, role="mayor")
        for name, ours, others in (
            ("mayor", self.mayor, self.director | theirs),
            ("municipal_director", self.municipal_director, self.director | self.mayor),
            ("mayor_office", self.consultant, self.their_consultant),
        ):
            field = offered[f"one_entrance_{name}_id"]
            domain = safe_eval(field["domain"], {"company_id": self.company.id})
            found = self.env[field["relation"]].search(domain)
            self.assertLessEqual(ours, found)
            self.assertFalse(found & others)

    def test_the_principals_of_a_mayor_led_actor_are_those_of_its_municipality(self):
        their_mayor = self._make_leader(
            "Their Mayor", self.env["one.entrance.level"], role="mayor", company_id=self.theirs.id
        )
        their_mayor.user_id = self._make_user(
            "their_mayor", "one_entrance.group_leader", company_id=self.theirs.id, company_ids=[(6, 0, self.theirs.ids)]
        )
        self.theirs.one_entrance_mayor_id = their_mayor
        self.mayor.user_id = self._make_user("our_mayor", "one_entrance.group_leader")
        self.shared_actor.with_user(self.their_consultant).one_entrance_mayor_led = True
        self.env.invalidate_all()
        self.assertIn("Their Mayor", self.shared_actor.one_entrance_holder_text)
        Sheet = self.env["one.entrance.sheet"]
        self.assertEqual(Sheet.with_user(their_mayor.user_id).search([]), self.their_sheet)
        self.assertFalse(Sheet.with_user(self.mayor.user_id).search([]))
        self.assertTrue(self.shared_actor.with_user(their_mayor.user_id).one_entrance_is_mine)
        self.assertFalse(self.shared_actor.with_user(self.mayor.user_id).one_entrance_is_mine)

    def test_who_works_in_both_municipalities_sees_what_is_switched_on(self):
        both = (self.company | self.theirs).ids
        Sheet = self.env["one.entrance.sheet"].with_user(self.shared_user)
        domain = [("id", "in", (self.our_sheet | self.their_sheet).ids)]
        for ids, sheets in (
            (both, self.our_sheet | self.their_sheet),
            (self.company.ids, self.our_sheet),
            (self.theirs.ids, self.their_sheet),
        ):
            with self.subTest(companies=ids):
                self.assertEqual(Sheet.with_context(allowed_company_ids=ids).search(domain), sheets)
        self.shared_actor.with_user(self.shared_user).with_context(
            allowed_company_ids=both
        ).one_entrance_kind = "institution"
        self.assertEqual(self.shared_actor.one_entrance_kind, "institution")

    def test_settings_are_each_municipalitys_own(self):
        self.theirs.one_entrance_sheet_validity = 1
        for section in self.their_sheet.section_ids:
            section.body = "<p>Tekst</p>"
        self.their_sheet.with_user(self.their_consultant).action_ready()
        self.our_sheet.with_user(self.consultant).action_ready()
        self.assertEqual(str(self.their_sheet.valid_until), "2024-06-15")
        self.assertEqual(str(self.our_sheet.valid_until), "2024-11-15")
