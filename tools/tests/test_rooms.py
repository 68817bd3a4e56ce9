"""A room knows the rooms before it, and not those after; an addon knows those it depends on."""

from oe import addon, rooms

#: What still stands before the room that defines it, by file: each is to become a hook that the later room fills.  Nothing
#: may be added here, and what is mended goes out.
OPEN = {
    "data/actor/ir_exports_data.xml": "one_entrance_last_meeting_date one_entrance_next_meeting_date one_entrance_seat_text",
    "data/common/mail_activity_type_data.xml": "one.entrance.meeting one.entrance.sheet",
    "models/actor/mail_activity_plan_template.py": "_get_acting_user one.entrance.reminder",
    "models/actor/res_company.py": "_follow_term _push_one_entrance_due_dates one.entrance.seat",
    "models/actor/res_partner.py": "_call_off _get_upcoming one.entrance.meeting one.entrance.sheet",
    "models/actor/res_partner_rollout.py": "_refresh one.entrance.reminder",
    "models/common/mail_activity_type.py": "one.entrance.meeting",
    "models/common/one_entrance_confidential_mixin.py": "_is_synced one.entrance.appointment",
    "models/dialogue/one_entrance_meeting.py": "_refresh one.entrance.reminder",
    "models/leadership/one_entrance_appointment.py": "_check_one_entrance_leader_may one_entrance_company_id one_entrance_leader_id",
    "models/leadership/one_entrance_leader.py": "_check_one_entrance_principals _get_one_entrance_names one_entrance_company_id one_entrance_leader_id one_entrance_mayor_id one_entrance_mayor_led one_entrance_municipal_director_id",
    "models/preparation/one_entrance_sheet.py": "_get_mayor_office _refresh one.entrance.reminder",
    "models/reminder/one_entrance_reminder.py": "_apply_due_handovers",
    "models/representation/one_entrance_seat_renewal.py": "_refresh one.entrance.reminder",
    "reports/actor/actor_list.py": "one_entrance_last_meeting_date one_entrance_next_meeting_date",
    "reports/actor/actor_list_mixin.py": "_get_one_entrance_current_seats one.entrance.seat",
    "views/actor/res_partner_actor_views.xml": "action_call_off action_one_entrance_hand_over action_one_entrance_letters action_one_entrance_log_meeting action_one_entrance_new_sheet action_one_entrance_plan_meeting action_one_entrance_print_sheet one_entrance_dialogue_color one_entrance_dialogue_state one_entrance_due_date one_entrance_is_politician one_entrance_last_meeting_date one_entrance_next_meeting_date one_entrance_not_before one_entrance_represented one_entrance_seat_ids one_entrance_seat_text one_entrance_sheet_state one_entrance_shown_seat_ids",
    "views/actor/res_partner_views.xml": "action_one_entrance_letters action_one_entrance_log_meeting action_one_entrance_meetings action_one_entrance_new_sheet action_one_entrance_plan_meeting action_one_entrance_print_sheet action_one_entrance_seats one_entrance_dialogue_state one_entrance_due_date one_entrance_is_politician one_entrance_last_meeting_date one_entrance_next_meeting_date one_entrance_not_before one_entrance_notice one_entrance_open_point_ids one_entrance_plan_note one_entrance_sheet_id one_entrance_sheet_state one_entrance_shown_seat_ids",
    "views/leadership/one_entrance_leader_views.xml": "action_open_page",
    "wizards/actor/base_partner_merge.py": "_call_off _check_one_entrance_holds_no_seat _follow_merge _get_identity _get_upcoming _push_dates _push_politicians one.entrance.meeting one.entrance.seat one_entrance_sheet_ids",
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
