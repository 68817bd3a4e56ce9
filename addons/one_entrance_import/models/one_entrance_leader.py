from odoo import models


class OneEntranceLeader(models.Model):
    """Leaders are imported strictly (S2)."""

    _name = "one.entrance.leader"
    _inherit = ["one.entrance.leader", "one.entrance.import.mixin"]
