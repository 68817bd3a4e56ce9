"""A room knows the rooms before it, and not those after; an addon knows those it depends on."""

from oe import addon, rooms


def find():
    """What is named too early: path, name, and where it is defined."""
    return {
        (finding.place.path, finding.name): ", ".join(sorted("/".join(home).strip("/") for home in finding.homes))
        for finding in rooms.Names().findings()
    }


def test_no_file_names_what_comes_after_it():
    assert not [f"{path} names {name}, which is defined in {homes}" for (path, name), homes in sorted(find().items())]


def test_a_name_of_a_later_room_or_of_a_foreign_addon_is_found(tmp_path, monkeypatch):
    files = {
        "__manifest__.py": "{'depends': []}",
        "models/__init__.py": "from . import first, second",
        "models/first/thing.py": "class Thing:\n    _name = 'one.entrance.thing'\n\n    def _ask(self):\n        self._answer()\n",
        "models/second/thing.py": "class Thing:\n    _inherit = 'one.entrance.thing'\n    one_entrance_day = Date()\n\n"
        "    def _answer(self):\n        self._ask()\n",
        "views/first/thing_views.xml": "<odoo><field name='one_entrance_day' /><button name=\"action_go\" /></odoo>",
        "addons/one_entrance_more/__manifest__.py": "{'depends': ['one_entrance']}",
        "addons/one_entrance_more/models/more.py": "class More:\n    _name = 'one.entrance.more'\n\n"
        "    def action_go(self):\n        return self.env['one.entrance.thing']._answer()\n",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setattr(addon, "ROOT", tmp_path)
    assert set(find()) == {
        ("models/first/thing.py", "_answer"),
        ("views/first/thing_views.xml", "one_entrance_day"),
        ("views/first/thing_views.xml", "action_go"),
    }
