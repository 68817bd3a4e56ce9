from . import (
    one_entrance_appointment_handover,
    one_entrance_appointment_takeover,
    one_entrance_leader_handover,
    one_entrance_meeting,
    one_entrance_reminder,
    res_partner_handover,
)
