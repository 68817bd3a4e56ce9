{
    "name": "One Entrance: Import",
    "summary": "The register of key actors from a spreadsheet: every bad row is told at once, and nothing is guessed",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["base_import", "one_entrance"],
}
