from . import ir_actions_report, paper, since_last_time, background_sheet, handover, letter, minutes
