"""Planning, moving and handing over meetings with actors, beside plain calendar events."""

from datetime import datetime, timedelta

from odoo.fields import Command

from .row import Finding, key_partners, row
from .writing import QUIET

EVENTS = 100
HANDED_OVER = 200
# A changed field is written to the log of its record by two inserts, in vanilla Odoo too.
LOG_LINE = 2


def soon():
    return datetime.now().replace(microsecond=0) + timedelta(1)


def event_values(actor, n):
    start = soon() + timedelta(minutes=n)
    return {
        "name": actor.name,
        "partner_ids": [Command.set(actor.ids)],
        "start": start,
        "stop": start + timedelta(hours=1),
    }


def planned_actors(env, count):
    """Actors with a dialogue plan whose leader is not to be asked first."""
    domain = [("one_entrance_step", "=", "plan"), ("one_entrance_mayor_led", "=", False)]
    return env["res.partner"].search(domain, order="id", limit=count)


@row(
    f"Plan a meeting with each of {EVENTS} actors as event", logins=("consultant",), more_queries=11 * EVENTS, rounds=3
)
def plan_meetings(env):
    """As the calendar does: one event at a time, for the actor in the context."""
    actors, events = planned_actors(env, EVENTS), env["calendar.event"].with_context(**QUIET)

    def run():
        for n, actor in enumerate(actors):
            events.with_context(default_one_entrance_actor_id=actor.id).create(event_values(actor, n))

    return run


@plan_meetings.instead
def plan_events(env):
    partners, events = key_partners(env)[:EVENTS], env["calendar.event"].with_context(**QUIET)

    def run():
        for n, partner in enumerate(partners):
            events.create(event_values(partner, n))

    return run


def make_events(env, partners, **values):
    events = env["calendar.event"].with_context(**QUIET)
    return events.create([{**event_values(partner, n), **values} for n, partner in enumerate(partners)])


def make_meetings(env, actors):
    """Events that are meetings with these actors."""
    events = make_events(env, actors)
    for event, actor in zip(events, actors, strict=True):
        event.one_entrance_actor_id = actor
    return events


def moved(events):
    start = soon() + timedelta(7)
    return lambda: events.write({"start": start, "stop": start + timedelta(hours=1)})


@row(f"Move {EVENTS} meetings in the calendar", logins=("consultant",), more_queries=LOG_LINE * EVENTS + 20, rounds=3)
def move_meetings(env):
    return moved(make_meetings(env, planned_actors(env, EVENTS)))


@move_meetings.instead
def move_events(env):
    return moved(make_events(env, key_partners(env)[:EVENTS]))


@row(f"Move {EVENTS} events that are no meetings", logins=("consultant",), more_queries=2, times=1.2, rounds=3)
def move_other_events(env):
    return moved(make_events(env, key_partners(env)[:EVENTS]))


@row(f"Hand over {HANDED_OVER} actors with a meeting each", logins=("consultant",), most_ms=10_000, rounds=3)
def hand_over(env):
    old, new = env["one.entrance.leader"].search([("role", "=", "director")], order="id", limit=2)
    actors = planned_actors(env, HANDED_OVER)
    actors.write({"one_entrance_leader_id": old.id})
    events = make_meetings(env, actors)
    events.one_entrance_meeting_ids.attendee_ids = [Command.link(old.partner_id.id)]
    wizard = env["one.entrance.handover.wizard"].create(
        {
            "from_leader_id": old.id,
            "to_leader_id": new.id,
            "chosen_partner_ids": [Command.set(actors.ids)],
            "reason": "Another area",
        }
    )

    def run():
        wizard.action_hand_over()
        env.flush_all()
        taken = actors.filtered(lambda actor: actor.one_entrance_leader_id == new)
        meetings = events.one_entrance_meeting_ids.filtered(lambda meeting: meeting.leader_id == new)
        text = f"{len(taken)} actors and {len(meetings)} planned meetings handed over"
        return Finding(text, len(taken) == len(meetings) == len(actors))

    return run


hand_over.alone()
