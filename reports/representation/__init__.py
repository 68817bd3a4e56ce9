from . import (
    actor_list_mixin,
)
