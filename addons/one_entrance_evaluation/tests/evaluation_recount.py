"""The figures of an evaluation round, counted once more from the raw rows of the database: plain loops over every row, and
no call into the code that counts them otherwise.

On a database with demo data::

    tools/run shell DB < <(echo "from odoo.addons.one_entrance_evaluation.tests.evaluation_recount import compare
    for evaluation in env['one.entrance.evaluation'].search([]): print(evaluation.name, compare(evaluation) or 'agrees')")
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

STEPS = ("appointed", "letter", "contact", "plan", "left")
KINDS = ("company", "association", "institution", "other", None)
RELATIONS = ("new", "known", "professional", None)
REASONS = ("actor", "municipality", "illness", "other")


def compare(evaluation, figures=None):
    """:param list figures: instead of what the round says now
    :return: where the round's figures and the count of the raw rows differ; empty where they agree
    :rtype: list[str]
    """
    counted = Recount(evaluation).count()
    figures = {(each.code, each.key or None): each for each in figures or evaluation._get_figures()}
    differences = [f"{identity}: not among the figures" for identity in counted.keys() - figures.keys()]
    for identity, figure in figures.items():
        if identity not in counted:
            differences.append(f"{identity}: not in the raw rows")
            continue
        raw = counted[identity]
        same_value = raw.value == figure.value or (
            raw.value is not None and figure.value is not None and abs(raw.value - figure.value) < 1e-9
        )
        if not same_value or len(raw.ids) != figure.count or raw.base != figure.base:
            differences.append(
                f"{identity}: {figure.value} from {figure.count}, base {figure.base}; "
                f"raw rows {raw.value} from {len(raw.ids)}, base {raw.base}"
            )
    return sorted(differences)


class Recount:
    """All rows of one municipality, and the loops over them."""

    def __init__(self, evaluation):
        self.env = evaluation.env
        self.env.flush_all()
        (row,) = self._fetch("SELECT * FROM one_entrance_evaluation WHERE id = %s", evaluation.id)
        company = row.company_id
        (contact,) = self._fetch(
            "SELECT p.tz FROM res_company c JOIN res_partner p ON p.id = c.partner_id WHERE c.id = %s", company
        )
        self.zone = ZoneInfo(contact.tz or "Europe/Copenhagen")
        self.today = datetime.now(self.zone).date()
        self.start, self.end = row.date_from, min(row.date_to, self.today)
        self.before = self.start - timedelta(days=1)
        actors = self._fetch(
            "SELECT * FROM res_partner WHERE one_entrance_company_id = %s AND one_entrance_step IS NOT NULL", company
        )
        self.actors = {actor.id: actor for actor in actors}
        self.meetings = self._fetch("SELECT * FROM one_entrance_meeting WHERE company_id = %s", company)
        for meeting in self.meetings:
            meeting.day = meeting.start.date() if meeting.allday else self._get_day(meeting.start)
        self.sheets = self._fetch("SELECT * FROM one_entrance_sheet WHERE company_id = %s", company)
        self.appointments = self._fetch("SELECT * FROM one_entrance_appointment WHERE company_id = %s", company)
        self.inquiries = None  # where none are installed
        if "one.entrance.inquiry" in self.env:
            self.inquiries = self._fetch("SELECT * FROM one_entrance_inquiry WHERE company_id = %s", company)
        self.found = {}

    def _fetch(self, query, *params):
        self.env.cr.execute(query, params)
        return [SimpleNamespace(**row) for row in self.env.cr.dictfetchall()]

    def _get_day(self, moment):
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone).date()

    def _is_in_period(self, day):
        return bool(day) and self.start <= day <= self.end

    def _found(self, code, records, key=None, base=None, **measured):
        ids = [record.id for record in records]
        self.found[code, key] = SimpleNamespace(ids=ids, value=measured.get("value", len(ids)), base=base)

    def count(self):
        """:return: by code and key: the ``ids`` behind a figure, its ``value`` and its ``base``
        :rtype: dict
        """
        self.held = [each for each in self.meetings if each.state == "held" and self._is_in_period(each.day)]
        self.there = [actor for actor in self.actors.values() if self._get_step(actor, self.end) in STEPS[:4]]
        self._count_rollout()
        self._count_contact()
        self._count_plans()
        self._count_not_held()
        self._count_sheets()
        self._count_handovers()
        if self.inquiries is not None:
            self._count_inquiries()
        self._count_relation()
        self._count_mayor_led()
        return self.found

    def _has_left(self, actor, day):
        return actor.one_entrance_step == "left" and actor.one_entrance_left_date <= day

    def _get_entry(self, actor):
        own = [each.date_from for each in self.appointments if each.partner_id == actor.id and not each.origin]
        evidence = [actor.one_entrance_letter_date, actor.one_entrance_contact_date, actor.one_entrance_plan_date]
        days = own + [day for day in evidence if day]
        if not own:
            held = [each.day for each in self.meetings if each.partner_id == actor.id and each.state == "held"]
            days += held
        return min(days) if days else self._get_day(actor.create_date)

    def _get_step(self, actor, day):
        if self._has_left(actor, day):
            return "left"
        if self._get_entry(actor) > day:
            return None
        step = "appointed"
        for name in ("letter", "contact", "plan"):
            date = getattr(actor, f"one_entrance_{name}_date")
            if not date or date > day or (name == "plan" and (actor.one_entrance_interval or 0) <= 0):
                return step
            step = name
        return step

    def _count_rollout(self):
        for code, day in (("rollout_start", self.before), ("rollout_end", self.end)):
            stands = {actor.id: self._get_step(actor, day) for actor in self.actors.values()}
            everybody = sum(1 for step in stands.values() if step and step != "left")
            for step in STEPS:
                on_step = [actor for actor in self.actors.values() if stands[actor.id] == step]
                self._found(code, on_step, key=step, base=None if step == "left" else everybody)
        for kind in KINDS:
            of_kind = [actor for actor in self.actors.values() if (actor.one_entrance_kind or None) == kind]
            if not any(stands[actor.id] for actor in of_kind):
                continue
            everybody = sum(1 for actor in of_kind if stands[actor.id] and stands[actor.id] != "left")
            for step in STEPS:
                on_step = [actor for actor in of_kind if stands[actor.id] == step]
                key = f"{kind or 'none'}/{step}"
                self._found("rollout_end_kind", on_step, key=key, base=None if step == "left" else everybody)

    def _count_contact(self):
        reached = [
            actor
            for actor in self.actors.values()
            if self._is_in_period(actor.one_entrance_contact_date) and actor.one_entrance_letter_date
        ]
        days = sorted((each.one_entrance_contact_date - each.one_entrance_letter_date).days for each in reached)
        middle = None
        if days:
            middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
        self._found("contact_days", reached, value=sum(days) / len(days) if days else None)
        self._found("contact_days_median", reached, value=middle)

    def _get_called_for(self, actor):
        called_for, day, n = 0, self.before, 0
        while day <= self.end:
            n += 1
            day = actor.one_entrance_plan_date + relativedelta(months=n * actor.one_entrance_interval)
            if self._is_in_period(day) and not self._has_left(actor, day):
                called_for += 1
        return called_for

    def _is_under_plan(self, meeting):
        actor = self.actors.get(meeting.partner_id)
        return bool(
            actor
            and (actor.one_entrance_interval or 0) > 0
            and actor.one_entrance_plan_date
            and actor.one_entrance_plan_date < meeting.day
            and not self._has_left(actor, meeting.day)
        )

    def _count_plans(self):
        in_period = [each for each in self.meetings if self._is_in_period(each.day)]
        self._found("meetings", self.held, base=len(in_period))
        running = [
            actor
            for actor in self.actors.values()
            if (actor.one_entrance_interval or 0) > 0
            and actor.one_entrance_plan_date
            and actor.one_entrance_plan_date <= self.end
            and not self._has_left(actor, self.start)
        ]
        called_for = {actor.id: self._get_called_for(actor) for actor in running}
        under_plan = [each for each in self.held if self._is_under_plan(each)]
        total = sum(called_for.values())
        self._found("meetings_planned_total", running, value=total)
        self._found("meetings_held_total", under_plan, base=total)
        self._found("meetings_without_plan", [each for each in self.held if each not in under_plan])
        for interval in {actor.one_entrance_interval for actor in running}:
            actors = [actor for actor in running if actor.one_entrance_interval == interval]
            wanted = sum(called_for[actor.id] for actor in actors)
            ids = [actor.id for actor in actors]
            self._found("meetings_planned", actors, key=str(interval), value=wanted)
            held = [each for each in under_plan if each.partner_id in ids]
            self._found("meetings_held", held, key=str(interval), base=wanted)

    def _count_not_held(self):
        by_state = {"postponed": [], "cancelled": [], "planned": [], "held": []}
        for meeting in self.meetings:
            if self._is_in_period(meeting.day):
                by_state[meeting.state].append(meeting)
        for reason in REASONS:
            because = [each for each in by_state["postponed"] if each.postpone_reason == reason]
            self._found("meetings_postponed", because, key=reason, base=len(by_state["postponed"]))
        self._found("meetings_cancelled", by_state["cancelled"])
        self._found("meetings_open", [each for each in by_state["planned"] if each.day < self.today])
        met = {each.partner_id for each in self.meetings if each.state == "held" and each.day <= self.end}
        self._found("never_met", [each for each in self.there if each.id not in met], base=len(self.there))

    def _count_sheets(self):
        def is_fresh(meeting):
            return any(
                sheet.partner_id == meeting.partner_id
                and sheet.state in ("ready", "archived")
                and sheet.prepared_date
                and sheet.valid_until
                and sheet.prepared_date <= meeting.day <= sheet.valid_until
                for sheet in self.sheets
            )

        total = len(self.held)
        for code, some in (
            ("sheets_fresh", [each for each in self.held if is_fresh(each)]),
            ("sheets_used", [each for each in self.held if each.sheet_used]),
        ):
            self._found(code, some, base=total, value=100 * len(some) / total if total else None)

    def _count_handovers(self):
        handovers = []
        for partner_id in {each.partner_id for each in self.appointments}:
            periods = [
                each
                for each in self.appointments
                if each.partner_id == partner_id
                and not each.origin
                and (not each.date_to or each.date_to > each.date_from)
            ]
            periods.sort(key=lambda each: each.date_from)
            for former, period in zip(periods, periods[1:], strict=False):
                if former.leader_id != period.leader_id and self._is_in_period(period.date_from):
                    handovers.append(period)
        self._found("handovers", handovers)

    def _count_inquiries(self):
        known = [each for each in self.inquiries if each.partner_id]
        first = [each for each in known if self._is_in_period(each.first_answer_date)]
        days = [(each.first_answer_date - each.received_date).days for each in first]
        self._found("inquiry_days", first, value=sum(days) / len(days) if days else None)

        def is_late(inquiry):
            answered = inquiry.first_answer_date or inquiry.answered_date
            deadline = inquiry.answer_deadline
            return self._is_in_period(deadline) and (answered > deadline if answered else deadline < self.today)

        def is_open(inquiry):
            answered = inquiry.state == "answered" and not (inquiry.answered_date and inquiry.answered_date > self.end)
            return inquiry.received_date <= self.end and not answered

        for code, some in (
            ("inquiries_received", [each for each in known if self._is_in_period(each.received_date)]),
            (
                "inquiries_answered",
                [each for each in known if each.state == "answered" and self._is_in_period(each.answered_date)],
            ),
            ("inquiries_referred", [each for each in known if self._is_in_period(each.referred_date)]),
            ("inquiries_late", [each for each in known if is_late(each)]),
            ("inquiries_open", [each for each in known if is_open(each)]),
            (
                "inquiries_unknown",
                [each for each in self.inquiries if not each.partner_id and self._is_in_period(each.received_date)],
            ),
        ):
            self._found(code, some)

    def _count_relation(self):
        for relation in RELATIONS:
            actors = [each for each in self.there if (each.one_entrance_relation or None) == relation]
            if not relation and not actors:
                continue
            key = relation or "none"
            ids = [actor.id for actor in actors]
            met = [each for each in self.held if each.partner_id in ids]
            self._found("relation_actors", actors, key=key, base=len(self.there))
            self._found("relation_meetings", met, key=key)
            self._found("relation_average", actors, key=key, value=len(met) / len(actors) if actors else None)

    def _count_mayor_led(self):
        led = [each for each in self.held if each.mayor_led]
        self._found("mayor_led_actors", [each for each in self.there if each.one_entrance_mayor_led])
        self._found("mayor_led_meetings", led)
        self._found("mayor_led_full", [each for each in led if each.is_full], base=len(led))
