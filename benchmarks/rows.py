"""The rows of the table: what is done with One Entrance, and what vanilla Odoo does in its place.

A row is a function that gets an environment, prepares, and returns what is to be measured:

    @row("Actors, list of 80", login="consultant", most_queries=15)
    def actor_list(env):
        ...
        return lambda: env["res.partner"].web_search_read(...)

Vanilla Odoo does the same, unless ``@actor_list.instead`` names another function for it. What is
measured may return a ``Finding``: its text stands below the table, and where it is not ok the row is over.
"""

import re
from collections import namedtuple
from datetime import datetime, timedelta

import screens

from odoo.fields import Domain

ROWS = []
SHEETS = 50
BATCH = 1000
APPOINTED = 100
WEB = {"bin_size": True}
Finding = namedtuple("Finding", "text ok")


class Row:
    """One line of the table.

    :param more_queries: the bound on queries beyond those of vanilla Odoo
    :param most_queries: the bound on queries as such
    :param times: the bound on time, in times of vanilla Odoo's
    :param instead_in: ``vanilla`` or ``ours``: the database the counterpart runs in
    """

    def __init__(self, name, login=None, more_queries=None, most_queries=None, times=None, rounds=15):
        self.name = name
        self.login = login
        self.more_queries = more_queries
        self.most_queries = most_queries
        self.times = times
        self.rounds = rounds
        self.needs_server = False
        self.instead_in = "vanilla"
        self.ours = self.vanilla = None

    def instead(self, function=None, where="vanilla"):
        """What stands in the vanilla column of this row; ``None`` leaves the column empty."""
        if function is None:
            return lambda function: self.instead(function, where)
        self.vanilla = function
        self.instead_in = where
        return self

    def alone(self):
        """Vanilla Odoo has nothing like it."""
        self.vanilla = None
        return self


def row(name, logins=(None,), **bounds):
    """Add a row, or one for each login."""

    def add(function):
        made = []
        for login in logins:
            entry = Row(f"{name}, {login}" if len(logins) > 1 else name, login=login, **bounds)
            entry.ours = entry.vanilla = function
            made.append(entry)
        ROWS.extend(made)
        return made[0] if len(made) == 1 else made

    return add


# The companies that are actors in One Entrance's database, found in both.
KEY = [("company_registry", "!=", False)]


def key_partners(env):
    return env["res.partner"].search(KEY, order="id")


def actor_domain(env):
    return [
        ("one_entrance_step", "!=", False),
        ("one_entrance_company_id", "in", [1]),
        ("one_entrance_step", "!=", "left"),
    ]


# --- what everybody looks at in Contacts

EVERYBODY = ("colleague", "consultant")


