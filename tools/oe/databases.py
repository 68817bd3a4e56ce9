"""Databases: templates made once, and clones of them made in a second or two."""

import fcntl
import hashlib
import shutil
import subprocess

from .odoo import odoo_version
from .paths import BUILD, DATA, DEPENDS, LANGUAGES, ROOT, StopError

FILESTORE = DATA / "filestore"


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
    drop(place, target)
    place.run("createdb", "-w", "-T", source, target)
    if (FILESTORE / source).exists():
        FILESTORE.mkdir(parents=True, exist_ok=True)
        place.run("cp", "-a", "--reflink=auto", FILESTORE / source, FILESTORE / target)


def template_name(place, demo):
    key = f"1 {odoo_version(place.home)} {ROOT} {DEPENDS} {LANGUAGES}"
    return "one_entrance_base_" + ("demo_" if demo else "") + hashlib.sha256(key.encode()).hexdigest()[:8]


def template(place, demo=False, say=print):
    """The name of a database with what One Entrance depends on, made when missing."""
    name = template_name(place, demo)
    if exists(place, name):
        return name
    with open(BUILD / "template.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if exists(place, name):
            return name
        say(f"Making the template database {'with' if demo else 'without'} demo data (once, about a minute) ...")
        temporary = name + "_new"
        drop(place, temporary)
        try:
            place.odoo_logged(
                temporary,
                *(
                    "-d",
                    temporary,
                    "-i",
                    ",".join(DEPENDS),
                    f"--load-language={','.join(LANGUAGES)}",
                ),
                *("--stop-after-init", "--no-http", "--max-cron-threads=0"),
                *(["--with-demo"] if demo else []),
            )
            rename(place, temporary, name)
        except BaseException:
            drop(place, temporary, check=False)
            raise
    return name


def fresh(place, name, demo=False, say=print):
    """A new database of that name with the dependencies installed, not One Entrance."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise StopError(f"'{name}' is no name for a database. Use letters, digits, - and _.")
    clone(place, template(place, demo, say), name)


def install(place, name, *options, modules="one_entrance"):
    """Install in an existing database; returns the path of the log."""
    return place.odoo_logged(
        f"install-{name}",
        *(
            "-d",
            name,
            "-i",
            modules,
            "--stop-after-init",
            "--no-http",
            "--max-cron-threads=0",
            *options,
        ),
    )
