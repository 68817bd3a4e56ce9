"""``make demo`` and ``make serve``: a database to look at, its PDFs, its web client."""

import hashlib
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

from . import databases
from .addon import addon_hash, addon_names, choose, short, triggers
from .odoo import problems_in
from .paths import DEMO, LOGS, MODULE, ROOT, TOOLS, StopError

DATABASE = "one_entrance_demo"
# An address of this machine where nobody answers.
NOBODY = "http://127.0.0.1:9"
OUTSIDE_SERVICES = (
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "reveal.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
)


def database_of(addons):
    """The demo database of these addons: the usual one of all of them, or one named after them."""
    if addons == addon_names():
        return DATABASE
    words = [short(name) for name in addons if name != MODULE] or ["core"]
    name = "_".join([DATABASE, *words])
    # PostgreSQL cuts a name at 63 bytes; the longest here is that of the database in the making
    return name if len(name) < 50 else f"{DATABASE}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _mark(place, name):
    """What a demo database was made from; kept as its comment, so copies lack it."""
    return place.psql(
        "postgres",
        f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{name}'",
    )


def _set_mark(place, name, addons):
    place.psql("postgres", f"COMMENT ON DATABASE \"{name}\" IS '{_wanted(place, addons)}'")


def _wanted(place, addons):
    """Which addons are there already decides too: one that is new to a database is installed anew."""
    names = hashlib.sha256(" ".join(addons).encode()).hexdigest()[:8]
    return f"{databases.template_name(place, True, addons)}-{names} {addon_hash(addons)}"


def _make(place, addons, say):
    name = database_of(addons)
    new = f"{name}_new"
    began = time.monotonic()
    databases.fresh(place, new, True, addons, say)
    say(f"Installing {', '.join(map(short, addons))} with their demo data ...")
    try:
        log = databases.install(place, new, "--with-demo", modules=addons)
        check_install(place, new, log, True, addons)
        _stay_here(place, new)
        if databases.exists(place, name):
            say(f"The former demo database is kept as {name}_before.")
            databases.rename(place, name, f"{name}_before")
        databases.rename(place, new, name)
    except BaseException:
        databases.drop(place, new, check=False)
        raise
    _set_mark(place, name, addons)
    say(f"Database {name}: made in {time.monotonic() - began:.0f} s.")


def _stay_here(place, name):
    """Let Odoo's paid services, which complete the name of a company or send a text message, ask nobody outside."""
    values = ", ".join(f"('{key}', '{NOBODY}')" for key in OUTSIDE_SERVICES)
    place.psql(
        name,
        f"INSERT INTO ir_config_parameter (key, value) VALUES {values} ON CONFLICT (key) DO UPDATE SET value = '{NOBODY}'",
    )


def check_install(place, name, log, demo, addons):
    """An install that Odoo calls a success may still have failed at the demo data, or have brought another addon."""
    _check_installed(place, name, log, addons)
    rows = place.psql(name, f"SELECT name, demo FROM ir_module_module WHERE name IN ({_quoted(addons)})").splitlines()
    wrong = [row.split("|")[0] for row in rows if row.endswith("|t") != demo]
    failures = place.psql(name, "SELECT error FROM ir_demo_failure LIMIT 1") if demo else ""
    if failures or wrong:
        reason = failures.splitlines()[-1] if failures else f"the flag demo is not {demo} on {', '.join(wrong)}"
        raise StopError(f"the demo data does not install as wanted: {reason} See {log}.")
    lines = log.read_text(errors="replace").splitlines()
    ours = [line for line in lines if " WARNING " in line and _speaks_of_us(line, name)]
    if ours:
        raise StopError(f"Odoo warns at the install: {ours[0].split(' WARNING ', 1)[1]} See {log}.")


def _check_installed(place, name, log, addons):
    """These addons are installed, those that they set off, and no other."""
    every = addon_names()
    found = databases.states(place, name, {*every, *(module for addon in every for module in triggers(addon))})
    for addon in every:
        state = found.get(addon, "unknown")
        set_off = triggers(addon) and all(found.get(module) == "installed" for module in triggers(addon))
        if (addon in addons or set_off) and state != "installed":
            raise StopError(f"{addon} is not installed but {state}. See {log}.")
        if not (addon in addons or set_off) and state == "installed":
            raise StopError(f"{addon} is installed, though nobody asked for it. See {log}.")


def _quoted(names):
    return ", ".join(f"'{name}'" for name in names)


def _speaks_of_us(line, database):
    """Whether a warning names one of our addons, and not just a database or a checkout called after them."""
    text = line.split(" WARNING ", 1)[1].removeprefix(database).replace(str(ROOT), "")
    return MODULE in text or "one.entrance" in text


