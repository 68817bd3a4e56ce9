from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import OneEntranceCase

STEPS = {"letter": {"step": "letter", "letter_date": "2024-02-01"}}
STEPS["contact"] = {**STEPS["letter"], "step": "contact", "contact_date": "2024-03-01"}
STEPS["plan"] = {**STEPS["contact"], "step": "plan", "plan_date": "2024-03-15", "interval": 6}
LEFT = {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-01", "one_entrance_left_reason": "Flyttet"}


class MergeCase(OneEntranceCase):
    """Contacts that somebody makes one, as Odoo's wizard does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_manager = cls._make_user("partner_manager", "base.group_user,base.group_partner_manager")

    def _merge(self, *partners, into, user=None):
        """Merge as the wizard does; the business consultant by default."""
        wizard = (
            self.env["base.partner.merge.automatic.wizard"]
            .with_user(user or self.consultant)
            .create(
                {"partner_ids": [(6, 0, [p.id for p in partners])], "dst_partner_id": into.id, "state": "selection"}
            )
        )
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual([bool(partner.exists()) for partner in partners], [partner == into for partner in partners])
        return into


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    """Odoo's merge of contacts loses nothing of two actors' histories and leaves one contact leader (house rule 8)."""

    def _make_contact(self, name="Havnen ApS"):
        return self.env["res.partner"].create({"name": name})

    def _hold_meeting(self, actor, start, state="held"):
        Meeting = self.env["one.entrance.meeting"].with_user(self.consultant)
        return Meeting.create({"partner_id": actor.id, "start": start, "state": state, "minutes": f"<p>{start}</p>"})

    def _check_survivor(self, survivor, leader, periods):
        """The survivor is an actor that can be written on, with one current leader and all periods."""
        appointments = survivor.one_entrance_appointment_ids
        self.assertEqual(survivor.one_entrance_leader_id, leader)
        self.assertEqual(appointments.filtered(lambda period: not period.date_to).leader_id, leader)
        self.assertEqual(len(appointments), periods)
        survivor._validate_fields([name for name in survivor._fields if name.startswith("one_entrance_")])
        appointments._validate_fields(["date_from", "partner_id", "reason"])
        # the consultant goes on working with it: another leader, and back
        actor = survivor.with_user(self.consultant)
        actor.one_entrance_kind = "association"
        if leader:
            actor.one_entrance_leader_id = self.head if leader != self.head else self.director
            actor.one_entrance_leader_id = leader
            self.assertEqual(survivor.one_entrance_leader_id, leader)

    def test_a_contact_outside_the_scheme_merged_into_an_actor_changes_nothing_of_the_scheme(self):
        for user in (self.consultant, self.partner_manager):
            with self.subTest(user=user.login):
                actor = self._make_actor(**STEPS["plan"])
                meeting = self._hold_meeting(actor, "2024-04-02 08:00:00")
                sheet = self._make_sheet(actor, ready=True)
                survivor = self._merge(actor, self._make_contact(), into=actor, user=user)
                self.assertEqual(survivor.one_entrance_step, "plan")
                self.assertEqual(survivor.one_entrance_meeting_ids, meeting)
                self.assertEqual(survivor.one_entrance_sheet_id, sheet)
                self.assertEqual(sheet.state, "ready")
                self.assertEqual(str(survivor.one_entrance_last_meeting_date), "2024-04-02")
                self._check_survivor(survivor, self.director, periods=1)

    def test_an_actor_merged_into_a_contact_outside_the_scheme_takes_its_place_along(self):
        for user in (self.consultant, self.partner_manager):
            with self.subTest(user=user.login):
                actor = self._make_actor(relation="professional", kind="company", **STEPS["plan"])
                meeting = self._hold_meeting(actor, "2024-04-02 08:00:00")
                planned = self._hold_meeting(actor, "2024-06-03 08:00:00", state="planned")
                sheet = self._make_sheet(actor, ready=True)
                draft = self._make_sheet(actor)
                contact = self._make_contact()
                survivor = self._merge(actor, contact, into=contact, user=user)
                self.assertEqual(survivor.one_entrance_step, "plan")
                self.assertEqual(survivor.one_entrance_interval, 6)
                self.assertEqual(survivor.one_entrance_relation, "professional")
                self.assertEqual(survivor.one_entrance_company_id, self.company)
                self.assertEqual(survivor.one_entrance_level_id, self.level_director)
                self.assertEqual(survivor.one_entrance_meeting_ids, meeting | planned)
                self.assertEqual(survivor.one_entrance_sheet_ids, sheet | draft)
                self.assertEqual(survivor.one_entrance_sheet_id, sheet)
                self.assertEqual(str(survivor.one_entrance_last_meeting_date), "2024-04-02")
                self.assertEqual(str(survivor.one_entrance_next_meeting_date), "2024-06-03")
                self._check_survivor(survivor, self.director, periods=1)

    def test_two_actors_with_different_leaders_keep_the_survivors_leader_and_both_histories(self):
        for user in (self.consultant, self.partner_manager):
            with self.subTest(user=user.login):
                one = self._make_actor("Havnen", **STEPS["letter"])
                two = self._make_actor("Havnen A/S", leader=self.head, **STEPS["plan"])
                survivor = self._merge(one, two, into=one, user=user)
                self.assertEqual(survivor.one_entrance_step, "letter")
                self.assertFalse(survivor.one_entrance_plan_date)
                ended = survivor.one_entrance_appointment_ids.filtered("date_to")
                self.assertEqual(ended.leader_id, self.head)
                self.assertEqual(ended.origin, "Havnen A/S")
                self.assertEqual(ended.reason, "Merged into Havnen")
                self.assertEqual(ended.date_to, self.today)
                self._check_survivor(survivor, self.director, periods=2)

    def test_two_actors_with_the_same_leader_have_it_once(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen")
        survivor = self._merge(one, two, into=two)
        self._check_survivor(survivor, self.director, periods=2)

    def test_the_log_says_what_was_merged_in(self):
        one = self._make_actor("Havnen")
        two = self._make_actor("Havnen A/S", leader=self.head, **STEPS["contact"])
        survivor = self._merge(one, two, into=one)
        (line,) = [str(body) for body in survivor.message_ids.mapped("body") if "were merged" in body]
        for word in ("Havnen A/S", "2. Contact Made", "Head of Culture"):
            self.assertIn(word, line)

    def test_three_contacts_leave_one_leader_and_all_histories(self):
        one = self._make_actor("Havnen", **STEPS["letter"])
        two = self._make_actor("Havnen", leader=self.head)
        three = self._make_actor("Havnen", leader=self.head, **STEPS["contact"])
        for actor, start in ((one, "2024-04-02 08:00"), (two, "2024-04-03 08:00"), (three, "2024-04-04 08:00")):
            self._hold_meeting(actor, f"{start}:00")
            self._make_sheet(actor, ready=True)
        survivor = self._merge(one, two, three, into=one)
        self.assertEqual(len(survivor.one_entrance_meeting_ids), 3)
        self.assertEqual(survivor.one_entrance_sheet_ids.mapped("state").count("ready"), 1)
        self.assertEqual(str(survivor.one_entrance_last_meeting_date), "2024-04-04")
        self._check_survivor(survivor, self.director, periods=3)

    def test_three_contacts_of_which_one_is_an_actor(self):
        actor, survivor = self._make_actor("Havnen", **STEPS["contact"]), self._make_contact("To")
        self._merge(actor, self._make_contact("Tre"), survivor, into=survivor)
        self.assertEqual(survivor.one_entrance_step, "contact")
        self._check_survivor(survivor, self.director, periods=1)

    def test_actors_merged_one_after_the_other_keep_every_history(self):
        def make_actor(leader):
            actor = self._make_actor("Havnen", leader=leader)
            actor.one_entrance_appointment_ids.with_user(self.manager).date_from = "2024-01-01"
            return actor

        survivor = make_actor(self.director)
        for _i in range(3):
            self._merge(survivor, make_actor(self.head), into=survivor)
        merged = make_actor(self.head)
        self._merge(merged, make_actor(self.director), into=merged)
        self._merge(survivor, merged, into=survivor)
        self._check_survivor(survivor, self.director, periods=6)

    def test_a_mayor_led_actor_and_a_led_one_are_held_as_the_survivor_was(self):
        mayor_led, led = self._make_actor("Letbanen", mayor_led=True), self._make_actor("Letbanen I/S")
        survivor = self._merge(mayor_led, led, into=mayor_led)
        self.assertTrue(survivor.one_entrance_mayor_led)
        self._check_survivor(survivor, self.env["one.entrance.leader"], periods=1)
        mayor_led, led = self._make_actor("Havn", mayor_led=True), self._make_actor("Havn A/S")
        survivor = self._merge(mayor_led, led, into=led)
        self.assertFalse(survivor.one_entrance_mayor_led)
        self._check_survivor(survivor, self.director, periods=1)

    def test_an_actor_that_left_and_an_active_one_make_an_active_one_either_way(self):
        for into_left in (True, False):
            with self.subTest(into_left=into_left):
                left = self._make_actor("Havnen", leader=self.head, **STEPS["plan"])
                self._hold_meeting(left, "2024-04-30 08:00:00")
                old_sheet = self._make_sheet(left, ready=True)
                left.with_user(self.consultant).write(LEFT)
                active = self._make_actor("Havnen A/S", **STEPS["letter"])
                sheet = self._make_sheet(active, ready=True)
                survivor = self._merge(left, active, into=left if into_left else active)
                self.assertEqual(survivor.one_entrance_step, "letter")
                self.assertFalse(survivor.one_entrance_left_date)
                self.assertFalse(survivor.one_entrance_left_reason)
                self.assertEqual(survivor.one_entrance_sheet_id, sheet)
                self.assertEqual(old_sheet.state, "archived")
                self.assertEqual(survivor.one_entrance_appointment_ids.filtered("origin").leader_id, self.head)
                self.assertIn("Left the Scheme", str(survivor.message_ids.mapped("body")))
                self.assertEqual(str(survivor.one_entrance_last_meeting_date), "2024-04-30")
                self._check_survivor(survivor, self.director, periods=2)

    def test_two_actors_that_left_can_come_back(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen A/S", leader=self.head)
        (one | two).with_user(self.consultant).write({**LEFT, "one_entrance_left_date": "2024-05-15"})
        survivor = self._merge(one, two, into=one)
        survivor.with_user(self.consultant).action_one_entrance_rejoin()
        self._check_survivor(survivor, self.director, periods=2)

    def test_two_ready_sheets_and_two_drafts_leave_the_deciding_actors_and_archive_the_others(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen A/S", leader=self.head)
        sheets = {}
        for actor in (one, two):
            sheets[actor, "ready"] = self._make_sheet(actor, ready=True)
            sheets[actor, "draft"] = self._make_sheet(actor)
        bodies = sheets[two, "draft"].section_ids.mapped("body")
        survivor = self._merge(one, two, into=one)
        self.assertEqual(len(survivor.one_entrance_sheet_ids), 4)
        self.assertEqual(sheets[one, "ready"].state, "ready")
        self.assertEqual(sheets[one, "draft"].state, "draft")
        self.assertEqual(sheets[two, "ready"].state, "archived")
        self.assertEqual(sheets[two, "draft"].state, "archived")
        self.assertEqual(sheets[two, "draft"].section_ids.mapped("body"), bodies)
        self.assertFalse(sheets[two, "ready"].activity_ids, "nobody is asked to read a sheet that is put away")
        self.assertTrue(sheets[one, "ready"].activity_ids)
        sheets[one, "draft"].with_user(self.consultant).action_ready()
        self.assertEqual(sheets[one, "ready"].state, "archived")

    def test_last_and_next_meeting_are_those_of_both(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen A/S")
        self._hold_meeting(one, "2024-04-02 08:00:00")
        self._hold_meeting(two, "2024-05-02 08:00:00")
        self._hold_meeting(one, "2024-07-01 08:00:00", state="planned")
        self._hold_meeting(two, "2024-06-03 08:00:00", state="planned")
        survivor = self._merge(one, two, into=one)
        self.assertEqual(str(survivor.one_entrance_last_meeting_date), "2024-05-02")
        self.assertEqual(str(survivor.one_entrance_next_meeting_date), "2024-06-03")
        survivor.one_entrance_meeting_ids.filtered(lambda m: str(m.date) == "2024-06-03").with_user(
            self.consultant
        ).start = "2024-08-01 08:00:00"
        self.assertEqual(str(survivor.one_entrance_next_meeting_date), "2024-07-01")

    def test_an_appointment_that_ends_later_ends_with_the_merge(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen A/S", leader=self.head)
        two.one_entrance_appointment_ids.with_user(self.manager).write({"date_to": "2024-12-31", "reason": "Barsel"})
        survivor = self._merge(one, two, into=one)
        merged = survivor.one_entrance_appointment_ids.filtered("origin")
        self.assertEqual(merged.date_to, self.today)
        self.assertEqual(merged.reason, "Barsel")
        self._check_survivor(survivor, self.director, periods=2)

    def test_points_events_and_the_due_date_come_along(self):
        one = self._make_actor("Havnen", **{**STEPS["plan"], "plan_date": "2024-03-15"})
        two = self._make_actor("Havnen A/S", leader=self.head)
        held = self._hold_meeting(two, "2024-05-02 08:00:00")
        held.point_ids = [
            (
                0,
                0,
                {
                    "summary": "Kajen",
                    "commitment": "Svar om kajen",
                    "responsible_id": self.consultant.id,
                    "deadline": "2024-06-01",
                },
            )
        ]
        planned = self._hold_meeting(two, "2024-06-03 08:00:00", state="planned")
        planned.action_add_to_calendar()
        self.assertEqual(str(one.one_entrance_due_date), "2024-09-15")
        survivor = self._merge(one, two, into=one)
        self.assertEqual(survivor.one_entrance_open_point_ids, held.point_ids)
        self.assertEqual(held.activity_ids.user_id, self.consultant)
        self.assertEqual(planned.partner_id, survivor)
        self.assertEqual(planned.event_id.one_entrance_actor_id, survivor)
        self.assertEqual(str(survivor.one_entrance_due_date), "2024-11-02")
        self.assertEqual(str(survivor.one_entrance_next_meeting_date), "2024-06-03")

    # Political seats

    def _make_seat(self, actor, politician, **values):
        return self.env["one.entrance.seat"].create(
            {
                "partner_id": actor.id,
                "politician_id": politician.id,
                "body": "the board",
                "date_from": "2022-01-01",
                **values,
            }
        )

    def test_the_seats_of_both_actors_are_kept(self):
        one, two = self._make_actor("Havnen"), self._make_actor("Havnen A/S")
        politician = self._make_contact("Ægir Ås")
        seats = (
            self._make_seat(one, politician, date_to="2023-12-31")
            | self._make_seat(two, politician, date_from="2024-01-01")
            | self._make_seat(two, politician, role="chair")
        )
        survivor = self._merge(one, two, into=one)
        self.assertEqual(survivor.one_entrance_seat_ids, seats)
        seats._validate_fields(["partner_id"])
        self.assertFalse([body for body in survivor.message_ids.mapped("body") if "which are one now" in body])

    def test_an_actor_merged_into_a_contact_takes_its_seats_along(self):
        actor, contact = self._make_actor("Havnen"), self._make_contact()
        seat = self._make_seat(actor, self._make_contact("Ægir Ås"))
        self.assertEqual(self._merge(actor, contact, into=contact).one_entrance_seat_ids, seat)

    def test_the_same_seat_of_two_actors_becomes_one_for_as_long_as_both(self):
        for into in (0, 1):
            with self.subTest(into=into):
                actors = [self._make_actor("Havnen"), self._make_actor("Havnen A/S", leader=self.head)]
                politician = self._make_contact("Ægir Ås")
                seats = [
                    self._make_seat(actors[0], politician, date_from="2021-01-01", date_to="2023-12-31"),
                    self._make_seat(actors[1], politician, body="The Board", date_to="2025-12-31"),
                ]
                later = self._make_seat(actors[1], politician, date_from="2026-01-01")
                seats[1].renewed_by_id = later
                kept = seats[into]
                survivor = self._merge(*actors, into=actors[into])
                self.assertEqual(survivor.one_entrance_seat_ids, kept | later)
                self.assertEqual([str(kept.date_from), str(kept.date_to)], ["2021-01-01", "2025-12-31"])
                self.assertEqual(kept.renewed_by_id, later)
                (line,) = [str(body) for body in survivor.message_ids.mapped("body") if "which are one now" in body]
                for word in ("01/01/2021 – 12/31/2023", "01/01/2022 – 12/31/2025", "Ægir Ås"):
                    self.assertIn(word, line)

    def test_three_seats_that_follow_into_each_other_become_one(self):
        one, two, three = (
            self._make_actor("Havnen", leader=leader) for leader in (self.director, self.head, self.head)
        )
        politician = self._make_contact("Ægir Ås")
        self._make_seat(one, politician, date_to="2023-12-31")
        self._make_seat(two, politician, date_from="2023-12-31", date_to="2024-12-31")
        self._make_seat(three, politician, date_from="2024-06-01", ends_with_term=False)
        survivor = self._merge(one, two, three, into=two)
        (seat,) = survivor.one_entrance_seat_ids
        self.assertEqual(str(seat.date_from), "2022-01-01")
        self.assertFalse(seat.date_to)

    def test_two_contacts_of_one_politician_are_merged_with_their_seats(self):
        for user in (self.consultant, self.partner_manager):
            with self.subTest(user=user.login):
                actor, other = self._make_actor("Havnen"), self._make_actor("Banen")
                one, two = self._make_contact("Ægir Ås"), self._make_contact("Ægir Aas")
                elsewhere = self._make_seat(other, one)
                same = self._make_seat(actor, one, date_to="2024-06-30"), self._make_seat(actor, two)
                self.themes[0].council_ids = one
                survivor = self._merge(one, two, into=two, user=user)
                self.assertTrue(survivor.one_entrance_is_politician)
                self.assertEqual(survivor.one_entrance_shown_seat_ids, elsewhere | same[1])
                self.assertEqual(self.themes[0].council_ids, survivor)
                self.assertFalse(same[0].exists())

    def test_a_contact_takes_a_politicians_seats_over(self):
        politician, contact = self._make_contact("Ægir Ås"), self._make_contact("Ægir")
        seat = self._make_seat(self._make_actor("Havnen"), politician)
        survivor = self._merge(politician, contact, into=contact, user=self.partner_manager)
        self.assertEqual(seat.politician_id, survivor)
        self.assertTrue(survivor.one_entrance_is_politician)

    def test_a_politician_is_not_merged_with_a_company(self):
        politician = self._make_contact("Ægir Ås")
        company = self.env["res.partner"].create({"name": "Ægir ApS", "is_company": True})
        self._make_seat(self._make_actor("Havnen"), politician)
        for into in (politician, company):
            with self.subTest(into=into.name), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self._merge(politician, company, into=into)
            self.assertIn("holds political seats", str(refusal.exception))

    def test_a_leaders_own_contact_is_merged_and_the_leader_stays(self):
        actor = self._make_actor()
        contact = self._make_contact("Direktør, Teknik")
        self._merge(self.director.partner_id, contact, into=contact)
        self.assertEqual(self.director.partner_id, contact)
        self.assertEqual(self.director.name, "Direktør, Teknik")
        self.assertEqual(actor.one_entrance_holder_text, "Direktør, Teknik")

    def test_contacts_of_two_municipalities_schemes_are_not_made_one(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        leader = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        their_actor = self.env["res.partner"].create({"name": "Deres", "one_entrance_leader_id": leader.id})
        other = self.env["res.partner"].create({"name": "Vores kontakt", "company_id": self.company.id})
        with self.assertRaises(ValidationError):
            self._merge(their_actor, other, into=other)

    def test_merging_contacts_outside_the_scheme_takes_nothing_of_it_up(self):
        one, two = self._make_contact("En"), self._make_contact("To")
        survivor = self._merge(one, two, into=one, user=self.partner_manager)
        self.assertFalse(survivor.one_entrance_step)
        self.assertFalse([body for body in survivor.message_ids.mapped("body") if "were merged" in body])
