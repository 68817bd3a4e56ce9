from . import (
    one_entrance_notice_mixin,
    calendar_event,
    crm_lead,
    mail_activity,
    one_entrance_leader_page,
    one_entrance_meeting_page,
    res_partner_page,
)
