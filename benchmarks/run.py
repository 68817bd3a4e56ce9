"""Queries and times of One Entrance beside vanilla Odoo, on the same contacts, in the same run.

    make bench
    tools/run bench [--partners 10000] [--only TEXT] [--keep] [--addons core,inquiry]

See benchmarks/README.md for what the rows mean.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from oe import databases
from oe.addon import addon_names, choose, short
from oe.odoo import Workplace
from oe.paths import LOGS, StopError
from rows import ROWS
from rows.row import Finding

HERE = Path(__file__).resolve().parent
VANILLA, OURS, CONTROL, INSTALL = "bench_vanilla", "bench_ours", "bench_control", "bench_install"
# As many actors as contacts: with none of them due, and with a tenth due.
QUIET, LARGE = "bench_quiet", "bench_large"
# The same with all other addons, and five years of dialogue: a million meetings.
WHOLE = "bench_whole"
DATABASES = {"ours": OURS, "quiet": QUIET, "large": LARGE, "whole": WHOLE}
# A module of Odoo's own that is about as large and also adds stored columns to contacts.
LIKE_MODULE = "fleet"
INSTALL_BOUND = 10
LARGE_FROM = 100_000
# A row is measured again and again until it has taken this many seconds, or its rounds are up.
PATIENCE = 8


class Worker:
    """A process that has one database open."""

    def __init__(self, place, database):
        self.log = open(LOGS / f"{database}.log", "w")  # noqa: SIM115
        self.child = place.start(
            sys.executable,
            HERE / "worker.py",
            database,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def measure(self, name, part):
        self.child.stdin.write(json.dumps([name, part]) + "\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline()
        if not answer:
            raise StopError(f"the measuring process ended. See {self.log.name}.")
        answer = json.loads(answer)
        if "error" in answer:
            raise StopError(f"{name} ({part}): {answer['error']} See {self.log.name}.")
        return answer


class Side:
    """What one column has measured of one row."""

    def __init__(self, worker, part):
        self.worker = worker
        self.part = part
        self.times = []
        self.queries = []
        self.findings = []

    def run(self, name, counts=True):
        answer = self.worker.measure(name, self.part)
        if counts:
            self.times.append(answer["ms"])
            self.queries.append(answer["queries"])
            self.findings = [Finding(*answer["finding"])] if answer["finding"] else []

    @property
    def ms(self):
        return statistics.median(self.times)

    @property
    def count(self):
        """The queries of a run with warm caches; another process's invalidation may add some to one."""
        return min(self.queries)


def measure_row(entry, workers):
    """Both columns and the control, alternately.

    :return: the three sides; the last two are None where vanilla Odoo has nothing to compare with
    """
    ours = Side(workers[DATABASES[entry.where]], "ours")
    vanilla = control = None
    if entry.vanilla:
        instead_in = DATABASES.get(entry.instead_in)  # None is vanilla Odoo, which has a control
        vanilla = Side(workers[instead_in or VANILLA], "vanilla")
        control = None if instead_in else Side(workers[CONTROL], "vanilla")
    sides = [side for side in (vanilla, ours, control) if side]
    for side in sides if entry.warm else ():
        side.run(entry.name, counts=False)
    began = time.monotonic()
    for n in range(entry.rounds):
        if n >= entry.least and time.monotonic() - began > PATIENCE:
            break
        for side in sides[n % len(sides) :] + sides[: n % len(sides)]:
            side.run(entry.name)
    return ours, vanilla, control


class Table:
    HEAD = ("operation", "vanilla q", "ms", "ours q", "ms", "ratio", "control", "bound", "")

    def __init__(self):
        self.lines = []
        self.notes = []
        self.broken = []
        self.slow = []

    def add(self, entry, ours, vanilla, control):
        bound, hard, soft = entry.judge(ours, vanilla)
        verdict = "ok" if bound or ours.findings else ""
        if not hard:
            verdict = "OVER"
            self.broken.append(entry.name)
        elif not soft:
            verdict = "slow"
            self.slow.append(entry.name)
        self.lines.append(
            (
                entry.name,
                str(vanilla.count) if vanilla else "",
                number(vanilla.ms) if vanilla else "",
                str(ours.count),
                number(ours.ms),
                f"{ours.ms / vanilla.ms:.2f}" if vanilla else "",
                f"{control.ms / vanilla.ms:.2f}" if control else "",
                bound,
                verdict,
            )
        )
        self.notes += [
            f"{'ok  ' if ok else 'OVER'}  {self.tell(text, count, ours)}" for text, ok, count in ours.findings
        ]

    @staticmethod
    def tell(text, count, ours):
        """What a row found out, and the rate where it did something a number of times."""
        if not count:
            return text
        return f"{text}, {count / ours.ms * 1000:,.0f} a second, {ours.count / count:.2f} queries each"

    def add_install(self, seconds, like):
        holds = seconds <= INSTALL_BOUND
        if not holds:
            self.slow.append("Install")
        self.lines.append(
            (
                f"Install, beside {LIKE_MODULE}",
                "",
                number(like * 1000),
                "",
                number(seconds * 1000),
                f"{seconds / like:.2f}",
                "",
                f"≤{INSTALL_BOUND} s",
                "ok" if holds else "slow",
            )
        )

    def __str__(self):
        rows = [self.HEAD, *self.lines]
        widths = [max(len(line[i]) for line in rows) for i in range(len(self.HEAD))]
        left = (0, len(self.HEAD) - 2, len(self.HEAD) - 1)
        made = [
            "  ".join(
                cell.ljust(width) if i in left else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in rows
        ]
        return "\n".join([made[0], "-" * max(map(len, made)), *made[1:]])


def number(milliseconds):
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:.1f}"


