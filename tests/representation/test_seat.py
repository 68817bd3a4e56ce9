from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import OneEntranceCase


class SeatCase(OneEntranceCase):
    """An actor, a politician, and the seats between them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen")
        cls.politician = cls._make_politician("Ægir Ås")

    @classmethod
    def _make_politician(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, **values})

    @classmethod
    def _make_seat(cls, **values):
        """Create a seat as the business consultant: a member of the actor's board since New Year."""
        values = {
            "partner_id": cls.actor.id,
            "politician_id": cls.politician.id,
            "body": "the board",
            "date_from": "2024-01-01",
            **values,
        }
        return cls.env["one.entrance.seat"].with_user(cls.consultant).create(values).with_user(cls.env.user)

    def _assert_refused(self, function, *words):
        """Assert that a function is refused with these words in the message, and changes nothing."""
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            function()
        for word in words:
            self.assertIn(word, str(refusal.exception))


@tagged("post_install", "-at_install")
class TestSeat(SeatCase):
    """Which politician sits where, in what role, from when to when (S11)."""

    # What a seat is

    def test_an_end_before_the_start_is_refused_with_names_and_days(self):
        self._assert_refused(lambda: self._make_seat(date_to="2023-12-31"), "Havnen", "Ægir Ås", "12/31/2023")
        seat = self._make_seat(date_to="2024-01-01")
        self.assertEqual(seat.date_to, seat.date_from, "both days belong to the period")
        self._assert_refused(lambda: seat.write({"date_from": "2024-01-02"}), "ends before it begins")

    def test_a_politician_is_a_person(self):
        company = self.env["res.partner"].create({"name": "Byrådet ApS", "is_company": True})
        self._assert_refused(lambda: self._make_seat(politician_id=company.id), "Byrådet ApS", "company")
        seat = self._make_seat()
        self._assert_refused(lambda: seat.write({"politician_id": company.id}), "Byrådet ApS")

    def test_a_politician_does_not_become_a_company(self):
        self._make_seat()
        self._assert_refused(lambda: self.politician.write({"is_company": True}), "Ægir Ås", "holds political seats")
        self._assert_refused(lambda: self.politician.write({"company_type": "company"}), "Ægir Ås")
        self._make_politician("Bo").is_company = True

    def test_a_seat_is_at_an_actor(self):
        outsider = self.env["res.partner"].create({"name": "Udenfor"})
        self._assert_refused(lambda: self._make_seat(partner_id=outsider.id), "Udenfor")

    def test_the_body_is_kept_without_spaces_around_it(self):
        seat = self._make_seat(body="  the \t board ")
        self.assertEqual(seat.body, "the board")
        seat.body = " the  council "
        self.assertEqual(seat.body, "the council")
        self._assert_refused(lambda: self._make_seat(body="   "), "Ægir Ås", "what the seat is in")

    def test_while_it_is_written_it_has_no_name(self):
        Seat = self.env["one.entrance.seat"].with_user(self.consultant)
        for values in ({}, {"partner_id": self.actor.id}, {"politician_id": self.politician.id}):
            self.assertFalse(Seat.new(values).display_name)

    def test_it_is_called_after_role_body_actor_and_politician(self):
        seat = self._make_seat(role="chair")
        self.assertEqual(seat.display_name, "Chair of the board of Havnen: Ægir Ås")
        found = self.env["one.entrance.seat"].name_search("Ægir")
        self.assertEqual(found, [(seat.id, seat.display_name)])

    # The same seat twice

    def test_the_same_seat_twice_at_one_time_is_refused_naming_both_periods(self):
        self._make_seat(date_to="2024-06-30")
        again = {"body": " The BOARD", "date_from": "2024-06-30", "date_to": "2024-12-31"}
        self._assert_refused(
            lambda: self._make_seat(**again), "Havnen", "Ægir Ås", "01/01/2024 – 06/30/2024", "06/30/2024 – 12/31/2024"
        )
        self._make_seat(**{**again, "date_from": "2024-07-01"})

    def test_a_seat_without_end_overlaps_all_that_follows(self):
        self._make_seat()
        self._assert_refused(lambda: self._make_seat(date_from="2030-01-01"), "no end")
        self._make_seat(date_from="2023-01-01", date_to="2023-12-31")

    def test_a_short_period_inside_a_long_one_is_refused_also_with_one_between(self):
        self._make_seat(date_from="2020-01-01", date_to="2020-12-31")
        self._make_seat(date_from="2021-01-01", date_to="2029-12-31")
        self._assert_refused(lambda: self._make_seat(date_from="2023-01-01", date_to="2023-02-01"), "01/01/2021")

    def test_two_of_one_batch_are_compared(self):
        values = {
            "partner_id": self.actor.id,
            "politician_id": self.politician.id,
            "body": "the board",
            "date_from": "2024-01-01",
        }
        self._assert_refused(lambda: self.env["one.entrance.seat"].create([values, values]), "Havnen")

    def test_another_role_body_politician_or_actor_is_another_seat(self):
        self._make_seat()
        self._make_seat(role="chair")
        self._make_seat(body="the council")
        self._make_seat(politician_id=self._make_politician("Bo").id)
        self._make_seat(partner_id=self._make_actor("Banen").id)

    def test_a_change_that_makes_two_seats_the_same_is_refused(self):
        self._make_seat()
        other = self._make_seat(role="chair")
        self._assert_refused(lambda: other.with_user(self.consultant).write({"role": "member"}), "Havnen")

    # Over RPC and from a spreadsheet

    def test_an_actor_is_represented_while_a_seat_is_held(self):
        Partner = self.env["res.partner"]
        for date_from, date_to, represented in (
            ("2024-05-16", False, False),
            ("2024-05-15", False, True),
            ("2024-01-01", "2024-05-15", True),
            ("2024-01-01", "2024-05-14", False),
        ):
            with self.subTest(date_from=date_from, date_to=date_to):
                seat = self._make_seat(date_from=date_from, date_to=date_to)
                self.assertIs(self.actor.one_entrance_represented, represented)
                found = Partner.search([("one_entrance_represented", "=", represented), ("id", "=", self.actor.id)])
                self.assertEqual(found, self.actor)
                seat.unlink()

    def test_an_actor_says_in_a_line_who_sits_there_the_chair_first(self):
        self.assertFalse(self.actor.one_entrance_seat_text)
        self._make_seat()
        self._make_seat(politician_id=self._make_politician("Bo").id, role="chair")
        self._make_seat(politician_id=self._make_politician("Former").id, date_to="2024-05-01")
        self.assertEqual(self.actor.one_entrance_seat_text, "Bo, chair; Ægir Ås, member")

    def test_current_seats_are_given_by_actor(self):
        other = self._make_actor("Banen")
        seat = self._make_seat()
        theirs = self._make_seat(partner_id=other.id)
        self._make_seat(role="chair", date_to="2024-05-01")
        outsider = self.env["res.partner"].create({"name": "Udenfor"})
        current = (self.actor | other | outsider)._get_one_entrance_current_seats()
        self.assertEqual(current, {self.actor: seat, other: theirs})

    def test_a_politicians_contact_shows_the_seats_and_others_have_none(self):
        self.assertFalse(self.politician.one_entrance_is_politician)
        seat = self._make_seat(date_to="2024-02-01")
        self.assertTrue(self.politician.one_entrance_is_politician)
        self.assertEqual(self.politician.one_entrance_shown_seat_ids, seat)
        self.assertFalse(self.actor.one_entrance_shown_seat_ids)
        self.assertFalse(self.actor.one_entrance_is_politician)
        other = self._make_politician("Bo")
        seat.politician_id = other
        self.assertTrue(other.one_entrance_is_politician)
        self.assertFalse(self.politician.one_entrance_is_politician)
        seat.unlink()
        self.assertFalse(other.one_entrance_is_politician)

    def test_the_button_opens_the_seats_of_either(self):
        seat = self._make_seat()
        self._make_seat(partner_id=self._make_actor("Banen").id, politician_id=self._make_politician("Bo").id)
        for contact in (self.actor, self.politician):
            action = contact.with_user(self.colleague).action_one_entrance_seats()
            self.assertEqual(self.env[action["res_model"]].search(action["domain"]), seat)

    def test_the_consultant_writes_seats_on_the_actors_form(self):
        with (
            Form(self.actor.with_user(self.consultant), view="one_entrance.res_partner_actor_view_form") as form,
            form.one_entrance_seat_ids.new() as line,
        ):
            line.politician_id = self.politician
            line.body = "the board"
            line.role = "chair"
        self.assertEqual(self.actor.one_entrance_seat_text, "Ægir Ås, chair")
        with self.assertRaises(AccessError):
            self.actor.with_user(self.director_user).write(
                {"one_entrance_seat_ids": [Command.update(self.actor.one_entrance_seat_ids.id, {"role": "member"})]}
            )

    def test_everybody_opens_the_forms_of_actor_and_politician(self):
        self._make_seat()
        for user in (self.colleague, self.director_user, self.manager):
            for contact in (self.actor, self.politician):
                with self.subTest(user=user.login, contact=contact.name):
                    form = Form(contact.with_user(user))
                    self.assertEqual(len(form.one_entrance_shown_seat_ids), int(contact == self.politician))
            form = Form(self.actor.with_user(user), view="one_entrance.res_partner_actor_view_form")
            self.assertEqual(len(form.one_entrance_seat_ids), 1)

    # Nothing is lost

    def test_neither_actor_nor_politician_is_deleted(self):
        mayor_led = self._make_actor("Banen", mayor_led=True)
        self._make_seat(partner_id=mayor_led.id, date_to="2024-02-01")
        self._assert_refused(self.politician.unlink, "Ægir Ås", "Banen", "01/01/2024 – 02/01/2024", "Archive")
        self._assert_refused(mayor_led.unlink, "Banen", "Archive")

    def test_both_can_be_archived_and_the_seat_still_says_who(self):
        seat = self._make_seat()
        (self.politician | self.actor).active = False
        self.assertEqual(self.env["one.entrance.seat"].search([]), seat)
        self.assertEqual(seat.display_name, "Member of the board of Havnen: Ægir Ås")
        self.assertEqual(self.actor.one_entrance_seat_text, "Ægir Ås, member")

    # Coming, current, to confirm, ended

    def test_each_seat_is_coming_current_to_confirm_or_ended(self):
        Seat = self.env["one.entrance.seat"]
        for number, (date_from, date_to, state) in enumerate(
            (
                ("2024-05-16", False, "coming"),
                ("2024-05-16", "2024-06-30", "coming"),
                ("2024-05-15", False, "current"),
                ("2024-01-01", "2024-08-16", "current"),
                ("2024-01-01", "2024-08-15", "to_confirm"),
                ("2024-01-01", "2024-05-15", "to_confirm"),
                ("2024-01-01", "2024-05-14", "to_confirm"),
                ("2023-01-01", "2024-02-15", "to_confirm"),
                ("2023-01-01", "2024-02-14", "ended"),
            )
        ):
            with self.subTest(date_from=date_from, date_to=date_to):
                seat = self._make_seat(body=f"body {number}", date_from=date_from, date_to=date_to)
                self.assertEqual(seat.state, state)
                for each in ("coming", "current", "to_confirm", "ended"):
                    found = Seat.search([("state", "=", each), ("id", "=", seat.id)])
                    self.assertEqual(found, seat if each == state else Seat)

    def test_a_state_is_told_alike_on_the_days_around_each_edge(self):
        seats = self._make_seat() | self._make_seat(date_to="2024-12-31", body="the fund")
        seats |= self._make_seat(date_from="2024-02-29", date_to="2024-11-30", body="the council", is_final=True)
        dates = seats.mapped("date_from") + seats.mapped("date_to")
        around = [date + relativedelta(months=months) for date in dates if date for months in (-3, 0, 3)]
        found = self._assert_told_alike(seats.with_user(self.consultant), "state", self._get_days_around(around))
        self.assertEqual(found, {"coming", "current", "to_confirm", "ended"})

    def test_a_seat_that_ends_on_the_last_of_a_long_month_is_asked_about_from_the_last_of_a_short_one(self):
        seat = self._make_seat(date_to="2024-12-31")
        for today, state in (
            ("2024-09-29", "current"),
            ("2024-09-30", "to_confirm"),
            ("2025-03-31", "to_confirm"),
            ("2025-04-01", "ended"),
        ):
            with self.subTest(today=today), freeze_time(f"{today} 10:00:00"):
                self.env.invalidate_all()
                self.assertEqual(seat.state, state)
                self.assertEqual(self.env["one.entrance.seat"].search([("state", "=", state)]), seat)

    def test_who_says_that_it_ends_settles_it_and_may_take_it_back(self):
        seat = self._make_seat(date_to="2024-06-30").with_user(self.consultant)
        seat.action_final()
        self.assertEqual(seat.state, "current")
        seat.action_undo_final()
        self.assertEqual(seat.state, "to_confirm")
        for user in (self.colleague, self.director_user):
            with self.assertRaises(AccessError):
                seat.with_user(user).action_final()

    def test_what_follows_on_a_seat_is_a_later_one_of_the_same_actor(self):
        seat = self._make_seat(date_to="2024-06-30")
        elsewhere = self._make_seat(partner_id=self._make_actor("Banen").id, date_from="2024-07-01")
        self._assert_refused(lambda: seat.write({"renewed_by_id": elsewhere.id}), "Havnen", "Banen")
        self._assert_refused(lambda: seat.write({"renewed_by_id": seat.id}), "Havnen")
