from . import ir_actions_report, paper, since_last_time, background_sheet, background_sheet_shared, handover, minutes
