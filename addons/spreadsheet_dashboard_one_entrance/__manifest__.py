{
    "name": "Spreadsheet dashboard for One Entrance",
    "summary": "Where It Stands: the dashboard for the head of administration, whose figures open the actors and meetings behind them",
    "version": "19.0.1.0.0",
    "category": "Productivity/Dashboard",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["one_entrance", "spreadsheet_dashboard"],
    "data": ["data/dashboards.xml", "views/spreadsheet_dashboard_menus.xml"],
    "assets": {"web.assets_tests": ["spreadsheet_dashboard_one_entrance/static/tests/tours/**/*"]},
}
