from . import (
    handover,
    since_last_time,
)
