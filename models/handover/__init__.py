from . import (
    one_entrance_appointment_handover,
    one_entrance_appointment_takeover,
    one_entrance_leader_handover,
    one_entrance_meeting,
    res_partner_handover,
)
