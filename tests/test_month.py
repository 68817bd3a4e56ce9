import calendar
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import OneEntranceCase

START = date(2024, 5, 15)
DAYS = 30
SOON = timedelta(days=30)
PREPARATION = timedelta(days=14)
WEEK = timedelta(days=7)


def add_months(day, months):
    """The same day so many months later, or the month's last where it is shorter; by hand, to check Odoo's."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass
class Meeting:
    """A meeting as the ledger remembers it."""

    record: object
    actor: object
    day: date
    state: str = "planned"
    leader: str = ""
    replan: date | None = None
    replaced: bool = False


@dataclass
class Seat:
    """A political seat as the ledger remembers it."""

    record: object
    end: date
    said: bool = False

    def is_to_confirm(self, today):
        return not self.said and add_months(self.end, -3) <= today <= add_months(self.end, 3)


@dataclass
class Actor:
    """An actor as the ledger remembers it."""

    record: object
    leader: str
    consultant: object
    interval: int = 0
    planned_on: date | None = None
    new: bool = False
    left: bool = False
    sheet_until: date = date.min
    meetings: list = field(default_factory=list)
    seats: list = field(default_factory=list)

    @property
    def last(self):
        return max((meeting.day for meeting in self.meetings if meeting.state == "held"), default=None)

    def get_next(self, today):
        ahead = (meeting.day for meeting in self.meetings if meeting.state == "planned" and meeting.day >= today)
        return min(ahead, default=None)

    @property
    def due(self):
        if self.left or not self.interval:
            return None
        since = max(filter(None, [self.planned_on, self.last]))
        due = add_months(since, self.interval)
        return since + timedelta(days=round((due - since).days / 2)) if self.new else due

    def get_state(self, today):
        if self.left:
            return False
        if self.get_next(today):
            return "planned"
        if not self.due:
            return "no_plan"
        if self.due < today:
            return "overdue"
        return "due" if self.due <= today + SOON else "on_track"


@tagged("slow", "-standard", "post_install", "-at_install")
class TestMonth(OneEntranceCase):
    """A month in the life of a hundred actors: meetings are planned, moved, held, postponed and forgotten, reminders are
    given and put aside, a leader leaves, political seats come to their end. Every morning the reminders are what a ledger kept beside it says, and none is
    there twice; at the end so are all dates (S5–S7, S11, S13, S14).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={**cls.env.context, "no_mail_to_attendees": True, "one_entrance_keep_document": False}
        )
        cls.random = random.Random(17122019)  # noqa: S311 the same month each time, nothing to keep secret
        cls.mayor_office = cls._make_user("mayor_office", "one_entrance.group_leader")
        cls.mayor.delegate_id = cls.mayor_office
        cls.successor_user = cls._make_user("successor", "one_entrance.group_leader")
        cls.other_consultant = cls._make_user("other_consultant", "one_entrance.group_consultant")
        cls.successor = cls._make_leader("Successor", cls.level_director, user_id=cls.successor_user.id)
        cls.nobody = cls._make_leader("Head without Login", cls.level_head, role="head_of_department")
        cls.leaders = {
            "director": cls.director,
            "head": cls.head,
            "successor": cls.successor,
            "nobody": cls.nobody,
        }
        cls.acting = {
            "director": cls.director_user,
            "head": cls.delegate_user,
            "successor": cls.successor_user,
            "nobody": None,
            "mayor": cls.mayor_office,
        }
        cls.managers = cls.env["res.users"].search(
            [("all_group_ids", "in", cls.env.ref("one_entrance.group_manager").ids), ("id", "!=", 1)]
        )
        kinds = ("due", "update_sheet", "ownerless", "confirm_seats", "ask_held", "plan_again")
        cls.politician = cls.env["res.partner"].create({"name": "Ægir Ås"})
        cls.kinds = {cls.env.ref(f"one_entrance.mail_activity_type_{kind}").id: kind for kind in kinds}
        cls.put_aside = {}
        cls.actors = [cls._make(number) for number in range(100)]

    @classmethod
    def _make(cls, number):
        """Make an actor in the register and in the ledger; what it is like follows from its number."""
        leader = ("director", "head", "director", "successor", "mayor")[number % 5]
        if number % 25 == 6:
            leader = "nobody"
        consultant = cls.other_consultant if number % 3 == 0 else cls.consultant
        actor = Actor(None, leader, consultant, new=number % 7 == 0)
        values = {
            "relation": "new" if actor.new else "known",
            "consultant_id": consultant.id,
            "letter_date": date(2023, 1, 10),
            "contact_date": date(2023, 2, 10),
            "step": "contact",
        }
        if number % 10:
            actor.interval = (1, 2, 3, 6, 12)[number // 5 % 5]
            actor.planned_on = date(2023, 3, 1) + timedelta(days=number * 4)
            values |= {"step": "plan", "plan_date": actor.planned_on, "interval": actor.interval}
        if leader == "mayor":
            values["mayor_led"] = True
        actor.record = cls._make_actor(f"Actor {number}", leader=cls.leaders.get(leader), **values)
        if number % 4 == 1:
            cls._make_ready_sheet(actor, START)
        for body in range(number % 3 if number % 6 else 0):
            cls._make_seat(actor, START + timedelta(days=number + 15 * body), f"body {body}")
        return actor

    @classmethod
    def _make_seat(cls, actor, end, body):
        record = cls.env["one.entrance.seat"].create(
            {
                "partner_id": actor.record.id,
                "politician_id": cls.politician.id,
                "body": body,
                "date_from": date(2022, 1, 1),
                "date_to": end,
            }
        )
        actor.seats.append(Seat(record, end))

    @classmethod
    def _make_ready_sheet(cls, actor, today):
        cls._make_sheet(actor.record).with_context(one_entrance_keep_document=False).action_ready()
        actor.sheet_until = add_months(today, 6)

    # What happens in a day

    def _plan(self, actor, day):
        record = self.env["one.entrance.meeting"].create(
            {
                "partner_id": actor.record.id,
                "start": datetime.combine(day, time(8)),
                "stop": datetime.combine(day, time(9)),
            }
        )
        if self.random.random() < 0.5:
            record.action_add_to_calendar()
        meeting = Meeting(record, actor, day, leader=actor.leader)
        actor.meetings.append(meeting)
        return meeting

    def _hold(self, meeting):
        meeting.record.action_hold()
        meeting.state = "held"

    def _postpone(self, meeting, today):
        meeting.replan = today + timedelta(days=self.random.randint(1, 14))
        meeting.record.write(
            {"postpone_reason": self.random.choice(["actor", "illness"]), "replan_date": meeting.replan}
        )
        meeting.record.action_postpone()
        meeting.state = "postponed"

    def _cancel(self, meeting):
        meeting.record.postpone_reason = "municipality"
        meeting.record.action_cancel()
        meeting.state, meeting.replan = "cancelled", None

    def _plan_again(self, meeting, today):
        new = self._plan(meeting.actor, today + timedelta(days=self.random.randint(1, 10)))
        meeting.record._replace_with(new.record)
        meeting.replaced = True

    def _move(self, meeting, today):
        """Drag the meeting in the calendar, or delete the event there."""
        if self.random.random() < 0.3:
            meeting.record.event_id.unlink()
            meeting.state, meeting.replan = "postponed", today
            return
        meeting.day += timedelta(days=self.random.randint(1, 6))
        meeting.record.event_id.write(
            {"start": datetime.combine(meeting.day, time(6)), "stop": datetime.combine(meeting.day, time(7))}
        )

    def _log_call(self, actor, today):
        record = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.record.id, "kind": "call", "state": "held", "start": datetime.combine(today, time(9))}
        )
        actor.meetings.append(Meeting(record, actor, today, state="held", leader=actor.leader))

    def _put_aside(self, reminders, today):
        """Mark a reminder as done without doing anything about it."""
        # in an order that does not hang on ids, for the same month each time
        key = self.random.choice(
            sorted(reminders, key=lambda key: (key[0], key[1].display_name, key[1].id, key[2].login, str(key[3])))
        )
        kind, record, user, day = key
        activity = self._find_reminders().filtered(lambda activity: self._describe(activity) == key)
        self.assertEqual(len(activity), 1)
        activity.with_user(user).action_feedback()
        self.put_aside[kind, record, user] = (day, today)

    def _live(self, today, reminders):
        """Let one day happen, in the register and in the ledger."""
        active = [actor for actor in self.actors if not actor.left]
        self._live_with_meetings(active, today)
        for actor in self.random.sample(active, 6):
            if actor.get_next(today) is None:
                self._plan(actor, today + timedelta(days=self.random.randint(0, 20)))
        self._log_call(self.random.choice(active), today)
        self._say_of_seats(active, today)
        self._make_ready_sheet(self.random.choice(active), today)
        for _i in range(3):
            still = {self._describe(activity) for activity in self._find_reminders()}
            self._put_aside([key for key in reminders if key in still], today)
        without_plan = [actor for actor in active if not actor.interval]
        if without_plan and today.day % 5 == 0:
            actor = without_plan[0]
            actor.interval, actor.planned_on = 2, today
            actor.record.with_user(self.consultant).write(
                {"one_entrance_plan_date": today, "one_entrance_interval": 2, "one_entrance_step": "plan"}
            )

    def _live_with_meetings(self, actors, today):
        for meeting in [meeting for actor in actors for meeting in actor.meetings]:
            luck = self.random.random()
            if meeting.state == "planned" and meeting.day == today:
                if luck < 0.45:
                    self._hold(meeting)
                elif luck < 0.65:
                    self._postpone(meeting, today)
                elif luck < 0.75:
                    self._cancel(meeting)
            elif meeting.state == "planned" and meeting.day < today and luck < 0.15:
                self._hold(meeting)
            elif meeting.state == "planned" and meeting.record.event_id and luck < 0.06:
                self._move(meeting, today)
            elif meeting.state == "postponed" and not meeting.replaced and luck < 0.2:
                self._plan_again(meeting, today)

    def _say_of_seats(self, actors, today):
        """Renew a seat, say of another that it ends, and correct the end of a third."""
        open_seats = [seat for actor in actors for seat in actor.seats if seat.is_to_confirm(today)]
        if len(open_seats) < 3:
            return
        renewed, final, moved = self.random.sample(open_seats, 3)
        wizard = self.env["one.entrance.seat.renew.wizard"].with_user(self.consultant)
        wizard.create({"seat_ids": [(6, 0, renewed.record.ids)]}).action_apply()
        final.record.with_user(self.consultant).action_final()
        renewed.said = final.said = True
        moved.end += timedelta(days=self.random.choice((-10, 20, 200)))
        moved.record.with_user(self.consultant).date_to = moved.end

    def _leave_office(self, today):
        """The director leaves: all the actors go to the successor, and the login is closed."""
        mine = [actor for actor in self.actors if actor.leader == "director" and not actor.left]
        self.env["one.entrance.handover.wizard"].with_user(self.consultant).create(
            {
                "from_leader_id": self.director.id,
                "to_leader_id": self.successor.id,
                "partner_ids": [(6, 0, [actor.record.id for actor in mine])],
                "date": today,
                "reason": "Ny stilling",
            }
        ).action_hand_over()
        for actor in mine:
            actor.leader = "successor"
            for meeting in actor.meetings:
                if meeting.state == "planned" and meeting.day >= today:
                    meeting.leader = "successor"
        self.director.active = False
        self.director_user.active = False

    def _leave_scheme(self, today):
        for actor in self.actors[11:100:30]:
            actor.left = True
            actor.record.with_user(self.consultant).write(
                {
                    "one_entrance_step": "left",
                    "one_entrance_left_date": today,
                    "one_entrance_left_reason": "Lukket",
                }
            )

    # What ought to be reminded of, from the ledger alone

    def _expect(self, today):
        expected = set()
        for actor in self.actors:
            if actor.left:
                continue
            leader = self.acting[actor.leader]
            ahead = actor.get_next(today)
            if not leader:
                expected |= {("ownerless", actor.record, manager, None) for manager in self.managers}
            if not ahead and actor.due and actor.due <= today + SOON:
                expected |= self._ask("due", actor.record, [leader], actor.due)
            if ahead and ahead <= today + PREPARATION and actor.sheet_until < ahead:
                expected |= self._ask("update_sheet", actor.record, [actor.consultant], ahead)
            ends = [seat.end for seat in actor.seats if seat.is_to_confirm(today)]
            if ends:
                expected |= self._ask("confirm_seats", actor.record, [actor.consultant], min(ends))
            for meeting in actor.meetings:
                if meeting.state == "planned" and meeting.day < today:
                    # a leader who has handed the actor over does not read about it any more
                    holder = self.acting[meeting.leader] if meeting.leader == actor.leader else None
                    expected |= self._ask("ask_held", meeting.record, [holder, actor.consultant], meeting.day)
                elif meeting.state == "postponed" and not meeting.replaced:
                    expected |= self._ask("plan_again", meeting.record, [leader], meeting.replan)
        return {key for key in expected if not self._is_put_aside(key, today)}

    def _ask(self, kind, record, users, day):
        user = next(filter(None, users), None)
        return {(kind, record, asked, day) for asked in ([user] if user else self.managers)}

    def _is_put_aside(self, key, today):
        kind, record, user, day = key
        about, when = self.put_aside.get((kind, record, user), (None, date.min))
        if kind in ("ownerless", "ask_held"):
            return when > today - WEEK
        return about == day

    # What there is

    def _find_reminders(self):
        return self.env["mail.activity"].search([("activity_type_id", "in", list(self.kinds))])

    def _describe(self, activity):
        kind = self.kinds[activity.activity_type_id.id]
        day = None if kind == "ownerless" else activity.one_entrance_reason_date
        return kind, self.env[activity.res_model].browse(activity.res_id), activity.user_id, day

    def test_a_month_in_the_life_of_a_hundred_actors(self):
        seen = Counter()
        for number in range(DAYS):
            today = START + timedelta(days=number)
            with freeze_time(f"{today} 04:00:00"):
                self.env.invalidate_all()
                self.env["one.entrance.reminder"]._remind()
                reminders = [self._describe(activity) for activity in self._find_reminders()]
                expected = self._expect(today)
                self.assertFalse([key for key, times in Counter(reminders).items() if times > 1], f"twice on {today}")
                self.assertEqual(set(reminders), expected, f"on {today}")
                seen.update(kind for kind, *_rest in reminders)
            with freeze_time(f"{today} 10:00:00"):
                self.env.invalidate_all()
                if number == 14:
                    self._leave_office(today)
                    reminders = [self._describe(activity) for activity in self._find_reminders()]
                if number == 20:
                    self._leave_scheme(today)
                    reminders = [self._describe(activity) for activity in self._find_reminders()]
                self._live(today, reminders)
                self.env.flush_all()
        self.assertEqual(len(seen), 6, "every kind of reminder has been given")
        self._check_end(START + timedelta(days=DAYS))

    def _check_end(self, today):
        with freeze_time(f"{today} 04:00:00"):
            self.env.invalidate_all()
            self.env["one.entrance.reminder"]._remind()
            for actor in self.actors:
                record = actor.record
                shown = (
                    record.one_entrance_last_meeting_date or None,
                    record.one_entrance_next_meeting_date or None,
                    record.one_entrance_due_date or None,
                    record.one_entrance_dialogue_state,
                )
                kept = (actor.last, actor.get_next(today), actor.due, actor.get_state(today))
                self.assertEqual(shown, kept, record.name)
                meetings = {meeting.record: (meeting.state, meeting.day) for meeting in actor.meetings}
                self.assertEqual(
                    {meeting: (meeting.state, meeting.date) for meeting in record.one_entrance_meeting_ids},
                    meetings,
                    record.name,
                )
                if actor.leader != "mayor":
                    leader = self.leaders[actor.leader] if not actor.left else self.env["one.entrance.leader"]
                    self.assertEqual(record.one_entrance_leader_id, leader, record.name)
                self.assertFalse(
                    self.env["mail.activity"].search([("user_id", "=", self.director_user.id)]),
                    "nothing is left with who has left",
                )
