from . import (
    actor_list_mixin,
    actor_list,
)
