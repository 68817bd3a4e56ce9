"""The checkers, one after the other, all of them offline."""

import os
import shutil
import subprocess

from .addon import refresh_links
from .paths import ADDON, BUILD, ROOT, StopError

LINT = BUILD / "lint" / "bin"
NODE = BUILD / "npm" / "bin" / "node"
NODE_MODULES = BUILD / "npm" / "node_modules"


def prettier(*args):
    plugin = NODE_MODULES / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [NODE, NODE_MODULES / "prettier" / "bin" / "prettier.cjs", f"--plugin={plugin}", *args]


def files_of(*suffixes):
    """The addon's files with these suffixes, as paths from the checkout."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f not in ("build", "node_modules") and not f.startswith("."))
        found += [os.path.relpath(os.path.join(folder, n), ROOT) for n in sorted(names) if n.endswith(suffixes)]
    return [name for name in found if not name.startswith(("static/lib/", "static/description/"))]


def checks():
    """(name, command, folder) of each checker that has something to check."""
    python = LINT / "python"
    result = [
        ("ruff check", [LINT / "ruff", "check", "--no-cache", "."], ROOT),
        ("ruff format", [LINT / "ruff", "format", "--no-cache", "--check", "."], ROOT),
    ]
    if (ROOT / "__manifest__.py").exists():
        pylint = [python, "-m", "pylint", f"--rcfile={ROOT / '.pylintrc'}", ADDON.name]
        result.append(("pylint-odoo", pylint, ADDON.parent))
        result.append(
            (
                "oca-checks-odoo-module",
                [
                    LINT / "oca-checks-odoo-module",
                    "--disable=prefer-readme-rst",
                    ADDON.name,
                ],
                ADDON.parent,
            )
        )
    translations = sorted(str(path) for path in (ADDON / "i18n").glob("*.po*"))
    if translations:
        result.append(
            (
                "oca-checks-po",
                # po-pretty-format empties a term that is the same in Danish; `make pot` sorts and wraps all the same.
                [LINT / "oca-checks-po", "--disable=prefer-readme-rst,po-pretty-format", *translations],
                ADDON.parent,
            )
        )
    formatted = files_of(".xml", ".js")
    if formatted:
        result.append(("prettier", prettier("--check", "--log-level=warn", *formatted), ROOT))
    scripts = [ROOT / "tools" / name for name in ("setup", "run", "debian-sources")] + [ROOT / ".ci" / "run"]
    result.append(
        (
            "bash -n",
            ["bash", "-c", 'for f; do bash -n "$f" || exit 1; done', "bash", *scripts],
            ROOT,
        )
    )
    return result


def environment():
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env["PATH"] = f"{LINT}{os.pathsep}{env['PATH']}"
    env["LC_ALL"] = "C.UTF-8"
    env["PYLINTHOME"] = str(BUILD / "cache" / "pylint")
    return env


def lint(say=print):
    """Run every checker; raises StopError naming those that found something."""
    refresh_links()
    failed = []
    for name, command, folder in checks():
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
        say(f"{name}: {'ok' if not done.returncode else 'FAILED'}")
        if done.returncode:
            failed.append(name)
            say(done.stdout.strip())
    if failed:
        raise StopError(f"lint found something: {', '.join(failed)}. 'make format' puts the layout right.")


def format_files():
    """Rewrite the layout of Python, XML and JavaScript."""
    python = [
        [LINT / "ruff", "check", "--no-cache", "--fix-only", "--select", "I,UP", "."],
        [LINT / "ruff", "format", "--no-cache", "."],
    ]
    formatted = files_of(".xml", ".js")
    commands = python + ([prettier("--write", "--log-level=warn", *formatted)] if formatted else [])
    for command in commands:
        subprocess.run([str(part) for part in command], cwd=ROOT, env=environment(), check=True)
