from . import (
    one_entrance_appointment,
    one_entrance_inquiry,
    one_entrance_leader,
    one_entrance_meeting,
    one_entrance_reminder,
    res_partner,
)
