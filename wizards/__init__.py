from . import (
    base_partner_merge,
    mail_activity_schedule,
    one_entrance_handover_wizard,
    one_entrance_letter_preview,
    one_entrance_point_wizard,
    one_entrance_rollout_wizard,
)
