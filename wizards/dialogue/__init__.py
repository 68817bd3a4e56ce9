from . import (
    base_partner_merge,
    one_entrance_rollout_wizard,
)
