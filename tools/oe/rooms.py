"""Who names whom: each name that a file uses is held against the order of rooms and addons.

A room knows the rooms before it, and not those after; an addon knows itself and the addons it depends on.  Names are:
models (``one.entrance.meeting``), prefixed fields (``one_entrance_step``) and methods that this project defines.
"""

import ast
import re
from collections import defaultdict, namedtuple

from .addon import addon_names, read_manifest, source
from .paths import MODULE

#: The folders that are divided into rooms.
FOLDERS = ("models", "wizards", "reports", "views", "security", "data", "controllers")
MODEL = re.compile(r"\bone\.entrance(?:\.[a-z]+)+\b|\breport\.one_entrance\w*\.\w+")
WORD = re.compile(r"(?<![\w.])(?:one_entrance_\w+)|(?<=\.)one_entrance_\w+")
ACTION = re.compile(r'name="(action_\w+)"')

#: Where a file stands: its addon, its room there ("" outside the rooms), and its path from the checkout.
Place = namedtuple("Place", "addon room path")
Finding = namedtuple("Finding", "place name homes")


def room_order(addon=MODULE):
    """The rooms of an addon, as ``models/__init__.py`` lists them; none where it has no rooms."""
    file = source(addon) / "models" / "__init__.py"
    if not file.exists():
        return []
    names = [
        alias.name
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ImportFrom) and not node.module
        for alias in node.names
    ]
    return [name for name in names if (source(addon) / "models" / name).is_dir()]


def files():
    """Each file that may name something, with its place."""
    for addon in addon_names():
        root = source(addon)
        for folder in FOLDERS:
            for file in sorted((root / folder).rglob("*")):
                if file.suffix in (".py", ".xml") and file.name != "__init__.py":
                    parts = file.relative_to(root / folder).parts
                    path = file.relative_to(source()).as_posix()
                    yield Place(addon, parts[0] if len(parts) > 1 else "", path), file


class Names:
    """What the project defines, and where."""

    def __init__(self):
        self.homes = defaultdict(set)
        self.used = {}
        overridden = defaultdict(list)
        for place, file in files():
            if file.suffix == ".xml":
                self.used[place] = _names_in_xml(file.read_text())
                continue
            tree = ast.parse(file.read_text())
            self.used[place] = _names_in_python(tree)
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    self._take(node, place, overridden)
        # what only ever extends something is Odoo's own method
        for name, found in overridden.items():
            if not all(extends for place, extends in found):
                self.homes[name] |= {(place.addon, place.room) for place, extends in found}

    def _take(self, node, place, overridden):
        values = {
            target.id: statement.value
            for statement in node.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        name, inherit = (_literal(values.get(key)) for key in ("_name", "_inherit"))
        if not name and not inherit:
            return  # no model
        if name and name not in ([inherit] if isinstance(inherit, str) else inherit or []):
            self.homes[name].add((place.addon, place.room))
        for field, value in values.items():
            if field.startswith("one_entrance_") and isinstance(value, ast.Call):
                self.homes[field].add((place.addon, place.room))
        for statement in node.body:
            # a name without underscore is a word of the language, or Odoo's own: get, write, unlink
            if isinstance(statement, ast.FunctionDef) and re.match(r"_[a-z]|action_", statement.name):
                overridden[statement.name].append((place, "super()" in ast.unparse(statement)))

    def findings(self):
        """Each name that a file uses although it is defined only in later rooms, or in addons it does not depend on."""
        orders = {addon: room_order(addon) for addon in addon_names()}
        known = {addon: _dependencies(addon) for addon in addon_names()}
        found = []
        for place, used in self.used.items():
            for name in sorted(used & self.homes.keys()):
                if not any(_may_name(place, home, orders, known) for home in self.homes[name]):
                    found.append(Finding(place, name, self.homes[name]))
        return found


def _literal(node):
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def _dependencies(addon):
    """The addons of this project that an addon builds on, itself apart."""
    found = set()
    for other in read_manifest(addon)["depends"]:
        if other in addon_names():
            found |= {other} | _dependencies(other)
    return found


def _may_name(place, home, orders, known):
    addon, room = home
    if addon != place.addon:
        return addon in known[place.addon]
    order = orders[addon]
    if place.room not in order or room not in order:
        return True
    return order.index(room) <= order.index(place.room)


def _names_in_python(tree):
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    used = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            used.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            used.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            used |= _names_in_text(node.value)
    return used


def _names_in_text(text):
    return {*MODEL.findall(text), *WORD.findall(text), *([text] if text.isidentifier() else [])}


def _names_in_xml(text):
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    return {*MODEL.findall(text), *WORD.findall(text), *ACTION.findall(text)}
