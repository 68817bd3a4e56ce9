from odoo.tests import tagged

from .common_interview import InterviewCase


@tagged("post_install", "-at_install")
class TestInterviewMerge(InterviewCase):
    """Two actors that are interviewed become one, and no answer is lost (S12, house rule 8)."""

    def _merge(self, *partners, into):
        self.env["base.partner.merge.automatic.wizard"].with_user(self.consultant).create(
            {"partner_ids": [(6, 0, [p.id for p in partners])], "dst_partner_id": into.id, "state": "selection"}
        ).action_merge()
        self.env.invalidate_all()

    def _get_sides(self, evaluation):
        return sorted(
            (interview.one_entrance_side, interview.state, interview.one_entrance_origin or "")
            for interview in evaluation.sudo().interview_ids
        )

    def test_the_interview_follows_the_actor_into_the_merged_contact(self):
        actor, contact = self._make_contacted("Havnen"), self.env["res.partner"].create({"name": "Havnen ApS"})
        evaluation = self._make_round(actor)
        evaluation.action_make_interviews()
        self._merge(actor, contact, into=contact)
        self.assertEqual(evaluation.sudo().interview_ids.one_entrance_actor_id, contact)
        self.assertEqual(evaluation.actor_ids, contact)
        evaluation.action_make_interviews()
        self.assertEqual(len(evaluation.sudo().interview_ids), 2)

    def test_the_contact_leader_that_came_with_a_merged_contact_is_not_asked(self):
        evaluation, actor = self._make_round(), self.env["res.partner"].create({"name": "Havnen"})
        period = {"partner_id": actor.id, "leader_id": self.head.id, "date_from": "2022-01-01", "date_to": "2022-06-01"}
        self.env["one.entrance.appointment"].create({**period, "origin": "Havnen ApS"})
        self.assertFalse(evaluation._get_dialogue_leaders(actor)[actor])
        self.env["one.entrance.appointment"].create({**period, "leader_id": self.director.id})
        self.assertEqual(evaluation._get_dialogue_leaders(actor)[actor], self.director)

    def test_of_two_interviews_the_one_that_was_answered_stays(self):
        for into in (0, 1):
            with self.subTest(into=into):
                actors = [self._make_contacted("Havnen"), self._make_contacted("Havnen A/S", leader=self.head)]
                evaluation = self._make_round(actors[0] | actors[1])
                evaluation.action_make_interviews()
                answered = self._get_interview(evaluation, actors[1])
                self._answer(answered, value=4)
                self._merge(*actors, into=actors[into])
                own, other = (self._get_interview(evaluation, actors[into], side) for side in ("actor", "leader"))
                self.assertEqual(own, answered)
                self.assertEqual(len(other), 1)
                self.assertEqual(own.one_entrance_mirror_id, other)
                self.assertEqual(self._get_sides(evaluation), [("actor", "done", ""), ("leader", "new", "")])

    def test_of_two_that_were_answered_both_count(self):
        self.company.one_entrance_minimum_group = 2
        actors = [self._make_contacted("Havnen"), self._make_contacted("Havnen A/S")]
        evaluation = self._make_round(actors[0] | actors[1])
        evaluation.action_make_interviews()
        for actor, value in zip(actors, (2, 5), strict=True):
            self._answer(self._get_interview(evaluation, actor), value=value)
        self._merge(*actors, into=actors[0])
        self.assertEqual(
            self._get_sides(evaluation),
            [("actor", "done", ""), ("actor", "done", "Havnen A/S"), ("leader", "new", "")],
        )
        self.assertEqual(evaluation._get_answers()[0].actor.average, 3.5)
