from . import one_entrance_meeting, res_partner, spreadsheet_dashboard
