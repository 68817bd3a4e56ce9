from . import ir_actions_report, paper, conflict_of_interest, since_last_time, background_sheet, handover, minutes
