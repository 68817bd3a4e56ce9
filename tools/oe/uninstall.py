"""Install, use, uninstall: partners stay as they were, the core does when another addon goes, and nothing is left."""

import json
import sys

from . import databases
from .addon import addon_names, needed, optional_names, short
from .paths import MODULE, TOOLS, StopError

#: Columns that any write changes, or that are noise of it.
UNCOMPARED = {"write_date", "write_uid"}

#: The demo data gives the database's own company the municipality's name and address, and its people with it.
NOT_OURSELVES = "COALESCE(commercial_partner_id, id) NOT IN (SELECT partner_id FROM res_company)"

#: What makes up a database beside its business: each as lines that stay the same while nobody adds or takes any.
SHAPE = {
    "tables": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    "columns": "SELECT concat_ws(' ', table_name || '.' || column_name, data_type, is_nullable) "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint",
    "models": "SELECT model FROM ir_model",
    "fields": "SELECT concat_ws(' ', model || '.' || name, ttype, relation, required::text) FROM ir_model_fields",
    "choices": "SELECT f.model || '.' || f.name || ' ' || s.value FROM ir_model_fields_selection s "
    "JOIN ir_model_fields f ON f.id = s.field_id",
    "parameters": "SELECT key FROM ir_config_parameter",
}

#: Of these tables the records themselves. Odoo's own list of constraints is none: it keeps those of addons that are gone.
RECORDS = (
    "ir_act_client",
    "ir_act_report_xml",
    "ir_act_server",
    "ir_act_url",
    "ir_act_window",
    "ir_act_window_view",
    "ir_asset",
    "ir_cron",
    "ir_default",
    "ir_embedded_actions",
    "ir_exports",
    "ir_exports_line",
    "ir_filters",
    "ir_model_access",
    "ir_rule",
    "ir_sequence",
    "ir_ui_menu",
    "ir_ui_view",
    "mail_activity_plan",
    "mail_activity_plan_template",
    "mail_activity_type",
    "mail_alias",
    "mail_message_subtype",
    "mail_template",
    "report_paperformat",
    "res_groups",
    "res_groups_privilege",
)

#: Models whose tables have other names than they.
TABLES = {"ir.actions.act_url": "ir_act_url", "ir.actions.act_window": "ir_act_window"}
TABLES |= {"ir.actions.act_window.view": "ir_act_window_view", "ir.actions.client": "ir_act_client"}
TABLES |= {"ir.actions.report": "ir_act_report_xml", "ir.actions.server": "ir_act_server"}

#: What may still speak of an addon that is gone, by its name and its {models}; tables, fields ... are part of the shape.
LEFTOVERS = {
    # Odoo itself keeps names that mail, portal, sms ... gave to parts of any other addon's models, until these are updated.
    "external ids": "SELECT name FROM ir_model_data WHERE module = '{addon}'",
    "models": "SELECT model FROM ir_model WHERE model IN ({models})",
    "views": "SELECT COALESCE(key, name) FROM ir_ui_view WHERE key LIKE '{like}.%' OR model IN ({models})",
    "window actions": "SELECT id::text FROM ir_act_window WHERE res_model IN ({models})",
    "reports": "SELECT report_name FROM ir_act_report_xml WHERE report_name LIKE '{like}.%' OR model IN ({models})",
    "templates": "SELECT id::text FROM mail_template WHERE model IN ({models})",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE '{like}.%'",
    "attachments": "SELECT id::text FROM ir_attachment WHERE res_model IN ({models})",
    "activities": "SELECT id::text FROM mail_activity WHERE res_model IN ({models})",
    "messages": "SELECT id::text FROM mail_message WHERE model IN ({models})",
    "followers": "SELECT id::text FROM mail_followers WHERE res_model IN ({models})",
    "subscriptions": "SELECT id::text FROM mail_message_subtype WHERE res_model IN ({models})",
    "filters": "SELECT id::text FROM ir_filters WHERE model_id IN ({models})",
}

