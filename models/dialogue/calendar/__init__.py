from . import (
    calendar_attendee,
    calendar_event,
    one_entrance_meeting,
)
