import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def call():
    """Run one of the checkout's commands as a user would; returns what subprocess.run does."""

    def run(*command, **env):
        return subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**{k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def one_error_line():
    """Check that a command failed with one line for the user and nothing else."""

    def check(done, *words):
        lines = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
        assert done.returncode != 0
        assert len(lines) == 1, done.stderr
        assert lines[0].startswith("Error: ")
        for word in words:
            assert word in lines[0]

    return check
