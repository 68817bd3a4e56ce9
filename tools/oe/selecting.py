"""What a run of pytest leaves out: tests that are tagged slow, and files that a run beside it has taken.

A test that only ``make test-all`` runs carries ``@tagged("slow", "-standard", ...)`` on its class: Odoo's own runner leaves
it out too, unless it is asked for by ``--test-tags slow``.  Named on the command line of ``tools/run pytest`` it runs.
"""

import os
from pathlib import Path

import pytest

TAG = "slow"


def pytest_addoption(parser):
    group = parser.getgroup("one_entrance")
    group.addoption("--without-slow", action="store_true", help=f"Leave out tests that are tagged {TAG}.")
    group.addoption("--share", metavar="FOLDER", help="Share the files with all other runs that are given this folder.")


def pytest_configure(config):
    if config.getoption("--share"):
        config.pluginmanager.register(Share(Path(config.getoption("--share"))))


def pytest_collection_modifyitems(config, items):
    # The files that take longest begin, so that no run is left with one in the end.
    items.sort(key=lambda item: "tour" not in item.path.name)
    if config.getoption("--without-slow"):
        slow = [item for item in items if TAG in getattr(item.cls, "test_tags", ())]
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


class Share:
    """Each file is run by who comes to it first, so that no run waits for another however long its files take."""

    def __init__(self, folder):
        self.folder = folder
        self.ours = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """A test of a file that another has taken counts as done, and is not reported."""
        name = item.nodeid.split("::")[0].replace("/", ".")
        if name not in self.ours:
            self.ours[name] = self._take(name)
        if self.ours[name]:
            return None
        # What the test before us left standing for this one, the next need not want.
        item.session._setupstate.teardown_exact(nextitem)
        return True

    def _take(self, name):
        try:
            os.close(os.open(self.folder / name, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        return True
