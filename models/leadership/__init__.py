from . import (
    one_entrance_level,
    one_entrance_leader,
    one_entrance_appointment,
    res_partner,
    res_company,
    res_config_settings,
)
