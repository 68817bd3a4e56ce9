from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .common import OneEntranceCase

# Half past midnight on Wednesday 15 May 2024 in Copenhagen, and still Tuesday in Greenwich and in Nuuk.
AFTER_MIDNIGHT = "2024-05-14 22:30:00"
YESTERDAY, TODAY = "2024-05-14", "2024-05-15"


@tagged("post_install", "-at_install")
class TestDay(OneEntranceCase):
    """What day it is, is the municipality's to say: not the user's time zone, nor the server's (house rule 9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Copenhagen"
        cls.env = cls.env(context={**cls.env.context, "tz": False})
        cls.nuuk = cls.env["res.company"].create({"name": "Sermersooq", "one_entrance_sheet_validity": 6})
        cls.nuuk.partner_id.tz = "America/Nuuk"
        cls.manager.company_ids |= cls.nuuk
        level = cls.env["one.entrance.level"].search([("may_be_contact", "=", True)], limit=1)
        cls.there = cls._make_leader("Nuuk", level, company_id=cls.nuuk.id, user_id=cls.manager.id)

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(AFTER_MIDNIGHT))

    def _as_all(self, user):
        """Look at the same with users of every kind of time zone."""
        for zone in (False, "America/Nuuk", "Asia/Tokyo"):
            with self.subTest(zone=zone):
                user.tz = zone
                self.env.invalidate_all()
                yield self.env(user=user, context={"tz": zone, "allowed_company_ids": self.company.ids})

    def _make_planned(self, due, company=None):
        """An actor whose next meeting is due by a day."""
        return (
            self.env["res.partner"]
            .with_company(company or self.company)
            .create(
                {
                    "name": f"Due {due}",
                    "is_company": True,
                    "one_entrance_leader_id": (self.there if company else self.director).id,
                    "one_entrance_letter_date": "2023-01-01",
                    "one_entrance_contact_date": "2023-01-02",
                    "one_entrance_plan_date": date.fromisoformat(due).replace(month=2),
                    "one_entrance_interval": 3,
                    "one_entrance_relation": "known",
                    "one_entrance_step": "plan",
                }
            )
        )

    def _make_seat(self, actor, **values):
        politician = self.env["res.partner"].create({"name": "Ægir Ås"})
        values = {"partner_id": actor.id, "politician_id": politician.id, "body": "the board", **values}
        return self.env["one.entrance.seat"].create({"date_from": "2020-01-01", **values})

    def _make_ready(self, actors, *days):
        """Background sheets that were prepared on some day, half a year before they are outdated."""
        sheets = self.env["one.entrance.sheet"].with_context(one_entrance_keep_document=False)
        sheets = sheets.create(
            [{"partner_id": actor.id, "prepared_date": day} for actor, day in zip(actors, days, strict=True)]
        )
        for section in sheets.section_ids:
            section.body = "<p>Kajen</p>"
        sheets.action_ready()
        return sheets

    def _make_points(self, actor, *deadlines):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "start": "2023-05-02 08:00:00", "state": "held"}
        )
        return self.env["one.entrance.meeting.point"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "summary": "Kajen",
                    "commitment": f"Svar {deadline}",
                    "responsible_id": self.director_user.id,
                    "deadline": deadline,
                }
                for deadline in deadlines
            ]
        )

    def _assert_said(self, records, name, *values):
        """A status is the same on the records, in a search, and in a grouping."""
        self.assertEqual(records.mapped(lambda record: record[name]), list(values))
        for value in set(values):
            found = records.search([("id", "in", records.ids), (name, "=", value)])
            self.assertEqual(found, records.filtered(lambda record, value=value: record[name] == value))
        if records._name != "one.entrance.seat":
            groups = dict(records._read_group([("id", "in", records.ids)], [name], ["__count"]))
            self.assertEqual(groups, {value: values.count(value) for value in set(values)})

    def test_a_municipality_has_one_day(self):
        self.assertEqual(str(self.company._get_one_entrance_today()), TODAY)
        self.assertEqual(str(self.nuuk._get_one_entrance_today()), YESTERDAY)
        self.assertEqual(str(self.env["res.company"].with_company(self.nuuk)._get_one_entrance_today()), YESTERDAY)
        self.nuuk.partner_id.tz = "Asia/Tokyo"
        self.assertEqual(str(self.nuuk._get_one_entrance_today()), TODAY)
        self.nuuk.partner_id = self.env["res.partner"].create({"name": "Another contact", "tz": "America/Nuuk"})
        self.assertEqual(str(self.nuuk._get_one_entrance_today()), YESTERDAY)

    def test_a_moment_and_a_day_are_turned_into_each_other(self):
        for day in map(date.fromisoformat, ("2024-01-09", "2024-03-31", "2024-05-15", "2024-10-27")):
            begin = self.company._get_one_entrance_moment(day)
            self.assertEqual(self.company._get_one_entrance_day(begin), day)
            self.assertLess(self.company._get_one_entrance_day(begin.replace(minute=0, hour=begin.hour - 1)), day)

    def test_whoever_logs_a_call_that_was_held_today(self):
        for env in self._as_all(self.director_user):
            actor = self._make_actor(letter_date="2024-05-01", step="letter").with_env(env)
            context = actor.action_one_entrance_log_meeting()["context"]
            form = Form(
                env["one.entrance.meeting"].with_context(**context), "one_entrance.one_entrance_meeting_view_form_log"
            )
            meeting = form.save()
            self.assertEqual((meeting.state, str(meeting.date)), ("held", TODAY))
            self.assertEqual(str(actor.one_entrance_last_meeting_date), TODAY)
            self.assertEqual((actor.one_entrance_step, str(actor.one_entrance_contact_date)), ("contact", TODAY))

    def test_whoever_records_that_the_letter_went_out_today(self):
        for env in self._as_all(self.consultant):
            actor = self._make_actor()
            wizard = env["one.entrance.rollout.wizard"].create({"partner_ids": actor.ids, "step": "letter"})
            wizard.action_apply()
            self.assertEqual(str(actor.one_entrance_letter_date), TODAY)
            self.assertEqual(str(actor.one_entrance_appointment_ids.date_from), TODAY)

    def test_whoever_asks_whether_a_meeting_is_due(self):
        actors = self._make_planned(YESTERDAY) | self._make_planned(TODAY)
        for env in self._as_all(self.director_user):
            self._assert_said(actors.with_env(env), "one_entrance_dialogue_state", "overdue", "due")

    def test_whoever_asks_whether_a_meeting_lies_ahead(self):
        actor = self._make_planned(YESTERDAY)
        meetings = self.env["one.entrance.meeting"]
        yesterday, _today = (
            meetings.create({"partner_id": actor.id, "start": start, "allday": True}) for start in (YESTERDAY, TODAY)
        )
        for env in self._as_all(self.director_user):
            self._assert_said(actor.with_env(env), "one_entrance_dialogue_state", "planned")
            ahead = env["one.entrance.meeting"].search(meetings.with_env(env)._get_ahead_domain())
            self.assertNotIn(yesterday, ahead)
            meetings.with_env(env)._push_dates(actor)
            self.assertEqual(str(actor.one_entrance_next_meeting_date), TODAY)

    def test_whoever_asks_whether_a_sheet_is_up_to_date(self):
        actors = self._make_planned(YESTERDAY) | self._make_planned(TODAY)
        self.assertEqual(
            self._make_ready(actors, False, "2023-11-15").mapped("valid_until"), [date(2024, 11, 15), date(2024, 5, 15)]
        )
        self._make_ready(actors, "2023-11-14", "2023-11-15")
        for env in self._as_all(self.director_user):
            self._assert_said(actors.with_env(env), "one_entrance_sheet_state", "stale", "fresh")
            self.assertEqual(actors.with_env(env).one_entrance_sheet_id.mapped("is_outdated"), [True, False])

    def test_whoever_asks_who_has_a_seat(self):
        actors = self._make_planned(YESTERDAY) | self._make_planned(TODAY)
        seats = self._make_seat(actors[0], date_to=YESTERDAY, is_final=True) | self._make_seat(
            actors[1], date_from=TODAY, date_to="2030-12-31"
        )
        for env in self._as_all(self.director_user):
            self._assert_said(seats.with_env(env), "state", "ended", "current")
            self._assert_said(seats.with_env(env), "is_current", False, True)
            found = env["res.partner"].search([("id", "in", actors.ids), ("one_entrance_represented", "=", True)])
            self.assertEqual(found, actors.with_env(env).filtered("one_entrance_represented"))
            self.assertEqual(found, actors[1])

    def test_whoever_asks_whether_a_promise_is_late(self):
        points = self._make_points(self._make_planned(TODAY), YESTERDAY, TODAY)
        for env in self._as_all(self.director_user):
            self._assert_said(points.with_env(env), "state", "late", "open")

    def test_each_municipality_has_its_own_day(self):
        actors = self._make_planned(YESTERDAY) | self._make_planned(YESTERDAY, self.nuuk)
        points = self._make_points(actors[0], YESTERDAY) | self._make_points(actors[1], YESTERDAY)
        seats = self._make_seat(actors[0], date_to=YESTERDAY, is_final=True) | self._make_seat(
            actors[1], date_to=YESTERDAY, is_final=True
        )
        self._make_ready(actors, "2023-11-14", "2023-11-14")
        for company in (self.company, self.nuuk):
            with self.subTest(company=company.name):
                self.env.invalidate_all()
                env = self.env(
                    user=self.manager, context={"allowed_company_ids": [company.id, *(self.company + self.nuuk).ids]}
                )
                self._assert_said(actors.with_env(env), "one_entrance_dialogue_state", "overdue", "due")
                self._assert_said(actors.with_env(env), "one_entrance_sheet_state", "stale", "fresh")
                self._assert_said(points.with_env(env), "state", "late", "open")
                self._assert_said(seats.with_env(env), "state", "ended", "current")

    def test_the_night_knows_the_day_of_each_municipality(self):
        actors = self._make_planned(TODAY) | self._make_planned(TODAY, self.nuuk)
        meetings = self.env["one.entrance.meeting"].create(
            [{"partner_id": actor.id, "start": YESTERDAY, "allday": True} for actor in actors]
        )
        successors = self._make_leader("Next", self.director.level_id) | self._make_leader(
            "Next there", self.there.level_id, company_id=self.nuuk.id
        )
        for actor, successor in zip(actors, successors, strict=True):
            self.env["one.entrance.appointment"]._hand_over(actor, successor, date(2024, 5, 16), "New post")
        with freeze_time("2024-05-15 22:30:00"):
            self.env.invalidate_all()
            self.env["one.entrance.reminder"]._remind()
            asked = self.env["mail.activity"].search(
                [("activity_type_id", "=", self.env.ref("one_entrance.mail_activity_type_ask_held").id)]
            )
            self.assertEqual(set(asked.mapped("res_id")), set(meetings.ids))
            self.assertEqual(
                {activity.res_id: str(activity.date_deadline) for activity in asked},
                dict(zip(meetings.ids, ("2024-05-16", "2024-05-15"), strict=True)),
            )
            self.assertEqual(actors.one_entrance_leader_id, successors[0] | self.there)
