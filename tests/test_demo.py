import re

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools.convert import convert_file

NAMED = {
    "Grenaa Havn A/S",
    "Kattegatcentret",
    "Letbanen",
    "Stena Line",
    "Aarhus Universitet",
    "Aarhus Lufthavn",
}
# The day the directorate discussed the evaluation of the paper.
DIRECTORATE = fields.Date.to_date("2021-02-24")
# What a person can be called in the demo: by the post held, never by a name.
ROLE = re.compile(
    r"^(Borgmester|Borgmesterkontoret|Erhvervskonsulent|Ledelsessekretær|Rektor|Leder|Forstander|Sagsbehandler, \w+"
    r"|(Kommunal|Havne|Universitets|Lufthavns)?[Dd]irektør(, [\w ]+)?"
    r"|1\. viceborgmester|Medlem af kommunalbestyrelsen|(Bestyrelses)?[Ff]ormand(, [\w -]+udvalget)?|\w+chef(, [\w ]+)?|\w+ansvarlig)$"
)


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo is the municipality of the case paper: its actors, who leads the dialogue, how far the rollout has come
    (S1, S3, S10, S16), and persons as roles only.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(context={**cls.env.context, "no_reset_password": True})
        # where the demo is installed its records stay as they are
        mode = "update" if env.ref("one_entrance.leader_demo_mayor", raise_if_not_found=False) else "init"
        for file in Manifest.for_addon("one_entrance")["demo"]:
            convert_file(env, "one_entrance", file, {}, mode=mode, noupdate=True)
        cls.actors = cls._get_demo("res.partner").filtered("one_entrance_step")

    @classmethod
    def _get_demo(cls, model):
        found = cls.env["ir.model.data"].search(
            [("module", "=", "one_entrance"), ("model", "=", model), ("name", "=like", "%\\_demo\\_%")]
        )
        return cls.env[model].browse(found.mapped("res_id"))

    def _get_waiting(self):
        """:return: the actors taken in since the paper, who wait for the official letter"""
        return self.actors.filtered(lambda actor: actor.one_entrance_step == "appointed")

    def _get_in_the_scheme(self):
        """:return: the actors that have not left"""
        return self.actors.filtered(lambda actor: actor.one_entrance_step != "left")

    def _get_of_the_paper(self):
        """:return: the actors that were in the scheme when it was evaluated"""
        return self.actors.filtered(lambda actor: (actor.one_entrance_letter_date or fields.Date.today()) < DIRECTORATE)

    def test_the_municipality_decided_on_the_day_of_the_paper(self):
        company = self.env.ref("base.main_company")
        self.assertEqual(company.name, "Norddjurs Kommune")
        self.assertEqual(company.partner_id.tz, "Europe/Copenhagen")
        self.assertEqual(company.one_entrance_decision_date, fields.Date.to_date("2019-12-17"))
        self.assertEqual(company.one_entrance_mayor_id.name, "Borgmester")
        self.assertEqual(company.one_entrance_municipal_director_id.name, "Kommunaldirektør")
        self.assertTrue(company.logo)

    def test_every_actor_of_the_paper_has_reached_step_2_in_time(self):
        rolled_out = self._get_of_the_paper()
        self.assertLessEqual(NAMED, set(rolled_out.mapped("name")))
        self.assertEqual(set(rolled_out.mapped("one_entrance_step")), {"contact", "plan"})
        self.assertEqual(set(rolled_out.filtered("one_entrance_mayor_led").mapped("one_entrance_step")), {"contact"})
        decision = self.env.ref("base.main_company").one_entrance_decision_date
        for actor in rolled_out:
            self.assertLess(decision, actor.one_entrance_letter_date)
            self.assertLess(actor.one_entrance_letter_date, actor.one_entrance_contact_date)
            self.assertLess(actor.one_entrance_contact_date, DIRECTORATE)
            first = actor.one_entrance_meeting_ids.sorted("start")[:1]
            self.assertIn(first.kind, ("introduction", "call"), actor.name)
            self.assertEqual((first.state, first.date), ("held", actor.one_entrance_contact_date), actor.name)

    def test_the_six_named_actors_are_mayor_led_and_no_others(self):
        self.assertEqual(set(self.actors.filtered("one_entrance_mayor_led").mapped("name")), NAMED)
        self.assertFalse(self.actors.filtered("one_entrance_mayor_led").one_entrance_leader_id)

    def test_other_actors_are_held_by_leaders_on_levels_2_to_4(self):
        held = self._get_in_the_scheme().filtered(lambda actor: not actor.one_entrance_mayor_led)
        self.assertLessEqual({"Aqua Djurs A/S", "RENO Djurs I/S"}, set(held.mapped("name")))
        self.assertEqual(set(held.mapped("one_entrance_leader_id.level_number")), {2, 3, 4})
        self.assertLessEqual(set(held.one_entrance_leader_id.mapped("role")), {"director", "head_of_department"})
        for actor in held:
            current = actor.one_entrance_appointment_ids.filtered(lambda period: not period.date_to)
            self.assertEqual(current.leader_id, actor.one_entrance_leader_id)
        for actor in held - self._get_waiting():
            self.assertLess(min(actor.one_entrance_appointment_ids.mapped("date_from")), actor.one_entrance_letter_date)

    def test_invented_actors_say_so(self):
        paper = NAMED | {"Aqua Djurs A/S", "RENO Djurs I/S"}
        for actor in self.actors.filtered(lambda actor: actor.name not in paper):
            self.assertTrue(actor.name.endswith("(eksempel)"), actor.name)

    def test_the_last_year_moved_actors_on_every_step(self):
        year = fields.Date.today() - relativedelta(months=12, day=1)
        newcomers = self.actors.filtered(lambda actor: (actor.one_entrance_letter_date or year) > year)
        self.assertEqual(set(newcomers.mapped("one_entrance_step")), {"letter", "contact", "plan", "left"})
        left = newcomers.filtered(lambda actor: actor.one_entrance_step == "left")
        self.assertEqual(set(map(bool, left.mapped("one_entrance_contact_date"))), {True, False})
        moved = self.env["one.entrance.appointment"].search(
            [("partner_id", "in", self.actors.ids), ("date_to", ">", year), ("partner_id", "not in", left.ids)]
        )
        self.assertTrue(moved, "an actor has got another contact leader")

    def test_persons_are_roles_and_addresses_lead_nowhere(self):
        partners = self._get_demo("res.partner")
        for person in partners - self.actors:
            self.assertRegex(person.name, ROLE)
        for partner in partners | self.env.ref("base.main_partner"):
            self.assertTrue(partner.email.endswith(".example"), partner.email)
            self.assertRegex(partner.phone, r"^\+45 00 00 \d\d \d\d$")

    def test_every_role_has_a_login(self):
        groups = {
            "manager": "one_entrance.group_manager",
            "consultant": "one_entrance.group_consultant",
            "secretary": "one_entrance.group_consultant",
            "director": "one_entrance.group_leader",
            "head": "one_entrance.group_leader",
            "mayor_office": "one_entrance.group_leader",
        }
        for login, group in groups.items():
            user = self.env.ref(f"one_entrance.user_demo_{login}")
            self.assertEqual(user.login, login)
            self.assertTrue(user.has_group(group), login)
        colleague = self.env.ref("one_entrance.user_demo_colleague")
        self.assertTrue(colleague.has_group("base.group_user"))
        self.assertFalse(colleague.has_group("one_entrance.group_leader"))
        office = self.env.ref("one_entrance.user_demo_mayor_office")
        mine = self.env["res.partner"].with_user(office).search([("one_entrance_is_mine", "=", True)])
        self.assertLessEqual(NAMED, set(mine.mapped("name")))

    def test_sheets_show_every_state(self):
        states = self.actors.grouped("one_entrance_sheet_state")
        self.assertEqual(states.keys(), {"missing", "draft", "stale", "fresh"})
        self.assertLessEqual(NAMED, set(states["fresh"].mapped("name")))
        for sheet in self._get_demo("one.entrance.sheet").filtered(lambda sheet: sheet.state == "ready"):
            self.assertEqual(sheet.section_ids.theme_id, self._get_themes())
            self.assertFalse(sheet.section_ids.filtered("is_empty"))

    def _get_themes(self):
        return self.env["one.entrance.theme"].union(
            *(
                self.env.ref(f"one_entrance.one_entrance_theme_{name}")
                for name in ("framework", "partnerships", "development", "green")
            )
        )

    def test_themes_are_owned_reviewed_and_described_in_both_languages(self):
        for theme in self._get_themes():
            self.assertTrue(theme.owner_id and theme.reviewed_date and theme.description)
        self.env["res.lang"]._activate_lang("da_DK")
        self.env["ir.module.module"]._load_module_terms(["one_entrance"], ["da_DK"], overwrite=True)
        for theme in self._get_themes():
            english, danish = (theme.with_context(lang=lang).description for lang in ("en_US", "da_DK"))
            self.assertIn(" and ", english)
            self.assertIn(" og ", danish)
            self.assertNotEqual(english, danish)

    def test_the_demo_shows_what_needs_attention(self):
        self.assertIn("new", self.actors.mapped("one_entrance_relation"))
        self.assertTrue(self.actors.filtered("one_entrance_warning"), "a leader holds more than the capacity")
        meetings = self._get_demo("one.entrance.meeting").grouped("state")
        self.assertTrue(meetings["planned"].event_id)
        self.assertTrue(meetings["postponed"].filtered("replan_date"))
        self.assertEqual(
            set(self._get_in_the_scheme().mapped("one_entrance_dialogue_state")),
            {"no_plan", "on_track", "due", "overdue", "planned"},
        )
        self.assertEqual(
            set(self._get_demo("one.entrance.meeting.point").mapped("state")), {"talk", "open", "late", "done"}
        )
