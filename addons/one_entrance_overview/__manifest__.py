{
    "name": "One Entrance: Where It Stands",
    "summary": "One page for the head of administration: every number opens the actors and meetings behind it",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["one_entrance"],
    "data": [
        "security/ir.model.access.csv",
        "security/one_entrance_district_security.xml",
        "views/one_entrance_overview_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["one_entrance_overview/static/src/**/*"],
        "web.assets_tests": ["one_entrance_overview/static/tests/tours/**/*"],
    },
}
