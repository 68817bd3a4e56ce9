"""Each checker of ``make lint`` sees the fault that is planted for it, in the core and in an addon under ``addons/``."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = (".pylintrc", ".prettierrc.json", ".prettierignore", ".gitignore", "pyproject.toml")
CORE, OTHER = "one_entrance", "one_entrance_other"

MANIFEST = """\
{
    "name": "{name}",
    "summary": "A small one",
    "version": "19.0.1.0.0",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["views/room/thing_views.xml"],
}
"""
THING = """\
from odoo import api, models


class Thing(models.Model):
    _name = "thing"
    _description = "Thing"

    @api.model
    def write(self, vals):
        return super().write(vals)
"""
VIEWS = """\
<?xml version="1.0" encoding="UTF-8" ?>
<odoo>
    <record id="thing_view_form" model="ir.ui.view">
        <field name="name">thing</field>
    </record>
</odoo>
"""
TERMS = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: da\\n"

#. module: {name}
#: model:ir.model,name:{name}.model_thing
msgid "Thing"
msgstr "Ting"
"""
TEST = """\
from odoo.tests import TransactionCase


class TestThing(TransactionCase):
    def test_thing(self):
        thing = self.env["thing"].create({})
        thing.message_post(body="Hello")
"""
WHOLE = {
    "__manifest__.py": MANIFEST,
    "__init__.py": "from . import models\n",
    "README.md": "# A small one\n",
    "models/__init__.py": "from . import room\n",
    "models/room/__init__.py": "from . import thing\n",
    "models/room/thing.py": THING,
    "tests/__init__.py": "from . import room\n",
    "tests/room/__init__.py": "from . import test_thing\n",
    "tests/room/test_thing.py": TEST,
    "views/room/thing_views.xml": VIEWS,
    "i18n/da.po": TERMS,
    "static/src/thing.js": 'const thing = "thing";\n',
}

#: checker: the file that gets a fault, its text with the fault, and words that the checker has for it
FAULTS = {
    "pylint-odoo": (
        "models/room/thing.py",
        THING.replace("return super().write(vals)", 'print("written")\n        return super().create(vals)'),
        ("print-used", "super-method-mismatch"),
    ),
    "pylint-odoo on tests": (
        "tests/room/test_thing.py",
        f"{TEST}        thing.name\n",
        ("pointless-statement",),
    ),
    "oca-checks-odoo-module": (
        "views/room/thing_views.xml",
        VIEWS.replace("</odoo>\n", VIEWS.split("<odoo>\n")[1]),
        ("xml-duplicate-record-id",),
    ),
    "oca-checks-po": (
        "i18n/da.po",
        TERMS + TERMS[TERMS.index("\n#. module") :].replace("Ting", "Sag"),
        ("po-duplicate-message-definition",),
    ),
    "ruff check": ("models/room/unused.py", "import json\n", ("F401",)),
    "ruff format": ("models/room/crooked.py", "A  =  1\n", ("File would be reformatted",)),
    "prettier": ("static/src/thing.js", "const thing = 'thing'\n", ("static/src/thing.js",)),
    "rooms": ("views/room/forgotten_views.xml", VIEWS.replace("thing", "forgotten"), ("no manifest names this file",)),
}
WIZARD = """\
from odoo import models


class Wizard(models.TransientModel):
    _name = "thing.wizard"
    _description = "Wizard"
"""
PLACES = {CORE: "", OTHER: f"addons/{OTHER}/"}


def make_checkout(root, cloned):
    """A checkout of two small addons with the real settings and tools, in which every checker finds all well."""
    for name, place in PLACES.items():
        for path, text in WHOLE.items():
            write(root / place / path, text.replace("{name}", name))
    for path in ("tools/setup", ".ci/run"):
        write(root / path, "#!/bin/bash\necho hello\n")
    for name in SETTINGS:
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "tools" / "oe", root / "tools" / "oe", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "build").mkdir()
    for name in ("lint", "npm"):
        (root / "build" / name).symlink_to((ROOT / "build" / name).resolve())
    if cloned:
        subprocess.run(["git", "init", "-q", root], check=True)
    return root


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def lint(root):
    """{checker: what it says} of those that found something, and the names of all that ran."""
    done = subprocess.run(
        [sys.executable, "-m", "oe", "lint"],
        cwd=root.parent,
        env={**os.environ, "PYTHONPATH": str(root / "tools")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    parts = re.split(r"^([\w -]+): (ok|FAILED)$", done.stdout, flags=re.MULTILINE)
    found = {checker: text for checker, state, text in zip(*[iter(parts[1:])] * 3, strict=True) if state == "FAILED"}
    assert done.returncode == bool(found), done.stderr
    assert not list((root / "build").glob("lint-copy*"))
    return found, set(parts[1::3])


@pytest.fixture(
    scope="module",
    params=[("elsewhere", True), ("one_entrance", True), ("one_entrance", False)],
    ids=["a clone", "a clone called one_entrance", "an archive called one_entrance"],
)
def found(request, tmp_path_factory):
    folder, cloned = request.param
    root = make_checkout(tmp_path_factory.mktemp("faults") / folder, cloned)
    for name, place in PLACES.items():
        for path, text, _ in FAULTS.values():
            write(root / place / path, text.replace("{name}", name))
        write(root / place / "models/room/wizard.py", WIZARD)
    for path in ("tools/setup", ".ci/run"):
        write(root / path, "#!/bin/bash\nif true; then\n")
    return lint(root)[0]


def test_all_is_well_without_a_fault(tmp_path):
    found, checkers = lint(make_checkout(tmp_path / "one_entrance", True))
    assert not found
    assert checkers == {*FAULTS, "bash -n"}, "a checker has no fault planted for it"


@pytest.mark.parametrize("checker", FAULTS)
def test_fault_is_found_where_it_is(found, checker):
    path, _, words = FAULTS[checker]
    text = found[checker]
    for word in words:
        assert text.count(word) == len(PLACES), text
    for place in PLACES.values():
        assert re.search(rf"(?<![\w./-]){re.escape(place + path)}", text), text


def test_a_wizard_among_the_models_is_found(found):
    for place in PLACES.values():
        assert f"{place}models/room/wizard.py:4: a wizard belongs in wizards/" in found["rooms"].splitlines()


def test_a_broken_script_is_found(found):
    for path in ("tools/setup", ".ci/run"):
        assert f"{path}: line 3: syntax error" in found["bash -n"]
