{
    "name": "One Entrance: Evaluation, Inquiries",
    "summary": "What actors raised, in the figures and the paper of an evaluation",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "One Entrance contributors",
    "license": "LGPL-3",
    "depends": ["one_entrance_evaluation", "one_entrance_inquiry"],
    "auto_install": True,
}
