from . import (
    conflict_of_interest,
    since_last_time,
    background_sheet,
    background_sheet_shared,
    minutes,
)
