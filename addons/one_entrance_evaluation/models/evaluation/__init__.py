from . import (
    one_entrance_evaluation,
    res_company,
    res_config_settings,
)
