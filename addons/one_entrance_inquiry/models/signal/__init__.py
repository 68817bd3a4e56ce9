from . import (
    one_entrance_inquiry,
    one_entrance_sheet_section,
    one_entrance_signal,
    one_entrance_theme,
    res_company,
    res_config_settings,
    res_users,
)
