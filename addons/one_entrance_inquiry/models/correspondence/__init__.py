from . import (
    mail_thread,
    one_entrance_inquiry,
    res_company,
    res_config_settings,
    res_partner,
)
