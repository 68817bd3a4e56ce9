from . import (
    one_entrance_overview_number_mixin,
    one_entrance_overview_mixin,
    one_entrance_leader,
    one_entrance_level,
    one_entrance_overview,
    one_entrance_quarter,
)
