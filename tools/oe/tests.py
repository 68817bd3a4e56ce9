"""``make test``: everything that has to hold, in an order that fails early."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

from . import databases, demo, lint, terms, uninstall, wheel
from .odoo import need
from .paths import ADDON, BUILD, CONFIG, LOGS, ROOT, TOOLS, StopError

COVERAGE_DEMANDED = 95
COVERAGE = BUILD / "coverage"
PLAIN, DEMO, UNINSTALL = "one_entrance_test", "one_entrance_test_demo", "one_entrance_test_uninstall"


def pytest_command(database, args=(), junit=None):
    named = [arg for arg in args if not arg.startswith("-") and (ADDON / arg.split("::")[0]).exists()]
    rest = [arg for arg in args if arg not in named]
    return [
        *("-m", "pytest", f"--odoo-config={CONFIG}", f"--odoo-database={database}", "--odoo-http"),
        # Collection must not climb out of the addon: its checkout is a package too.
        *("--rootdir", str(ADDON), "--confcutdir", str(ADDON), "-c", str(ROOT / "pyproject.toml")),
        *("-p", "no:cacheprovider"),
        *([f"--junitxml={junit}"] if junit else []),
        *rest,
        *([str(ADDON / name) for name in named] or [str(ADDON)]),
    ]


class Counter:
    """What pytest's reports add up to; each run must hold tests and skip none."""

    def __init__(self):
        self.passed = self.failed = 0
        self.wrong = []

    def add(self, name, junit, code):
        if not junit.exists():
            self.wrong.append(f"{name}: pytest ended with exit code {code} before any test")
            self.failed += 1
            return
        cases = list(ElementTree.parse(junit).getroot().iter("testcase"))  # noqa: S314
        skipped = [case for case in cases if case.find("skipped") is not None]
        failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
        self.failed += len(failed)
        self.passed += len(cases) - len(failed) - len(skipped)
        if failed:
            self.wrong.append(f"{name}: {len(failed)} failed")
        elif code not in (0, 5):
            self.wrong.append(f"{name}: pytest ended with exit code {code}")
        if not cases:
            self.wrong.append(f"{name}: no test ran")
        if skipped:
            reasons = "; ".join(f"{case.get('name')}: {case.find('skipped').get('message')}" for case in skipped[:5])
            self.wrong.append(f"{name}: {len(skipped)} skipped ({reasons})")


def test(place, args=(), say=print):
    counter = Counter()
    began = time.monotonic()
    need("pdftotext", "poppler-utils")
    checks = [
        ("lint", lambda: lint.lint(say)),
        ("the tools' own tests", lambda: _self_tests(place, counter)),
        ("install without demo data", lambda: _install(place, PLAIN, False, say)),
        ("install with demo data", lambda: _install(place, DEMO, True, say)),
        ("translations", lambda: _terms(place)),
        ("tests", lambda: _addon_tests(place, counter, args)),
        ("coverage", lambda: _coverage(place)),
        ("install, uninstall, install", lambda: uninstall.check(place, UNINSTALL, say)),
        ("the wheel", lambda: wheel.check(say)),
    ]
    for number, (name, check) in enumerate(checks, 1):
        say(f"\n[{number}/{len(checks)}] {name}")
        sys.stdout.flush()
        start = time.monotonic()
        try:
            check()
        except StopError as error:
            counter.wrong.append(str(error))
            say(f"FAILED: {error}")
        say(f"[{number}/{len(checks)}] {name}: {time.monotonic() - start:.0f} s")
        sys.stdout.flush()
    for name in (PLAIN, DEMO, UNINSTALL):
        databases.drop(place, name, check=False)
    say(f"\nAll of it: {time.monotonic() - began:.0f} s")
    # A check that is no test counts as one failure, so that the last line never looks green.
    failed = max(counter.failed, 1) if counter.wrong else 0
    for line in counter.wrong:
        say(f"FAILED: {line}")
    say(f"{counter.passed} passed, {failed} failed")
    return 1 if failed else 0


def _self_tests(place, counter):
    junit = LOGS / "tests-tools.xml"
    junit.unlink(missing_ok=True)
    code = place.run(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:odoo", "-p", "no:cacheprovider"),
        *("-c", ROOT / "pyproject.toml", "--rootdir", TOOLS, "--confcutdir", TOOLS),
        *(f"--junitxml={junit}", TOOLS / "tests"),
        check=False,
        cwd=TOOLS,
        stdin=subprocess.DEVNULL,
    )
    counter.add("the tools' own tests", junit, code)


def _install(place, name, with_demo, say):
    databases.fresh(place, name, demo=with_demo, say=say)
    log = databases.install(place, name, *(["--with-demo"] if with_demo else []))
    demo.check_install(place, name, log, demo=with_demo)


def _terms(place):
    found = terms.check(place, PLAIN)
    if found:
        raise StopError("; ".join(found))


def _addon_tests(place, counter, args):
    COVERAGE.mkdir(parents=True, exist_ok=True)
    junit = LOGS / "tests.xml"
    junit.unlink(missing_ok=True)
    code = place.run(
        *(sys.executable, "-m", "coverage", "run", f"--rcfile={ROOT / 'pyproject.toml'}"),
        f"--data-file={COVERAGE / 'data'}",
        *pytest_command(PLAIN, args, junit),
        check=False,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    counter.add("tests", junit, code)


def _coverage(place):
    if not (COVERAGE / "data").exists():
        raise StopError("no coverage was measured, the tests did not run.")
    code = place.run(
        *(sys.executable, "-m", "coverage", "report", f"--rcfile={ROOT / 'pyproject.toml'}"),
        *(f"--data-file={COVERAGE / 'data'}", f"--fail-under={COVERAGE_DEMANDED}"),
        check=False,
        cwd=ROOT,
    )
    if code:
        raise StopError(f"models/, wizards/ and reports/ are covered by less than {COVERAGE_DEMANDED} %.")
