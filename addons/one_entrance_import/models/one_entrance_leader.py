from odoo import models


class OneEntranceLeader(models.Model):
    """Leaders are imported strictly."""

    _name = "one.entrance.leader"
    _inherit = ["one.entrance.leader", "one.entrance.import.mixin"]
