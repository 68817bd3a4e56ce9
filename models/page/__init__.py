from . import (
    one_entrance_notice_mixin,
    calendar_event,
    crm_lead,
    mail_activity,
    one_entrance_leader,
    one_entrance_meeting,
    res_partner,
)
