"""A room knows the rooms before it, and not those after; an addon knows those it depends on."""

from oe import addon, rooms

#: What still stands before the room that defines it, by file: each is to become a hook that the later room fills.  Nothing
#: may be added here, and what is mended goes out.
OPEN = {
    "addons/one_entrance_evaluation/models/evaluation/one_entrance_evaluation.py": "one_entrance_evaluation_id",
    "addons/one_entrance_evaluation/models/interview/one_entrance_evaluation.py": "_get_kept",
    "data/actor/ir_exports_data.xml": "one_entrance_last_meeting_date one_entrance_next_meeting_date one_entrance_seat_text",
    "data/common/mail_activity_type_data.xml": "one.entrance.meeting one.entrance.sheet",
    "models/actor/rollout/mail_activity_plan_template.py": "_get_acting_user one.entrance.reminder",
    "models/common/mail_activity_type.py": "one.entrance.meeting",
    "models/dialogue/one_entrance_meeting.py": "_refresh one.entrance.reminder",
    "models/preparation/one_entrance_sheet.py": "_get_mayor_office _refresh one.entrance.reminder",
    "models/reminder/one_entrance_reminder.py": "_apply_due_handovers",
    "reports/actor/actor_list.py": "one_entrance_last_meeting_date one_entrance_next_meeting_date",
    "reports/actor/actor_list_mixin.py": "_get_one_entrance_current_seats one.entrance.seat",
    "wizards/actor/mail_activity_schedule.py": "_get_one_entrance_document_contacts one.entrance.notice.mixin",
    "wizards/actor/one_entrance_rollout_wizard.py": "one.entrance.meeting one_entrance_not_before one_entrance_plan_note",
    "wizards/letter/one_entrance_letter_wizard_send.py": "_get_acting_user one.entrance.reminder",
}


def find():
    """What is named too early: path, name, and where it is defined."""
    return {
        (finding.place.path, finding.name): ", ".join(sorted("/".join(home).strip("/") for home in finding.homes))
        for finding in rooms.Names().findings()
    }


def listed():
    return {(path, name) for path, names in OPEN.items() for name in names.split()}


def test_no_file_names_what_comes_after_it():
    found = find()
    new = [f"{path} names {name}, which is defined in {found[path, name]}" for path, name in found.keys() - listed()]
    assert not new, "\n".join(sorted(new))


def test_what_is_mended_is_not_listed_any_more():
    assert not listed() - find().keys()


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
