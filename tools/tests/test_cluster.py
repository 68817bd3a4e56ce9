"""The private PostgreSQL: shared, stopped by the last who uses it, surviving kill -9."""

import os
import signal
import subprocess
import sys
import time

import pytest
from oe import cluster

# A command of its own process that uses the cluster below `place` until a line arrives.
USER = """
import sys
from pathlib import Path
from oe import cluster
cluster.PG = Path(sys.argv[1])
cluster.DATA, cluster.SERVER_LOG = cluster.PG / "data", cluster.PG / "server.log"
cluster.SOCKET_NOTE = cluster.PG / "socket"
with cluster.Cluster() as used:
    print(used.env["PGHOST"], flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    folder = tmp_path / "a place" / "pg"
    folder.mkdir(parents=True)
    monkeypatch.setattr(cluster, "PG", folder)
    monkeypatch.setattr(cluster, "DATA", folder / "data")
    monkeypatch.setattr(cluster, "SERVER_LOG", folder / "server.log")
    monkeypatch.setattr(cluster, "SOCKET_NOTE", folder / "socket")
    yield folder
    cluster.stop()
    assert not cluster.server_runs()


def begin(place):
    """Start a user of the cluster; returns its process and the socket's folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(place)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    return process, process.stdout.readline().strip()


def end(process):
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def ask(socket):
    query = ["psql", "-XAtw", "-h", socket, "-U", cluster.ROLE, "-d", "postgres", "-c", "SELECT 'here'"]
    return subprocess.run(query, check=False, capture_output=True, text=True).stdout.strip()


def test_two_share_it_and_the_last_stops_it(place):
    first, socket = begin(place)
    second, same = begin(place)
    assert socket == same
    assert ask(socket) == "here"
    end(first)
    assert ask(socket) == "here"
    end(second)
    assert not cluster.server_runs()
    assert not os.path.exists(socket)


def test_a_killed_user_leaves_nothing_that_the_next_cannot_use(place):
    killed, socket = begin(place)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert cluster.server_runs()
    following, same = begin(place)
    assert same == socket
    end(following)
    assert not cluster.server_runs()


def test_a_killed_server_is_started_again(place):
    user, _socket = begin(place)
    pid = int((place / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.5)
    following, socket = begin(place)
    assert ask(socket) == "here"
    end(following)
    end(user)


def test_the_number_of_another_process_is_not_taken_for_the_server(place):
    first, _socket = begin(place)
    end(first)
    (place / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert not cluster.server_runs()
    second, socket = begin(place)
    assert ask(socket) == "here"
    end(second)


def test_it_listens_on_no_port(place):
    user, socket = begin(place)
    query = ["psql", "-XAtw", "-h", socket, "-U", cluster.ROLE, "-d", "postgres", "-c", "SHOW listen_addresses"]
    assert subprocess.run(query, check=True, capture_output=True, text=True).stdout == "\n"
    assert os.stat(socket).st_mode & 0o077 == 0
    end(user)


def test_stop_is_refused_while_someone_uses_it(call, place):
    user, _socket = begin(place)
    with pytest.raises(cluster.StopError, match="still uses the database"):
        cluster.stop()
    end(user)


def test_a_server_that_does_not_answer(monkeypatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")
    monkeypatch.setenv("PGUSER", "somebody")
    with pytest.raises(cluster.StopError, match="PGHOST=127.0.0.1: .*unset PGHOST"), cluster.Cluster():
        pass


def test_the_role_that_odoo_refuses(monkeypatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGUSER", "postgres")
    with pytest.raises(cluster.StopError, match="Odoo refuses that role"), cluster.Cluster():
        pass
