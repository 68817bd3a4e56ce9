"""Databases: templates made once, and clones of them made in a second or two."""

import fcntl
import hashlib
import shutil
import subprocess

from .addon import addon_names, odoo_dependencies
from .odoo import odoo_version
from .paths import BUILD, DATA, LANGUAGES, MODULE, ROOT, StopError

FILESTORE = DATA / "filestore"
#: PostgreSQL cuts what is longer without an error, and the database is then not found by its name.
NAME_LENGTH = 63


def exists(place, name):
    return name in place.psql("postgres", "SELECT datname FROM pg_database").splitlines()


def drop(place, name, check=True):
    """Remove a database and its files; not checked where another error is on its way to the user."""
    place.run("dropdb", "-w", "--if-exists", "--force", name, stderr=subprocess.DEVNULL, check=check)
    shutil.rmtree(FILESTORE / name, ignore_errors=True)


def rename(place, old, new):
    """The database last: one that has its final name is complete."""
    drop(place, new)
    if (FILESTORE / old).exists():
        (FILESTORE / old).rename(FILESTORE / new)
    place.psql("postgres", f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def clone(place, source, target):
    if len(target) > NAME_LENGTH:
        raise StopError(f"the name {target} is longer than the {NAME_LENGTH} letters that PostgreSQL keeps of it.")
    drop(place, target)
    place.run("createdb", "-w", "-T", source, target)
    if (FILESTORE / source).exists():
        FILESTORE.mkdir(parents=True, exist_ok=True)
        place.run("cp", "-a", "--reflink=auto", FILESTORE / source, FILESTORE / target)


def template_modules(addons=None):
    """What a template holds: the modules of Odoo that the core depends on, or, for all addons, those that any does.

    Odoo installs the rest together with an addon, so that a choice of addons needs no template of its own.
    """
    every = addon_names()
    return odoo_dependencies(every if set(addons or every) == set(every) else [MODULE])


def template_name(place, demo, addons=None):
    key = f"2 {odoo_version(place.home)} {ROOT} {template_modules(addons)} {LANGUAGES}"
    return "one_entrance_base_" + ("demo_" if demo else "") + hashlib.sha256(key.encode()).hexdigest()[:8]


def template(place, demo=False, addons=None, say=print):
    """The name of a database with what these addons (all, when not told) depend on, made when missing."""
    name, modules = template_name(place, demo, addons), template_modules(addons)
    if exists(place, name):
        return name
    with open(BUILD / f"{name}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if exists(place, name):
            return name
        with_or_without = "with" if demo else "without"
        say(
            f"Making a template database of {', '.join(modules)}, {with_or_without} demo data (once, about a minute) ..."
        )
        temporary = name + "_new"
        drop(place, temporary)
        try:
            place.odoo_logged(
                temporary,
                *("-d", temporary, "-i", ",".join(modules), f"--load-language={','.join(LANGUAGES)}"),
                *("--stop-after-init", "--no-http", "--max-cron-threads=0"),
                *(["--with-demo"] if demo else []),
            )
            rename(place, temporary, name)
        except BaseException:
            drop(place, temporary, check=False)
            raise
    return name


def fresh(place, name, demo=False, addons=None, say=print):
    """A new database of that name with what these addons depend on, but none of them."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise StopError(f"'{name}' is no name for a database. Use letters, digits, - and _.")
    clone(place, template(place, demo, addons, say), name)


def install(place, name, *options, modules=None):
    """Install these modules, or all our addons, in an existing database; returns the path of the log."""
    return place.odoo_logged(
        f"install-{name}",
        *("-d", name, "-i", ",".join(modules or addon_names())),
        *("--stop-after-init", "--no-http", "--max-cron-threads=0", *options),
    )


def states(place, name, modules):
    """{module: state} of those of these modules that the database has heard of."""
    names = ", ".join(f"'{module}'" for module in modules)
    rows = place.psql(name, f"SELECT name, state FROM ir_module_module WHERE name IN ({names})").splitlines()
    return dict(row.split("|") for row in rows)


def installed(place, name):
    """Our addons that are installed in a database, each after those it needs."""
    if not exists(place, name):
        raise StopError(f"there is no database {name}. Make one with tools/run fresh {name}.")
    found = states(place, name, addon_names())
    return [addon for addon in addon_names() if found.get(addon) == "installed"]
