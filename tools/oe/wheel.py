"""The wheel that whool builds, installed elsewhere: are all files of the addon in it?"""

import ast
import os
import shutil
import subprocess
import sys

from .addon import addon_items
from .paths import BUILD, LOGS, MODULE, ROOT, StopError

PLACE = BUILD / "wheel"
LINT = BUILD / "lint" / "bin"


def _files():
    """The checkout's files that git has or would take, as paths from its root."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]
    if done.returncode or not names:
        # No clone but an unpacked archive.
        names = [
            str(file.relative_to(ROOT))
            for entry in [*addon_items(), ROOT / "pyproject.toml"]
            for file in (sorted(entry.rglob("*")) if entry.is_dir() else [entry])
            if file.is_file() and "__pycache__" not in file.parts
        ]
    return names


def _run(log, *command, cwd):
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GIT_DIR", "GIT_WORK_TREE")}
    env.update(
        PATH=f"{LINT}{os.pathsep}{env['PATH']}",
        LC_ALL="C.UTF-8",
        GIT_CONFIG_GLOBAL="/dev/null",
        GIT_CONFIG_NOSYSTEM="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
    )
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise StopError(f"the wheel: {command[0]} ended with exit code {done.returncode}. See {log.name}.")


def build():
    """Build from a clean copy in a folder of the addon's name, with one commit."""
    shutil.rmtree(PLACE, ignore_errors=True)
    source = PLACE / MODULE
    source.mkdir(parents=True)
    names = _files()
    for name in names:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    with open(LOGS / "wheel.log", "w") as log:
        _run(log, "git", "-c", "init.defaultBranch=main", "init", "-q", cwd=source)
        _run(log, "git", "add", "-A", cwd=source)
        who = ["-c", "user.name=One Entrance", "-c", "user.email=one_entrance@localhost", "-c", "commit.gpgsign=false"]
        _run(log, "git", *who, "commit", "-q", "--no-verify", "-m", "The wheel's source", cwd=source)
        _run(
            log,
            *(LINT / "python", "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation"),
            *("-w", PLACE / "dist", source),
            cwd=PLACE,
        )
        wheels = list((PLACE / "dist").glob("*.whl"))
        if len(wheels) != 1:
            raise StopError(f"whool built {len(wheels)} wheels instead of one. See {log.name}.")
        target = PLACE / "installed"
        _run(
            log,
            *(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile"),
            *("--target", target, wheels[0]),
            cwd=PLACE,
        )
    return wheels[0], target / "odoo" / "addons" / MODULE, names


def check(say=print):
    wheel, installed, names = build()
    if not (installed / "__manifest__.py").exists():
        raise StopError(f"{wheel.name} holds no odoo/addons/{MODULE}/__manifest__.py.")
    manifest = ast.literal_eval((installed / "__manifest__.py").read_text())
    folders = {entry.name for entry in addon_items()}
    wanted = {name for name in names if name.split("/")[0] in folders}
    wanted |= {*manifest.get("data", []), *manifest.get("demo", [])}
    missing = sorted(name for name in wanted if not (installed / name).exists())
    if missing:
        raise StopError(f"{wheel.name} lacks {len(missing)} files: {', '.join(missing[:5])}")
    for patterns in manifest.get("assets", {}).values():
        for pattern in patterns:
            path = pattern if isinstance(pattern, str) else pattern[-1]
            if path.startswith(f"{MODULE}/") and not list(installed.parent.glob(path)):
                raise StopError(f"{wheel.name} lacks the assets {path}.")
    say(f"wheel: {wheel.name}, {len(wanted)} files of the addon in it")
