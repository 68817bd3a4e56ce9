from . import ir_actions_report, paper, since_last_time, actor_list, background_sheet, handover, minutes
