from . import (
    res_partner,
    rollout,
    mayor_led,
    annex,
    one_entrance_actor_mixin,
    one_entrance_leader,
)
