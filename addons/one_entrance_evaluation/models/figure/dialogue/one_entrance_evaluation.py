from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

INTERVAL = "one_entrance_interval"
LEFT_DATE = "one_entrance_left_date"
PLAN_DATE = "one_entrance_plan_date"


def count_due_days(since, until, months):
    """Count how often a number of months has passed; they end on the day they began, or on a shorter month's last day.

    :param date since: the day they are counted from
    :param date until: the last day that counts
    :param int months: one or more
    :rtype: int
    """
    if until <= since:
        return 0
    passed = (until.year - since.year) * 12 + until.month - since.month
    last_of_month = (until + timedelta(days=1)).month != until.month
    if until.day < since.day and not last_of_month:
        passed -= 1
    return passed // months


class OneEntranceEvaluation(models.Model):
    """Figures about the dialogue: what was agreed and held, why it was not, and how well it was prepared (S6–S8). A
    contact of every kind is a meeting here, calls too, as for the due date (house rule 5).
    """

    _inherit = "one.entrance.evaluation"

    def _count_dialogue(self):
        """Count what the plans called for, against what was held under them.

        A plan calls for a meeting each time the agreed months have passed since it was agreed, while the actor is in
        the scheme: the same days whether meetings were held or not, so that the periods of two rounds add up. The
        interval is that of now, as the register keeps no other. An agreed exception (*not before*) and the shorter
        interval of a new relation move due dates, not this number. The records are the actors whose plan ran in the
        period, also where it called for none.

        A meeting is held under a plan after the day of its agreement: the introduction at which it often is agreed is
        none that it called for. More may be held than was called for.
        """
        Meeting = self.env["one.entrance.meeting"]
        in_period = Domain("company_id", "=", self.company_id.id) & self._get_period_domain("date")
        held = self._get_held_domain()
        under_plan = held & Domain("under_plan", "=", True)
        by_state = dict(Meeting._read_group(in_period, ["state"], ["__count"]))
        by_interval = dict(Meeting._read_group(under_plan, [f"partner_id.{INTERVAL}"], ["__count"]))
        plans, called_for = self._count_plans()
        total_held, total_called_for = sum(by_interval.values()), sum(called_for.values())
        running = self._get_plans_domain()
        figures = [
            self._figure("meetings", held, by_state.get("held", 0), base=sum(by_state.values())),
            self._figure("meetings_planned_total", running, sum(plans.values()), value=total_called_for),
            self._figure("meetings_held_total", under_plan, total_held, base=total_called_for),
        ]
        for interval in sorted(plans):
            same = Domain(INTERVAL, "=", interval)
            figures += [
                self._figure(
                    "meetings_planned", running & same, plans[interval], key=str(interval), value=called_for[interval]
                ),
                self._figure(
                    "meetings_held",
                    under_plan & Domain("partner_id", "any", same),
                    by_interval.get(interval, 0),
                    key=str(interval),
                    base=called_for[interval],
                ),
            ]
        without = held & Domain("under_plan", "=", False)
        figures.append(self._figure("meetings_without_plan", without, by_state.get("held", 0) - total_held))
        return figures + self._count_not_held(in_period, by_state) + self._count_never_met()

    def _count_plans(self):
        """:return: by interval, the number of actors whose plan ran in the period, and of meetings it called for"""
        plans, called_for = defaultdict(int), defaultdict(int)
        groups = self.env["res.partner"]._read_group(
            self._get_plans_domain(),
            [INTERVAL, f"{PLAN_DATE}:day", "one_entrance_step", f"{LEFT_DATE}:day"],
            ["__count"],
        )
        for interval, agreed, step, left, count in groups:
            last = self._get_last_day()
            if step == "left":
                last = min(last, left - timedelta(days=1))
            before = count_due_days(agreed, self._get_day_before(), interval)
            plans[interval] += count
            # a period that has not begun calls for none yet
            called_for[interval] += count * max(count_due_days(agreed, last, interval) - before, 0)
        return plans, called_for

    def _get_plans_domain(self):
        """:return: the actors with a plan that ran on a day of the period"""
        return (
            self._get_actors_domain()
            & Domain(INTERVAL, ">", 0)
            & Domain(PLAN_DATE, "<=", self._get_last_day())
            & (Domain("one_entrance_step", "!=", "left") | Domain(LEFT_DATE, ">", self.date_from))
        )

    def _count_not_held(self, in_period, by_state):
        """Count the meetings of the period that were postponed, by reason, cancelled, or have no outcome yet.

        A postponed meeting stays postponed when another is planned in its place.
        """
        Meeting = self.env["one.entrance.meeting"]
        postponed = in_period & Domain("state", "=", "postponed")
        by_reason = dict(Meeting._read_group(postponed, ["postpone_reason"], ["__count"]))
        figures = [
            self._figure(
                "meetings_postponed",
                postponed & Domain("postpone_reason", "=", reason),
                by_reason.get(reason, 0),
                key=reason,
                base=sum(by_reason.values()),
            )
            for reason in Meeting._fields["postpone_reason"].get_values(self.env)
        ]
        cancelled = in_period & Domain("state", "=", "cancelled")
        unanswered = (
            in_period & Domain("state", "=", "planned") & Domain("date", "<", self.company_id._get_one_entrance_today())
        )
        return figures + [
            self._figure("meetings_cancelled", cancelled, by_state.get("cancelled", 0)),
            self._figure("meetings_open", unanswered, Meeting.search_count(unanswered)),
        ]

    def _count_never_met(self):
        """The actors in the scheme at the end of the period with whom nothing had been held by then, not even a call."""
        last = self._get_last_day()
        in_scheme = self._get_scheme_domain(last)
        met = Domain("state", "=", "held") & Domain("date", "<=", last)
        never = in_scheme & Domain("one_entrance_meeting_ids", "not any", met)
        Partner = self.env["res.partner"]
        return [self._figure("never_met", never, Partner.search_count(never), base=Partner.search_count(in_scheme))]

    def _count_sheets(self):
        """Count what was held with a background sheet that was valid on the day, and with one that was used.

        A sheet counts by its dates, also where it was put away since: when that was, the register does not say.
        """
        Meeting = self.env["one.entrance.meeting"]
        held = self._get_held_domain()
        fresh = held & Domain("sheet_fresh", "=", True)
        used = held & Domain("sheet_used", "=", True)
        counts = dict(Meeting._read_group(held, ["sheet_used"], ["__count"]))
        total = sum(counts.values())
        return [
            self._figure("sheets_fresh", fresh, Meeting.search_count(fresh), base=total),
            self._figure("sheets_used", used, counts.get(True, 0), base=total),
        ]

    def _get_held_domain(self):
        """:return: the contacts that were held in the period"""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "held")
            & self._get_period_domain("date")
        )
