from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestAppointment(OneEntranceCase):
    """Who held the entrance when (S3, S14)."""

    def _periods(self, actor):
        """:return: leader and dates of each period, the earliest first"""
        periods = actor.one_entrance_appointment_ids.sorted(lambda period: (period.date_from, period.id))
        return [(period.leader_id, period.date_from, period.date_to) for period in periods]

    def _latest_first(self, actor):
        return actor.one_entrance_appointment_ids.sorted(lambda period: (period.date_from, period.id), reverse=True)

    def _make_history(self):
        """An actor held by the director in 2022, by the head of department since."""
        with freeze_time("2022-01-10"):
            actor = self._make_actor("Havnen", leader=self.director)
        with freeze_time("2023-03-01"):
            actor.with_user(self.consultant).one_entrance_leader_id = self.head
        return actor

    def test_appointing_a_leader_opens_a_period_today(self):
        actor = self._make_actor()
        self.assertEqual(self._periods(actor), [(self.director, self.today, False)])

    def test_changing_the_leader_ends_one_period_and_begins_the_next_on_the_same_day(self):
        actor = self._make_history()
        self.assertEqual(
            self._periods(actor),
            [(self.director, date(2022, 1, 10), date(2023, 3, 1)), (self.head, date(2023, 3, 1), False)],
        )

    def test_changing_the_leader_in_the_form_does_the_same(self):
        with freeze_time("2022-01-10"):
            actor = self._make_actor()
        with Form(actor.with_user(self.consultant)) as form:
            form.one_entrance_leader_id = self.head
        self.assertEqual(
            self._periods(actor), [(self.director, date(2022, 1, 10), self.today), (self.head, self.today, False)]
        )

    def test_two_changes_on_one_day_are_both_kept(self):
        actor = self._make_actor()
        actor.one_entrance_leader_id = self.head
        actor.one_entrance_leader_id = self.director
        self.assertEqual(
            self._periods(actor),
            [
                (self.director, self.today, self.today),
                (self.head, self.today, self.today),
                (self.director, self.today, False),
            ],
        )

    def test_writing_the_same_leader_again_changes_nothing(self):
        with freeze_time("2022-01-10"):
            actor = self._make_actor()
        actor.one_entrance_leader_id = self.director
        self.assertEqual(self._periods(actor), [(self.director, date(2022, 1, 10), False)])

    def test_many_actors_change_leader_at_once(self):
        actors = self._make_actor("A") | self._make_actor("B") | self._make_actor("C", leader=self.head)
        actors.with_user(self.consultant).write({"one_entrance_leader_id": self.head.id})
        self.assertEqual([len(actor.one_entrance_appointment_ids) for actor in actors], [2, 2, 1])
        self.assertEqual(actors.one_entrance_leader_id, self.head)

    def test_without_a_leader_the_period_ends_with_a_reason(self):
        actor = self._make_actor()
        actor.with_user(self.consultant).one_entrance_leader_id = False
        self.assertEqual(self._periods(actor), [(self.director, self.today, self.today)])
        self.assertEqual(actor.one_entrance_appointment_ids.reason, "No contact leader")
        self.assertIn("Nobody is contact leader", actor.one_entrance_warning)

    def test_a_manager_corrects_a_past_period_by_hand(self):
        actor = self._make_history()
        later, earlier = self._latest_first(actor).with_user(self.manager)
        earlier.date_from = "2021-06-01"
        self.assertEqual(earlier.date_from, date(2021, 6, 1))
        earlier.reason = "Between two directors"
        later.date_from = "2023-05-01"
        self.assertEqual(actor.one_entrance_leader_id, self.head)

    def test_a_consultant_does_not_correct_the_history(self):
        actor = self._make_history()
        with self.assertRaises(AccessError):
            self._latest_first(actor)[0].with_user(self.consultant).date_from = "2020-01-01"

    def test_reversed_dates_are_refused_naming_the_period(self):
        actor = self._make_history()
        earlier = self._latest_first(actor)[1].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, r"Director, Technology \(.*2022.*2021.*\) ends before it begins"):
            earlier.date_to = "2021-12-31"

    def test_overlapping_periods_are_refused_naming_both(self):
        actor = self._make_history()
        earlier = self._latest_first(actor)[1].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "Havnen overlap: Director, Technology.*Head of Culture"):
            earlier.date_to = "2023-03-02"

    def test_a_period_inside_another_is_refused_also_when_not_next_to_it(self):
        actor = self._make_history()
        with self.assertRaisesRegex(ValidationError, "overlap"):
            self.env["one.entrance.appointment"].with_user(self.manager).create(
                {
                    "partner_id": actor.id,
                    "leader_id": self.director.id,
                    "date_from": "2024-01-01",
                    "date_to": "2024-02-01",
                }
            )

    def test_a_gap_is_refused_unless_its_reason_is_given(self):
        actor = self._make_history()
        earlier = self._latest_first(actor)[1].with_user(self.manager)
        with self.assertRaisesRegex(ValidationError, "Nobody is contact leader of Havnen between"):
            earlier.date_to = "2023-02-01"
        earlier.write({"date_to": "2023-02-01", "reason": "Retired"})
        self.assertEqual(earlier.date_to, date(2023, 2, 1))

    def test_a_reversed_period_is_refused_on_creation_too(self):
        actor = self._make_history()
        with self.assertRaisesRegex(ValidationError, r"Director, Technology .* ends before it begins"):
            self.env["one.entrance.appointment"].with_user(self.manager).create(
                {
                    "partner_id": actor.id,
                    "leader_id": self.director.id,
                    "date_from": "2021-02-01",
                    "date_to": "2021-01-01",
                }
            )

    def test_a_second_current_leader_is_refused_naming_the_first(self):
        actor = self._make_history()
        message = r"Havnen has a contact leader already: Head of Culture \(.*2023 – now\)"
        with self.assertRaisesRegex(ValidationError, message):
            self.env["one.entrance.appointment"].with_user(self.manager).create(
                {"partner_id": actor.id, "leader_id": self.director.id, "date_from": "2024-05-01"}
            )
        with self.assertRaisesRegex(ValidationError, message):
            self._latest_first(actor)[1].with_user(self.manager).date_to = False

    def test_nobody_changes_the_leader_past_the_history(self):
        actor = self._make_history().with_user(self.consultant)
        actor.with_context(one_entrance_sync=True).one_entrance_leader_id = self.director
        self.assertEqual(self._latest_first(actor.sudo())[0].leader_id, self.director)

    def test_the_database_itself_refuses_a_second_current_leader(self):
        actor = self._make_actor()
        self.env.flush_all()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "INSERT INTO one_entrance_appointment (partner_id, leader_id, date_from) VALUES (%s, %s, %s)",
                (actor.id, self.head.id, self.today),
            )

    def test_correcting_the_current_period_changes_the_actors_leader(self):
        actor = self._make_actor()
        actor.one_entrance_appointment_ids.with_user(self.manager).leader_id = self.head
        self.assertEqual(actor.one_entrance_leader_id, self.head)
        self.assertEqual(actor.one_entrance_level_id, self.level_head)

    def test_ending_the_current_period_by_hand_leaves_the_actor_without_leader(self):
        actor = self._make_actor()
        actor.one_entrance_appointment_ids.with_user(self.manager).write({"date_to": self.today, "reason": "Left"})
        self.assertFalse(actor.one_entrance_leader_id)

    def test_the_change_is_in_the_actors_log(self):
        actor = self._make_actor()
        self.flush_tracking()
        actor.one_entrance_leader_id = self.head
        self.flush_tracking()
        values = actor.message_ids.sudo().tracking_value_ids
        leader = values.filtered(lambda value: value.field_id.name == "one_entrance_leader_id")[:1]
        self.assertEqual((leader.old_value_char, leader.new_value_char), ("Director, Technology", "Head of Culture"))

    def flush_tracking(self):
        """Write the tracked changes of this transaction into the log, as the end of a request does."""
        self.env.flush_all()
        self.env.cr.flush()
