from . import (
    res_partner,
    mail_activity_plan,
    mail_activity_plan_template,
    res_company,
    res_config_settings,
)
