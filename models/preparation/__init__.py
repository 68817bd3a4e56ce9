from . import (
    one_entrance_theme,
    one_entrance_sheet,
    one_entrance_sheet_section,
    res_partner,
    res_company,
    res_config_settings,
)
