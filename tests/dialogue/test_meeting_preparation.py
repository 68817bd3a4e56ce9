from unittest.mock import patch

from odoo.tests import tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestMeetingPreparation(OneEntranceCase):
    """Whether the background sheet was up to date is a fact of the meeting's day, and stays as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor()
        cls.sheet = cls._make_sheet(cls.actor, ready=True, prepared_date="2023-06-01")

    def _make_meeting(self, date, **values):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": f"{date} 08:00:00", "state": "held", **values}
        )

    def test_from_the_day_it_was_ready_to_the_day_it_ends(self):
        self.assertEqual(str(self.sheet.valid_until), "2023-12-01")
        for date, fresh in (("2023-05-31", False), ("2023-06-01", True), ("2023-12-01", True), ("2023-12-02", False)):
            with self.subTest(date=date):
                self.assertIs(self._make_meeting(date).sheet_fresh, fresh)

    def test_a_meeting_is_judged_once_it_is_held(self):
        meeting = self._make_meeting("2023-06-01", state="planned")
        self.assertFalse(meeting.sheet_fresh)
        meeting.state = "held"
        self.assertTrue(meeting.sheet_fresh)

    def test_without_a_sheet_or_with_a_draft_it_was_not(self):
        other = self._make_actor("Kattegatcentret")
        meeting = self._make_meeting(self.today, partner_id=other.id)
        self.assertFalse(meeting.sheet_fresh)
        draft = self._make_sheet(other)
        self.assertFalse(meeting.sheet_fresh)
        draft.action_ready()
        self.assertTrue(meeting.sheet_fresh, "it was made ready on the very day")

    def test_a_sheet_of_another_actor_does_not_count(self):
        meeting = self._make_meeting("2023-06-01", partner_id=self._make_actor("Kattegatcentret").id)
        self.assertFalse(meeting.sheet_fresh)
        meeting.partner_id = self.actor
        self.assertTrue(meeting.sheet_fresh)

    def test_it_counts_though_nobody_brought_the_sheet_along(self):
        meeting = self._make_meeting("2023-06-01")
        self.assertFalse(meeting.sheet_id)
        self.assertTrue(meeting.sheet_fresh)

    def test_merged_actors_bring_their_sheets_along(self):
        other = self._make_actor("Havnen i Grenaa")
        meeting = self._make_meeting("2023-06-01", partner_id=other.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.actor | other).ids, self.actor)
        self.assertEqual(meeting.partner_id, self.actor)
        self.assertTrue(meeting.sheet_fresh)

    def test_a_later_version_changes_nothing(self):
        meeting = self._make_meeting("2023-06-01")
        self.env["one.entrance.sheet"]._make_drafts(self.actor).action_ready()
        self.assertEqual(self.sheet.state, "archived")
        self.assertTrue(meeting.sheet_fresh)

    def test_a_meeting_that_is_moved_is_judged_anew(self):
        meeting = self._make_meeting("2023-06-01")
        meeting.start = "2023-12-03 08:00:00"
        self.assertFalse(meeting.sheet_fresh)

    def test_planning_costs_no_query_more(self):
        values = {"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"}
        Meeting = self.env["one.entrance.meeting"]
        with patch.object(type(self.env["one.entrance.sheet"]), "search_fetch", side_effect=AssertionError):
            self.assertFalse(Meeting.create(values).sheet_fresh)