@row("Contacts, list of 80", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_list(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_tree", "list")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read([], spec, limit=80, count_limit=10001)


@row("Contacts, list of 80 actors", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_list_of_actors(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_tree", "list")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read(KEY, spec, limit=80, count_limit=10001)


@row("Contacts, kanban of 40", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_kanban(env):
    spec = screens.specification(env, "res.partner", "base.res_partner_kanban_view", "kanban")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read([], spec, limit=40, count_limit=10001)


@row("Contact form, no actor", logins=EVERYBODY, more_queries=2, times=1.25)
def contact_form(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_form", "form")
    company = env["res.partner"].search(
        [("is_company", "=", True), ("company_registry", "=", False)], order="id desc", limit=1
    )
    return lambda: company.with_context(**WEB).web_read(spec)


def read_actor_form(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_form", "form")
    actor = key_partners(env)[7]
    return lambda: actor.with_context(**WEB).web_read(spec)


@row("Contact form, an actor", logins=("colleague",), more_queries=2, times=1.25)
def actor_form(env):
    return read_actor_form(env)


# Its own bound: the consultant's page shows capacity, sheet and appointments, and nothing of it is read otherwise.
@row("Contact form, an actor, all of it", logins=("consultant",), more_queries=8, times=1.25)
def actor_form_of_consultant(env):
    return read_actor_form(env)


# --- the register


@row("Actors, list of 80", logins=("consultant",), most_queries=15)
def actor_list(env):
    spec = screens.specification(env, "res.partner", "one_entrance.res_partner_actor_view_list", "list")
    partners = env["res.partner"].with_context(**WEB)
    domain = actor_domain(env)

    def run():
        partners.web_search_read(domain, spec, limit=80, count_limit=10001)
        return Finding("the list of actors reads no application_statistics", "application_statistics" not in spec)

    return run


@actor_list.instead
def contacts_list_beside(env):
    return contacts_list[1].ours(env)


def grouped_kanban(env, view, domain, group):
    spec = screens.specification(env, "res.partner", view, "kanban")
    bar = screens.progress_bar(env, "res.partner", view)
    partners = env["res.partner"].with_context(read_group_expand=True, **WEB)

    def run():
        partners.web_read_group(
            domain, [group], [], auto_unfold=True, unfold_read_specification=spec, unfold_read_default_limit=40
        )
        if bar:
            partners.read_progress_bar(domain, group, bar)

    return run


@row("Actors, kanban by step", logins=("consultant",), more_queries=1, times=1.25)
def actor_kanban(env):
    view = "one_entrance.res_partner_actor_view_kanban"
    return grouped_kanban(env, view, [("one_entrance_step", "!=", False)], "one_entrance_step")


@actor_kanban.instead
def contacts_by_industry(env):
    return grouped_kanban(env, "base.res_partner_kanban_view", KEY, "industry_id")


@row("Actors, pivot", logins=("consultant",), more_queries=1, times=1.25)
def actor_pivot(env):
    row_field, column = "one_entrance_leader_id", "one_entrance_step"
    sets = [[], [row_field], [column], [row_field, column]]
    return lambda: env["res.partner"].formatted_read_grouping_sets(actor_domain(env), sets, ["__count"])


@actor_pivot.instead
def contacts_pivot(env):
    sets = [[], ["country_id"], ["industry_id"], ["country_id", "industry_id"]]
    return lambda: env["res.partner"].formatted_read_grouping_sets(KEY, sets, ["__count"])


@row("Actors, graph", logins=("consultant",), more_queries=1, times=1.25)
def actor_graph(env):
    groups = ["one_entrance_step", "one_entrance_kind"]
    return lambda: env["res.partner"].formatted_read_group(actor_domain(env), groups, ["__count"])


@actor_graph.instead
def contacts_graph(env):
    return lambda: env["res.partner"].formatted_read_group(KEY, ["industry_id", "type"], ["__count"])


# --- printing


@row(f"{SHEETS} sheets as HTML, beside 1", logins=("consultant",), more_queries=5, rounds=5)
def sheets_html(env):
    sheets = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=SHEETS)
    report = "one_entrance.report_background_sheet"
    return lambda: env["ir.actions.report"]._render_qweb_html(report, sheets.ids)


@sheets_html.instead(where="ours")
def one_sheet_html(env):
    sheet = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=1)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_background_sheet", sheet.ids)


def printed(env, report, records):
    def run():
        content, kind = env["ir.actions.report"]._render_qweb_pdf(report, records.ids)
        return None if kind == "pdf" and content.startswith(b"%PDF") else Finding(f"{report} made no PDF", False)

    return run


@row(f"{SHEETS} sheets as one PDF", logins=("consultant",), times=1.15, rounds=3)
def sheets_pdf(env):
    sheets = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=SHEETS)
    return printed(env, "one_entrance.report_background_sheet", sheets)


@sheets_pdf.instead
def plain_pdf(env):
    return printed(env, "bench.plain_document", key_partners(env)[:SHEETS])


sheets_pdf.needs_server = True


# --- how the database finds actors


def search(name, make_domain):
    @row(f"Search: {name}", logins=("consultant",))
    def function(env):
        domain = make_domain(env)
        return lambda: env["res.partner"].search(domain, limit=80)

    return function


for state in ("missing", "draft", "stale", "fresh"):
    search(f"sheet {state}", lambda env, state=state: Domain("one_entrance_sheet_state", "=", state)).alone()
search(
    "sheet missing, in the register",
    lambda env: Domain(actor_domain(env)) & Domain("one_entrance_sheet_state", "=", "missing"),
).alone()
search("my actors", lambda env: Domain("one_entrance_is_mine", "=", True)).alone()
search(
    "my actors, in the register", lambda env: Domain(actor_domain(env)) & Domain("one_entrance_is_mine", "=", True)
).alone()


@row("Leaders over capacity", logins=("consultant",))
def over_capacity(env):
    return lambda: env["one.entrance.leader"].search([("over_capacity", "=", True)])


def plan(name, make_domain):
    """How PostgreSQL finds the first 80 actors of a domain, in the order of the lists; reading all contacts is over."""

    @row(f"Plan: {name}", logins=("consultant",))
    def function(env):
        partners = env["res.partner"]
        query = partners._search(make_domain(env), order=partners._order, limit=80).select()

        def run():
            env.cr.execute("EXPLAIN (ANALYZE) " + query.code, query.params)
            lines = "\n".join(line for (line,) in env.cr.fetchall())
            used = re.findall(r"Index (?:Only )?Scan (?:using|on) (\w*one_entrance\w*)", lines)
            took = re.search(r"Execution Time: ([\d.]+) ms", lines)[1]
            return Finding(f"{name}: {used[0] if used else 'no index of ours'}, {took} ms", bool(used))

        return run

    return function


plan("the register", actor_domain).alone()
plan("Key Actors in Contacts", lambda env: [("one_entrance_step", "not in", (False, "left"))]).alone()
over_capacity.alone()


# --- writing; last, for what is undone leaves dead rows behind


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
    # without invitations: the mail server is not what is measured
    events = env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)
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
    events = env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)
    return lambda: events.create(values)
