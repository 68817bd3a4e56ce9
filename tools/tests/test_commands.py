"""What the commands say and refuse, and the helpers behind them."""

import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from oe import addon, databases, demo, terms, tests, together
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


@pytest.mark.parametrize("command", [("serve", "8069", "core,nothing"), ("serve", "8069", "nothing")])
def test_serve_names_the_addons_that_there_are(call, one_error_line, command):
    one_error_line(call(RUN, *command), "there is no addon 'nothing'", "Choose among core")


# --- the addons' folders of links


def add_addon(checkout, name, depends, **manifest):
    folder = checkout / "addons" / name
    (folder / "models").mkdir(parents=True)
    (folder / "__manifest__.py").write_text(repr({"depends": depends, **manifest}))
    (folder / "models" / "other.py").write_text(name)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    for name in ("models", "tools", "build", ".git", "benchmarks"):
        (tmp_path / name).mkdir()
    for name in ("__init__.py", "README.md", "Makefile", "pyproject.toml", "models/thing.py"):
        (tmp_path / name).write_text(name)
    (tmp_path / "__manifest__.py").write_text(repr({"depends": ["contacts", "crm"]}))
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


def test_each_addon_has_links_of_its_own_and_the_core_none_of_another(checkout):
    add_addon(checkout, "one_entrance_b", ["one_entrance"])
    addon.refresh_links()
    assert not (addon.link() / "addons").exists()
    assert (addon.link("one_entrance_b") / "models" / "other.py").read_text() == "one_entrance_b"
    (checkout / "addons" / "one_entrance_b" / "__manifest__.py").unlink()
    addon.refresh_links()
    assert not (addon.link("one_entrance_b") / "models").exists()


@pytest.fixture
def several(checkout):
    """Two optional addons, of which the second needs the first, and one that joins both."""
    add_addon(checkout, "one_entrance_z", ["one_entrance", "survey"])
    add_addon(checkout, "one_entrance_b", ["one_entrance_z"])
    add_addon(checkout, "one_entrance_a", ["one_entrance_b", "one_entrance_z"], auto_install=True)
    return checkout


def test_addons_stand_after_those_they_need(several):
    assert addon.addon_names() == ["one_entrance", "one_entrance_z", "one_entrance_b", "one_entrance_a"]


def test_a_circle_of_addons_is_told(several):
    add_addon(several, "one_entrance_c", ["one_entrance_d"])
    add_addon(several, "one_entrance_d", ["one_entrance_c"])
    with pytest.raises(ValueError, match="one_entrance_c, one_entrance_d"):
        addon.addon_names()


def test_what_is_chosen_brings_what_it_needs(several):
    assert addon.choose("core") == ["one_entrance"]
    assert addon.choose("b") == addon.choose("core,one_entrance_b") == addon.choose("core z, b")
    assert addon.choose("b") == ["one_entrance", "one_entrance_z", "one_entrance_b"]
    assert addon.choose("") == addon.addon_names()


def test_a_wrong_choice_lists_the_right_ones(several):
    with pytest.raises(StopError, match="no addon 'c'. Choose among core,z,b,a"):
        addon.choose("core,c")


def test_dependencies_come_from_the_manifests(several):
    assert addon.odoo_dependencies(["one_entrance"]) == ["contacts", "crm"]
    assert addon.odoo_dependencies(["one_entrance_b"]) == ["contacts", "crm", "survey"]


def test_what_sets_off_a_joining_addon(several):
    assert addon.triggers("one_entrance_a") == ["one_entrance_b", "one_entrance_z"]
    assert addon.triggers("one_entrance_b") == []
    add_addon(several, "one_entrance_c", ["one_entrance", "project"], auto_install=["project"])
    assert addon.triggers("one_entrance_c") == ["project"]


def test_an_addon_is_called_by_a_word():
    names = {
        "one_entrance": "core",
        "one_entrance_inquiry": "inquiry",
        "spreadsheet_dashboard_one_entrance": "dashboard",
    }
    names["spreadsheet_dashboard_one_entrance_inquiry"] = "dashboard_inquiry"
    assert {name: addon.short(name) for name in names} == names


def test_a_database_whose_name_postgresql_would_cut_is_refused():
    with pytest.raises(StopError, match="longer than the 63 letters"):
        databases.clone(None, "one_entrance_test_all", "one_entrance_test_".ljust(64, "x"))


def test_a_choice_of_addons_has_a_demo_database_of_its_own(several):
    assert demo.database_of(addon.addon_names()) == "one_entrance_demo"
    assert demo.database_of(addon.choose("core")) == "one_entrance_demo_core"
    assert demo.database_of(addon.choose("b")) == "one_entrance_demo_z_b"
    add_addon(several, "one_entrance_" + "long" * 9, ["one_entrance"])
    assert len(demo.database_of(addon.choose("long" * 9)) + "_before") < 64


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
    merged = terms._merge(po(("new", ""), ("both", "")), po(("both", "begge"), ("old", "gammel")), "da", "one_entrance")
    assert [(entry.msgid, entry.msgstr) for entry in merged] == [("new", ""), ("both", "begge")]
    assert merged.metadata["Language"] == "da"


