from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_seat import SeatCase

TERM = "2024-06-30"
NEXT_TERM = "2028-06-30"


@tagged("post_install", "-at_install")
class TestSeatRenew(SeatCase):
    """Seats are renewed for the next term in one go, all of them or none; the old ones stay as they are (S11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.one_entrance_election_date = TERM
        cls.other = cls._make_politician("Bo")
        cls.seat = cls._make_seat(role="chair")
        cls.second = cls._make_seat(politician_id=cls.other.id)

    def _open(self, seats, user=None):
        action = seats.with_user(user or self.consultant).action_renew()
        Wizard = self.env[action["res_model"]].with_user(user or self.consultant)
        return Wizard.with_context(**action["context"])

    def _renew(self, seats, **values):
        wizard = self._open(seats).create(values)
        action = wizard.action_apply()
        return self.env["one.entrance.seat"].search(action["domain"])

    def test_the_new_seats_follow_the_old_ones_until_the_end_of_the_next_term(self):
        seats = self.seat | self.second
        before = seats.read(["politician_id", "body", "role", "date_from", "date_to"])
        new = self._renew(seats)
        self.assertEqual(seats.renewed_by_id, new)
        for seat in seats:
            following = seat.renewed_by_id
            self.assertEqual(str(following.date_from), "2024-07-01")
            self.assertEqual(str(following.date_to), NEXT_TERM)
            self.assertTrue(following.ends_with_term)
            for name in ("partner_id", "politician_id", "body", "role", "company_id"):
                self.assertEqual(following[name], seat[name])
        self.assertEqual(seats.read(["politician_id", "body", "role", "date_from", "date_to"]), before)
        self.assertEqual(set(seats.mapped("state")), {"current"})
        self.assertEqual(set(new.mapped("state")), {"coming"})

    def test_the_end_of_the_term_the_new_seats_begin_in_is_proposed(self):
        for term, proposed in (
            (TERM, NEXT_TERM),
            (NEXT_TERM, NEXT_TERM),
            ("2020-06-30", NEXT_TERM),
            (False, NEXT_TERM),
        ):
            with self.subTest(term=term):
                self.company.one_entrance_election_date = term
                self.assertEqual(str(self.seat.date_to), TERM)
                self.assertEqual(str(self._open(self.seat).create({}).date_to), proposed)

    def test_another_politician_another_role_another_end_or_left_out(self):
        third = self._make_seat(body="the council")
        with Form(self._open(self.seat | self.second | third)) as form:
            self.assertEqual(len(form.line_ids), 3)
            for number in range(3):
                with form.line_ids.edit(number) as line:
                    if line.body == "the council":
                        line.is_renewed = False
                    elif line.role == "chair":
                        line.politician_id = self.other
                    else:
                        line.role = "deputy_chair"
            form.date_to = "2026-12-31"
            form.ends_with_term = False
        form.record.action_apply()
        self.assertEqual(self.seat.renewed_by_id.politician_id, self.other)
        self.assertEqual(self.seat.renewed_by_id.role, "chair")
        self.assertEqual(str(self.seat.renewed_by_id.date_to), "2026-12-31")
        self.assertFalse(self.seat.renewed_by_id.ends_with_term)
        self.assertEqual(self.second.renewed_by_id.role, "deputy_chair")
        self.assertFalse(third.renewed_by_id)
        self.assertEqual(third.state, "to_confirm")

    def test_what_is_renewed_already_or_has_no_end_is_said_and_left_out(self):
        self._renew(self.seat)
        endless = self._make_seat(body="the council", ends_with_term=False)
        wizard = self._open(self.seat | self.second | endless).create({})
        self.assertEqual(wizard.line_ids.seat_id, self.second)
        self.assertIn("Renewed already, and left out: Chair of the board of Havnen: Ægir Ås", wizard.warning)
        self.assertIn("Has no end, and is left out: Member of the council", wizard.warning)
        wizard.action_apply()
        self.assertEqual(len(self.seat.renewed_by_id), 1)

    def test_what_is_said_to_end_is_left_out_unless_ticked(self):
        self.seat.is_final = True
        wizard = self._open(self.seat | self.second).create({})
        self.assertEqual(wizard.line_ids.filtered("is_renewed").seat_id, self.second)
        self.assertIn("Said to end without renewal", wizard.warning)
        wizard.line_ids.is_renewed = True
        wizard.action_apply()
        self.assertTrue(self.seat.renewed_by_id)
        self.assertFalse(self.seat.is_final)

    def test_nothing_to_renew_is_refused(self):
        self._renew(self.seat)
        with self.assertRaises(UserError) as refusal:
            self._open(self.seat).create({"date_to": NEXT_TERM}).action_apply()
        self.assertIn("No seat is left to renew", str(refusal.exception))

    def test_an_end_before_the_start_is_refused_for_all(self):
        wizard = self._open(self.seat | self.second).create({"date_to": "2024-06-30"})
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            wizard.action_apply()
        self.assertIn("07/01/2024", str(refusal.exception))
        self.assertFalse((self.seat | self.second).renewed_by_id)

    def test_all_or_nothing(self):
        self._make_seat(politician_id=self.other.id, date_from="2025-01-01", date_to="2025-12-31")
        wizard = self._open(self.seat | self.second).create({})
        count = self.env["one.entrance.seat"].search_count([])
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            wizard.action_apply()
        self.assertIn("01/01/2025 – 12/31/2025", str(refusal.exception))
        self.env.invalidate_all()
        self.assertEqual(self.env["one.entrance.seat"].search_count([]), count)
        self.assertFalse((self.seat | self.second).renewed_by_id)

    def test_who_was_slower_renews_nothing_twice(self):
        slow = self._open(self.seat).create({})
        self._renew(self.seat)
        with self.assertRaises(ValidationError) as refusal:
            slow.action_apply()
        self.assertIn("has been renewed meanwhile", str(refusal.exception))

    def test_seats_of_two_municipalities_are_renewed_apart(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen", "one_entrance_election_date": TERM})
        leader = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        actor = self.env["res.partner"].create({"name": "Deres", "one_entrance_leader_id": leader.id})
        seat = self._make_seat(partner_id=self._make_actor("Vores").id).copy({"partner_id": actor.id})
        both = self._make_user("both", "one_entrance.group_manager", company_ids=[(6, 0, (self.company | theirs).ids)])
        self.assertEqual(seat.company_id, theirs)
        Wizard = self._open(self.seat | seat, both).with_context(allowed_company_ids=(self.company | theirs).ids)
        with self.assertRaises(ValidationError) as refusal:
            Wizard.create({}).action_apply()
        self.assertIn("Nabokommunen", str(refusal.exception))

    def test_a_new_seat_that_is_deleted_leaves_the_old_one_to_confirm(self):
        self._renew(self.seat).with_user(self.manager).unlink()
        self.env.invalidate_all()
        self.assertFalse(self.seat.renewed_by_id)
        self.assertEqual(self.seat.state, "to_confirm")

    def test_it_is_for_the_consultants(self):
        for user in (self.colleague, self.director_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._open(self.seat, user).create({})
