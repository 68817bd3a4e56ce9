"""Users, documents and actors of the databases that are measured.

python benchmarks/fill.py vanilla|actors DATABASE
"""

import sys
from datetime import date, datetime, timedelta
from unittest.mock import patch

from session import Session

LEADERS = 40
# Who act for them; most leaders have no login of their own.
DELEGATES = 10
# A text of the length that a business consultant writes on one theme.
TEXT = (
    "<p>Virksomheden har gennem det seneste år udvidet med to haller og ansat tredive medarbejdere, og den venter endnu en "
    "udvidelse, når lokalplanen er på plads. Den har brug for faglærte, og den har spurgt til samarbejdet med "
    "erhvervsskolen om flere lærepladser.</p>"
    "<p>Ved sidste møde blev det aftalt at se på tilkørselsvejen og på muligheden for fjernvarme. Kommunen kan tilbyde et "
    "møde med planafdelingen og en gennemgang af de tilskud, der kan søges til den grønne omstilling.</p>"
)
THEMES = 4
PLAIN_DOCUMENT = f"""
    <t t-name="bench.plain_document">
        <t t-call="web.html_container">
            <t t-foreach="docs" t-as="doc">
                <t t-call="web.external_layout">
                    <div class="page" style="font-size: 8pt; line-height: 1.2">
                        <h1 t-field="doc.name"/>
                        <p>
                            <span t-field="doc.company_registry"/> <span t-field="doc.street"/> <span t-field="doc.zip"/>
                            <span t-field="doc.city"/> <span t-field="doc.phone"/> <span t-field="doc.email"/>
                            <span t-field="doc.website"/> <span t-field="doc.industry_id"/>
                        </p>
                        <p t-foreach="doc.child_ids" t-as="child">
                            <span t-field="child.name"/> <span t-field="child.function"/> <span t-field="child.phone"/>
                            <span t-field="child.email"/>
                        </p>
                        <t t-foreach="range({THEMES})" t-as="theme">
                            <h6>Theme <t t-out="theme"/></h6>
                            <div t-field="doc.comment"/>
                        </t>
                    </div>
                </t>
            </t>
        </t>
    </t>
"""


def fill_vanilla(env):
    """The two users who look, and a plain document with as much text as a background sheet."""
    groups = {"colleague": "base.group_user", "consultant": "base.group_partner_manager"}
    for login, group in groups.items():
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "name": login.title(),
                "login": login,
                "email": f"{login}@example.org",
                "group_ids": [(6, 0, [env.ref("base.group_user").id, env.ref(group).id])],
            }
        )
    env["ir.ui.view"].create(
        {"name": "bench.plain_document", "key": "bench.plain_document", "type": "qweb", "arch": PLAIN_DOCUMENT}
    )
    env["ir.actions.report"].create(
        {
            "name": "Plain Document",
            "model": "res.partner",
            "report_type": "qweb-pdf",
            "report_name": "bench.plain_document",
        }
    )
    key_partners(env).write({"comment": TEXT})
    env.company.external_report_layout_id = env.ref("web.external_layout_standard")


def key_partners(env):
    return env["res.partner"].search([("company_registry", "!=", False)], order="id")


def fill_actors(env):
    """Take the companies with a registration number into the scheme, with what an actor has after a few years."""
    env = env(context={**env.context, "tracking_disable": True, "mail_activity_quick_update": True})
    today = date.today()
    consultant = env["res.users"].search([("login", "=", "consultant")])
    consultant.group_ids += env.ref("one_entrance.group_consultant")
    partners = key_partners(env)
    appoint(env, partners, consultant)
    move(partners, today)
    print_progress(f"{len(partners)} actors")
    sheets = write_sheets(env, partners, today)
    print_progress(f"{len(sheets)} background sheets")
    meetings = hold_meetings(env, partners)
    print_progress(f"{len(meetings)} meetings, {len(write_points(env, meetings, consultant, today))} points")


def appoint(env, partners, consultant):
    levels = env["one.entrance.level"].search([("may_be_contact", "=", True)])
    roles = ["mayor", "municipal_director"] + ["director", "head_of_department"] * (LEADERS // 2)
    people = env["res.partner"].create(
        [{"name": f"Leader {n}", "function": role, "email": f"leader{n}@example.org"} for n, role in enumerate(roles)]
    )
    delegates = add_delegates(env)
    leaders = env["one.entrance.leader"].create(
        [
            {
                "partner_id": person.id,
                "role": role,
                "level_id": levels[n % len(levels)].id,
                "capacity": 20,
                "delegate_id": delegates[n % len(delegates)].id,
            }
            for n, (person, role) in enumerate(zip(people, roles, strict=True))
        ]
    )
    env.company.write(
        {
            "one_entrance_mayor_id": leaders[0].id,
            "one_entrance_municipal_director_id": leaders[1].id,
            "one_entrance_decision_date": date(2019, 12, 17),
        }
    )
    leaders[2].user_id = consultant
    leaders = leaders[2:]
    for n, leader in enumerate(leaders):
        partners[n :: len(leaders)].write(
            {
                "one_entrance_leader_id": leader.id,
                "one_entrance_kind": ("company", "association", "institution")[n % 3],
                "one_entrance_relation": ("new", "known", "professional")[n % 3],
                "one_entrance_consultant_id": consultant.id if n % 4 == 0 else False,
            }
        )
    partners[::50].write({"one_entrance_mayor_led": True})


def add_delegates(env):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": f"Delegate {n}",
                    "login": f"delegate{n}",
                    "email": f"delegate{n}@example.org",
                    "group_ids": [(6, 0, [env.ref("one_entrance.group_leader").id])],
                }
                for n in range(DELEGATES)
            ]
        )
    )


