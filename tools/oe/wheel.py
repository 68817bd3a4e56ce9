"""One wheel an addon, built by whool and installed elsewhere together: is each addon's code in its own, and no other's?"""

import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser

from .addon import addon_items, addon_names, read_manifest, source
from .paths import BUILD, LOGS, ROOT, StopError

PLACE = BUILD / "wheel"
WHEELS = BUILD / "wheels"
LINT = BUILD / "lint" / "bin"
LOG = LOGS / "wheel.log"


def _files(addon):
    """The files of an addon that git has or would take, as paths from its folder."""
    folder = source(addon)
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    items = {entry.name for entry in addon_items(addon)}
    names = [name for name in done.stdout.split("\0") if name.split("/")[0] in items and (folder / name).is_file()]
    if done.returncode or not names:
        # No clone but an unpacked archive.
        names = [
            str(file.relative_to(folder))
            for entry in addon_items(addon)
            for file in (sorted(entry.rglob("*")) if entry.is_dir() else [entry])
            if file.is_file() and "__pycache__" not in file.parts
        ]
    return names


def _run(*command, cwd):
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "GIT_DIR", "GIT_WORK_TREE")}
    env.update(
        PATH=f"{LINT}{os.pathsep}{env['PATH']}",
        LC_ALL="C.UTF-8",
        GIT_CONFIG_GLOBAL="/dev/null",
        GIT_CONFIG_NOSYSTEM="1",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_NO_INPUT="1",
    )
    with open(LOG, "a") as log:
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
        raise StopError(f"the wheels: {command[0]} ended with exit code {done.returncode}. See {LOG}.")


def build():
    """{addon: its wheel}, each built from a clean copy in a folder of the addon's name: whool takes the name from there."""
    LOGS.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    for place in (PLACE, WHEELS):
        shutil.rmtree(place, ignore_errors=True)
    folders = [_copy(addon) for addon in addon_names()]
    # whool counts an addon's commits, so that there has to be one.
    _run("git", "-c", "init.defaultBranch=main", "init", "-q", cwd=PLACE)
    _run("git", "add", "-A", cwd=PLACE)
    who = ["-c", "user.name=One Entrance", "-c", "user.email=one_entrance@localhost", "-c", "commit.gpgsign=false"]
    _run("git", *who, "commit", "-q", "--no-verify", "-m", "The wheels' source", cwd=PLACE)
    options = ["--no-deps", "--no-index", "--no-build-isolation", "-w", WHEELS]
    _run(LINT / "python", "-m", "pip", "wheel", *options, *folders, cwd=PLACE)
    made = {addon: list(WHEELS.glob(f"odoo_addon_{addon}-*.whl")) for addon in addon_names()}
    wrong = [addon for addon, wheels in made.items() if len(wheels) != 1]
    if wrong or len(list(WHEELS.iterdir())) != len(made):
        raise StopError(f"whool did not build one wheel for each addon, see {', '.join(wrong)} in {LOG}.")
    return {addon: wheels[0] for addon, wheels in made.items()}


def _copy(addon):
    folder = PLACE / addon
    if not (source(addon) / "pyproject.toml").exists():
        raise StopError(f"{source(addon).relative_to(ROOT)}/pyproject.toml is missing: no wheel is built without.")
    for name in [*_files(addon), "pyproject.toml"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source(addon) / name, folder / name)
    return folder


def wheels(say=print):
    """``make wheels``: all of them, for those who install with pip."""
    for wheel in build().values():
        say(wheel)


def check(say=print):
    made = build()
    elsewhere = PLACE / "installed"
    options = ["--no-deps", "--no-index", "--no-compile", "--target", elsewhere]
    _run(sys.executable, "-m", "pip", "install", *options, *made.values(), cwd=PLACE)
    for addon, wheel in made.items():
        _check_files(addon, wheel)
        _check_requirements(addon, wheel)
        _check_manifest(addon, wheel, elsewhere / "odoo" / "addons" / addon)
        say(f"{wheel.name}: {len(_files(addon))} files")


def _check_files(addon, wheel):
    """All files of the addon, and nothing else: no tools, and no other addon."""
    top = f"odoo/addons/{addon}/"
    found = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name and not name.endswith("/")}
    wanted = {top + name for name in _files(addon)}
    for problem, names in (("lacks", wanted - found), ("should not hold", found - wanted)):
        if names:
            raise StopError(f"{wheel.name} {problem} {len(names)} files: {', '.join(sorted(names)[:5])}")


def _check_requirements(addon, wheel):
    """The wheels of the addons it depends on, so that pip installs these too."""
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    required = Parser().parsestr(archive.read(name).decode()).get_all("Requires-Dist") or []
    found = {line.split("=")[0].split(">")[0].strip().replace("-", "_") for line in required}
    others = {other for other in read_manifest(addon)["depends"] if other in addon_names()}
    missing = {f"odoo_addon_{other}" for other in others} - found
    if missing:
        raise StopError(f"{wheel.name} does not require {', '.join(sorted(missing))}.")


def _check_manifest(addon, wheel, installed):
    """What the manifest names is there."""
    manifest = read_manifest(addon)
    named = [*manifest.get("data", []), *manifest.get("demo", [])]
    missing = [name for name in named if not (installed / name).exists()]
    for patterns in manifest.get("assets", {}).values():
        for pattern in patterns:
            path = pattern if isinstance(pattern, str) else pattern[-1]
            if path.startswith(f"{addon}/") and not list(installed.parent.glob(path)):
                missing.append(path)
    if missing:
        raise StopError(f"{wheel.name} lacks what its manifest names: {', '.join(missing[:5])}")
