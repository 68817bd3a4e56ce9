from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..common import OneEntranceCase

LETTER = "one_entrance.mail_activity_type_letter"
FIRST_CONTACT = "one_entrance.mail_activity_type_first_contact"
DIALOGUE_PLAN = "one_entrance.mail_activity_type_dialogue_plan"


@tagged("post_install", "-at_install")
class TestRolloutPlan(OneEntranceCase):
    """The rollout is launched as a plan of activities, for one actor or a hundred, and what is recorded is done (S4–S6)."""

    def _open(self, actors):
        action = actors.with_user(self.consultant).action_one_entrance_launch_rollout()
        return self.env["mail.activity.schedule"].with_user(self.consultant).with_context(**action["context"])

    def _launch(self, actors, **values):
        return self._open(actors).create(values).action_schedule_plan()

    def _get(self, actors, xmlid=None, active=True):
        domain = [("res_model", "=", "res.partner"), ("res_id", "in", actors.ids), ("active", "=", active)]
        types = [xmlid] if xmlid else [LETTER, FIRST_CONTACT, DIALOGUE_PLAN]
        domain.append(("activity_type_id", "in", [self.env.ref(each).id for each in types]))
        return self.env["mail.activity"].search(domain)

    def test_the_button_opens_the_dialogue_with_the_plan_chosen(self):
        actor = self._make_actor()
        with Form(self._open(actor)) as form:
            self.assertEqual(form.plan_id, self.env.ref("one_entrance.mail_activity_plan_rollout"))
            self.assertEqual(form.plan_on_demand_user_id, self.consultant)
            self.assertFalse(form.has_error)
        self.assertEqual(form.record.plan_schedule_line_ids.responsible_user_id, self.consultant | self.director_user)

    def test_letter_call_and_dialogue_plan(self):
        actor = self._make_actor()
        self._launch(actor)
        expected = {
            LETTER: (self.consultant, "2024-05-15"),
            FIRST_CONTACT: (self.director_user, "2024-05-29"),
            DIALOGUE_PLAN: (self.director_user, "2024-07-15"),
        }
        for xmlid, (user, deadline) in expected.items():
            activity = self._get(actor, xmlid)
            self.assertEqual(activity.user_id, user, xmlid)
            self.assertEqual(activity.date_deadline, fields.Date.to_date(deadline), xmlid)
        self.assertEqual(len(self._get(actor)), 3)

    def test_the_delegate_acts_where_there_is_no_login(self):
        actor = self._make_actor(leader=self.head)
        self._launch(actor, plan_on_demand_user_id=self.manager.id)
        self.assertEqual(self._get(actor, LETTER).user_id, self.manager)
        self.assertEqual(self._get(actor, FIRST_CONTACT).user_id, self.delegate_user)

    def test_of_the_principals_the_one_who_acts(self):
        self.municipal_director.delegate_id = self.delegate_user
        actor = self._make_actor(mayor_led=True)
        self._launch(actor)
        self.assertEqual(self._get(actor, DIALOGUE_PLAN).user_id, self.delegate_user)

    def test_where_nobody_acts_the_plan_is_not_launched_and_the_actor_is_named(self):
        self.head.delegate_id = False
        actors = self._make_actor("Havnen") | self._make_actor("Letbanen", leader=self.head)
        self.assertIn("Letbanen", self._open(actors).new({}).error)
        with self.assertRaisesRegex(ValidationError, "Nobody acts for Letbanen"):
            self._launch(actors)
        self.assertFalse(self._get(actors))

    def test_only_actors_are_launched(self):
        with self.assertRaisesRegex(ValidationError, "is not in the One Entrance scheme"):
            self.env["res.partner"].create({"name": "Nobody"}).action_one_entrance_launch_rollout()

    def test_a_hundred_at_once_and_no_mail(self):
        actors = self.env["res.partner"].union(*(self._make_actor(f"Actor {number}") for number in range(100)))
        mails = self.env["mail.mail"].search_count([])
        action = self._launch(actors)
        self.assertEqual(action["tag"], "soft_reload")
        self.assertEqual(len(self._get(actors)), 300)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_each_actor_is_launched_from_where_it_stands(self):
        fresh = self._make_actor("Fresh")
        sent = self._make_actor("Sent", letter_date="2024-05-01", step="letter")
        done = self._make_actor(
            "Done",
            letter_date="2024-01-01",
            contact_date="2024-02-01",
            plan_date="2024-03-01",
            interval=6,
            step="plan",
        )
        self._launch(fresh | sent | done)
        self.assertEqual(len(self._get(fresh)), 3)
        self.assertEqual(len(self._get(sent)), 2)
        self.assertFalse(self._get(sent, LETTER))
        self.assertFalse(self._get(done))

    def test_what_is_left_out_is_said_before(self):
        sent = self._make_actor("Sent", letter_date="2024-05-01", step="letter")
        wizard = self._open(sent | self._make_actor("Fresh")).create({})
        self.assertIn("Left out for Sent", wizard.warning)
        self.assertIn("Send the Official Letter", wizard.warning)
        self.assertNotIn("Fresh", wizard.warning)

    def test_nobody_is_offered_what_the_scheme_gives_itself(self):
        for record in (self._make_actor(), self.env["one.entrance.meeting"]):
            for model in ("mail.activity", "mail.activity.schedule"):
                field = self.env[model]._fields["activity_type_id"]
                domain = safe_eval(field.domain, {"res_model": record._name})
                offered = self.env["mail.activity.type"].search(domain)
                self.assertIn(self.env.ref("mail.mail_activity_data_todo"), offered)
                self.assertFalse(offered.filtered("one_entrance_automatic"))

    def test_launched_again_nothing_is_doubled(self):
        actors = self._make_actor("First") | self._make_actor("Second")
        self._launch(actors[0])
        self._launch(actors)
        self.assertEqual(len(self._get(actors)), 6)
        with self.assertRaisesRegex(UserError, "Nothing is left to be planned for First, Second"):
            self._launch(actors)

    def test_a_recorded_step_is_done(self):
        actor, other = self._make_actor(), self._make_actor("Other")
        self._launch(actor | other)
        for step, xmlid in (("letter", LETTER), ("contact", FIRST_CONTACT), ("plan", DIALOGUE_PLAN)):
            self.assertTrue(self._get(actor, xmlid))
            self.env["one.entrance.rollout.wizard"].with_user(self.consultant).create(
                {"partner_ids": actor.ids, "step": step, "date": self.today, "interval": 6}
            ).action_apply()
            self.assertFalse(self._get(actor, xmlid))
            self.assertTrue(self._get(actor, xmlid, active=False))
        self.assertEqual(len(self._get(other)), 3)

    def test_a_held_first_call_is_the_evidence_and_does_the_step(self):
        actor = self._make_actor(letter_date="2024-05-01", step="letter")
        self._launch(actor)
        self.env["one.entrance.meeting"].with_user(self.director_user).create(
            {"partner_id": actor.id, "kind": "call", "state": "held", "start": "2024-05-15 08:00:00"}
        )
        self.assertFalse(self._get(actor, FIRST_CONTACT))
        self.assertTrue(self._get(actor, DIALOGUE_PLAN))

    def test_who_leaves_the_scheme_has_nothing_left_to_roll_out(self):
        actor = self._make_actor()
        self._launch(actor)
        actor.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Lukket"}
        )
        self.assertFalse(self._get(actor))

    def test_only_a_plan_about_contacts_has_a_contact_leader(self):
        plan = self.env["mail.activity.plan"].create({"name": "Leads", "res_model": "crm.lead"})
        with self.assertRaisesRegex(ValidationError, "cannot lie with the contact leader"):
            self.env["mail.activity.plan.template"].create(
                {
                    "plan_id": plan.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": "Ring",
                    "responsible_type": "one_entrance_leader",
                }
            )

    def test_other_plans_are_as_they_were(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Welcome",
                "res_model": "res.partner",
                "template_ids": [
                    (0, 0, {"activity_type_id": self.env.ref("mail.mail_activity_data_todo").id, "summary": "Hello"})
                ],
            }
        )
        partner = self.env["res.partner"].create({"name": "Nobody"})
        wizard = self.env["mail.activity.schedule"].create(
            {"res_model": "res.partner", "res_ids": str(partner.ids), "plan_id": plan.id}
        )
        wizard.action_schedule_plan()
        self.assertEqual(partner.activity_ids.summary, "Hello")
