"""What the commands say and refuse, and the helpers behind them."""

import socket
from pathlib import Path

import polib
import pytest
from oe import addon, demo, terms, tests
from oe.paths import StopError

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "tools" / "run"


def test_unknown_command(call, one_error_line):
    one_error_line(call(RUN, "dance"), "unknown command 'dance'")


def test_serve_refuses_a_taken_port(call, one_error_line):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one_error_line(call(RUN, "serve", port), f"port {port} is taken", "make serve PORT=")


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_serve_refuses_what_is_no_port(call, one_error_line, port):
    one_error_line(call(RUN, "serve", port), f"PORT={port} is no port")


def test_a_free_port_is_free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert demo.port_is_free(port)


# --- the addon's folder of links


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    for name in ("models", "tools", "build", ".git", "benchmarks"):
        (tmp_path / name).mkdir()
    for name in ("__manifest__.py", "__init__.py", "README.md", "Makefile", "pyproject.toml", "models/thing.py"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(addon, "ROOT", tmp_path)
    monkeypatch.setattr(addon, "ADDONS", tmp_path / "build" / "addons")
    return tmp_path


def test_links_hold_the_addon_and_nothing_else(checkout):
    addon.refresh_links()
    names = {entry.name for entry in addon.link().iterdir()}
    assert names == {"__manifest__.py", "__init__.py", "README.md", "models"}
    assert (addon.link() / "models" / "thing.py").read_text() == "models/thing.py"


def test_links_follow_the_checkout(checkout):
    addon.refresh_links()
    (checkout / "views").mkdir()
    (checkout / "README.md").unlink()
    addon.refresh_links()
    names = {entry.name for entry in addon.link().iterdir()}
    assert names == {"__manifest__.py", "__init__.py", "views", "models"}


def test_hash_changes_with_a_file(checkout):
    before = addon.addon_hash()
    (checkout / "Makefile").write_text("no part of the addon")
    (checkout / "README.md").write_text("not in the database")
    assert addon.addon_hash() == before
    (checkout / "models" / "thing.py").write_text("changed")
    assert addon.addon_hash() != before


# --- translations


def po(*entries):
    file = polib.POFile()
    file.metadata = {"POT-Creation-Date": "2026-01-01 00:00+0000"}
    for msgid, msgstr in entries:
        file.append(polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[("model:one", "0")]))
    return file


def test_terms_missing_and_unused_are_found():
    found = terms._compare("da.po", po(("new", ""), ("both", "")), po(("both", "begge"), ("old", "gammel")))
    assert [line.split(". Run")[0] for line in found] == [
        "da.po: 1 missing: 'new'",
        "da.po: 1 that are no longer used: 'old'",
    ]
    assert not terms._compare("da.po", po(("both", "")), po(("both", "begge")))


def test_merge_keeps_translations_and_drops_the_unused():
    merged = terms._merge(po(("new", ""), ("both", "")), po(("both", "begge"), ("old", "gammel")), "da")
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("new", ""), ("both", "begge")]
    assert merged.metadata["Language"] == "da"


# --- counting tests


def count(tmp_path, cases, code=0):
    junit = tmp_path / "junit.xml"
    junit.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    counter = tests.Counter()
    counter.add("it", junit, code)
    return counter


def test_all_passed(tmp_path):
    counter = count(tmp_path, '<testcase name="a"/><testcase name="b"/>')
    assert (counter.passed, counter.failed, counter.wrong) == (2, 0, [])


def test_a_skipped_test_is_wrong(tmp_path):
    counter = count(tmp_path, '<testcase name="a"/><testcase name="b"><skipped message="no browser"/></testcase>')
    assert (counter.passed, counter.failed) == (1, 0)
    assert counter.wrong == ["it: 1 skipped (b: no browser)"]


def test_no_test_is_wrong(tmp_path):
    assert count(tmp_path, "", code=5).wrong == ["it: no test ran"]


def test_a_failed_test_is_wrong(tmp_path):
    counter = count(tmp_path, '<testcase name="a"/><testcase name="b"><failure/></testcase>', code=1)
    assert (counter.passed, counter.failed, counter.wrong) == (1, 1, ["it: 1 failed"])


def test_pytest_that_broke_off_is_wrong(tmp_path):
    assert count(tmp_path, '<testcase name="a"/>', code=3).wrong == ["it: pytest ended with exit code 3"]
    counter = tests.Counter()
    counter.add("it", tmp_path / "none.xml", 4)
    assert counter.wrong == ["it: pytest ended with exit code 4 before any test"]


# --- what an install logs


def test_warnings_about_us_are_told_from_a_database_of_our_name():
    line = "2026-01-01 00:00:00,000 1 WARNING one_entrance_test odoo.models: "
    assert demo._speaks_of_us(line + "The model one.entrance.sheet has no access rules", "one_entrance_test")
    assert demo._speaks_of_us(line + "odoo.addons.one_entrance: label", "one_entrance_test")
    assert not demo._speaks_of_us(line + "odoo.addons.crm: label", "one_entrance_test")


def test_a_warning_from_odoos_own_files_is_not_ours_wherever_the_checkout_lies(monkeypatch):
    monkeypatch.setattr(demo, "ROOT", Path("/home/user/one_entrance"))
    line = "2026-01-01 12:00:00,000 1 WARNING one_entrance_test py.warnings: /home/user/one_entrance/build/"
    assert not demo._speaks_of_us(line + "store/odoo/addons/base/models/res_partner.py:1: old", "one_entrance_test")
    assert demo._speaks_of_us(line + "addons/one_entrance/models/base.py:1: old", "one_entrance_test")


def test_stop_error_is_no_traceback(call, one_error_line):
    assert issubclass(StopError, Exception)
    one_error_line(call(RUN, "cluster", "explode"), "tools/run cluster status")
