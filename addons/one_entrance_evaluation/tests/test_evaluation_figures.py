from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase

from ..models.figure.one_entrance_evaluation_figure import FIGURES
from .evaluation_recount import Recount, compare

LEFT = {"one_entrance_step": "left", "one_entrance_left_reason": "Lukket"}
PERIOD = ("2023-01-01", "2023-12-31")
OTHER_PERIODS = (
    ("2023-01-01", "2023-01-01"),
    ("2023-06-30", "2023-06-30"),
    ("2022-01-01", "2022-12-31"),
    ("2024-01-01", "2024-12-31"),  # runs still
    ("2000-01-01", "2000-12-31"),  # before everything
    ("2030-01-01", "2030-12-31"),  # has not begun
    ("2023-02-28", "2023-03-31"),
    ("2023-03-15", "2023-04-01"),
)


class EvaluationCase(OneEntranceCase):
    """The year 2023 of a municipality: actors of all kinds, on all steps, reached before, on and after the days where the
    year begins and ends; meetings in every state; and a neighbour that nothing is counted of.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief = cls._make_leader("Head of Schools", cls.level_head, role="head_of_department")
        cls._make_year()
        cls._make_neighbours()
        cls.evaluation = cls._make_round()
        cls.env.flush_all()

    @classmethod
    def _make_round(cls, date_from=PERIOD[0], date_to=PERIOD[1], **values):
        values = {"name": "2023", "date_from": date_from, "date_to": date_to, **values}
        return cls.env["one.entrance.evaluation"].with_user(cls.manager).create(values)

    def _move_to_nuuk(self):
        """Another day begins there four hours after that of Copenhagen; the meetings of before are on its days too."""
        self.company.partner_id.tz = "America/Nuuk"
        self.env["one.entrance.meeting"].search([]).filtered(lambda meeting: not meeting.allday)._compute_date()

    @classmethod
    def _make_year(cls):
        plan = {"step": "plan", "letter_date": "2021-02-01", "contact_date": "2021-03-01"}
        make = cls._make_entered
        cls.old = make(
            "2021-01-10", kind="company", relation="professional", **plan, plan_date="2022-06-30", interval=6
        )
        cls.boundary = make(
            "2022-10-01",
            kind="association",
            relation="new",
            step="plan",
            letter_date="2022-11-01",
            contact_date="2022-12-31",
            plan_date="2023-01-01",
            interval=3,
        )
        cls.contacted = make(
            "2022-12-01",
            kind="institution",
            relation="known",
            step="contact",
            letter_date="2022-12-31",
            contact_date="2023-01-01",
        )
        cls.letter = make("2023-02-01", kind="company", step="letter", letter_date="2023-12-31")
        cls.appointed = make("2023-12-31", kind="other", relation="new")
        cls.later = make("2024-01-01", kind="company", step="letter", letter_date="2024-02-01")
        cls.month_end = make(
            "2023-01-02",
            relation="professional",
            step="plan",
            letter_date="2023-01-05",
            contact_date="2023-01-20",
            plan_date="2023-01-31",
            interval=1,
        )
        cls.unkind = make("2023-10-01", step="contact", letter_date="2023-11-02", contact_date="2023-12-31")
        cls.too_late = make(
            "2023-12-01", kind="company", step="contact", letter_date="2024-01-01", contact_date="2024-01-02"
        )
        # the evidence is there, and nobody has moved the step; the interval is missing
        cls.unmoved = make("2023-03-01", kind="association", letter_date="2023-04-01", contact_date="2023-05-01")
        cls.unmoved.one_entrance_plan_date = "2023-06-01"
        cls.called = make("2023-03-01", kind="association", contact_date="2023-05-01")  # before the letter
        cls.archived = make("2022-05-01", kind="company", **plan, plan_date="2022-05-01", interval=6)
        cls.archived.action_archive()
        # those of mayor and municipal director: with letters, with nothing, with a meeting only, with a leader before
        cls.led = make(
            None,
            mayor_led=True,
            kind="institution",
            relation="professional",
            step="plan",
            letter_date="2023-03-01",
            contact_date="2023-03-15",
            plan_date="2023-03-31",
            interval=12,
        )
        cls.led_silent = make(None, mayor_led=True, kind="institution")
        cls.led_met = make(None, mayor_led=True, kind="company")
        cls.led_old = make(None, mayor_led=True, kind="company")
        cls.env.flush_all()
        for actor, moment in (
            (cls.led_silent, "2023-12-31 22:30"),
            (cls.led_met, "2010-01-01"),
            (cls.led_old, "2010-01-01"),
        ):
            cls.env.cr.execute("UPDATE res_partner SET create_date = %s WHERE id = %s", (moment, actor.id))
        cls.env.invalidate_all()
        cls.actors = cls.env["res.partner"].search([("one_entrance_company_id", "=", cls.company.id)])
        # leaving comes last: nobody writes sheets about who has left
        cls.left_before = make("2021-01-01", kind="company", **plan, plan_date="2021-04-01", interval=3)
        cls.left_first = make("2021-01-01", kind="company", **plan, plan_date="2022-12-31", interval=1)
        cls.left_during = make("2021-01-01", kind="company", **plan, plan_date="2022-12-31", interval=1)
        cls.left_after = make("2021-01-01", kind="other", **plan, plan_date="2023-08-31", interval=3)
        cls._make_sheets()
        cls._make_meetings()
        for actor, date in (
            (cls.left_before, "2022-12-31"),
            (cls.left_first, "2023-01-01"),
            (cls.left_during, "2023-06-30"),
            (cls.left_after, "2024-02-01"),
        ):
            actor.write({**LEFT, "one_entrance_left_date": date})
        cls._make_handovers()

    @classmethod
    def _make_entered(cls, entered, **values):
        actor = cls._make_actor(f"Aktør {entered} {len(values)}", **values)
        if entered:
            actor.one_entrance_appointment_ids.date_from = entered
        return actor

    @classmethod
    def _make_sheets(cls):
        for actor, written in (
            (cls.old, "2022-07-01"),  # valid until 1 January 2023
            (cls.old, "2023-02-01"),  # until 1 August
            (cls.old, "2023-09-01"),
            (cls.boundary, "2023-05-01"),
            (cls.led, "2023-05-10"),
        ):
            cls._make_sheet(actor, ready=True, prepared_date=written)
        cls._make_sheet(cls.contacted, prepared_date="2023-01-01", valid_until="2023-12-31")  # a draft still
        cls._make_sheet(cls.month_end, ready=True, prepared_date="2023-03-01").action_archive_sheet()
        draft = cls._make_sheet(cls.unkind, prepared_date="2023-01-01")
        draft.action_archive_sheet()

    @classmethod
    def _make_meetings(cls):
        held, planned = {"state": "held"}, {"state": "planned"}
        used = {**held, "sheet_used": True}
        for actor, start, values in (
            (cls.old, "2022-12-31 22:59:00", held),  # the last minute of the year before
            (cls.old, "2022-12-31 23:00:00", used),  # the first of the year, and the last day of a sheet
            (cls.old, "2023-01-02 08:00:00", held),
            (cls.old, "2023-02-01 08:00:00", used),
            (cls.old, "2023-07-31 22:30:00", {**held, "kind": "call"}),  # 1 August here
            (cls.old, "2023-08-01 22:30:00", used),  # 2 August
            (cls.old, "2023-12-31 22:59:00", held),
            (cls.old, "2023-12-31 23:00:00", held),
            (cls.old, "2023-10-10 08:00:00", {**held, "confidential": True}),
            (cls.boundary, "2023-01-01 08:00:00", {**held, "kind": "introduction"}),  # at which the plan was agreed
            (cls.boundary, "2023-01-02 08:00:00", held),
            (cls.boundary, "2023-04-30 08:00:00", used),
            (cls.boundary, "2023-05-01 08:00:00", held),
            (cls.boundary, "2023-12-31 00:00:00", {**held, "allday": True}),
            (cls.boundary, "2024-01-01 00:00:00", {**held, "allday": True}),
            (cls.contacted, "2023-01-01 10:00:00", {**held, "kind": "introduction"}),
            (cls.month_end, "2023-01-31 10:00:00", {**held, "kind": "introduction"}),
            (cls.month_end, "2023-03-05 10:00:00", held),
            (cls.month_end, "2023-09-05 10:00:00", {**held, "kind": "ad_hoc"}),
            (cls.unmoved, "2023-07-01 10:00:00", held),
            (cls.led, "2023-05-10 10:00:00", {**used, "attendee_ids": cls._get_principals()}),
            (cls.led, "2023-06-10 10:00:00", held),
            (cls.led, "2023-07-10 10:00:00", {**held, "kind": "call"}),
            (cls.led_met, "2023-09-09 10:00:00", held),
            (cls.led_old, "2022-09-09 10:00:00", held),
            (cls.left_before, "2022-06-01 10:00:00", held),
            (cls.left_during, "2023-01-31 10:00:00", held),
            (cls.left_during, "2023-06-30 10:00:00", held),  # the day it left
            (cls.left_after, "2023-09-30 10:00:00", held),
            (cls.later, "2024-02-02 10:00:00", held),
            (cls.letter, "2023-06-01 10:00:00", planned),
            (cls.letter, "2024-05-14 10:00:00", planned),
            (cls.letter, "2024-05-15 14:00:00", planned),  # today
            (cls.letter, "2024-06-01 10:00:00", planned),
            (cls.archived, "2023-03-03 10:00:00", held),
        ):
            cls._meet(actor, start, **values)
        for day, reason in (
            ("2022-12-31", "actor"),
            ("2023-01-01", "actor"),
            ("2023-03-01", "actor"),
            ("2023-05-01", "municipality"),
            ("2023-12-31", "illness"),
            ("2024-01-01", "other"),
        ):
            gone = {"state": "postponed", "postpone_reason": reason, "replan_date": "2024-06-01"}
            cls._meet(cls.old, f"{day} 10:00:00", **gone)
        cls._meet(cls.boundary, "2023-08-01 10:00:00", state="cancelled", postpone_reason="illness")
        # a meeting held for a contact leader before mayor and municipal director took over stays what it was
        cls._meet(cls.led, "2023-04-10 10:00:00", state="held", mayor_led=False)

    @classmethod
    def _get_principals(cls):
        return [Command.set((cls.mayor | cls.municipal_director).partner_id.ids)]

    @classmethod
    def _meet(cls, actor, start, **values):
        return cls.env["one.entrance.meeting"].create({"partner_id": actor.id, "start": start, **values})

    @classmethod
    def _make_handovers(cls):
        director, head, chief = cls.director, cls.head, cls.chief
        for actor, *periods in (
            (cls.old, (head, "2021-01-10", "2023-01-01"), (director, "2023-01-01", None)),
            (cls.boundary, (head, "2022-10-01", "2022-12-31"), (director, "2022-12-31", None)),
            (
                cls.month_end,
                (head, "2023-01-02", "2023-05-01"),
                (chief, "2023-05-01", "2023-05-01"),  # corrected the same day
                (director, "2023-05-01", None),
            ),
            (cls.contacted, (director, "2022-12-01", "2023-03-01"), (director, "2023-04-01", None)),  # back again
            (cls.letter, (chief, "2023-02-01", "2023-02-01"), (director, "2023-02-01", None)),  # the first, corrected
            (cls.unmoved, (head, "2023-03-01", "2023-06-01"), (director, "2023-12-31", None)),  # nobody in between
            (  # there and back
                cls.archived,
                (director, "2022-05-01", "2022-08-01"),
                (head, "2022-08-01", "2023-08-01"),
                (director, "2023-08-01", None),
            ),
            (  # another one for no day, and the same again
                cls.called,
                (director, "2023-03-01", "2023-05-01"),
                (chief, "2023-05-10", "2023-05-10"),
                (director, "2023-06-01", None),
            ),
            (cls.unkind, (head, "2023-10-01", "2024-01-01"), (director, "2024-01-01", None)),
        ):
            *former, (_leader, begins, _until) = periods
            actor.one_entrance_appointment_ids.date_from = begins
            cls.env["one.entrance.appointment"].create(
                [
                    {
                        "partner_id": actor.id,
                        "leader_id": leader.id,
                        "date_from": since,
                        "date_to": until,
                        "reason": "Orlov",
                    }
                    for leader, since, until in former
                ]
            )
        common = {"partner_id": cls.old.id, "origin": "Den gamle havn", "reason": "Merged"}
        cls.env["one.entrance.appointment"].create(
            [
                {**common, "leader_id": head.id, "date_from": "2018-01-01", "date_to": "2023-02-02"},
                {**common, "leader_id": chief.id, "date_from": "2023-02-02", "date_to": "2023-06-01"},
            ]
        )
        # what came with a merged contact says nothing about when this one entered
        cls.env["one.entrance.appointment"].create(
            {
                **common,
                "partner_id": cls.later.id,
                "leader_id": head.id,
                "date_from": "2020-01-01",
                "date_to": "2020-06-01",
            }
        )
        cls.env["one.entrance.appointment"].create(
            {"partner_id": cls.led_old.id, "leader_id": head.id, "date_from": "2023-01-01", "date_to": "2023-02-01"}
        )

    @classmethod
    def _make_neighbours(cls):
        """Another municipality, with something of everything in the same year."""
        theirs = cls.env["res.company"].create({"name": "Nabokommunen"})
        leaders = [
            cls._make_leader(f"Their {n}", cls.level_director, company_id=theirs.id) for n in ("First", "Second")
        ]
        actor = cls.env["res.partner"].create(
            {
                "name": "Deres",
                "is_company": True,
                "one_entrance_leader_id": leaders[1].id,
                "one_entrance_kind": "company",
                "one_entrance_relation": "new",
                "one_entrance_step": "plan",
                "one_entrance_letter_date": "2023-01-05",
                "one_entrance_contact_date": "2023-02-05",
                "one_entrance_plan_date": "2023-03-05",
                "one_entrance_interval": 1,
            }
        )
        actor.one_entrance_appointment_ids.date_from = "2023-05-01"
        cls.env["one.entrance.appointment"].create(
            {"partner_id": actor.id, "leader_id": leaders[0].id, "date_from": "2023-01-01", "date_to": "2023-05-01"}
        )
        cls._meet(actor, "2023-06-01 10:00:00", state="held", sheet_used=True)
        cls.theirs, cls.their_actor = theirs, actor

    def _get_figures(self, evaluation=None):
        figures = (evaluation or self.evaluation)._get_figures()
        return {(figure.code, figure.key): figure for figure in figures}


@tagged("post_install", "-at_install")
class TestEvaluationFigures(EvaluationCase):
    """Each figure of a round equals what a count of the raw records says, and opens exactly these records."""

    def test_every_figure_equals_the_count_of_the_raw_records(self):
        self.assertFalse(compare(self.evaluation))

    def test_every_figure_measures_something_in_the_year_of_the_test(self):
        """A figure that is nought, or all there is, would agree with many a wrong count."""
        figures = [figure for figure in self.evaluation._get_figures() if figure.section in Recount.sections]
        self.assertEqual({figure.code for figure in figures}, set(FIGURES))
        for code in FIGURES:
            with self.subTest(code=code):
                self.assertTrue([figure for figure in figures if figure.code == code and figure.count and figure.value])

    def test_a_few_figures_counted_by_hand(self):
        figures = self._get_figures()
        for identity, value, base in (
            (("rollout_start", "plan"), 4, 4 + 2 + 1),
            (("rollout_start", "left"), 1, None),
            (("rollout_end", "left"), 3, None),
            (("meetings_planned", "6"), 4, None),
            (("meetings_planned", "3"), 4, None),
            (("meetings_planned", "12"), 0, None),
            (("handovers", False), 4, None),
            (("mayor_led_meetings", False), 4, None),
            (("mayor_led_full", False), 2, 4),
        ):
            with self.subTest(figure=identity):
                self.assertEqual((figures[identity].value, figures[identity].base), (value, base))

    def test_every_figure_equals_the_raw_records_in_other_periods(self):
        for date_from, date_to in OTHER_PERIODS:
            with self.subTest(date_from=date_from, date_to=date_to):
                self.assertFalse(compare(self._make_round(date_from, date_to)))

    def test_the_end_of_one_period_is_the_start_of_the_next(self):
        first, second = self._make_round("2022-01-01", "2022-12-31"), self.evaluation
        for step in ("appointed", "letter", "contact", "plan", "left"):
            self.assertEqual(
                self._get_figures(first)["rollout_end", step].value,
                self._get_figures(second)["rollout_start", step].value,
            )

    def test_what_plans_call_for_adds_up_over_the_parts_of_a_period(self):
        whole = self._get_figures()["meetings_planned_total", False].value
        parts, day = 0, fields.Date.to_date(PERIOD[0])
        for length in (1, 58, 31, 2, 88, 1, 184):
            last = day + timedelta(days=length - 1)
            parts += self._get_figures(self._make_round(day, last))["meetings_planned_total", False].value
            day = last + timedelta(days=1)
        self.assertEqual(str(day), "2024-01-01")
        self.assertEqual(parts, whole)

    def test_without_actors_and_meetings_there_is_nothing_to_measure_and_nothing_breaks(self):
        empty = self.env["res.company"].create({"name": "Tomkommunen"})
        self.manager.company_ids |= empty
        evaluation = self._make_round(company_id=empty.id)
        self.assertFalse(compare(evaluation.sudo()))
        for figure in evaluation.sudo()._get_figures():
            self.assertIs(
                figure.value is None, figure.unit != "count" or figure.code == "relation_average", figure.label
            )
        texts = {figure.code: figure.value_text for figure in evaluation.sudo().figure_ids}
        self.assertEqual(texts["contact_days"], "Nothing to measure yet")
        self.assertEqual(texts["sheets_used"], "Nothing to measure yet")
        self.assertEqual(texts["meetings"], "0")

    def test_the_days_are_the_municipalitys_own(self):
        """Just before midnight in Copenhagen it is another day in Nuuk."""
        self._move_to_nuuk()
        self.assertFalse(compare(self.evaluation))
        with freeze_time("2024-01-01 01:00:00"):
            evaluation = self._make_round("2024-01-01", "2024-12-31")
            self.assertEqual(str(evaluation._get_last_day()), "2023-12-31")
            self.assertFalse(compare(evaluation))

    def test_every_figure_opens_exactly_its_records(self):
        raw = Recount(self.evaluation).count()
        self.env.invalidate_all()
        rows = self.evaluation.with_user(self.manager).figure_ids
        rows = rows.filtered(lambda row: row._get_section() in Recount.sections)
        self.assertEqual(len(rows), len(raw))
        for row in rows:
            with self.subTest(figure=row.label):
                found = self._open(row)
                self.assertEqual(set(found.ids), set(raw[row.code, row.key or None].ids))
                self.assertEqual(len(found), row.count)

    def _open(self, row):
        action = row.with_user(self.manager).action_open()
        self.assertEqual(action["type"], "ir.actions.act_window")
        self.assertFalse([name for name in action["context"] if name.startswith("search_default_")])
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .search(action["domain"])
        )

    def test_a_figure_that_is_opened_is_brought_up_to_date_in_the_same_moment(self):
        row = self.evaluation.figure_ids.filtered(lambda row: row.code == "meetings_cancelled")
        self.assertEqual(row.count, 1)
        self._meet(self.old, "2023-08-02 10:00:00", state="cancelled", postpone_reason="actor")
        self.assertEqual(row.count, 1)
        self.assertEqual(len(self._open(row)), 2)
        self.assertEqual(row.count, 2)

    def test_a_confidential_meeting_counts_for_everybody_and_opens_for_who_may_read_it(self):
        as_consultant = self.evaluation.with_user(self.consultant)
        key = ("meetings", False)
        self.assertEqual(self._get_figures(as_consultant)[key].value, self._get_figures()[key].value)
        self.old.one_entrance_consultant_id = False
        row = self.evaluation.figure_ids.filtered(lambda row: row.code == "meetings")
        domain = row.with_user(self.manager).action_open()["domain"]
        Meeting = self.env["one.entrance.meeting"]
        self.assertEqual(Meeting.with_user(self.manager).search_count(domain), row.count)
        self.assertEqual(Meeting.with_user(self.consultant).search_count(domain), row.count - 1)

    def test_figures_are_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("da_DK")
        danish = self.evaluation.with_context(lang="da_DK")._get_figures()
        english = self.evaluation._get_figures()
        for ours, theirs in zip(danish, english, strict=True):
            self.assertNotEqual(ours.label, theirs.label)
            self.assertEqual(ours.value, theirs.value)
        rows = self.evaluation.figure_ids.with_context(lang="da_DK")
        by_code = {row.code: row for row in rows if not row.key}
        self.assertIn(" af ", by_code["sheets_used"].value_text)
        self.assertIn(" dage", by_code["contact_days"].value_text)

    def test_the_value_is_read_with_its_unit(self):
        rows = {(row.code, row.key): row.value_text for row in self.evaluation.figure_ids}
        self.assertEqual(rows["meetings_planned", "6"], "4")
        self.assertEqual(rows["mayor_led_full", False], "2 of 4 (50\N{NO-BREAK SPACE}%)")
        self.assertEqual(rows["contact_days_median", False], "15 days")
        one = self._make_round("2023-01-01", "2023-01-01")
        rows = {row.code: row.value_text for row in one.figure_ids}
        self.assertEqual(rows["contact_days"], "1 day")

    def test_a_change_of_the_period_brings_the_figures_up_to_date(self):
        with Form(self.evaluation.with_user(self.manager)) as form:
            form.date_from = "2023-12-31"
        rows = {(row.code, row.key or False): row.value for row in self.evaluation.figure_ids}
        self.assertEqual(rows, {identity: each.value or 0 for identity, each in self._get_figures().items()})

    def test_the_number_of_queries_does_not_grow_with_actors_and_meetings(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.evaluation.with_user(self.manager)._get_figures()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        actors = self.env["res.partner"].create(
            [
                {
                    "name": f"Mange {n}",
                    "is_company": True,
                    "one_entrance_leader_id": self.head.id,
                    "one_entrance_kind": "company",
                    "one_entrance_step": "plan",
                    "one_entrance_letter_date": fields.Date.to_date("2023-01-05") + timedelta(days=n),
                    "one_entrance_contact_date": fields.Date.to_date("2023-02-05") + timedelta(days=n),
                    "one_entrance_plan_date": fields.Date.to_date("2023-03-05") + timedelta(days=n),
                    "one_entrance_interval": 6,
                }
                for n in range(60)
            ]
        )
        self.env["one.entrance.meeting"].create(
            [{"partner_id": actor.id, "start": "2023-11-01 08:00:00", "state": "held"} for actor in actors]
        )
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 45)

    def test_the_form_shows_all_figures_with_a_handful_of_queries(self):
        spec = {
            "figure_ids": {"fields": {name: {} for name in ("section_text", "label", "value_text")}},
            "figures_date": {},
        }
        evaluation = self.evaluation.with_user(self.manager)
        self.assertGreater(len(evaluation.figure_ids), 60)
        evaluation.web_read(spec)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            evaluation.web_read(spec)
