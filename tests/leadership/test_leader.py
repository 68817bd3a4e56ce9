from psycopg2.errors import UniqueViolation

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestLeader(OneEntranceCase):
    """Who may be contact leader (S3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._make_leader("Clerk", cls.env.ref("one_entrance.one_entrance_level_5"), role="other")

    def test_levels_two_to_four_may_be_contact_leader(self):
        section = self._make_leader("Head of Section", self.env.ref("one_entrance.one_entrance_level_4"))
        for leader in (self.director, self.head, section):
            self.assertEqual(self._make_actor(leader=leader).one_entrance_leader_id, leader)

    def test_leader_on_another_level_is_refused_naming_leader_level_and_the_levels_that_may(self):
        with self.assertRaises(ValidationError) as refusal:
            self._make_actor("Havnen", leader=self.clerk)
        for words in ("Clerk", "Havnen", "5 Team Leader", "2 Director, 3 Head of Department, 4 Head of Section"):
            self.assertIn(words, str(refusal.exception))

    def test_leader_without_level_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "none"):
            self._make_actor(leader=self._make_leader("Anybody", self.env["one.entrance.level"]))

    def test_the_rule_holds_for_form_write_and_appointment_alike(self):
        actor = self._make_actor().with_user(self.manager)
        with self.assertRaises(ValidationError):
            actor.one_entrance_leader_id = self.clerk
        with self.assertRaises(ValidationError), Form(actor) as form:
            form.one_entrance_leader_id = self.clerk
        with self.assertRaises(ValidationError):
            actor.one_entrance_appointment_ids.leader_id = self.clerk

    def test_the_municipality_decides_which_levels_may(self):
        self.clerk.level_id.with_user(self.manager).may_be_contact = True
        self.assertEqual(self._make_actor(leader=self.clerk).one_entrance_leader_id, self.clerk)

    def test_a_level_is_not_closed_while_its_leaders_hold_actors(self):
        self._make_actor("Havnen")
        with self.assertRaisesRegex(ValidationError, "Director, Technology.*Havnen"):
            self.level_director.with_user(self.manager).may_be_contact = False

    def test_a_leader_who_holds_actors_is_not_moved_to_a_level_that_may_not(self):
        self._make_actor("Havnen")
        with self.assertRaisesRegex(ValidationError, "Havnen"):
            self.director.with_user(self.manager).level_id = self.clerk.level_id

    def test_mayor_led_actors_are_exempt_from_the_rule(self):
        actor = self._make_actor(mayor_led=True)
        actor.one_entrance_leader_id = self.municipal_director
        self.assertEqual(actor.one_entrance_leader_id.level_id, self.level_top)
        with self.assertRaises(ValidationError):
            actor.one_entrance_mayor_led = False

    def test_more_actors_than_the_capacity_is_warned_about_not_refused(self):
        self.director.capacity = 1
        first = self._make_actor("Havnen")
        self.assertFalse(first.one_entrance_warning)
        second = self._make_actor("Letbanen")
        self.assertTrue(self.director.over_capacity)
        self.assertEqual(self.director.actor_count, 2)
        second.invalidate_recordset()
        self.assertIn("holds 2 actors, more than the capacity of 1", second.one_entrance_warning)
        over = self.env["one.entrance.leader"].search([("over_capacity", "=", True)])
        self.assertIn(self.director, over)
        self.assertNotIn(self.head, over)
        within = self.env["one.entrance.leader"].search([("over_capacity", "=", False)])
        self.assertIn(self.head, within)
        self.assertNotIn(self.director, within)

    def test_capacity_zero_is_no_limit(self):
        self.director.capacity = 0
        for i in range(3):
            self._make_actor(f"Actor {i}")
        self.assertFalse(self.director.over_capacity)

    def test_one_person_is_one_leader_in_a_municipality(self):
        with self.assertRaisesRegex(ValidationError, "Director, Technology is registered"):
            self.env["one.entrance.leader"].with_user(self.manager).create({"partner_id": self.director.partner_id.id})

    def test_the_acting_user_is_the_leader_or_else_the_delegate(self):
        self.assertEqual(self.director.responsible_id, self.director_user)
        self.assertEqual(self.head.responsible_id, self.delegate_user)
        self.director.delegate_id = self.delegate_user
        self.assertEqual(self.director.responsible_id, self.director_user)
        self.assertFalse(self.mayor.responsible_id)

    def test_two_levels_never_share_a_number(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["one.entrance.level"].with_user(self.manager).create({"number": 2, "name": "Again"})
