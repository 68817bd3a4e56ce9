"""The checkers, two at a time, all of them offline.

ruff, prettier and bash read the checkout itself.  pylint-odoo and oca-checks read copies of the addons: they take an
addon's technical name from its folder, and the checkout may be called anything.  Links would not do: pylint follows them
back to the checkout, and then reads no more of a package than its ``__init__.py``.
"""

import ast
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from .addon import addon_items, addon_names, read_manifest, source
from .paths import BUILD, ROOT, StopError

LINT = BUILD / "lint" / "bin"
NODE = BUILD / "npm" / "bin" / "node"
NODE_MODULES = BUILD / "npm" / "node_modules"
#: Our README is one screen of Markdown; a term that is the same in Danish is no empty one, and `make pot` sorts the terms.
OCA_DISABLED = "--disable=prefer-readme-rst,po-pretty-format"
#: A sixth of the time would go into looking for garbage.  It gets each file by name: pylint itself passes over folders
#: that are no packages.
PYLINT = [
    *(LINT / "python", "-c", "import gc, pylint; gc.disable(); pylint.run_pylint()"),
    f"--rcfile={ROOT / '.pylintrc'}",
]


def prettier(*args):
    plugin = NODE_MODULES / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [NODE, NODE_MODULES / "prettier" / "bin" / "prettier.cjs", f"--plugin={plugin}", *args]


def checkout_files():
    """The checkout's files that git has or would take, as paths from its root."""
    names = _files_of_git() if (ROOT / ".git").exists() else []
    return sorted(name for name in names or _files_of_archive() if (ROOT / name).is_file())


def _files_of_git():
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        # A commit hook of git names its own index.
        env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split("\0")[:-1] if not done.returncode else []


def _files_of_archive():
    """No clone but an unpacked archive."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        left_out = {"__pycache__", "node_modules", *(("build", "dist") if Path(folder) == ROOT else ())}
        folders[:] = [name for name in folders if name not in left_out and (name == ".ci" or name[0] != ".")]
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in names]
    return found


def formatted_files():
    """What prettier looks after: not what others made, and no pictures."""
    others = re.compile(r"(addons/\w+/)?static/(lib|description)/")
    return [name for name in checkout_files() if name.endswith((".xml", ".js")) and not others.match(name)]


def bash_scripts():
    return [name for name in checkout_files() if Path(name).suffix in ("", ".sh") and _is_bash(ROOT / name)]


def _is_bash(file):
    with open(file, "rb") as stream:
        return stream.readline().rstrip() == b"#!/bin/bash"


def copy_addons(folder):
    """A copy of every addon under its technical name, without what is no part of it; returns the copied files."""
    copied = []
    names = checkout_files()
    for addon in addon_names():
        items = {item.name for item in addon_items(addon)}
        prefix = source(addon).relative_to(ROOT)
        for name in names:
            path = Path(name)
            if path.is_relative_to(prefix) and path.relative_to(prefix).parts[0] in items:
                target = Path(addon) / path.relative_to(prefix)
                (folder / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / target)
                copied.append(target)
    return copied


def real_paths(text, folder):
    """The checkers' text, with each path into the copies put back to the checkout."""
    text = re.sub(rf"[\w./-]*{re.escape(folder.name)}/", "", text)

    def put_back(match):
        name, path = match.groups()
        return str((source(name) / path).relative_to(ROOT)) if (folder / name / path).exists() else match[0]

    return re.sub(rf"(?<![\w./])({'|'.join(addon_names())})/([\w./-]*\w)", put_back, text)


def checks(folder, copied):
    """(name, command, folder to run it in) of each checker that has something to check, the longest first."""
    python = [path for path in copied if path.suffix == ".py"]
    tests = [path for path in python if path.parts[1] == "tests"]
    code = [path for path in python if path not in tests]
    translations = [path for path in copied if path.suffix in (".po", ".pot")]
    result = [
        # A message that a test posts is read by nobody.  pylint-odoo knows that of tests/, and not of the rooms in it.
        ("pylint-odoo on tests", [*PYLINT, "--disable=translation-required"], tests, folder),
        ("pylint-odoo", PYLINT, code, folder),
        ("oca-checks-odoo-module", [LINT / "oca-checks-odoo-module", OCA_DISABLED], addon_names(), folder),
        ("oca-checks-po", [LINT / "oca-checks-po", OCA_DISABLED], translations, folder),
        ("ruff check", [LINT / "ruff", "check", "--no-cache"], ["."], ROOT),
        ("ruff format", [LINT / "ruff", "format", "--no-cache", "--check"], ["."], ROOT),
        ("prettier", prettier("--check", "--log-level=warn"), formatted_files(), ROOT),
        ("bash -n", ["bash", "-c", 'for f; do bash -n "$f" || bad=1; done; exit $bad', "bash"], bash_scripts(), ROOT),
    ]
    return [(name, [*command, *files], where) for name, command, files, where in result if files]


def overlooked(copied, folder):
    """What oca-checks and pylint-odoo look for, but not in rooms: unused data files, and wizards among the models."""
    found = []
    for path in copied:
        addon, *parts = path.parts
        if path.suffix in (".xml", ".csv") and parts[0] not in ("static", "tests", "migrations"):
            manifest = read_manifest(addon)
            if "/".join(parts) not in [*manifest.get("data", []), *manifest.get("demo", [])]:
                found.append(f"{path}:1: no manifest names this file")
        if path.suffix == ".py" and parts[0] == "models":
            found += [f"{path}:{line}: a wizard belongs in wizards/" for line in _wizards(folder / path)]
    return "\n".join(found)


def _wizards(file):
    """The lines where a file begins a wizard; what extends another's wizard is none."""
    with suppress(SyntaxError):  # pylint tells
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and "TransientModel" in "".join(map(ast.unparse, node.bases)):
                names = [ast.unparse(part.targets[0]) for part in node.body if isinstance(part, ast.Assign)]
                if "_name" in names:
                    yield node.lineno


def environment():
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PATH"] = f"{LINT}{os.pathsep}{env['PATH']}"
    env["LC_ALL"] = "C.UTF-8"
    env["PYLINTHOME"] = str(BUILD / "cache" / "pylint")
    return env


def _run(command, folder):
    """What a checker says when it finds something; nothing otherwise."""
    if not shutil.which(str(command[0])):
        raise StopError(f"{command[0]} is missing. Run 'make setup' first.")
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""


def lint(say=print):
    """Run every checker; raises StopError naming those that found something."""
    failed = []
    with TemporaryDirectory(prefix="lint-copy-", dir=BUILD) as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        copied = copy_addons(folder)
        runs = {checker: pool.submit(_run, *how) for checker, *how in checks(folder, copied)}
        runs["rooms"] = pool.submit(overlooked, copied, folder)
        for checker, run in runs.items():
            found = run.result()
            say(f"{checker}: {'FAILED' if found else 'ok'}")
            if found:
                failed.append(checker)
                say(real_paths(found, folder))
    if failed:
        raise StopError(f"lint found something: {', '.join(failed)}. 'make format' puts the layout right.")


def format_files():
    """Rewrite the layout of Python, XML and JavaScript."""
    python = [
        [LINT / "ruff", "check", "--no-cache", "--fix-only", "--select", "I,UP", "."],
        [LINT / "ruff", "format", "--no-cache", "."],
    ]
    for command in [*python, prettier("--write", "--log-level=warn", *formatted_files())]:
        subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), check=True)