def test_a_term_that_moves_to_another_addon_takes_its_translation_along(several):
    (several / "i18n").mkdir()
    po(("moved", "flyttet"), ("both", "begge")).save(str(several / "i18n" / "da.po"))
    known = terms.known_translations()["da"]
    fresh = po(("moved", ""), ("both", ""), ("new", ""))
    merged = terms._merge(fresh, po(("both", "begge to")), "da", "one_entrance_b", known)
    assert [entry.msgstr for entry in merged] == ["flyttet", "begge to", ""]
    assert "one_entrance_b" in merged.header


# --- which tests run


def test_paths_of_the_checkout_are_found_through_the_links(several, monkeypatch):
    for name in ("ADDONS", "ROOT"):
        monkeypatch.setattr(tests, name, getattr(addon, name))
    for folder in (several, several / "addons" / "one_entrance_b"):
        (folder / "tests" / "room").mkdir(parents=True)
        (folder / "tests" / "room" / "test_x.py").write_text("")
    addon.refresh_links()
    for path in (
        "tests/room/test_x.py",
        "one_entrance/tests/room/test_x.py",
        "build/addons/one_entrance/tests/room/test_x.py",
    ):
        assert tests._linked(f"{path}::TestX::test_y") == f"{addon.link()}/tests/room/test_x.py::TestX::test_y"
    other = "addons/one_entrance_b/tests/room/test_x.py"
    assert tests._linked(other) == str(addon.ADDONS / "one_entrance_b/tests/room/test_x.py")
    assert tests._linked("-k") is None
    assert tests._linked("something") is None
    with pytest.raises(StopError, match="one_entrance_b is not installed"):
        tests.pytest_command("db", ["one_entrance"], [other])
    with pytest.raises(StopError, match="one_entrance is not installed"):
        tests.pytest_command("db", [])
    every = tests.pytest_command("db", ["one_entrance", "one_entrance_z", "one_entrance_b"])
    assert every[-2:] == [f"{addon.link()}/tests", f"{addon.link('one_entrance_b')}/tests"]


PLAIN_TESTS = """
class TestIt:
    test_tags = {"standard"}
    def test_it(self): pass

class TestLong:
    test_tags = {"slow"}
    def test_long(self): pass
"""


@pytest.fixture
def run_pytest(tmp_path):
    """Run pytest on two files of tests with our plugin; returns what it says."""
    folder = tmp_path / "tests"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"test_{name}.py").write_text(PLAIN_TESTS)

    def run(*options):
        plugins = ("-p", "no:odoo", "-p", "no:cacheprovider", "-p", "oe.selecting")
        command = [sys.executable, "-m", "pytest", "-v", "-c", "/dev/null", "--rootdir", str(folder), *plugins]
        done = subprocess.run([*command, *options, str(folder)], capture_output=True, text=True, check=False)
        return done.stdout

    return run


def test_slow_tests_run_unless_they_are_left_out(run_pytest):
    assert "4 passed" in run_pytest()
    assert "2 passed, 2 deselected" in run_pytest("--without-slow")


def test_two_runs_share_the_files(run_pytest, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "test_a.py").write_text("")
    said = run_pytest(f"--share={taken}")
    assert "test_b.py::TestIt" in said
    assert "test_a.py" not in said
    assert "2 passed" in said
    assert "no tests ran" in run_pytest(f"--share={taken}")


# --- several things at once


def test_jobs_run_side_by_side_and_each_speaks_in_one_piece():
    said, order = [], []
    jobs = together.Jobs(said.append)
    jobs.add("first", lambda say: [order.append("first"), say("one"), say("two")])
    jobs.add("second", lambda say: [jobs.wait_for("first"), order.append("second"), say("three")])
    assert jobs.run() == []
    assert order == ["first", "second"]
    assert said.index("two") == said.index("one") + 1


def test_a_job_that_fails_leaves_the_others_alone():
    def fail(say):
        raise StopError("it broke")

    said = []
    jobs = together.Jobs(said.append)
    jobs.add("first", fail)
    jobs.add("second", lambda say: [jobs.wait_for("first"), say("went on")])
    assert jobs.run() == ["it broke"]
    assert "FAILED: it broke" in said
    assert "went on" in said


# --- counting tests


def count(tmp_path, cases, code=0, **options):
    junit = tmp_path / "junit.xml"
    junit.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    counter = tests.Counter()
    counter.add("it", junit, code, **options)
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


def test_a_run_that_found_all_taken_may_be_empty(tmp_path):
    assert count(tmp_path, "", may_be_empty=True).wrong == []


def test_a_failed_test_is_wrong_and_named(tmp_path):
    failed = '<testcase classname="one_entrance.tests.test_x.TestX" name="b"><failure/></testcase>'
    counter = count(tmp_path, f'<testcase name="a"/>{failed}', code=1)
    assert (counter.passed, counter.failed, counter.wrong) == (1, 1, ["it: 1 failed (TestX.b)"])


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


def test_a_file_of_another_run_is_passed_over_from_folder_to_folder(run_pytest, tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    for folder in ("first", "second"):
        (tmp_path / "tests" / folder).mkdir()
        (tmp_path / "tests" / folder / "__init__.py").write_text("")
        for name in ("x", "y"):
            (tmp_path / "tests" / folder / f"test_{name}.py").write_text("def test_it():\n    pass\n")
    (taken / "first.test_y.py").touch()
    said = run_pytest(f"--share={taken}")
    assert "error" not in said.lower(), said
    assert "first/test_y.py" not in said
    assert "7 passed" in said, said
