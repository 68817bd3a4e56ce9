"""``tools/run``: one entry for people, the Makefile and CI."""

import argparse
import sys
from contextlib import nullcontext

from . import cluster, databases, demo, lint, pictures, terms, tests, wheel
from .addon import optional_names
from .odoo import Workplace, alone
from .paths import MODULE, ROOT, StopError

USAGE = """\
tools/run COMMAND ...

Odoo and its surroundings (any number at once; use different databases and ports):
  odoo ARGS             Odoo itself, e.g. tools/run odoo -d mine -i one_entrance --stop-after-init
  shell DB [ARGS]       Odoo's Python shell on a database; reads a script from standard input too
  python ARGS           Python with Odoo on its path
  pytest DB [ARGS]      the tests of all addons installed in a database, or those named
  psql ARGS             psql on the same server
  exec COMMAND ...      any command in the same surroundings

Databases:
  fresh DB [--demo]     a new database with all dependencies, without One Entrance (seconds);
                        with --core only what the core depends on
  clone SOURCE DB       copy a database with its files
  drop DB               remove a database with its files
  cluster status|stop   the private PostgreSQL

What the Makefile calls:
  demo, serve [PORT [ADDONS]], test, test-all, lint, format, pot, wheels, bench,
  screenshots
"""


def command_odoo(place, args):
    return place.odoo(*args, check=False)


def command_shell(place, args):
    if not args:
        raise StopError("which database? tools/run shell DB")
    return place.odoo("shell", "-d", args[0], "--no-http", *args[1:], check=False)


def command_python(place, args):
    return place.run(sys.executable, *args, check=False)


def command_psql(place, args):
    return place.run("psql", *args, check=False)


def command_exec(place, args):
    if not args:
        raise StopError("which command? tools/run exec COMMAND ...")
    return place.run(*args, check=False)


def command_pytest(place, args):
    """Paths are taken from the checkout: tests/room/test_x.py, addons/one_entrance_y/tests/test_x.py::TestX."""
    if not args or args[0].startswith("-"):
        raise StopError("which database? tools/run pytest DB [tests/room/test_x.py] [-k name]")
    command = tests.pytest_command(args[0], databases.installed(place, args[0]), args[1:])
    return place.run(sys.executable, *command, check=False, cwd=ROOT)


def command_fresh(place, args):
    parser = argparse.ArgumentParser(prog="tools/run fresh")
    parser.add_argument("database")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--core", action="store_true")
    options = parser.parse_args(args)
    databases.fresh(place, options.database, options.demo, [MODULE] if options.core else None)
    print(
        f"Database {options.database} is ready; install with: tools/run odoo -d {options.database} -i {MODULE} --stop-after-init"
    )


def command_pot(place, args):
    """The core's terms are exported before the others are there, which add to its records."""
    name = "one_entrance_terms"
    known = terms.known_translations()
    try:
        databases.fresh(place, name)
        databases.install(place, name, modules=[MODULE])
        terms.update(place, name, MODULE, known)
        if optional_names():
            databases.install(place, name)
        for addon in optional_names():
            terms.update(place, name, addon, known)
    finally:
        databases.drop(place, name, check=False)


def command_bench(place, args):
    script = ROOT / "benchmarks" / "run.py"
    if not script.exists():
        raise StopError("benchmarks/run.py is missing.")
    return place.run(sys.executable, script, *args, check=False, cwd=ROOT)


def command_wheels(place, args):
    wheel.wheels()


def command_clone(place, args):
    source, target = args
    databases.clone(place, source, target)


def command_drop(place, args):
    for name in args:
        databases.drop(place, name)


def command_cluster(args):
    if args == ["stop"]:
        cluster.stop()
    elif args == ["status"]:
        running = cluster.PG.exists() and cluster.server_runs()
        print(f"running, socket in {cluster.SOCKET_NOTE.read_text()}" if running else "not running")
    else:
        raise StopError("tools/run cluster status, or tools/run cluster stop")


IN_A_WORKPLACE = {
    "odoo": command_odoo,
    "shell": command_shell,
    "python": command_python,
    "psql": command_psql,
    "exec": command_exec,
    "pytest": command_pytest,
    "fresh": command_fresh,
    "clone": command_clone,
    "drop": command_drop,
    "demo": demo.demo,
    "serve": demo.serve,
    "test": tests.test,
    "test-all": tests.test_all,
    "pot": command_pot,
    "wheels": command_wheels,
    "bench": command_bench,
    "screenshots": pictures.screenshots,
}

#: Their databases have fixed names: one of a kind at a time.
ALONE = {"demo": "demo", "test": "test", "test-all": "test", "pot": "pot"}


def main():
    command, args = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    try:
        if command in ("help", "-h", "--help"):
            print(USAGE, end="")
            code = 0
        elif command == "cluster":
            code = command_cluster(args)
        elif command == "lint":
            code = lint.lint()
        elif command == "format":
            code = lint.format_files()
        elif command in IN_A_WORKPLACE:
            with Workplace() as place, alone(ALONE[command]) if command in ALONE else nullcontext():
                code = IN_A_WORKPLACE[command](place, args)
        else:
            raise StopError(f"unknown command '{command}'. See tools/run --help.")
    except StopError as error:
        sys.stdout.flush()
        print(f"Error: {error}", file=sys.stderr)
        code = 1
    except OSError as error:
        sys.stdout.flush()
        code = 1
        if error.errno == 28:
            print(
                "Error: the disk is full. Free some space and run the command again.",
                file=sys.stderr,
            )
        elif error.errno in (1, 13):
            print(f"Error: {error}. Is the checkout yours? See who owns build/.", file=sys.stderr)
        else:
            raise
    except KeyboardInterrupt:
        code = 130
    sys.stdout.flush()
    sys.exit(code or 0)
