"""Odoo with its environment: which one, its configuration, how it is called."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from .addon import refresh_links
from .cluster import Cluster
from .paths import ADDONS, BUILD, CONFIG, DATA, LOGS, TOOLS, StopError

#: Of the user's surroundings these would change what Odoo or libpq do.
FOREIGN = (
    "ODOO_RC",
    "OPENERP_SERVER",
    "PGDATABASE",
    "PGSERVICE",
    "PGSERVICEFILE",
    "PGOPTIONS",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "PYTEST_DB_USE_ENV_VARS",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "COVERAGE_FILE",
    "COVERAGE_PROCESS_START",
    "COVERAGE_RCFILE",
)


def odoo_home():
    """The folder that holds ``odoo/``: the user's own or the one below ``build/``."""
    given = os.environ.get("ODOO_HOME")
    if not given:
        home = BUILD / "odoo" / "home"
        if not (home / "odoo" / "release.py").exists():
            raise StopError("the set-up is not complete. Run 'make setup' first.")
        return home.resolve()
    # The set-up knows what a usable Odoo is, and says what is wrong with another.
    done = subprocess.run(
        [str(TOOLS / "setup"), "--check-odoo"],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise StopError(done.stderr.strip().removeprefix("Error: "))
    return Path(given).resolve()


def odoo_version(home):
    """A text that differs between two Odoos whose databases must not be mixed."""
    scope = {}
    exec((home / "odoo" / "release.py").read_text(), scope)  # noqa: S102
    return f"{scope['version']} {home}"


def addons_path(home):
    places = [home / "addons", home / "odoo" / "addons", ADDONS]
    return [str(place) for place in places if place.is_dir()]


class Workplace:
    """Odoo, its database server and its folders, for the time of one command."""

    def __init__(self):
        self.home = odoo_home()
        self.cluster = Cluster()
        self.children = []
        self.ended = False

    def __enter__(self):
        for folder in (DATA, LOGS):
            folder.mkdir(parents=True, exist_ok=True)
        refresh_links()
        self._write_config()
        self.cluster.__enter__()
        signal.signal(signal.SIGTERM, _terminate)
        signal.signal(signal.SIGHUP, _terminate)
        return self

    def __exit__(self, *exc):
        # From here on nothing may keep us from stopping the server, nor begin to use it.
        self.ended = True
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in list(self.children):
            _end(child)
        self.cluster.__exit__(*exc)

    def _write_config(self):
        lines = {
            "addons_path": ",".join(addons_path(self.home)),
            "data_dir": DATA,
            "http_interface": "127.0.0.1",
            "screenshots": LOGS / "tests",
            "screencasts": "",
        }
        text = "[options]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value != "")
        if not CONFIG.exists() or CONFIG.read_text() != text:
            new = CONFIG.with_suffix(f".{os.getpid()}")
            new.write_text(text)
            new.replace(CONFIG)

    @property
    def env(self):
        env = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        env.update(self.cluster.env)
        env["PATH"] = os.pathsep.join([str(BUILD / "pdf" / "bin"), str(BUILD / "venv" / "bin"), env["PATH"]])
        env["PYTHONPATH"] = os.pathsep.join([str(self.home), str(TOOLS)])
        env["LC_ALL"] = env["LANG"] = "C.UTF-8"
        env["ODOO_RC"] = str(CONFIG)
        home = env.get("HOME", "")
        if not home or not os.access(home, os.W_OK):
            own = BUILD / "home"
            own.mkdir(exist_ok=True)
            env["HOME"] = str(own)
        return env

    # --- calling

    def run(self, *command, check=True, **options):
        """Run a command and wait for it; returns its exit code.

        Ctrl-C reaches the command itself, being in our terminal's group: we only wait
        until it has ended.  Other signals are handed on.
        """
        code = self.wait(self.start(*command, **options))
        if check and code:
            raise StopError(f"{_name_of(command)} ended with exit code {code}.")
        return code

    def start(self, *command, **options):
        if self.ended:
            raise StopError("the command was stopped.")
        env = {**self.env, **options.pop("env", {})}
        child = subprocess.Popen([str(part) for part in command], env=env, pass_fds=self.cluster.pass_fds, **options)
        self.children.append(child)
        return child

    def wait(self, child):
        code = _wait(child)
        self.children.remove(child)
        return code

    def read(self, *command, **options):
        """Run a command and return what it prints."""
        if self.ended:
            raise StopError("the command was stopped.")
        done = subprocess.run(
            [str(part) for part in command],
            env={**self.env, **options.pop("env", {})},
            pass_fds=self.cluster.pass_fds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            **options,
        )
        if done.returncode:
            raise StopError(f"{_name_of(command)} ended with exit code {done.returncode}.")
        return done.stdout

    def odoo_command(self, *args):
        """The command line for ``odoo``; a subcommand such as shell comes first."""
        args = [str(arg) for arg in args]
        return [sys.executable, "-m", "odoo", *args]

    def odoo(self, *args, **options):
        return self.run(*self.odoo_command(*args), **options)

    def odoo_logged(self, log_name, *args):
        """Run ``odoo`` with its log in a file; its last problem becomes the error."""
        log = LOGS / f"{log_name}.log"
        with open(log, "w") as out:
            code = self.run(
                *self.odoo_command(*args),
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        problems = problems_in(log)
        if code or problems:
            reason = problems[-1] if problems else f"exit code {code}"
            if "No space left on device" in log.read_text(errors="replace") or _disk_is_full():
                raise StopError(f"the disk is full. Free some space for {BUILD} and run the command again. See {log}.")
            raise StopError(f"Odoo failed ({log_name}): {reason} See {log}.")
        return log

    def psql(self, database, query):
        return self.read("psql", "-XAtqw", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", query).strip()


def _disk_is_full():
    return any(shutil.disk_usage(place).free < 20 << 20 for place in (BUILD, BUILD / "pg") if place.exists())


def problems_in(log):
    """The ERROR and CRITICAL lines of an Odoo log, shortened to what they say."""
    found = []
    for line in Path(log).read_text(errors="replace").splitlines():
        parts = line.split(" ", 5)
        if len(parts) == 6 and parts[3] in ("ERROR", "CRITICAL"):
            found.append(parts[5].split(": ", 1)[-1].strip()[:300])
    return found


def _name_of(command):
    words = [Path(str(word)).name for word in command if not str(word).startswith("-")]
    if len(words) > 1 and words[0].startswith("python"):
        words = words[1:]
    return words[0]


def _terminate(number, frame):
    raise SystemExit(128 + number)


def _wait(child):
    """The exit code; after Ctrl-C the child has ten seconds to end as it wishes."""
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            return child.wait(10)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            _end(child)
            return child.returncode


def _end(child):
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def alone(name):
    """For commands that own databases of fixed names: one of a kind at a time."""
    with open(BUILD / f"{name}.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StopError(
                f"another 'make {name}' is at work in this checkout. Wait until it has ended, then run this again."
            ) from None
        yield


def need(program, package):
    if not shutil.which(program):
        raise StopError(f"{program} is missing. Run 'make setup', which installs Debian's {package}.")
