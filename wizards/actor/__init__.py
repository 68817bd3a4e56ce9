from . import (
    base_partner_merge,
    mail_activity_schedule,
    one_entrance_actor_list_wizard,
    one_entrance_rollout_wizard,
)
