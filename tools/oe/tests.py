"""``make test``: everything that has to hold, in an order that fails early; ``make test-all``: also what takes long."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from . import databases, demo, lint, terms, uninstall, wheel
from .addon import addon_names, link, needed, optional_names, short
from .odoo import need
from .paths import ADDONS, BUILD, CONFIG, LOGS, MODULE, ROOT, TOOLS, StopError
from .together import Jobs

COVERAGE_DEMANDED = 95
COVERAGE = BUILD / "coverage"
#: The runs in which each test runs once; those of the same tests beside other addons need not be slowed down.
COVERED = ("core", "addons")
PREFIX = "one_entrance_test"
CORE, CORE_DEMO = f"{PREFIX}_core", f"{PREFIX}_core_demo"
ALL, ALL_DEMO = f"{PREFIX}_all", f"{PREFIX}_all_demo"
UNINSTALL = f"{PREFIX}_uninstall"


def pytest_command(database, addons, args=(), junit=None):
    """The command for the tests of these addons on a database, or for those that the arguments name."""
    named = [link for link in map(_linked, args) if link]
    rest = [arg for arg in args if not _linked(arg)]
    folders = [str(link(name) / "tests") for name in addons if (link(name) / "tests").exists()]
    strangers = sorted({Path(path).relative_to(ADDONS).parts[0] for path in named} - set(addons))
    if strangers or not addons:
        raise StopError(f"{', '.join(strangers) or MODULE} is not installed in the database {database}.")
    if not folders:
        raise StopError(f"{', '.join(addons)}: no tests.")
    return [
        *("-m", "pytest", f"--odoo-config={CONFIG}", f"--odoo-database={database}", "--odoo-http"),
        # Collection must not climb out of the addons: the checkout is a package too.
        *("--rootdir", str(ADDONS), "--confcutdir", str(ADDONS), "-c", str(ROOT / "pyproject.toml")),
        # The tests assert by unittest's own methods: there is nothing to rewrite before each run.
        *("-p", "no:cacheprovider", "-p", "oe.selecting", "--assert=plain"),
        *([f"--junitxml={junit}"] if junit else []),
        *rest,
        *(named or folders),
    ]


def _linked(arg):
    """A path of the checkout, with what pytest takes behind it, as the one through an addon's links; none for an option."""
    path, *names = arg.split("::")
    if arg.startswith("-"):
        return None
    for place in (path.removeprefix("build/").removeprefix("addons/"), f"{MODULE}/{path}"):
        if path and (ADDONS / place).exists():
            return "::".join([str(ADDONS / place), *names])
    return None


class Counter:
    """What pytest's reports add up to; each run must hold tests and skip none."""

    def __init__(self):
        self.passed = self.failed = 0
        self.wrong = []

    def add(self, name, junit, code, may_be_empty=False):
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
            which = [f"{case.get('classname').split('.')[-1]}.{case.get('name')}" for case in failed]
            self.wrong.append(f"{name}: {len(failed)} failed ({', '.join(which[:5])}{', ...' * (len(which) > 5)})")
        elif code not in (0, 5):
            self.wrong.append(f"{name}: pytest ended with exit code {code}")
        if not cases and not may_be_empty:
            self.wrong.append(f"{name}: no test ran")
        if skipped:
            reasons = "; ".join(f"{case.get('name')}: {case.find('skipped').get('message')}" for case in skipped[:5])
            self.wrong.append(f"{name}: {len(skipped)} skipped ({reasons})")


def test(place, args=(), say=print):
    """The arguments are pytest's, such as ``-k name``, for the addons' tests."""
    return Suite(place, False, say, args).run()


def test_all(place, args=(), say=print):
    return Suite(place, True, say, args).run()


