"""Install, uninstall, install again: partners stay as they were, nothing is left."""

import json
import sys

from . import databases
from .paths import MODULE, TOOLS, StopError

#: Columns that any write changes, or that are noise of it.
UNCOMPARED = {"write_date", "write_uid"}

#: The demo data gives the database's own company the municipality's name and address, and its people with it.
NOT_OURSELVES = "COALESCE(commercial_partner_id, id) NOT IN (SELECT partner_id FROM res_company)"

LEFTOVERS = {
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns "
    "WHERE table_schema = 'public' AND (column_name LIKE 'one\\_entrance%' OR column_name LIKE 'x\\_one\\_entrance%')",
    "tables": "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = 'public' AND table_name LIKE '%one\\_entrance%'",
    # Odoo itself keeps names that mail, portal, sms ... gave to parts of any other addon's models, until these are updated.
    "external ids": f"SELECT name FROM ir_model_data WHERE module = '{MODULE}'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'one.entrance%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields WHERE name LIKE 'one\\_entrance%'",
    "views": "SELECT key FROM ir_ui_view WHERE key LIKE 'one\\_entrance.%' OR model LIKE 'one.entrance%'",
    "window actions": "SELECT id::text FROM ir_act_window WHERE res_model LIKE 'one.entrance%'",
    "reports": "SELECT report_name FROM ir_act_report_xml WHERE report_name LIKE 'one\\_entrance.%'",
    "server actions": "SELECT id::text FROM ir_act_server WHERE code LIKE '%one\\_entrance%'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE 'one\\_entrance%'",
    "attachments": "SELECT id::text FROM ir_attachment WHERE res_model LIKE 'one.entrance%'",
    "activities": "SELECT id::text FROM mail_activity WHERE res_model LIKE 'one.entrance%'",
    "messages": "SELECT id::text FROM mail_message WHERE model LIKE 'one.entrance%'",
    "followers": "SELECT id::text FROM mail_followers WHERE res_model LIKE 'one.entrance%'",
    "subscriptions": "SELECT id::text FROM mail_message_subtype WHERE res_model LIKE 'one.entrance%'",
    "filters": "SELECT id::text FROM ir_filters WHERE model_id LIKE 'one.entrance%'",
    "constraints and indexes": "SELECT indexname FROM pg_indexes WHERE indexname LIKE '%one\\_entrance%' "
    "UNION SELECT conname FROM pg_constraint WHERE conname LIKE '%one\\_entrance%'",
}


def partner_columns(place, database):
    names = place.psql(
        database,
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'res_partner' ORDER BY column_name",
    ).splitlines()
    return [name for name in names if name not in UNCOMPARED]


def partners(place, database, columns, where="true"):
    """{id: row} of the partners, each row as one text."""
    fields = ", ".join(f'"{name}"' for name in columns)
    rows = place.psql(
        database,
        f"SELECT id, row_to_json(p) FROM (SELECT {fields} FROM res_partner WHERE {where} ORDER BY id) p",
    )
    return dict(line.split("|", 1) for line in rows.splitlines())


def check(place, database, say=print):
    """Twice on a database of that name: with the demo data, then without, where nobody at all may change."""
    databases.fresh(place, database, demo=True, say=say)
    for with_demo, where in ((True, NOT_OURSELVES), (False, "true")):
        columns = partner_columns(place, database)
        before = partners(place, database, columns, where)
        _install(place, database, with_demo)
        place.run(sys.executable, TOOLS / "use_addon.py", database)
        place.odoo_logged(f"uninstall-{database}", "module", "uninstall", "-d", database, MODULE)
        found = _differences(place, database, columns, before, where)
        if found:
            raise StopError(f"uninstalling leaves traces: {'; '.join(found)}")
        with_or_without = "with" if with_demo else "without"
        say(f"uninstalled {with_or_without} demo data: {len(before)} partners unchanged, nothing left over")
    _install(place, database, False)
    say("installed again")


def _install(place, database, with_demo):
    log = databases.install(place, database, *(["--with-demo"] if with_demo else []))
    state = place.psql(database, f"SELECT state FROM ir_module_module WHERE name = '{MODULE}'")
    if state != "installed":
        raise StopError(f"{MODULE} does not install: it is {state}. See {log}.")


def _differences(place, database, columns, before, where):
    found = []
    state = place.psql(database, f"SELECT state FROM ir_module_module WHERE name = '{MODULE}'")
    if state != "uninstalled":
        return [f"the addon is {state}"]
    after_columns = partner_columns(place, database)
    if after_columns != columns:
        found.append(f"columns of res_partner: {', '.join(sorted(set(after_columns) ^ set(columns)))}")
    after = partners(place, database, [name for name in columns if name in after_columns], where)
    lost = sorted(set(before) - set(after), key=int)
    extra = sorted(set(after) - set(before), key=int)
    changed = [number for number in before if number in after and before[number] != after[number]]
    for text, numbers in (("lost", lost), ("left over", extra)):
        if numbers:
            found.append(f"{len(numbers)} partners {text} (ids {', '.join(numbers[:5])})")
    if changed:
        which = "; ".join(f"id {number}: {_changes(before[number], after[number])}" for number in changed[:5])
        found.append(f"{len(changed)} partners changed ({which})")
    for what, query in LEFTOVERS.items():
        rows = place.psql(database, query).splitlines()
        if rows:
            found.append(f"{len(rows)} {what} ({', '.join(rows[:5])})")
    return found


def _changes(before, after):
    before, after = json.loads(before), json.loads(after)
    return ", ".join(
        f"{name} {before[name]!r} -> {after.get(name)!r}" for name in before if before[name] != after.get(name)
    )
