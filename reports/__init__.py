from . import (
    ir_actions_report,
    paper,
    conflict_of_interest,
    since_last_time,
    actor_list_mixin,
    actor_list,
    background_sheet,
    background_sheet_shared,
    handover,
    letter,
    minutes,
)
