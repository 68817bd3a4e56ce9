"""The PostgreSQL that a command talks to.

With ``PGHOST`` set it is the user's own server.  Otherwise it is a private cluster
below ``build/pg``: unix socket only, run as the user (as ``postgres`` for root), shared
by all commands that run at the same time and stopped by the last of them.

Sharing needs no counter that a killed command could leave behind: each command holds
a shared lock on ``users.lock`` for as long as it or its children live.  Who ends tries
for the exclusive lock, and stops the cluster when it gets it.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from .paths import BUILD, ROOT, StopError

PG = BUILD / "pg"
DATA = PG / "data"
SERVER_LOG = PG / "server.log"
SOCKET_NOTE = PG / "socket"
ROLE = "one_entrance"
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432")

CONFIG = """
# One Entrance: a cluster for development. Its databases can all be made again, so
# speed goes before surviving a power cut.
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
log_timezone = 'UTC'
timezone = 'UTC'
lc_messages = 'C.UTF-8'
"""


def find_binaries():
    """The folder of the newest installed server, 13 or later."""
    places = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: float(path.parent.name) if path.parent.name.replace(".", "").isdigit() else 0,
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    for place in places:
        if all((place / name).exists() for name in ("initdb", "postgres", "pg_ctl")):
            return place
    raise StopError("no PostgreSQL server found. Run 'make setup', or set PGHOST to a server you have.")


class Cluster:
    """One command's use of the database server: ``with Cluster() as env: ...``."""

    def __init__(self):
        self.private = not os.environ.get("PGHOST")
        self.lock = None

    def __enter__(self):
        if self.private:
            self._join()
        else:
            self._check_server()
        return self

    def __exit__(self, *exc):
        if self.private and self.lock:
            self._leave()

    @property
    def env(self):
        """What libpq, and through it Odoo, needs to know."""
        if not self.private:
            return {}
        return {"PGHOST": SOCKET_NOTE.read_text().strip(), "PGPORT": "5432", "PGUSER": ROLE}

    @property
    def pass_fds(self):
        """Given to children, so that a killed command's child keeps its server."""
        return (self.lock.fileno(),) if self.lock else ()

    # --- the user's own server

    @staticmethod
    def _check_server():
        if os.environ.get("PGUSER") == "postgres":
            raise StopError("PGUSER=postgres: Odoo refuses that role. Set PGUSER to one with CREATEDB.")
        where = f"PGHOST={os.environ['PGHOST']}"
        query = (
            "SELECT current_setting('server_version_num')::int / 10000, "
            "rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        done = subprocess.run(
            ["psql", "-XAtw", "-d", "postgres", "-c", query],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env={"PGCONNECT_TIMEOUT": "10", **os.environ},
            check=False,
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no answer"]
            reason = lines[0].strip().removeprefix("psql: error: ").rstrip(".")
            raise StopError(f"{where}: {reason}. Correct PGHOST, PGPORT, PGUSER, PGPASSWORD or unset PGHOST.")
        version, may_create = done.stdout.strip().split("|")
        if int(version) < 13:
            raise StopError(
                f"{where} is PostgreSQL {version}, Odoo 19.0 needs 13 or newer. Unset PGHOST to use a private one."
            )
        if may_create != "t":
            raise StopError(
                f"{where}: your role may not create databases. Let an administrator run ALTER ROLE ... CREATEDB."
            )

    # --- the private cluster

    def _join(self):
        PG.mkdir(parents=True, exist_ok=True)
        self.binaries = find_binaries()
        with _state_lock():
            # Opened for each command anew: the lock belongs to this open file.
            self.lock = open(PG / "users.lock", "a")  # noqa: SIM115
            fcntl.flock(self.lock, fcntl.LOCK_SH)
            if not self._answers():
                if not (DATA / "PG_VERSION").exists():
                    self._create()
                self._start()

    def _leave(self):
        with _state_lock():
            # Children that outlive us still hold our open file: a new one asks for them too.
            self.lock.close()
            self.lock = None
            stop_if_unused(self.binaries)

    def _create(self):
        new = PG / "data.new"
        self._as_owner_remove(new)
        owner = cluster_owner()
        if owner:
            account = pwd.getpwnam(owner)
            new.mkdir(mode=0o700)
            os.chown(new, account.pw_uid, account.pw_gid)
        self._tool(
            "initdb",
            "-A",
            "trust",
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
            "-D",
            str(new),
        )
        self._tool(
            "postgres",
            "--single",
            "-D",
            str(new),
            "postgres",
            feed=f"CREATE ROLE {ROLE} LOGIN CREATEDB;\n",
        )
        with open(new / "postgresql.conf", "a") as config:
            config.write(CONFIG)
        new.rename(DATA)

    @staticmethod
    def _as_owner_remove(folder):
        shutil.rmtree(folder, ignore_errors=True)

    def _start(self):
        self._stop_lost()
        socket = self._socket_folder()
        log = SERVER_LOG
        if not log.exists():
            log.touch(mode=0o600)
        owner = cluster_owner()
        if owner:
            shutil.chown(log, owner)
        major = (DATA / "PG_VERSION").read_text().strip()
        found = self.binaries.parent.name
        if found.isdigit() and found != major:
            older = Path(f"/usr/lib/postgresql/{major}/bin")
            if not (older / "postgres").exists():
                raise StopError(
                    f"build/pg is a cluster of PostgreSQL {major}, installed is {found}. Run 'make clean' and try again."
                )
            self.binaries = older
        try:
            self._tool(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "60",
                "-s",
                "-D",
                str(DATA),
                "-l",
                str(log),
                "-o",
                f"-c unix_socket_directories='{socket}' -c unix_socket_permissions=0700",
            )
        except StopError as error:
            reason = _last_reason(log)
            raise StopError(f"PostgreSQL does not start: {reason or error}. See {log}.") from None

    def _stop_lost(self):
        """End a server that lives but no longer answers, its socket being gone."""
        if server_runs():
            self._tool("pg_ctl", "stop", "-m", "fast", "-w", "-s", "-D", str(DATA), check=False)

    @staticmethod
    def _socket_folder():
        """A short folder of the cluster's user; paths of sockets have 107 bytes."""
        if SOCKET_NOTE.exists():
            shutil.rmtree(SOCKET_NOTE.read_text().strip(), ignore_errors=True)
        for place in ("/tmp", os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108
            if not place or len(place) > SOCKET_LIMIT - 24 or not os.access(place, os.W_OK | os.X_OK):
                continue
            folder = tempfile.mkdtemp(prefix="one_entrance.", dir=place)
            owner = cluster_owner()
            if owner:
                shutil.chown(folder, owner)
            note = SOCKET_NOTE.with_suffix(".new")
            note.write_text(folder)
            note.replace(SOCKET_NOTE)
            return folder
        raise StopError("no folder for the database's socket: /tmp is not writable. Make it so, or set PGHOST.")

    def _answers(self):
        if not SOCKET_NOTE.exists() or not server_runs():
            return False
        done = subprocess.run(
            [
                str(self.binaries / "pg_isready"),
                "-q",
                "-t",
                "20",
                "-h",
                SOCKET_NOTE.read_text().strip(),
                "-p",
                "5432",
            ],
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode == 0

    def _tool(self, name, *args, check=True, feed=None):
        return run_tool(self.binaries, name, *args, check=check, feed=feed)


def cluster_owner():
    """The user that PostgreSQL runs as, or None for ourselves: it refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise StopError("PostgreSQL cannot run as root and there is no user 'postgres'. Create it, or set PGHOST.")


def run_tool(binaries, name, *args, check=True, feed=None):
    command = [str(binaries / name), *args]
    owner = cluster_owner()
    if owner:
        account = pwd.getpwnam(owner)
        prefix = [
            "setpriv",
            f"--reuid={account.pw_uid}",
            f"--regid={account.pw_gid}",
            "--init-groups",
        ]
        if not _may_enter(prefix, PG):
            # A checkout below /root, which only root may enter.
            prefix += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        command = prefix + command
    # Started in its own session, away from Ctrl-C, and without our locks.
    done = subprocess.run(
        command,
        check=False,
        input=feed,
        stdin=None if feed is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    )
    if check and done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()] or ["failed"]
        reason = next((line for line in lines if "error:" in line.lower() or "FATAL:" in line), lines[-1])
        if "No space left on device" in done.stdout:
            reason = f"the disk is full. Free some space for {PG} and run the command again"
        raise StopError(f"{name}: {reason.removeprefix(name + ': error: ')}.")
    return done


def _may_enter(prefix, folder):
    return subprocess.run([*prefix, "test", "-x", str(folder)], check=False).returncode == 0


def _last_reason(log):
    try:
        lines = log.read_text(errors="replace").splitlines()[-20:]
    except OSError:
        return ""
    for line in reversed(lines):
        for mark in ("FATAL:", "PANIC:", "ERROR:"):
            if mark in line:
                return line.split(mark, 1)[1].strip()
    return ""


@contextmanager
def _state_lock():
    """Held while a command starts or stops the cluster, never longer."""
    with open(PG / "state.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_used():
    """Whether a command or a child of one still holds the shared lock."""
    with open(PG / "users.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def server_runs():
    """Whether our server lives; a note of a killed one is removed.

    After ``kill -9`` or a restart of the machine the number in the note may belong to
    any other process by now, which must not be signalled.
    """
    pid_file = DATA / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except (OSError, ValueError, IndexError):
        command = []
    if command and Path(command[0]).name.startswith("postgres") and str(DATA) in command:
        return True
    pid_file.unlink(missing_ok=True)
    return False


def stop_if_unused(binaries):
    if is_used():
        return False
    if server_runs():
        run_tool(binaries, "pg_ctl", "stop", "-m", "fast", "-w", "-s", "-D", str(DATA), check=False)
    if SOCKET_NOTE.exists():
        shutil.rmtree(SOCKET_NOTE.read_text().strip(), ignore_errors=True)
        SOCKET_NOTE.unlink(missing_ok=True)
    return True


def stop():
    """For ``tools/run cluster stop``: end a server that a killed command left running."""
    if not PG.exists():
        return
    deadline = time.monotonic() + 5
    while True:
        with _state_lock():
            if stop_if_unused(find_binaries()):
                return
        if time.monotonic() > deadline:
            raise StopError(f"another command still uses the database of {ROOT}. End it, then run this again.")
        time.sleep(0.2)
