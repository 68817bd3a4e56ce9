from . import (
    one_entrance_overview_number_mixin,
    one_entrance_overview_mixin,
    one_entrance_district,
    one_entrance_leader_overview,
    one_entrance_level_overview,
    one_entrance_overview,
    one_entrance_overview_analysis,
    one_entrance_overview_forgotten,
    one_entrance_overview_trends,
    one_entrance_quarter,
)
