"""The set-up recognises what is there, and refuses a wrong Odoo in one line."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP = ROOT / "tools" / "setup"


def make_odoo(folder, version="(19, 0, 0, FINAL, 0, '')", addons=("contacts", "calendar", "crm", "survey")):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(f"version_info = {version}\n")
    for name in addons:
        (folder / "addons" / name).mkdir(parents=True)
    return str(folder)


def test_no_folder(call, one_error_line, tmp_path):
    one_error_line(call(SETUP, ODOO_HOME=str(tmp_path / "none")), "is no folder", "unset ODOO_HOME")


def test_no_odoo(call, one_error_line, tmp_path):
    one_error_line(call(SETUP, ODOO_HOME=str(tmp_path)), "holds no Odoo")


@pytest.mark.parametrize(
    "version", ["(18, 0, 0, FINAL, 0, '')", "('saas~19', 1, 0, FINAL, 0, '')", "(20, 0, 0)", "nonsense"]
)
def test_another_release(call, one_error_line, tmp_path, version):
    one_error_line(call(SETUP, ODOO_HOME=make_odoo(tmp_path, version)), "One Entrance needs 19.0")


def test_incomplete_odoo(call, one_error_line, tmp_path):
    one_error_line(call(SETUP, ODOO_HOME=make_odoo(tmp_path, addons=("contacts",))), "lacks the addons")


def test_run_refuses_it_too(call, one_error_line, tmp_path):
    one_error_line(call(ROOT / "tools" / "run", "psql", ODOO_HOME=str(tmp_path)), "holds no Odoo")


def test_complete_odoo_of_either_layout(call, tmp_path):
    assert call(SETUP, "--check-odoo", ODOO_HOME=make_odoo(tmp_path / "a checkout")).returncode == 0
    packaged = make_odoo(tmp_path / "packaged")
    os.rename(f"{packaged}/addons", f"{packaged}/odoo/addons")
    assert call(SETUP, "--check-odoo", ODOO_HOME=packaged).returncode == 0


def test_finished_setup_does_no_work(call):
    """It only looks: no part, log or link is touched, and nothing is asked from the network."""

    def traces():
        places = [
            *(ROOT / "build").iterdir(),
            *(ROOT / "build" / "store").iterdir(),
            *(ROOT / "build").glob("logs/setup-*"),
        ]
        return {(str(path), path.lstat().st_mtime_ns) for path in places if path.name not in ("logs", "odoo.conf")}

    before = traces()
    nowhere = "http://127.0.0.1:9"
    done = call(SETUP, http_proxy=nowhere, https_proxy=nowhere)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Set-up: complete.\n", "")
    assert traces() == before


def test_unknown_option(call, one_error_line):
    one_error_line(call(SETUP, "--what"), "unknown option --what")


def test_make_help_lists_every_target(call):
    text = call("make", "help").stdout
    for target in (
        "setup",
        "demo",
        "serve",
        "test",
        "test-all",
        "bench",
        "lint",
        "format",
        "pot",
        "wheels",
        "screenshots",
        "clean",
    ):
        assert f"make {target} " in text
    assert call("make").stdout == text


def test_scripts_can_be_run():
    for name in ("tools/setup", "tools/run", "tools/debian-sources", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name
    assert "make test-all" in (ROOT / ".ci" / "run").read_text()
