from . import (
    mail_activity_type,
    one_entrance_inquiry,
    res_company,
    res_config_settings,
)
