from odoo.exceptions import RedirectWarning, ValidationError
from odoo.tests import tagged

from .common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestLeader(OneEntranceCase):
    """Who may be contact leader, and what holds a leader in office (S3, S14)."""

    def test_leader_on_a_level_that_may_not_be_contact_is_refused(self):
        clerk = self._make_leader("Clerk", self.env.ref("one_entrance.one_entrance_level_5"), role="other")
        with self.assertRaises(ValidationError) as refusal:
            self._make_actor(leader=clerk)
        for word in ("Clerk", "5 Team Leader", "2 Director", "3 Head of Department", "4 Head of Section"):
            self.assertIn(word, str(refusal.exception))

    def test_archiving_a_leader_who_holds_actors_is_refused_with_the_list(self):
        self._make_actor("Havnen")
        with self.assertRaises(RedirectWarning) as refusal:
            self.director.with_user(self.manager).action_archive()
        message, action = refusal.exception.args[:2]
        self.assertIn("Havnen", message)
        self.assertEqual(action["res_model"], "res.partner")
