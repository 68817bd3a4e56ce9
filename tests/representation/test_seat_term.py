from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .test_seat import SeatCase

TERM = "2025-12-31"
NEXT_TERM = "2029-12-31"


@tagged("post_install", "-at_install")
class TestSeatTerm(SeatCase):
    """A seat ends with the council's term unless said otherwise; when the Settings are corrected it moves along, and what
    has ended stays (S11).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.one_entrance_election_date = TERM

    def _assert_end(self, seat, date, ticked=True):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(str(seat.date_to or ""), date or "")
        self.assertIs(seat.ends_with_term, ticked)

    # When it is registered

    def test_it_ends_with_the_term(self):
        self._assert_end(self._make_seat(), TERM)
        self._assert_end(self._make_seat(body="last day", date_from=TERM), TERM)

    def test_it_has_no_end_where_it_begins_after_the_term_or_no_term_is_known(self):
        self._assert_end(self._make_seat(date_from="2026-01-01"), False)
        self.company.one_entrance_election_date = False
        self._assert_end(self._make_seat(body="no term"), False)

    def test_another_end_takes_the_tick_away(self):
        self._assert_end(self._make_seat(date_to="2024-06-30"), "2024-06-30", ticked=False)
        seat = self._make_seat(body="the council")
        seat.date_to = "2024-06-30"
        self._assert_end(seat, "2024-06-30", ticked=False)
        seat.ends_with_term = True
        self._assert_end(seat, TERM)
        seat.date_to = False
        self._assert_end(seat, False, ticked=False)

    def test_the_same_end_written_down_keeps_the_tick(self):
        seat = self._make_seat(date_to=TERM)
        self._assert_end(seat, TERM)
        seat.date_to = TERM
        self._assert_end(seat, TERM)

    def test_an_empty_cell_of_a_spreadsheet_is_the_end_of_the_term(self):
        self._assert_end(self._make_seat(date_to=False), TERM)
        self._assert_end(self._make_seat(body="no end", date_to=False, ends_with_term=False), False, ticked=False)

    def test_the_tick_finds_room_between_two_seats(self):
        seat = self._make_seat(date_to="2024-06-30")
        self._make_seat(date_from="2026-01-01", date_to=NEXT_TERM)
        seat.ends_with_term = True
        self._assert_end(seat, TERM)

    def test_the_first_day_decides_whether_the_term_is_its_end(self):
        seat = self._make_seat()
        seat.date_from = "2026-01-01"
        self._assert_end(seat, False)
        seat.date_from = "2024-02-01"
        self._assert_end(seat, TERM)

    def test_who_types_sees_the_end_and_writes_another_without_the_tick(self):
        form = Form(self.env["one.entrance.seat"].with_user(self.consultant))
        form.partner_id = self.actor
        form.politician_id = self.politician
        form.body = "the board"
        form.date_from = "2024-01-01"
        self.assertEqual(str(form.date_to), TERM)
        form.ends_with_term = False
        form.date_to = "2024-06-30"
        form.ends_with_term = True
        self.assertEqual(str(form.date_to), TERM)
        form.ends_with_term = False
        form.date_to = "2024-07-31"
        self._assert_end(form.save(), "2024-07-31", ticked=False)

    # When the Settings change

    def test_a_term_that_ended_before_the_council_decided_on_the_scheme_is_refused(self):
        self.company.one_entrance_decision_date = "2019-12-17"
        with self.assertRaisesRegex(ValidationError, "01/01/1900.*12/17/2019"):
            self.company.one_entrance_election_date = "1900-01-01"
        self.company.one_entrance_election_date = "2019-12-31"

    def test_a_correction_moves_the_seats_that_end_with_the_term(self):
        seats = [self._make_seat(), self._make_seat(body="coming", date_from="2025-06-01")]
        said = self._make_seat(body="said", date_to="2025-06-30")
        for date in ("2026-01-15", "2025-11-30", "2026-11-30"):
            self.company.one_entrance_election_date = date
            for seat in seats:
                self._assert_end(seat, date)
        self._assert_end(said, "2025-06-30", ticked=False)

    def test_the_first_time_the_term_is_filled_in_the_seats_without_end_get_it(self):
        self.company.one_entrance_election_date = False
        seat = self._make_seat()
        later = self._make_seat(body="later", date_from="2026-01-01")
        never = self._make_seat(body="never", ends_with_term=False)
        self.company.one_entrance_election_date = TERM
        self._assert_end(seat, TERM)
        self._assert_end(later, False)
        self._assert_end(never, False, ticked=False)

    def test_the_end_of_the_next_term_prolongs_nothing_before_the_old_one_has_passed(self):
        seat = self._make_seat()
        coming = self._make_seat(body="coming", date_from="2026-01-01")
        with freeze_time("2025-11-20 10:00:00"):
            self.company.one_entrance_election_date = NEXT_TERM
            self._assert_end(seat, TERM)
            self._assert_end(coming, NEXT_TERM)
            # and a correction of the new one moves only those of the new term
            self.company.one_entrance_election_date = "2030-01-15"
            self._assert_end(seat, TERM)
            self._assert_end(coming, "2030-01-15")

    def test_the_end_of_the_next_term_prolongs_nothing_after_the_old_one_has_passed(self):
        seat = self._make_seat()
        for date in (NEXT_TERM, "2026-06-30"):
            with self.subTest(date=date), freeze_time("2026-01-05 10:00:00"):
                self.company.one_entrance_election_date = date
                self._assert_end(seat, TERM)

    def test_more_than_a_year_is_another_term(self):
        seat = self._make_seat()
        self.company.one_entrance_election_date = "2027-01-01"
        self._assert_end(seat, TERM)
        self.company.one_entrance_election_date = "2026-12-31"
        self._assert_end(seat, "2026-12-31")

    def test_the_last_day_of_the_term_is_not_yet_passed(self):
        seat = self._make_seat()
        with freeze_time(f"{TERM} 10:00:00"):
            self.company.one_entrance_election_date = "2026-01-15"
        self._assert_end(seat, "2026-01-15")

    def test_a_day_that_has_passed_moves_nothing(self):
        self.company.one_entrance_election_date = "2024-12-31"
        seat = self._make_seat()
        self.company.one_entrance_election_date = "2024-05-14"
        self._assert_end(seat, "2024-12-31")

    def test_a_day_that_is_cleared_and_written_again_is_a_correction(self):
        seat = self._make_seat()
        self.company.one_entrance_election_date = False
        self._assert_end(seat, TERM)
        self.company.one_entrance_election_date = "2025-12-30"
        self._assert_end(seat, "2025-12-30")

    def test_a_renewed_seat_moves_together_with_the_one_that_follows(self):
        for date, begin in (("2026-01-15", "2026-01-16"), ("2025-12-15", "2025-12-16")):
            with self.subTest(date=date):
                self.company.one_entrance_election_date = TERM
                seat = self._make_seat(body=date)
                following = self._make_seat(body=date, date_from="2026-01-01", date_to=NEXT_TERM, ends_with_term=True)
                seat.renewed_by_id = following
                self.company.one_entrance_election_date = date
                self._assert_end(seat, date)
                self._assert_end(following, NEXT_TERM)
                self.assertEqual(str(following.date_from), begin)

    def test_a_correction_that_leaves_a_seat_behind_its_start_takes_its_end_away(self):
        seat = self._make_seat(date_from="2025-12-20")
        self.company.one_entrance_election_date = "2025-12-15"
        self._assert_end(seat, False)

    def test_saving_other_settings_changes_no_seat(self):
        seat = self._make_seat()
        with freeze_time("2025-11-20 10:00:00"):
            self.company.one_entrance_election_date = NEXT_TERM
        with freeze_time("2026-01-05 10:00:00"):
            settings = self.env["res.config.settings"].create({"one_entrance_sheet_validity": 5})
            settings.execute()
        self._assert_end(seat, TERM)
        self.assertEqual(str(self.company.one_entrance_election_date), NEXT_TERM)

    def test_the_settings_form_moves_the_seats(self):
        seat = self._make_seat()
        administrator = self._make_user("administrator", "base.group_system,one_entrance.group_manager")
        settings = self.env["res.config.settings"].with_user(administrator)
        settings.create({"one_entrance_election_date": "2025-11-30"}).execute()
        self._assert_end(seat, "2025-11-30")

    def test_an_ended_seat_that_is_corrected_keeps_its_end(self):
        seat = self._make_seat()
        with freeze_time("2026-02-01 10:00:00"):
            self.company.one_entrance_election_date = NEXT_TERM
            seat.write({"date_from": "2024-02-01", "role": "chair"})
        self._assert_end(seat, TERM)

    def test_each_municipality_has_its_own_term(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen", "one_entrance_election_date": "2026-03-31"})
        leader = self._make_leader("Their Director", self.level_director, company_id=theirs.id)
        actor = self.env["res.partner"].create({"name": "Deres", "one_entrance_leader_id": leader.id})
        values = {
            "partner_id": actor.id,
            "politician_id": self.politician.id,
            "body": "the board",
            "date_from": "2024-01-01",
        }
        seat, their_seat = self._make_seat(), self.env["one.entrance.seat"].create(values)
        self.assertEqual(their_seat.company_id, theirs)
        self._assert_end(their_seat, "2026-03-31")
        theirs.one_entrance_election_date = "2026-04-30"
        self._assert_end(their_seat, "2026-04-30")
        self._assert_end(seat, TERM)
        (self.company | theirs).write({"one_entrance_election_date": "2026-02-28"})
        self._assert_end(their_seat, "2026-02-28")
        self._assert_end(seat, "2026-02-28")
