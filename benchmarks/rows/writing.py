"""Writing; measured last, for what is undone leaves dead rows behind."""

from datetime import datetime, timedelta

from .row import key_partners, row

BATCH = 1000
APPOINTED = 100
# Without invitations: the mail server is not what is measured.
QUIET = {"no_mail_to_attendees": True, "dont_notify": True}


@row(f"Create {BATCH} partners in a batch", logins=("consultant",), more_queries=5, times=1.2, rounds=3)
def create_partners(env):
    values = [
        {"name": f"New company {n}", "is_company": True, "email": f"new{n}@example.org", "city": "Grenaa"}
        for n in range(BATCH)
    ]
    return lambda: env["res.partner"].create(values)


@row(f"Create {BATCH} events in a batch", logins=("consultant",), more_queries=5, times=1.2, rounds=3)
def create_events(env):
    start = datetime(2030, 1, 1, 8)
    attendees = key_partners(env).ids
    values = [
        {
            "name": f"Event {n}",
            "start": start + timedelta(minutes=n),
            "stop": start + timedelta(minutes=n + 30),
            "partner_ids": [(6, 0, [attendees[n % len(attendees)]])],
        }
        for n in range(BATCH)
    ]
    events = env["calendar.event"].with_context(**QUIET)
    return lambda: events.create(values)


@row(f"Another leader for {APPOINTED} actors", logins=("consultant",), rounds=3)
def appoint(env):
    leader = env["one.entrance.leader"].search([("role", "=", "director")], order="id desc", limit=1)
    actors = env["res.partner"].search(
        [("one_entrance_step", "!=", "left"), ("one_entrance_mayor_led", "=", False)]
        + [("one_entrance_leader_id", "not in", (False, leader.id))],
        limit=APPOINTED,
    )
    return lambda: actors.write({"one_entrance_leader_id": leader.id})


@appoint.instead
def salesperson(env):
    user = env["res.users"].search([("login", "=", "colleague")])
    companies = key_partners(env)[:APPOINTED]
    return lambda: companies.write({"user_id": user.id})


@row(f"A meeting for each of {APPOINTED} actors", logins=("consultant",), rounds=3)
def meetings(env):
    actors = env["res.partner"].search([("one_entrance_step", "=", "plan")], limit=APPOINTED)
    start = datetime.now().replace(microsecond=0) + timedelta(1)
    values = [{"partner_id": actor.id, "start": start} for actor in actors]
    return lambda: env["one.entrance.meeting"].create(values)


@meetings.instead
def events(env):
    start = datetime.now().replace(microsecond=0) + timedelta(1)
    values = [
        {"name": actor.name, "partner_ids": [(6, 0, actor.ids)], "start": start, "stop": start + timedelta(hours=1)}
        for actor in key_partners(env)[:APPOINTED]
    ]
    events = env["calendar.event"].with_context(**QUIET)
    return lambda: events.create(values)
