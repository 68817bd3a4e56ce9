from statistics import median

from odoo import models
from odoo.fields import Domain

from odoo.addons.one_entrance.models.actor.res_partner import ROLLOUT
from odoo.addons.one_entrance.models.actor.rollout.res_partner import EVIDENCE_DATES

from ..one_entrance_evaluation_figure import NOT_STATED

LETTER, CONTACT, PLAN = EVIDENCE_DATES
OWN = Domain("origin", "=", False)


def not_by(name, day):
    """:return: a domain: a date is empty or comes after a day"""
    return Domain(name, "=", False) | Domain(name, ">", day)


class OneEntranceEvaluation(models.Model):
    """Figures about the actors: where they stood on a day, and how long the first contact took (S4–S6, S10, S13).

    Where an actor stood at the end of a day follows from the dates in the register, not from its step today:

    - it had *entered* if its first own contact leader was appointed by then (a period that came with a merged contact
      is another's), or a letter, first contact or plan is dated by then. One that never had a contact leader
      (mayor-led) entered with its first held meeting; one with none of this on any day, when its contact was made.
    - it had *left* if its date of leaving had come. Who was put back counts as never gone: the register forgets the
      gap.
    - its *step* is the furthest one whose evidence is dated by then, none before it missing (house rule 1). The
      interval has no date; an actor without one has no plan.

    An archived contact keeps its place. A merged contact is the one it became; one without a step is no actor.
    """

    _inherit = "one.entrance.evaluation"

    def _count_rollout(self):
        """Count the actors by step at the end of the day before the period and of its last day, the latter by kind too.

        Those who had left are counted apart, and are no part of what the others are measured against.
        """
        figures = []
        Partner = self.env["res.partner"]
        for code, day in (("rollout_start", self._get_day_before()), ("rollout_end", self._get_last_day())):
            domains = self._get_step_domains(day)
            counts = {
                step: dict(Partner._read_group(domain, ["one_entrance_kind"], ["__count"]))
                for step, domain in domains.items()
            }
            total = sum(sum(counts[step].values()) for step in ROLLOUT)
            for step, domain in domains.items():
                base = None if step == "left" else total
                figures.append(self._figure(code, domain, sum(counts[step].values()), key=step, base=base))
        for kind in (*Partner._fields["one_entrance_kind"].get_values(self.env), False):
            total = sum(counts[step].get(kind, 0) for step in ROLLOUT)
            if not total and not counts["left"].get(kind):
                continue
            for step, domain in domains.items():
                figures.append(
                    self._figure(
                        "rollout_end_kind",
                        domain & Domain("one_entrance_kind", "=", kind),
                        counts[step].get(kind, 0),
                        key=f"{kind or NOT_STATED}/{step}",
                        base=None if step == "left" else total,
                    )
                )
        return figures

    def _count_contact(self):
        """Count the days from letter to first contact, where that lies in the period; who still waits is not in it."""
        domain = self._get_actors_domain() & self._get_period_domain(CONTACT) & Domain(LETTER, "!=", False)
        groups = self.env["res.partner"]._read_group(domain, [f"{LETTER}:day", f"{CONTACT}:day"], ["__count"])
        days = sorted((contact - letter).days for letter, contact, count in groups for _each in range(count))
        average = sum(days) / len(days) if days else None
        return [
            self._figure("contact_days", domain, len(days), value=average),
            self._figure("contact_days_median", domain, len(days), value=median(days) if days else None),
        ]

    def _count_relation(self):
        """Count actors, contacts held, and these for each actor, by today's relation: the register keeps no other."""
        in_scheme = self._get_scheme_domain(self._get_last_day())
        held = self._get_held_domain()
        relation = "one_entrance_relation"
        actors = dict(self.env["res.partner"]._read_group(in_scheme, [relation], ["__count"]))
        meetings = dict(
            self.env["one.entrance.meeting"]._read_group(
                held & Domain("partner_id", "any", in_scheme), [f"partner_id.{relation}"], ["__count"]
            )
        )
        figures = []
        options = self.env["res.partner"]._fields[relation].get_values(self.env)
        for value in (*options, *([False] if actors.get(False) else [])):
            domain = in_scheme & Domain(relation, "=", value)
            count, met, key = actors.get(value, 0), meetings.get(value, 0), value or NOT_STATED
            figures += [
                self._figure("relation_actors", domain, count, key=key, base=sum(actors.values())),
                self._figure("relation_meetings", held & Domain("partner_id", "any", domain), met, key=key),
                self._figure("relation_average", domain, count, key=key, value=met / count if count else None),
            ]
        return figures

    def _count_mayor_led(self):
        """Count the actors that are mayor-led now, and the contacts that were so when they were held."""
        actors = self._get_scheme_domain(self._get_last_day()) & Domain("one_entrance_mayor_led", "=", True)
        meetings = self._get_held_domain() & Domain("mayor_led", "=", True)
        full = meetings & Domain("is_full", "=", True)
        Meeting = self.env["one.entrance.meeting"]
        counts = dict(Meeting._read_group(meetings, ["is_full"], ["__count"]))
        total = sum(counts.values())
        return [
            self._figure("mayor_led_actors", actors, self.env["res.partner"].search_count(actors)),
            self._figure("mayor_led_meetings", meetings, total),
            self._figure("mayor_led_full", full, counts.get(True, 0), base=total),
        ]

    # Where the actors stood

    def _get_actors_domain(self):
        """:return: everybody who is or was an actor of the round's municipality"""
        return Domain("one_entrance_company_id", "=", self.company_id.id) & Domain("one_entrance_step", "!=", False)

    def _get_scheme_domain(self, day):
        """:return: the actors that were in the scheme at the end of a day"""
        return self._get_actors_domain() & self._get_stayed_domain(day) & self._get_entered_domain(day)

    def _get_stayed_domain(self, day):
        """:return: the contacts that had not left the scheme by the end of a day"""
        return Domain("one_entrance_step", "!=", "left") | not_by("one_entrance_left_date", day)

    def _get_entered_domain(self, day):
        """:return: the contacts that had entered the scheme by the end of a day; see the class"""
        dated = Domain.OR(Domain(name, "<=", day) for name in EVIDENCE_DATES)
        appointed = Domain("one_entrance_appointment_ids", "any", OWN & Domain("date_from", "<=", day))
        met = Domain("one_entrance_meeting_ids", "any", Domain("state", "=", "held") & Domain("date", "<=", day))
        silent = (
            Domain.AND(Domain(name, "=", False) for name in EVIDENCE_DATES)
            & Domain("one_entrance_last_meeting_date", "=", False)
            & Domain("create_date", "<", self._get_end_of(day))
        )
        return dated | appointed | (Domain("one_entrance_appointment_ids", "not any", OWN) & (met | silent))

    def _get_step_domains(self, day):
        """:return: by step, the actors that stood on it at the end of a day; see the class"""
        # who had got the letter had entered: no use in looking that up for each step
        stayed = self._get_actors_domain() & self._get_stayed_domain(day)
        letter = stayed & Domain(LETTER, "<=", day)
        contact = letter & Domain(CONTACT, "<=", day)
        left = Domain("one_entrance_step", "=", "left") & Domain("one_entrance_left_date", "<=", day)
        return {
            "appointed": stayed & self._get_entered_domain(day) & not_by(LETTER, day),
            "letter": letter & not_by(CONTACT, day),
            "contact": contact & (not_by(PLAN, day) | Domain("one_entrance_interval", "<=", 0)),
            "plan": contact & Domain(PLAN, "<=", day) & Domain("one_entrance_interval", ">", 0),
            "left": self._get_actors_domain() & left,
        }