#: The same by name alone, once the core itself is gone, and with it all that may bear our prefix.
NAMESAKES = {
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns "
    "WHERE table_schema = 'public' AND (column_name LIKE 'one\\_entrance%' OR column_name LIKE 'x\\_one\\_entrance%')",
    "tables": "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = 'public' AND table_name LIKE '%one\\_entrance%'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'one.entrance%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields WHERE name LIKE 'one\\_entrance%'",
    "views": "SELECT key FROM ir_ui_view WHERE key LIKE '%one\\_entrance%' OR model LIKE 'one.entrance%'",
    "server actions": "SELECT id::text FROM ir_act_server WHERE code LIKE '%one\\_entrance%'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE '%one\\_entrance%'",
    "constraints and indexes": "SELECT indexname FROM pg_indexes WHERE indexname LIKE '%one\\_entrance%' "
    "UNION SELECT conname FROM pg_constraint WHERE conname LIKE '%one\\_entrance%'",
    **{
        f"{table} by model": f"SELECT id::text FROM {table} WHERE {column} LIKE 'one.entrance%'"
        for table, column in (
            ("ir_attachment", "res_model"),
            ("mail_activity", "res_model"),
            ("mail_message", "model"),
            ("mail_followers", "res_model"),
            ("mail_message_subtype", "res_model"),
            ("ir_filters", "model_id"),
        )
    },
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


class Before:
    """A database as it was, to be compared with what it is after something came and went."""

    def __init__(self, place, database, where="true"):
        self.place = place
        self.where = where
        self.shape = shape(place, database)
        self.columns = partner_columns(place, database)
        self.partners = partners(place, database, self.columns, where)

    def differences(self, database):
        """What is not as before, as lines."""
        found = []
        after = shape(self.place, database)
        for what, lines in self.shape.items():
            for text, changed in (("lost", lines - after[what]), ("left over", after[what] - lines)):
                if changed:
                    found.append(f"{len(changed)} {what} {text} ({_some(changed)})")
        return found

    def partner_differences(self, database):
        found = []
        present = partner_columns(self.place, database)
        columns = [name for name in self.columns if name in present]
        after = partners(self.place, database, columns, self.where)
        lost, extra = set(self.partners) - set(after), set(after) - set(self.partners)
        changed = [n for n in self.partners if n in after and self.partners[n] != after[n]]
        for text, numbers in (("lost", lost), ("left over", extra)):
            if numbers:
                found.append(f"{len(numbers)} partners {text} (ids {_some(numbers)})")
        if changed:
            which = "; ".join(f"id {n}: {_changes(self.partners[n], after[n])}" for n in changed[:5])
            found.append(f"{len(changed)} partners changed ({which})")
        return found


def shape(place, database):
    """{what: its lines} of a database."""
    tables = place.psql(database, SHAPE["tables"]).splitlines()
    found = {what: set(place.psql(database, query).splitlines()) for what, query in SHAPE.items()}
    for table in RECORDS:
        if table in tables:
            query = (
                f"SELECT concat_ws(' ', t.id, d.module || '.' || d.name) FROM {table} t LEFT JOIN LATERAL ("
                "SELECT module, name FROM ir_model_data "
                f"WHERE replace(model, '.', '_') = '{table}' AND res_id = t.id ORDER BY id LIMIT 1) d ON true"
            )
            found[table] = set(place.psql(database, query).splitlines())
    return found


class Own:
    """An addon's own models and the records it came with: read before it is uninstalled, looked for afterwards."""

    def __init__(self, place, database, addon):
        self.place = place
        self.addon = addon
        # Who extends a model names it too, after the addon that made it.
        self.models = place.psql(
            database,
            f"SELECT model FROM (SELECT DISTINCT ON (m.id) m.model, d.module FROM ir_model m JOIN ir_model_data d "
            f"ON d.model = 'ir.model' AND d.res_id = m.id ORDER BY m.id, d.id) made WHERE module = '{addon}'",
        ).splitlines()
        rows = place.psql(
            database,
            "SELECT model, string_agg(res_id::text, ',') FROM ir_model_data "
            f"WHERE module = '{addon}' AND model NOT LIKE 'ir.model%' GROUP BY model",
        )
        self.records = dict(row.split("|") for row in rows.splitlines())

    def leftovers(self, database):
        values = {"addon": self.addon, "like": self.addon.replace("_", "\\_"), "models": _quoted(self.models)}
        queries = {what: query.format(**values) for what, query in LEFTOVERS.items()}
        tables = self.place.psql(database, SHAPE["tables"]).splitlines()
        for model, ids in self.records.items():
            table = TABLES.get(model, model.replace(".", "_"))
            if table in tables:
                queries[f"records of {model}"] = f"SELECT id::text FROM {table} WHERE id IN ({ids})"
        return _rows(self.place, database, queries)


def _rows(place, database, queries):
    found = {what: place.psql(database, query).splitlines() for what, query in queries.items()}
    return [f"{len(rows)} {what} ({_some(rows)})" for what, rows in found.items() if rows]


def _quoted(names):
    return ", ".join(f"'{name}'" for name in names) or "NULL"


def _some(lines):
    return ", ".join(sorted(lines)[:5]) + (", ..." if len(lines) > 5 else "")


def _changes(before, after):
    before, after = json.loads(before), json.loads(after)
    return ", ".join(
        f"{name} {before[name]!r} -> {after.get(name)!r}" for name in before if before[name] != after.get(name)
    )


class Uninstalls:
    """The rounds: all addons one by one, all of them with the core at once, and each on the core alone."""

    def __init__(self, place, prefix, made):
        self.place = place
        self.prefix = prefix
        self.made = made
        self.base = f"{prefix}_base"
        self.without_core = self.with_core = None

    def add_to(self, jobs):
        begin = "uninstall: a core to begin with"
        jobs.add(begin, self._begin)
        jobs.add("uninstall of the core with all others", self._all_at_once)
        if optional_names():
            jobs.add("uninstall one by one", lambda say: self._one_by_one(say, jobs.wait_for(begin)))
        for name in optional_names():
            jobs.add(f"uninstall of {short(name)}", lambda say, name=name: self._alone(name, say, jobs.wait_for(begin)))

    def _database(self, name):
        database = f"{self.prefix}_{name}"
        self.made.add(database)
        return database

    def _begin(self, say):
        """The core with its demo data, where all that any addon needs of Odoo is there."""
        self.made.add(self.base)
        databases.fresh(self.place, self.base, demo=True, say=say)
        self.without_core = Before(self.place, self.base, NOT_OURSELVES)
        self._install(self.base, [MODULE], True)
        self.with_core = Before(self.place, self.base)

    def _clone(self, name):
        if not self.with_core:
            raise StopError(f"uninstall, {name}: there is no core to begin with.")
        database = self._database(name)
        databases.clone(self.place, self.base, database)
        return database

    def _one_by_one(self, say, _begun):
        database = self._clone("one_by_one")
        self._install(database, optional_names(), True)
        self._use(database)
        found = self._take_away(database, optional_names())
        found += self.with_core.differences(database)
        found += self._take_away(database, [MODULE])
        found += self._after_the_core(database, self.without_core)
        _judge(found)
        say(f"one by one, with demo data: {len(self.without_core.partners)} partners unchanged, nothing left over")
        databases.drop(self.place, database)

    def _all_at_once(self, say):
        """Without demo data, where nobody at all may change; Odoo takes with the core all that depend on it."""
        database = self._database("at_once")
        databases.fresh(self.place, database, demo=True, say=say)
        before = Before(self.place, database)
        # An addon gets its demo data wherever what it depends on has it.
        self.place.psql(database, "UPDATE ir_module_module SET demo = false")
        self._install(database, addon_names(), False)
        self._use(database)
        own = [Own(self.place, database, name) for name in addon_names()]
        self._uninstall(database, MODULE)
        found = [line for each in own for line in each.leftovers(database)]
        found += self._after_the_core(database, before)
        _judge(found)
        say(f"all at once, without demo data: {len(before.partners)} partners unchanged, nothing left over")
        self._install(database, addon_names(), False)
        say("installed again")
        databases.drop(self.place, database)

    def _alone(self, name, say, _begun):
        database = self._clone(short(name))
        addons = [addon for addon in needed([name]) if addon != MODULE]
        self._install(database, [name], True)
        self._use(database)
        found = self._take_away(database, addons) + self.with_core.differences(database)
        _judge(found)
        say(f"{short(name)}: the core is as it was before, nothing left over")
        databases.drop(self.place, database)

    def _after_the_core(self, database, before):
        left = databases.installed(self.place, database)
        return [
            *([f"{', '.join(left)} still installed"] if left else []),
            *before.partner_differences(database),
            *before.differences(database),
            *_rows(self.place, database, NAMESAKES),
        ]

    def _install(self, database, addons, with_demo):
        options = ["--with-demo"] if with_demo else []
        log = databases.install(self.place, database, *options, modules=addons)
        missing = set(addons) - set(databases.installed(self.place, database))
        if missing:
            raise StopError(f"{', '.join(sorted(missing))} does not install. See {log}.")

    def _use(self, database):
        self.place.run(sys.executable, TOOLS / "use_addon.py", database)

    def _take_away(self, database, addons):
        """Uninstall one after the other, the last first; returns what each leaves."""
        found = []
        for addon in reversed(addons):
            own = Own(self.place, database, addon)
            self._uninstall(database, addon)
            found += own.leftovers(database)
        return found

    def _uninstall(self, database, addon):
        self.place.odoo_logged(f"uninstall-{database}", "module", "uninstall", "-d", database, addon)
        if addon in databases.installed(self.place, database):
            raise StopError(f"{addon} is still installed. See the log uninstall-{database}.log.")


def _judge(found):
    if found:
        raise StopError(f"uninstalling leaves traces: {'; '.join(found)}")
