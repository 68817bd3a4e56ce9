from odoo.tests import tagged

from odoo.addons.one_entrance.tests.actor.test_merge import MergeCase


@tagged("post_install", "-at_install")
class TestInquiryMerge(MergeCase):
    """Two actors that become one keep what both have raised (house rule 8)."""

    def test_merging_actors_keeps_what_both_have_raised(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen ApS", leader=self.head)
        Inquiry = self.env["one.entrance.inquiry"].with_user(self.consultant)
        inquiries = Inquiry.create([{"name": "Ships", "partner_id": actor.id} for actor in (one, two)])
        answered = Inquiry.create({"name": "x", "partner_id": one.id, "state": "answered", "answer": "<p>Yes</p>"})
        answered.action_archive()
        survivor = self._merge(one, two, into=two)
        self.assertEqual((inquiries | answered).partner_id, survivor)
        self.assertEqual(inquiries.mapped("leader_id"), self.director | self.head, "who saw to it then")
        (inquiries | answered)._validate_fields(["partner_id", "state", "meeting_id"])
        # the next mail is found
        survivor.email = "post@havnen.example"
        found, _candidates = self.env["res.partner"]._find_one_entrance_sender("ny@havnen.example", self.company)
        self.assertEqual(found, survivor)
