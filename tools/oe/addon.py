"""The checkout as an addon that Odoo can load.

The repository's root is the addon, but it also holds ``build/`` with a whole Odoo
in it, which Odoo's loader and term exporter would walk through.  So
``build/addons/one_entrance`` is a folder of links to the addon's own items.
"""

import hashlib
import os
import time

from .paths import ADDON, ROOT

NO_PART_OF_THE_ADDON = {
    "build",
    "tools",
    "benchmarks",
    "dist",
    "node_modules",
    "Makefile",
    "pyproject.toml",
    "package.json",
    "package-lock.json",
    "__pycache__",
}


def addon_items():
    """The top-level entries of the checkout that belong to the addon."""
    return [
        entry
        for entry in sorted(ROOT.iterdir())
        if not entry.name.startswith(".") and entry.name not in NO_PART_OF_THE_ADDON
    ]


def refresh_links():
    """Bring the folder of links up to date; several commands may do it at once."""
    ADDON.mkdir(parents=True, exist_ok=True)
    wanted = {entry.name: entry for entry in addon_items()}
    for link in ADDON.iterdir():
        if link.name == "__pycache__":
            continue
        if link.name not in wanted or not link.is_symlink():
            link.unlink(missing_ok=True)
    for name, entry in wanted.items():
        link = ADDON / name
        target = os.path.relpath(entry, ADDON)
        if not link.is_symlink() or os.readlink(link) != target:
            temporary = ADDON.parent / f".{name}.{os.getpid()}.{time.monotonic_ns()}"
            temporary.symlink_to(target)
            temporary.replace(link)


def addon_hash():
    """A hash of all that a database takes from the addon when it is installed."""
    digest = hashlib.sha256()
    for entry in addon_items():
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        for file in files:
            path = file.relative_to(ROOT).as_posix()
            if file.is_file() and "__pycache__" not in file.parts and _is_installed(path):
                digest.update(path.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _is_installed(path):
    """Tests, pictures and papers may change without another database."""
    if path.startswith("static/description/"):
        return path.endswith("/icon.png")
    return (
        not path.startswith(("tests/", "static/tests/", "README", "CHANGELOG", "LICENSE"))
        and path != "i18n/one_entrance.pot"
    )
