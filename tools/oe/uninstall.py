"""Install, uninstall, install again: partners stay as they were, nothing is left."""

import sys

from . import databases, demo
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


def partners(place, database, columns):
    """{id: row} of all partners, each row as one text."""
    fields = ", ".join(f'"{name}"' for name in columns)
    rows = place.psql(
        database,
        f"SELECT id, row_to_json(p) FROM (SELECT {fields} FROM res_partner WHERE {NOT_OURSELVES} ORDER BY id) p",
    )
    return dict(line.split("|", 1) for line in rows.splitlines())


def check(place, database, say=print):
    """Walk through it on a database of that name, with and then without use."""
    databases.fresh(place, database, demo=True, say=say)
    columns = partner_columns(place, database)
    before = partners(place, database, columns)

    log = databases.install(place, database, "--with-demo")
    demo.check_install(place, database, log, demo=True)
    place.run(sys.executable, TOOLS / "use_addon.py", database)
    place.odoo_logged(f"uninstall-{database}", "module", "uninstall", "-d", database, MODULE)
    found = _differences(place, database, columns, before)
    if found:
        raise StopError(f"uninstalling leaves traces: {'; '.join(found)}")

    log = databases.install(place, database)
    state = place.psql(database, f"SELECT state FROM ir_module_module WHERE name = '{MODULE}'")
    if state != "installed":
        raise StopError(f"after an uninstall {MODULE} does not install again: it is {state}. See {log}.")
    say(f"install, uninstall, install: {len(before)} partners unchanged, nothing left over")


def _differences(place, database, columns, before):
    found = []
    state = place.psql(database, f"SELECT state FROM ir_module_module WHERE name = '{MODULE}'")
    if state != "uninstalled":
        return [f"the addon is {state}"]
    after_columns = partner_columns(place, database)
    if after_columns != columns:
        found.append(f"columns of res_partner: {', '.join(sorted(set(after_columns) ^ set(columns)))}")
    after = partners(place, database, [name for name in columns if name in after_columns])
    lost = sorted(set(before) - set(after), key=int)
    extra = sorted(set(after) - set(before), key=int)
    changed = [number for number in before if number in after and before[number] != after[number]]
    for text, numbers in (("lost", lost), ("left over", extra), ("changed", changed)):
        if numbers:
            found.append(f"{len(numbers)} partners {text} (ids {', '.join(numbers[:5])})")
    for what, query in LEFTOVERS.items():
        rows = place.psql(database, query).splitlines()
        if rows:
            found.append(f"{len(rows)} {what} ({', '.join(rows[:5])})")
    return found
