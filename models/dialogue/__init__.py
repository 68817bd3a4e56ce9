from . import (
    one_entrance_meeting,
    one_entrance_meeting_point,
    one_entrance_theme,
    res_partner,
    mail_activity,
    res_company,
    res_config_settings,
    calendar,
    minutes,
    principals,
)
