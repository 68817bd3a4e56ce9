from . import (
    res_partner,
    res_partner_rollout,
    res_partner_mayor_led,
    res_partner_list,
    one_entrance_actor_mixin,
    mail_activity_plan,
    mail_activity_plan_template,
    res_company,
    res_config_settings,
)
