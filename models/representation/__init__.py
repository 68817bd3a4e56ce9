from . import (
    one_entrance_seat,
    res_partner,
    res_company,
    res_config_settings,
)
