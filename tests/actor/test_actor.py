from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestActor(OneEntranceCase):
    """Who to go through, and where Odoo's other apps say so (S3, S10)."""

    def test_the_contact_leader_holds_the_dialogue(self):
        actor = self._make_actor()
        self.assertEqual(actor.one_entrance_holder_ids, self.director)
        self.assertEqual(actor.one_entrance_holder_text, "Director, Technology")
        self.assertEqual(actor.one_entrance_level_id, self.level_director)

    def test_both_principals_hold_a_mayor_led_dialogue(self):
        actor = self._make_actor(mayor_led=True)
        self.assertEqual(actor.one_entrance_holder_ids, self.mayor | self.municipal_director)
        self.assertEqual(actor.one_entrance_holder_text, "Mayor and Municipal Director")
        self.assertFalse(actor.one_entrance_warning)

    def test_a_principal_missing_in_the_settings_is_said_clearly(self):
        actor = self._make_actor(mayor_led=True)
        self.company.one_entrance_mayor_id = False
        actor.invalidate_recordset()
        self.assertEqual(actor.one_entrance_holder_text, "mayor not set and Municipal Director")
        self.assertIn("The mayor or the municipal director is not named", actor.one_entrance_warning)

    def test_becoming_mayor_led_ends_the_leaders_appointment_and_keeps_it(self):
        actor = self._make_actor().with_user(self.consultant)
        actor.one_entrance_mayor_led = True
        self.assertFalse(actor.one_entrance_leader_id)
        self.assertEqual(actor.one_entrance_appointment_ids.leader_id, self.director)
        self.assertEqual(actor.one_entrance_appointment_ids.date_to, self.today)
        self.assertEqual(actor.one_entrance_appointment_ids.reason, "Mayor-led")

    def test_mine_are_the_actors_i_hold_act_for_prepare_or_lead_as_principal(self):
        held = self._make_actor("Held")
        acted_for = self._make_actor("Acted for", leader=self.head)
        prepared = self._make_actor("Prepared", leader=self.head, consultant_id=self.director_user.id)
        mayor_led = self._make_actor("Mayor-led", mayor_led=True)
        everything = held | acted_for | prepared | mayor_led
        self.mayor.delegate_id = self.colleague
        for user, mine in (
            (self.director_user, held | prepared),
            (self.delegate_user, acted_for | prepared),
            (self.colleague, mayor_led),
            (self.manager, self.env["res.partner"]),
        ):
            actors = everything.with_user(user)
            with self.subTest(user=user.name):
                self.assertEqual(actors.filtered("one_entrance_is_mine"), mine)
                found = actors.search([("one_entrance_is_mine", "=", True), ("id", "in", everything.ids)])
                self.assertEqual(found, mine)
                others = actors.search([("one_entrance_is_mine", "=", False), ("id", "in", everything.ids)])
                self.assertEqual(others, everything - mine)

    def test_every_filter_and_grouping_of_the_app_works(self):
        self._make_actor("Havnen", relation="new", kind="company")
        self._make_actor("Letbanen", mayor_led=True)
        view = self.env.ref("one_entrance.res_partner_actor_view_search").with_user(self.consultant)
        arch = self.env["res.partner"].with_user(self.consultant).get_view(view.id, "search")["arch"]
        names = set()
        for node in etree.fromstring(arch).iter("filter"):
            names.add(node.get("name"))
            if node.get("domain"):
                self.env["res.partner"].with_user(self.consultant).search(safe_eval(node.get("domain")))
            group = safe_eval(node.get("context") or "{}").get("group_by")
            if group:
                groups = (
                    self.env["res.partner"]
                    .with_user(self.consultant)
                    .formatted_read_group([("one_entrance_step", "!=", False)], [group], ["__count"])
                )
                self.assertTrue(groups, group)
        self.assertLessEqual(
            {"mine", "mayor_led", "new_relation", "step_letter", "group_leader", "group_level", "group_consultant"},
            names,
        )

    def test_a_lead_of_an_actor_names_its_contact_leader(self):
        actor = self._make_actor("Havnen")
        person = self.env["res.partner"].create({"name": "Havnechef", "parent_id": actor.id})
        stranger = self.env["res.partner"].create({"name": "Stranger", "is_company": True})
        for partner, notice in (
            (actor, "Havnen is a key actor. Contact leader: Director, Technology."),
            (person, "Havnen is a key actor. Contact leader: Director, Technology."),
            (stranger, False),
            (self.env["res.partner"], False),
        ):
            with self.subTest(partner=partner.name):
                lead = self.env["crm.lead"].create({"name": "Lead", "partner_id": partner.id})
                self.assertEqual(lead.one_entrance_notice, notice)

    def test_a_lead_of_a_mayor_led_actor_names_both_principals(self):
        lead = self.env["crm.lead"].create(
            {"name": "Lead", "partner_id": self._make_actor("Havnen", mayor_led=True).id}
        )
        self.assertEqual(
            lead.one_entrance_notice, "Havnen is a key actor. The dialogue is led by Mayor and Municipal Director."
        )

    def test_a_lead_of_an_actor_that_left_says_nothing(self):
        actor = self._make_actor()
        actor.write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": self.today,
                "one_entrance_left_reason": "Closed",
            }
        )
        self.assertFalse(self.env["crm.lead"].create({"name": "Lead", "partner_id": actor.id}).one_entrance_notice)

    def test_a_company_within_an_actor_that_is_an_actor_itself_speaks_for_itself(self):
        parent = self._make_actor("Koncernen", leader=self.head)
        child = self._make_actor("Datterselskabet")
        child.parent_id = parent
        self.assertEqual(child._get_one_entrance_actor(), child)

    def test_the_lead_form_shows_the_line_while_the_contact_is_chosen(self):
        actor = self._make_actor("Havnen")
        salesman = self._make_user("salesman", "sales_team.group_sale_salesman")
        with Form(self.env["crm.lead"].with_user(salesman), "crm.crm_lead_view_form") as form:
            form.name = "Ny hal"
            form.partner_id = actor
            self.assertIn("Contact leader: Director, Technology", form.one_entrance_notice)

    def test_a_new_actor_is_saved_from_the_apps_own_form_with_its_contact_person(self):
        view = "one_entrance.res_partner_actor_view_form"
        action = self.env.ref("one_entrance.res_partner_action")
        self.assertNotIn("default_one_entrance", action.context)  # it would reach the contact person, too
        with Form(
            self.env["res.partner"].with_user(self.consultant).with_context(default_is_company=True), view
        ) as form:
            form.name = "Havnen"
            form.one_entrance_leader_id = self.director
            with form.child_ids.new() as person:
                person.name = "Havnechef"
        actor = self.env["res.partner"].search([("name", "=", "Havnen")])
        self.assertEqual(actor.one_entrance_step, "appointed")
        self.assertFalse(actor.child_ids.one_entrance_step)