def move(partners, today):
    """A fifth of the actors on each step, the last fifth having left."""
    dates = {
        "letter": {"one_entrance_letter_date": today - timedelta(800)},
        "contact": {"one_entrance_contact_date": today - timedelta(700)},
        "plan": {"one_entrance_plan_date": today - timedelta(600), "one_entrance_interval": 6},
        "left": {"one_entrance_left_date": today - timedelta(30), "one_entrance_left_reason": "Closed"},
    }
    steps = list(dates)
    for n, step in enumerate(steps, 1):
        evidence = {}
        for earlier in steps[: n if step != "left" else 3]:
            evidence |= dates[earlier]
        partners[n::5].write({"one_entrance_step": step, **evidence, **dates[step]})


def write_sheets(env, partners, today):
    """Of five actors in the scheme three have a sheet that is ready, one a draft, one none."""
    actors = partners.filtered(lambda partner: partner.one_entrance_step != "left")
    themes = env["one.entrance.theme"].search([], limit=THEMES)
    sections = [(0, 0, {"theme_id": theme.id, "sequence": theme.sequence, "body": TEXT}) for theme in themes]
    wanting = actors.browse(actor.id for n, actor in enumerate(actors) if n % 5)
    sheets = env["one.entrance.sheet"].create([{"partner_id": actor.id, "section_ids": sections} for actor in wanting])
    ready = sheets.browse(sheet.id for n, sheet in enumerate(sheets) if n % 4)
    with patch.object(type(sheets), "_attach_document", lambda self: None):  # no need of 600 printed documents
        ready.action_ready()
    env.flush_all()
    # A third of them is outdated, which no rule of the addon lets one write.
    env.cr.execute(
        "UPDATE one_entrance_sheet SET prepared_date = %s, valid_until = %s WHERE id IN %s",
        (today - timedelta(300), today - timedelta(100), tuple(ready[::3].ids)),
    )
    env.invalidate_all()
    return sheets


def hold_meetings(env, partners):
    """One meeting to come with each actor in the scheme, and two held with those who have been met."""
    now = datetime.now().replace(microsecond=0, second=0)
    plans = ((-400, "introduction", "held"), (-100, "dialogue", "held"), (60, "dialogue", "planned"))
    return env["one.entrance.meeting"].create(
        [
            {"partner_id": actor.id, "kind": kind, "state": state, "start": now + timedelta(days, minutes=n)}
            for n, actor in enumerate(partners)
            if actor.one_entrance_step != "left"
            for days, kind, state in plans
            if state == "planned" or actor.one_entrance_step in ("contact", "plan")
        ]
    )


def write_points(env, meetings, consultant, today):
    """Every meeting but the first has minutes and two points, one of them a promise; of four promises one is kept, one is
    late, two have time.
    """
    held = meetings.filtered(lambda meeting: meeting.state == "held" and meeting.kind == "dialogue")
    held.minutes = TEXT
    held.sheet_used = True
    themes = env["one.entrance.theme"].search([], limit=THEMES)
    points = env["one.entrance.meeting.point"].create(
        [
            values
            for n, meeting in enumerate(held)
            for values in (
                {"meeting_id": meeting.id, "theme_id": themes[0].id, "summary": "The company grows"},
                {
                    "meeting_id": meeting.id,
                    "theme_id": themes[-1].id,
                    "summary": "The road to the harbour",
                    "commitment": "Ask the planners when the road is widened",
                    "responsible_id": consultant.id,
                    "deadline": today + timedelta(60 if n % 4 else -30),
                },
            )
        ]
    )
    points.filtered("commitment")[1::4].write({"done": True})
    return points


def print_progress(text):
    print(f"    {text}", flush=True)


def main():
    what, database = sys.argv[1:]
    session = Session(database)
    with session.environment(commit=True) as env:
        {"vanilla": fill_vanilla, "actors": fill_actors}[what](env)
    session.end()


if __name__ == "__main__":
    main()
