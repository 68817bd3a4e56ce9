"""The checkout as addons that Odoo can load: the core, and the optional ones in ``addons/``.

The repository's root is the core, but it also holds ``build/`` with a whole Odoo in it, which Odoo's loader and term
exporter would walk through, and the optional addons.  So ``build/addons/<name>`` is, for each addon, a folder of links to
the addon's own items.
"""

import ast
import hashlib
import os
import time

from .paths import ADDONS, MODULE, ROOT, StopError

NO_PART_OF_THE_ADDON = {
    "addons",
    "build",
    "tools",
    "benchmarks",
    "docs",
    "dist",
    "node_modules",
    "Makefile",
    "pyproject.toml",
    "package.json",
    "package-lock.json",
    "__pycache__",
}


def optional_names():
    """The technical names of the addons under ``addons/``, each after those it depends on."""
    found = {file.parent.name: read_manifest(file.parent.name) for file in ROOT.glob("addons/*/__manifest__.py")}
    names = []
    while len(names) < len(found):
        ready = [
            name
            for name in sorted(found)
            if name not in names and all(other in names for other in found[name]["depends"] if other in found)
        ]
        if not ready:
            raise ValueError(f"addons that depend on each other: {', '.join(sorted(set(found) - set(names)))}")
        names += ready
    return names


def addon_names():
    """The technical names of all addons, the core first."""
    return [MODULE, *optional_names()]


def source(name=MODULE):
    """The folder of an addon in the checkout."""
    return ROOT if name == MODULE else ROOT / "addons" / name


def link(name=MODULE):
    """The folder of an addon's links, of its technical name whatever the checkout is called."""
    return ADDONS / name


def read_manifest(name=MODULE):
    return ast.literal_eval((source(name) / "__manifest__.py").read_text())


def needed(names):
    """These addons with those of the checkout that they depend on, each after the ones it needs."""
    every, found, left = addon_names(), set(), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += [other for other in read_manifest(name)["depends"] if other in every]
    return [name for name in every if name in found]


def odoo_dependencies(names):
    """The modules of Odoo itself that these addons name as their dependencies."""
    every = addon_names()
    return sorted({other for name in needed(names) for other in read_manifest(name)["depends"]} - set(every))


def triggers(name):
    """The modules that make an addon install by itself once all of them are installed; none for one that never does."""
    manifest = read_manifest(name)
    automatic = manifest.get("auto_install", False)
    return list(automatic) if isinstance(automatic, (list, tuple)) else manifest["depends"] if automatic else []


def short(name):
    """What people call an addon: a word, also for one that is named after a module of Odoo (``dashboard_inquiry``)."""
    if name == MODULE:
        return "core"
    return name.removeprefix("spreadsheet_").replace(f"_{MODULE}", "").removeprefix(f"{MODULE}_")


def choose(text):
    """The addons that a text such as ``core,inquiry`` names, with those they depend on; all of them when it is empty."""
    every = addon_names()
    by_word = {word: name for name in every for word in (name, short(name))}
    words = text.replace(",", " ").split()
    for word in words:
        if word not in by_word:
            raise StopError(f"ADDONS={text}: there is no addon '{word}'. Choose among {','.join(map(short, every))}.")
    return needed([MODULE, *(by_word[word] for word in words)]) if words else every


def addon_items(name=MODULE):
    """The top-level entries of an addon's folder that belong to it."""
    return [
        entry
        for entry in sorted(source(name).iterdir())
        if not entry.name.startswith(".") and entry.name not in NO_PART_OF_THE_ADDON
    ]


def refresh_links():
    """Bring the folders of links up to date; several commands may do it at once."""
    ADDONS.mkdir(parents=True, exist_ok=True)
    names = addon_names()
    for folder in ADDONS.iterdir():
        if folder.is_dir() and folder.name not in names and not folder.name.startswith("."):
            _remove_links(folder)
    for name in names:
        _refresh(name)


def _refresh(name):
    folder = link(name)
    folder.mkdir(exist_ok=True)
    wanted = {entry.name: entry for entry in addon_items(name)}
    for item in folder.iterdir():
        if item.name == "__pycache__":
            continue
        if item.name not in wanted or not item.is_symlink():
            item.unlink(missing_ok=True)
    for item_name, entry in wanted.items():
        item = folder / item_name
        target = os.path.relpath(entry, folder)
        if not item.is_symlink() or os.readlink(item) != target:
            temporary = ADDONS / f".{item_name}.{os.getpid()}.{time.monotonic_ns()}"
            temporary.symlink_to(target)
            temporary.replace(item)


def _remove_links(folder):
    """An addon that is gone from the checkout; what is no link of ours stays."""
    for item in folder.iterdir():
        if item.is_symlink():
            item.unlink(missing_ok=True)


def addon_hash(names=None):
    """A hash of all that a database takes from these addons (all of them, when not told) when they are installed."""
    digest = hashlib.sha256()
    for name in names or addon_names():
        for entry in addon_items(name):
            files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
            for file in files:
                path = file.relative_to(source(name)).as_posix()
                if file.is_file() and "__pycache__" not in file.parts and _is_installed(path):
                    digest.update(f"{name}/{path}".encode())
                    digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _is_installed(path):
    """Tests, pictures and papers may change without another database."""
    if path.startswith("static/description/"):
        return path.endswith("/icon.png")
    return not path.startswith(("tests/", "static/tests/", "README", "CHANGELOG", "LICENSE")) and not path.endswith(
        ".pot"
    )
