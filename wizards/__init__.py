from . import (
    base_partner_merge,
    mail_activity_schedule,
    one_entrance_actor_list_wizard,
    one_entrance_handover_wizard,
    one_entrance_letter_preview,
    one_entrance_letter_wizard,
    one_entrance_letter_wizard_line,
    one_entrance_letter_wizard_print,
    one_entrance_letter_wizard_send,
    one_entrance_point_wizard,
    one_entrance_rollout_wizard,
    one_entrance_seat_renew_wizard,
)
