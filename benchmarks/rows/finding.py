"""How the database finds actors."""

import re

from odoo.fields import Domain

from .row import Finding, actor_domain, row


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


def plan(name, make_domain, order=None, **bounds):
    """How PostgreSQL finds the first 80 actors of a domain, in the order of the lists or another; reading all contacts is
    over.
    """

    @row(f"Plan: {name}", logins=("consultant",), **bounds)
    def function(env):
        partners = env["res.partner"]
        query = partners._search(make_domain(env), order=order or partners._order, limit=80).select()

        def run():
            env.cr.execute("EXPLAIN (ANALYZE) " + query.code, query.params)
            lines = "\n".join(line for (line,) in env.cr.fetchall())
            used = re.findall(r"Index (?:Only )?Scan (?:using|on) (\w*one_entrance\w*)", lines)
            took = re.search(r"Execution Time: ([\d.]+) ms", lines)[1]
            found = re.search(r"rows=(\d+) loops", lines)[1]
            return Finding(f"{name}: {used[0] if used else 'no index of ours'}, {found} rows, {took} ms", bool(used))

        return run

    return function.alone()


plan("the register", actor_domain)
plan("Key Actors in Contacts", lambda env: [("one_entrance_step", "not in", (False, "left"))])
over_capacity.alone()


# --- at 100,000 actors: what the filters of the register's list find, in its order and by due date

BY_DUE_DATE = "one_entrance_due_date, id"
NEVER_MET = [("one_entrance_last_meeting_date", "=", False), ("one_entrance_step", "not in", (False, "left"))]


def plan_filter(name, domain, order=None, **bounds):
    plan(name, lambda env: Domain(actor_domain(env)) & Domain(domain), order, where="large", **bounds)


def in_state(state):
    return [("one_entrance_dialogue_state", "=", state)]


plan_filter("overdue, 100,000 actors", in_state("overdue"), most_ms=10)
plan_filter("overdue, 100,000 actors, by due date", in_state("overdue"), BY_DUE_DATE, most_ms=10)
plan_filter("due in 30 days, 100,000 actors", in_state("due"))
plan_filter("due in 30 days, 100,000 actors, by due date", in_state("due"), BY_DUE_DATE)
plan_filter("planned, 100,000 actors", in_state("planned"))
plan_filter("no plan, 100,000 actors", in_state("no_plan"))
plan_filter("never met, 100,000 actors", NEVER_MET)