def demo(place, args=(), say=print):
    addons = addon_names()
    if _mark_of(place, DATABASE) == _wanted(place, addons):
        say(f"Database {DATABASE}: recognised.")
    else:
        _make(place, addons, say)
    say("Printing the documents ...")
    log = LOGS / "demo-print.log"
    with open(log, "w") as errors:
        code = place.run(sys.executable, TOOLS / "demo.py", DATABASE, DEMO, check=False, stderr=errors, cwd=DEMO.parent)
    if code:
        lines = [line for line in log.read_text().splitlines() if line.strip()] or ["no reason given"]
        reason = next((line for line in reversed(lines) if line.startswith("Error: ")), lines[-1])
        raise StopError(f"printing: {reason.removeprefix('Error: ')} See {log}.")
    say("Open the web client: make serve")


def _mark_of(place, name):
    return _mark(place, name) if databases.exists(place, name) else ""


def ready_to_serve(place, addons, say):
    """The demo database of these addons as they are now; entries made in it are kept."""
    name = database_of(addons)
    mark, wanted = _mark_of(place, name), _wanted(place, addons)
    if not mark or mark.split(" ")[0] != wanted.split(" ")[0]:
        _make(place, addons, say)
    elif mark != wanted:
        say("One Entrance has changed: updating the demo database ...")
        place.odoo_logged(
            *("serve-update", "-d", name, "-u", ",".join(databases.installed(place, name))),
            *("--stop-after-init", "--no-http", "--max-cron-threads=0"),
        )
        _set_mark(place, name, addons)
    return name


def port_is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise StopError(f"you may not use port {port}. Use another: make serve PORT=8069") from None
        except OSError:
            return False
    return True


def logins(place, database):
    """Login, name and role of each user to try, the demo's own first."""
    query = f"""
        SELECT u.login, p.name,
               COALESCE((SELECT g.name->>'en_US' FROM res_groups g
                           JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = g.id AND d.module = '{MODULE}'
                           JOIN res_groups_users_rel r ON r.gid = g.id AND r.uid = u.id
                          ORDER BY array_position(
                              ARRAY['group_manager', 'group_consultant', 'group_leader'], d.name::text) LIMIT 1), '')
          FROM res_users u
          JOIN res_partner p ON p.id = u.partner_id
          JOIN ir_model_data x ON x.model = 'res.users' AND x.res_id = u.id
         WHERE u.active AND NOT u.share
           AND (x.module IN ({_quoted(addon_names())}) OR (x.module = 'base' AND x.name = 'user_admin'))
         ORDER BY x.module = 'base', x.id"""
    return [line.split("|") for line in place.psql(database, query).splitlines()]


def serve(place, args=(), say=print):
    """Loopback only; ends with Ctrl-C.  The first argument is the port, the second the addons."""
    text, wanted = (*args, "", "")[:2]
    addons = choose(wanted)
    port = _port_of(text or "8069")
    database = ready_to_serve(place, addons, say)
    address = f"http://127.0.0.1:{port}"
    log = LOGS / "serve.log"
    errors = open(LOGS / "serve-start.log", "w")  # noqa: SIM115
    child = place.start(
        *place.odoo_command(
            *("-d", database, f"--db-filter=^{database}$", "--no-database-list", f"--http-port={port}"),
            *("--http-interface=127.0.0.1", "--max-cron-threads=0", f"--logfile={log}"),
        ),
        stdin=subprocess.DEVNULL,
        stderr=errors,
    )
    deadline = time.monotonic() + 120
    while not answers(address):
        if child.poll() is not None or time.monotonic() > deadline:
            problems = problems_in(log) if log.exists() else []
            raise StopError(f"the server does not start: {problems[-1] if problems else 'no reason given'} See {log}.")
        time.sleep(0.3)
    say(f"\nOne Entrance is at {address} ({', '.join(map(short, databases.installed(place, database)))})\n")
    rows = [
        ("login", "password", "name", "role"),
        *((r[0], r[0], r[1], r[2] or "outside the scheme") for r in logins(place, database)),
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    say(f"\nLog: {log}\nCtrl-C ends it.")
    sys.stdout.flush()
    place.wait(child)
    say("Stopped.")
    return 0


def _port_of(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StopError(f"PORT={text} is no port. Use a number, e.g. make serve PORT=8069")
    port = int(text)
    if not port_is_free(port):
        raise StopError(f"port {port} is taken. Stop the other program, or use another: make serve PORT={port + 1}")
    return port


def answers(address):
    with suppress(OSError, ValueError), urllib.request.urlopen(address + "/web/health", timeout=5) as answer:  # noqa: S310
        return answer.status == 200
    return False
