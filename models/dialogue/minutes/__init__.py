from . import one_entrance_meeting