class Suite:
    """All checks, in steps; the jobs of a step run side by side, each on a database of its own."""

    def __init__(self, place, slow, say, args=()):
        self.place = place
        self.slow = slow
        self.say = say
        self.args = args
        self.counter = Counter()
        self.made = set()

    def run(self):
        began = time.monotonic()
        need("pdftotext", "poppler-utils")
        steps = {"lint, the tools' own tests": self._lint, "installs": self._installs}
        steps |= {"translations, wheels": self._papers, "tests": self._tests}
        if self.slow:
            steps |= {"coverage": self._coverage, "uninstalls": self._uninstalls}
        for number, (name, step) in enumerate(steps.items(), 1):
            self.say(f"\n[{number}/{len(steps)}] {name}")
            sys.stdout.flush()
            start = time.monotonic()
            jobs = Jobs(self.say)
            step(jobs)
            self.counter.wrong += jobs.run()
            self.say(f"[{number}/{len(steps)}] {name}: {time.monotonic() - start:.0f} s")
            sys.stdout.flush()
        for name in sorted(self.made):
            databases.drop(self.place, name, check=False)
        self.say(f"\nAll of it: {time.monotonic() - began:.0f} s")
        return self._sum_up()

    def _sum_up(self):
        # A check that is no test counts as one failure, so that the last line never looks green.
        failed = max(self.counter.failed, 1) if self.counter.wrong else 0
        for line in self.counter.wrong:
            self.say(f"FAILED: {line}")
        self.say(f"{self.counter.passed} passed, {failed} failed")
        return 1 if failed else 0

    # --- lint, the tools' own tests

    def _lint(self, jobs):
        jobs.add("lint", lambda say: lint.lint(say))
        jobs.add("the tools' own tests", self._self_tests)

    def _self_tests(self, say):
        self._pytest(
            "the tools' own tests",
            [
                *("-m", "pytest", "-q", "-p", "no:odoo", "-p", "no:cacheprovider"),
                *("-c", ROOT / "pyproject.toml", "--rootdir", TOOLS, "--confcutdir", TOOLS, TOOLS / "tests"),
            ],
            say,
            cwd=TOOLS,
        )

    # --- installs

    def _installs(self, jobs):
        """The core alone, each other addon on it, all of them; the slow ones are begun first."""
        every = addon_names()
        jobs.add("install of the core", lambda say: self._install(CORE, [MODULE], False, say))
        jobs.add("install of all, with demo data", lambda say: self._install(ALL_DEMO, every, True, say))
        jobs.add("install of all", lambda say: self._install(ALL, every, False, say))
        jobs.add("install of the core, with demo data", lambda say: self._install(CORE_DEMO, [MODULE], True, say))
        for name in optional_names():
            jobs.add(f"install of {short(name)} on the core", lambda say, name=name: self._install_on_core(name, jobs))

    def _install(self, database, addons, with_demo, say):
        self.made.add(database)
        databases.fresh(self.place, database, with_demo, addons, say)
        options = ["--with-demo"] if with_demo else []
        log = databases.install(self.place, database, *options, modules=addons)
        demo.check_install(self.place, database, log, with_demo, addons)

    def _install_on_core(self, name, jobs):
        jobs.wait_for("install of the core")
        database = _database_of(name)
        self.made.add(database)
        databases.clone(self.place, CORE, database)
        log = databases.install(self.place, database, modules=[name])
        demo.check_install(self.place, database, log, False, needed([name]))

    # --- translations, wheels

    def _papers(self, jobs):
        jobs.add("the wheels", wheel.check)
        for name in addon_names():
            # What others add to the core's own records is none of its terms.
            database = CORE if name == MODULE else ALL
            jobs.add(f"translations of {short(name)}", lambda say, n=name, d=database: self._terms(n, d))

    def _terms(self, name, database):
        found = terms.check(self.place, database, name)
        if found:
            raise StopError("; ".join(found))

    # --- tests

    def _tests(self, jobs):
        """The core's tests where nothing else is installed, the others where all are; in the end each where it is alone, and
        the core beside all.  A second run of the long ones takes over what is left of their files.
        """
        optional = optional_names()
        runs = {"core": (CORE, [MODULE]), **({"addons": (ALL, optional)} if optional else {})}
        again = list(runs)
        if self.slow and optional:
            runs["core beside all"] = (ALL, [MODULE])
            again.append("core beside all")
            runs |= {f"{short(name)} alone": (_database_of(name), [name]) for name in optional}
        COVERAGE.mkdir(parents=True, exist_ok=True)
        for old in COVERAGE.iterdir():
            old.unlink()
        for name, (source, addons) in runs.items():
            jobs.add(f"tests of {name}", lambda say, n=name, s=source, a=addons: self._addon_tests(n, s, a, say))
        for name in again:
            source, addons = runs[name]
            jobs.add(
                f"tests of {name}, second half",
                lambda say, n=name, s=source, a=addons: (
                    # Who has ended has left nothing over.
                    None if jobs.has_ended(f"tests of {n}") else self._addon_tests(n, s, a, say, second=True)
                ),
            )

    def _addon_tests(self, name, source, addons, say, second=False):
        """On a copy of the source: what a test leaves behind meets no other run."""
        label = "-".join([*name.split(), *(["2"] if second else [])])
        database = f"{PREFIX}_run_{label}".replace("-", "_")
        shared = BUILD / "test-files" / "-".join(name.split())
        shared.mkdir(parents=True, exist_ok=True)
        if not second:
            for file in shared.iterdir():
                file.unlink()
        self.made.add(database)
        databases.clone(self.place, source, database)
        options = [f"--share={shared}", *([] if self.slow else ["--without-slow"]), *self.args]
        command = pytest_command(database, addons, options)
        if self.slow and name in COVERED:
            coverage = ["run", f"--rcfile={ROOT / 'pyproject.toml'}", f"--data-file={COVERAGE / label}"]
            command = ["-m", "coverage", *coverage, *command]
        self._pytest(f"tests of {name}", command, say, may_be_empty=second)
        databases.drop(self.place, database)

    def _pytest(self, name, command, say, may_be_empty=False, cwd=ROOT):
        """Run pytest with its output in a file, and say that output when it has ended."""
        label = "".join(letter if letter.isalnum() else "-" for letter in name) + ("-2" if may_be_empty else "")
        log, junit = LOGS / f"{label}.log", LOGS / f"{label}.xml"
        junit.unlink(missing_ok=True)
        with open(log, "w") as out:
            code = self.place.run(
                *(sys.executable, *command, f"--junitxml={junit}"),
                check=False,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        say(log.read_text(errors="replace").strip())
        self.counter.add(name, junit, code, may_be_empty)

    # --- what takes long

    def _coverage(self, jobs):
        jobs.add("coverage", self._report_coverage)

    def _report_coverage(self, say):
        parts = [file for file in COVERAGE.iterdir() if file.name != "data"]
        if not parts:
            raise StopError("no coverage was measured, the tests did not run.")
        tool = (sys.executable, "-m", "coverage")
        options = (f"--rcfile={ROOT / 'pyproject.toml'}", f"--data-file={COVERAGE / 'data'}")
        self.place.run(*tool, "combine", "--quiet", *options, *parts, cwd=ROOT)
        log = LOGS / "coverage.log"
        with open(log, "w") as out:
            code = self.place.run(
                *(*tool, "report", *options, f"--fail-under={COVERAGE_DEMANDED}"), check=False, cwd=ROOT, stdout=out
            )
        say(log.read_text())
        if code:
            raise StopError(f"the addons' code is covered by less than {COVERAGE_DEMANDED} %.")

    def _uninstalls(self, jobs):
        uninstall.Uninstalls(self.place, UNINSTALL, self.made).add_to(jobs)


def _database_of(name):
    """The test database in which an addon is installed without those that it does not need."""
    return f"{PREFIX}_only_{short(name)}"
