{
    "name": "One Entrance: Where It Stands, Inquiries",
    "summary": "The inquiries on the page for the head of administration",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["one_entrance_inquiry", "one_entrance_overview"],
    "auto_install": True,
    "data": ["views/one_entrance_overview_views.xml"],
}
