from . import (
    mail_activity_schedule,
    one_entrance_point_wizard,
)