class Bench:
    def __init__(self, place, options):
        self.place = place
        self.options = options
        self.addons = choose(options.addons)
        self.began = time.monotonic()
        self.table = Table()

    @property
    def is_large(self):
        """Whether there are contacts enough for the rows about 100,000 actors."""
        return self.options.partners >= LARGE_FROM

    def say(self, text):
        print(f"[{time.monotonic() - self.began:4.0f} s] {text}", flush=True)

    def python(self, script, *args):
        log = LOGS / "bench-fill.log"
        with open(log, "w") as out:
            code = self.place.run(sys.executable, HERE / script, *args, check=False, stderr=out)
        if code:
            lines = log.read_text().strip().splitlines() or ["no reason given"]
            raise StopError(f"{script} {' '.join(args)}: {lines[-1]} See {log}.")

    def sql(self, database, script, *options):
        self.place.run(
            *("psql", "-Xq", "-d", database, "-f", HERE / script, "-o", LOGS / "bench-sql.log", *options),
            env={"PGOPTIONS": "-c client_min_messages=error"},
        )

    def prepare(self):
        self.say(f"A vanilla database with {self.options.partners:,} contacts ...")
        databases.fresh(self.place, VANILLA, addons=self.addons, say=self.say)
        self.sql(VANILLA, "partners.sql", "-v", f"partners={self.options.partners}")
        self.python("fill.py", "vanilla", VANILLA)
        self.vacuum(VANILLA)
        for name in (OURS, CONTROL, INSTALL):
            databases.clone(self.place, VANILLA, name)
        names = ", ".join(map(short, self.addons))
        self.say(f"Installing {names}, and {LIKE_MODULE} for comparison ...")
        like = self.install(INSTALL, [LIKE_MODULE])
        ours = self.install(OURS, self.addons)
        self.say(f"{names}: {ours:.1f} s, {LIKE_MODULE}: {like:.1f} s")
        self.table.add_install(ours, like)
        databases.drop(self.place, INSTALL)
        self.say("Taking companies into the scheme ...")
        self.python("fill.py", "actors", OURS)
        self.vacuum(OURS)
        if self.is_large:
            self.enlarge()

    def enlarge(self):
        self.say("Taking all contacts into the scheme ...")
        databases.clone(self.place, OURS, QUIET)
        self.sql(QUIET, "actors.sql")
        self.vacuum(QUIET)
        databases.clone(self.place, QUIET, LARGE)
        self.sql(LARGE, "due.sql")
        self.vacuum(LARGE)
        self.say("All addons, a million meetings, and as many events ...")
        databases.clone(self.place, LARGE, WHOLE)
        self.install(WHOLE, addon_names())
        self.sql(WHOLE, "dashboard.sql")
        self.vacuum(WHOLE)

    def vacuum(self, database):
        """Without rows that the filling left behind, which would weigh on one database more than on the other."""
        self.place.run(
            "psql", "-Xq", "-d", database, "-c", "VACUUM ANALYZE", env={"PGOPTIONS": "-c client_min_messages=error"}
        )

    def install(self, database, modules):
        began = time.monotonic()
        databases.install(self.place, database, modules=modules)
        return time.monotonic() - began

    def measure(self):
        rows = [entry for entry in ROWS if self.options.only.lower() in entry.name.lower()]
        if not self.is_large:
            rows = [entry for entry in rows if entry.where == "ours"]
        used = {OURS, VANILLA, CONTROL} | {DATABASES[entry.where] for entry in rows}
        workers = {name: Worker(self.place, name) for name in used}
        for n, entry in enumerate(rows, 1):
            self.say(f"{n}/{len(rows)} {entry.name}")
            self.table.add(entry, *measure_row(entry, workers))
        for worker in workers.values():
            worker.child.stdin.close()
            self.place.wait(worker.child)

    def drop(self):
        for name in (VANILLA, OURS, CONTROL, INSTALL, QUIET, LARGE, WHOLE):
            databases.drop(self.place, name)

    def report(self):
        print(f"\n{self.table}\n")
        print("q: queries; ms: median; ratio: ours to vanilla; control: a second vanilla database to the first.")
        for note in dict.fromkeys(self.table.notes):
            print(note)
        if self.table.slow:
            print(f"Slower than the bound, look whether the control is noisy too: {'; '.join(self.table.slow)}.")
        if self.table.broken:
            print(f"Over the bound: {'; '.join(self.table.broken)}.")
        self.say("done.")
        return 1 if self.table.broken else 0


def main():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--partners",
        type=int,
        default=100_000,
        help="contacts; one of a hundred becomes an actor, and all of them where there are 100,000",
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="only rows with this text in their name")
    parser.add_argument(
        "--addons",
        default="core",
        metavar="NAMES",
        help="what is installed beside vanilla Odoo; the core alone if not told",
    )
    parser.add_argument("--keep", action="store_true", help="keep the databases bench_*")
    parser.add_argument("--again", action="store_true", help="measure on the databases kept by a run before")
    options = parser.parse_args()
    if options.partners < 10_000:
        parser.error("fewer than 10,000 contacts give too few actors for the rows")
    with Workplace() as place, ExitStack() as cleanup:
        bench = Bench(place, options)
        if not options.keep:
            cleanup.callback(bench.drop)
        if not options.again:
            bench.prepare()
        bench.measure()
        return bench.report()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except StopError as error:
        sys.stdout.flush()
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
