from . import ir_actions_report, background_sheet
