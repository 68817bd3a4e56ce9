from . import (
    one_entrance_reminder,
    one_entrance_reminder_reason,
    res_users,
)
