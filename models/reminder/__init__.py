from . import (
    mail_activity_type,
    one_entrance_meeting,
    one_entrance_reminder,
    one_entrance_reminder_reason,
    one_entrance_seat,
    one_entrance_sheet,
    res_partner,
    res_users,
)
