{
    "name": "Spreadsheet dashboard for the inquiries of One Entrance",
    "summary": "The inquiries beside Where It Stands: by status and leader, late ones, received and answered by quarter",
    "version": "19.0.1.0.0",
    "category": "Productivity/Dashboard",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["spreadsheet_dashboard_one_entrance", "one_entrance_inquiry"],
    "auto_install": True,
    "data": ["data/dashboards.xml"],
}
