"""``make demo`` and ``make serve``: a database to look at, its PDFs, its web client."""

import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

from . import databases
from .addon import addon_hash
from .odoo import problems_in
from .paths import DEMO, LOGS, MODULE, ROOT, TOOLS, StopError

DATABASE = "one_entrance_demo"
KEPT = DATABASE + "_before"
# An address of this machine where nobody answers.
NOBODY = "http://127.0.0.1:9"
OUTSIDE_SERVICES = (
    "iap.endpoint",
    "iap.partner_autocomplete.endpoint",
    "reveal.endpoint",
    "sms.endpoint",
    "snailmail.endpoint",
)


def _mark(place):
    """What the demo database was made from; kept as its comment, so copies lack it."""
    return place.psql(
        "postgres",
        f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{DATABASE}'",
    )


def _set_mark(place, name=DATABASE):
    place.psql("postgres", f"COMMENT ON DATABASE \"{name}\" IS '{_wanted(place)}'")


def _wanted(place):
    return f"{databases.template_name(place, True)} {addon_hash()}"


def _make(place, say):
    new = DATABASE + "_new"
    began = time.monotonic()
    databases.fresh(place, new, demo=True, say=say)
    say("Installing One Entrance with its demo data ...")
    try:
        log = databases.install(place, new, "--with-demo")
        check_install(place, new, log, demo=True)
        _stay_here(place, new)
        if databases.exists(place, DATABASE):
            say(f"The former demo database is kept as {KEPT}.")
            databases.rename(place, DATABASE, KEPT)
        databases.rename(place, new, DATABASE)
    except BaseException:
        databases.drop(place, new, check=False)
        raise
    _set_mark(place)
    say(f"Database {DATABASE}: made in {time.monotonic() - began:.0f} s.")


def _stay_here(place, name):
    """Let Odoo's paid services, which complete the name of a company or send a text message, ask nobody outside."""
    values = ", ".join(f"('{key}', '{NOBODY}')" for key in OUTSIDE_SERVICES)
    place.psql(
        name,
        f"INSERT INTO ir_config_parameter (key, value) VALUES {values} ON CONFLICT (key) DO UPDATE SET value = '{NOBODY}'",
    )


def check_install(place, name, log, demo):
    """An install that Odoo calls a success may still have failed at the demo data."""
    state, has_demo = place.psql(name, f"SELECT state, demo FROM ir_module_module WHERE name = '{MODULE}'").split("|")
    if state != "installed":
        raise StopError(f"{MODULE} is not installed but {state}. See {log}.")
    failures = place.psql(name, "SELECT error FROM ir_demo_failure LIMIT 1") if demo else ""
    if failures or (has_demo == "t") != demo:
        reason = failures.splitlines()[-1] if failures else f"the flag demo is {has_demo}"
        raise StopError(f"the demo data does not install as wanted: {reason} See {log}.")
    lines = log.read_text(errors="replace").splitlines()
    ours = [line for line in lines if " WARNING " in line and _speaks_of_us(line, name)]
    if ours:
        raise StopError(f"Odoo warns at the install: {ours[0].split(' WARNING ', 1)[1]} See {log}.")


def _speaks_of_us(line, database):
    """Whether a warning names our addon, and not just a database or a checkout called after it."""
    text = line.split(" WARNING ", 1)[1].removeprefix(database).replace(str(ROOT), "")
    return MODULE in text or "one.entrance" in text


def demo(place, args=(), say=print):
    if _mark_of(place) == _wanted(place):
        say(f"Database {DATABASE}: recognised.")
    else:
        _make(place, say)
    say("Printing the documents ...")
    log = LOGS / "demo-print.log"
    with open(log, "w") as errors:
        code = place.run(sys.executable, TOOLS / "demo.py", DATABASE, DEMO, check=False, stderr=errors, cwd=DEMO.parent)
    if code:
        lines = [line for line in log.read_text().splitlines() if line.strip()] or ["no reason given"]
        reason = next((line for line in reversed(lines) if line.startswith("Error: ")), lines[-1])
        raise StopError(f"printing: {reason.removeprefix('Error: ')} See {log}.")
    say("Open the web client: make serve")


def _mark_of(place):
    return _mark(place) if databases.exists(place, DATABASE) else ""


def ready_to_serve(place, say):
    """The demo database with the addon as it is now; entries made in it are kept."""
    mark = _mark_of(place)
    if not mark or mark.split(" ")[0] != databases.template_name(place, True):
        _make(place, say)
    elif mark != _wanted(place):
        say("One Entrance has changed: updating the demo database ...")
        place.odoo_logged(
            "serve-update", "-d", DATABASE, "-u", MODULE, "--stop-after-init", "--no-http", "--max-cron-threads=0"
        )
        _set_mark(place)


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


def logins(place):
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
         WHERE u.active AND NOT u.share AND (x.module = '{MODULE}' OR (x.module = 'base' AND x.name = 'user_admin'))
         ORDER BY x.module = 'base', x.id"""
    return [line.split("|") for line in place.psql(DATABASE, query).splitlines()]


def serve(place, args=(), say=print):
    """Loopback only; ends with Ctrl-C."""
    text = args[0] if args else "8069"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StopError(f"PORT={text} is no port. Use a number, e.g. make serve PORT=8069")
    port = int(text)
    if not port_is_free(port):
        raise StopError(f"port {port} is taken. Stop the other program, or use another: make serve PORT={port + 1}")
    ready_to_serve(place, say)
    address = f"http://127.0.0.1:{port}"
    log = LOGS / "serve.log"
    errors = open(LOGS / "serve-start.log", "w")  # noqa: SIM115
    child = place.start(
        *place.odoo_command(
            *("-d", DATABASE, f"--db-filter=^{DATABASE}$", "--no-database-list", f"--http-port={port}"),
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
    say(f"\nOne Entrance is at {address}\n")
    rows = [
        ("login", "password", "name", "role"),
        *((r[0], r[0], r[1], r[2] or "outside the scheme") for r in logins(place)),
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    say(f"\nLog: {log}\nCtrl-C ends it.")
    sys.stdout.flush()
    place.wait(child)
    say("Stopped.")
    return 0


def answers(address):
    with suppress(OSError, ValueError), urllib.request.urlopen(address + "/web/health", timeout=5) as answer:  # noqa: S310
        return answer.status == 200
    return False
