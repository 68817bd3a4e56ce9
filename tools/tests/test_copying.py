"""What Odoo finds where this checkout is put beside it: by folder, as README says."""

import ast
import subprocess
import sys

import pytest
from oe import addon
from oe.odoo import odoo_home
from oe.paths import ROOT

FIND = """
import sys
from odoo.tools import config
config.parse_config(["--addons-path", sys.argv[1], "--http-interface", "127.0.0.1"])
from odoo.modules.module import Manifest, initialize_sys_path
initialize_sys_path()
print({found.name: found.path for found in Manifest.all_addon_manifests() if "one_entrance" in found.name})
"""


@pytest.fixture
def find(tmp_path):
    """{addon: its folder} that Odoo finds on an addons path, its own addons beside it."""

    def run(*places):
        home = odoo_home()
        own = next(place for place in (home / "addons", home / "odoo" / "addons") if (place / "crm").exists())
        done = subprocess.run(
            [sys.executable, "-c", FIND, ",".join(map(str, [own, *places]))],
            env={"PYTHONPATH": str(home), "ODOO_RC": "/dev/null", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return ast.literal_eval(done.stdout)

    return run


def test_the_checkout_and_its_addons_on_the_addons_path(find, tmp_path):
    """The core alone without its folder ``addons``; with it each addon, once."""
    (tmp_path / "one_entrance").symlink_to(ROOT)
    assert list(find(tmp_path)) == ["one_entrance"]
    every = find(tmp_path / "one_entrance" / "addons", tmp_path)
    assert sorted(every) == sorted(addon.addon_names())
    assert every["one_entrance"] == str(tmp_path / "one_entrance")


def test_the_core_needs_nothing_of_the_other_addons():
    """A copy of the core without them names no file of theirs, nor depends on one of them."""
    items = {entry.name for entry in addon.addon_items()}
    assert not items & {"addons", "tools", "benchmarks", "build", "docs"}
    manifest = addon.read_manifest()
    assert not set(manifest["depends"]) & set(addon.optional_names())
    assert {path.split("/")[0] for path in manifest["data"] + manifest["demo"]} <= items


def test_each_addon_has_a_page_under_apps():
    """Without one Odoo shows its README there, read as another markup."""
    pages = [addon.source(name) / "static" / "description" / "index.html" for name in addon.addon_names()]
    assert not [page for page in pages if not page.exists()]
