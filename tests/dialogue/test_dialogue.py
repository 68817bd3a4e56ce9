from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestDialogue(OneEntranceCase):
    """When the next meeting with an actor is due, and what that means today (S6, S7, S13)."""

    def _plan(self, name="Havnen", plan_date="2024-01-10", interval=6, **values):
        return self._make_actor(
            name,
            letter_date="2023-12-01",
            contact_date="2024-01-02",
            plan_date=plan_date,
            interval=interval,
            step="plan",
            **values,
        )

    def _hold(self, actor, start, kind="dialogue"):
        return (
            self.env["one.entrance.meeting"]
            .with_user(self.director_user)
            .create({"partner_id": actor.id, "start": start, "state": "held", "kind": kind})
        )

    def _plan_meeting(self, actor, start):
        return self.env["one.entrance.meeting"].create({"partner_id": actor.id, "start": start})

    def _assert_due(self, actor, date):
        self.assertEqual(actor.one_entrance_due_date, fields.Date.to_date(date) if date else False)

    def test_due_is_the_interval_after_the_plan_was_agreed(self):
        self._assert_due(self._plan(), "2024-07-10")

    def test_a_held_meeting_or_call_of_any_kind_moves_it(self):
        for i, kind in enumerate(("introduction", "dialogue", "ad_hoc", "call")):
            actor = self._plan(f"Actor {i}")
            self._hold(actor, "2024-04-02 08:00:00", kind)
            self._assert_due(actor, "2024-10-02")

    def test_a_meeting_before_the_plan_does_not_count(self):
        actor = self._plan()
        self._hold(actor, "2024-01-02 08:00:00")
        self._assert_due(actor, "2024-07-10")

    def test_the_end_of_a_month_stays_in_its_month(self):
        self._assert_due(self._plan(plan_date="2024-01-31", interval=1), "2024-02-29")

    def test_without_a_plan_nothing_is_due(self):
        actor = self._make_actor("Uden plan")
        self._assert_due(actor, False)
        self.assertEqual(actor.one_entrance_dialogue_state, "no_plan")

    def test_a_new_relation_is_due_earlier_by_the_municipalitys_factor(self):
        actor = self._plan(relation="new")
        self._assert_due(actor, "2024-04-10")  # half of the 182 days from 10 January to 10 July
        self.company.one_entrance_new_relation_factor = 1
        self._assert_due(actor, "2024-07-10")
        actor.with_user(self.consultant).one_entrance_relation = "known"
        self.company.one_entrance_new_relation_factor = 0.25
        self._assert_due(actor, "2024-07-10")

    def test_an_exception_puts_it_off(self):
        actor = self._plan()
        actor.with_user(self.consultant).one_entrance_not_before = "2024-09-01"
        self._assert_due(actor, "2024-09-01")
        actor.with_user(self.consultant).one_entrance_not_before = False
        self._assert_due(actor, "2024-07-10")

    def test_an_exception_before_the_plan_is_refused(self):
        actor = self._plan()
        with self.assertRaises(ValidationError) as refusal:
            actor.with_user(self.consultant).one_entrance_not_before = "2023-09-01"
        self.assertIn("Havnen", str(refusal.exception))

    def test_changing_the_usual_interval_changes_no_agreed_plan(self):
        actor = self._plan()
        self.company.one_entrance_interval = 1
        self.assertEqual(actor.one_entrance_interval, 6)
        self._assert_due(actor, "2024-07-10")

    def test_changing_the_agreed_interval_moves_it(self):
        actor = self._plan()
        actor.with_user(self.consultant).one_entrance_interval = 3
        self._assert_due(actor, "2024-04-10")

    def test_who_has_left_is_not_due(self):
        actor = self._plan()
        actor.with_user(self.consultant).write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": "2024-05-01",
                "one_entrance_left_reason": "Closed",
            }
        )
        self._assert_due(actor, False)
        self.assertFalse(actor.one_entrance_dialogue_state)
        actor.with_user(self.consultant).action_one_entrance_rejoin()
        self._assert_due(actor, "2024-07-10")

    def test_the_state_is_judged_against_today(self):
        actor = self._plan()
        judged = {}
        for day in ("2024-06-09", "2024-06-10", "2024-07-10", "2024-07-11"):
            with freeze_time(f"{day} 10:00:00"):
                actor.invalidate_recordset()
                judged[day] = actor.one_entrance_dialogue_state
        self.assertEqual(
            judged,
            {"2024-06-09": "on_track", "2024-06-10": "due", "2024-07-10": "due", "2024-07-11": "overdue"},
        )

    def test_a_meeting_ahead_makes_it_planned_until_its_day_has_passed(self):
        actor = self._plan(plan_date="2024-01-05", interval=3)
        self.assertEqual(actor.one_entrance_dialogue_state, "overdue")
        self._plan_meeting(actor, "2024-05-20 08:00:00")
        self.assertEqual(actor.one_entrance_dialogue_state, "planned")
        with freeze_time("2024-05-21 10:00:00"):
            actor.invalidate_recordset()
            self.assertEqual(actor.one_entrance_dialogue_state, "overdue")

    def test_every_state_is_found_by_searching_as_it_is_shown(self):
        actors = (
            self._plan("On track")
            | self._plan("Due", plan_date="2024-03-01", interval=3)
            | self._plan("Overdue", plan_date="2024-01-05", interval=3)
            | self._plan("Planned", plan_date="2024-01-05", interval=3)
            | self._make_actor("No plan")
        )
        self._plan_meeting(actors[3], "2024-05-20 08:00:00")
        shown = actors.grouped("one_entrance_dialogue_state")
        self.assertEqual(set(shown), {"on_track", "due", "overdue", "planned", "no_plan"})
        Partner = self.env["res.partner"].with_user(self.director_user)
        for state, group in shown.items():
            found = Partner.search([("id", "in", actors.ids), ("one_entrance_dialogue_state", "=", state)])
            self.assertEqual(found, group, state)
        found = Partner.search([("id", "in", actors.ids), ("one_entrance_dialogue_state", "!=", "overdue")])
        self.assertEqual(found, actors - shown["overdue"])
        both = Partner.search([("id", "in", actors.ids), ("one_entrance_dialogue_state", "in", ("due", "overdue"))])
        self.assertEqual(both, shown["due"] | shown["overdue"])

    def test_an_imported_plan_is_due_too(self):
        result = (
            self.env["res.partner"]
            .with_user(self.consultant)
            .load(
                [
                    "name",
                    "one_entrance_leader_id",
                    "one_entrance_step",
                    "one_entrance_letter_date",
                    "one_entrance_contact_date",
                    "one_entrance_plan_date",
                    "one_entrance_interval",
                ],
                [["Importeret", "Director, Technology", "plan", "2023-12-01", "2024-01-02", "2024-01-10", "6"]],
            )
        )
        self.assertFalse(result["messages"])
        self._assert_due(self.env["res.partner"].browse(result["ids"]), "2024-07-10")

    def test_the_plan_is_agreed_in_the_dialogue_with_note_and_exception(self):
        actor = self._make_actor("Havnen", letter_date="2023-12-01", contact_date="2024-01-02", step="contact")
        self.env["one.entrance.rollout.wizard"].with_user(self.consultant).create(
            {
                "partner_ids": actor.ids,
                "step": "plan",
                "date": "2024-05-01",
                "interval": 4,
                "note": "Skiftevis hos os og på havnen",
                "not_before": "2024-10-01",
            }
        ).action_apply()
        self.assertEqual(actor.one_entrance_step, "plan")
        self.assertEqual(actor.one_entrance_plan_note, "Skiftevis hos os og på havnen")
        self._assert_due(actor, "2024-10-01")

    def test_the_settings_refuse_what_makes_no_sense(self):
        for name, value, words in (
            ("new_relation_factor", 0, "above 0"),
            ("new_relation_factor", 1.5, "at most 1"),
            ("preparation_days", -1, "0 or more"),
            ("sheet_validity", 0, "1 or more"),
            ("interval", 0, "1 or more"),
        ):
            with (
                self.subTest(name=name, value=value),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation) as refusal,
                self.cr.savepoint(),
            ):
                self.company[f"one_entrance_{name}"] = value
                self.env.flush_all()
            self.assertIn(words, self.company._sql_error_to_message(refusal.exception))

    def test_a_colleague_does_not_judge_the_leaders(self):
        with self.assertRaises(AccessError):
            self._plan().with_user(self.colleague).read(["one_entrance_dialogue_state"])
