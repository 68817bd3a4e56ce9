from . import (
    res_company,
    res_config_settings,
    res_lang,
    res_partner,
    mail_template,
)
