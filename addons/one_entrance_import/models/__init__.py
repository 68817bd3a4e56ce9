from . import (
    base_import_import,
    one_entrance_import_mixin,
    one_entrance_actor_mixin,
    one_entrance_appointment,
    one_entrance_leader,
    one_entrance_meeting_point,
    res_partner,
)
