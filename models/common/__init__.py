from . import (
    mail_activity_type,
    one_entrance_confidential_mixin,
    res_company,
    res_partner,
)
