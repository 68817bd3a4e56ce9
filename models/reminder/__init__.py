from . import (
    one_entrance_reminder,
    one_entrance_reminder_reason,
    one_entrance_seat,
    res_partner,
    res_users,
)
