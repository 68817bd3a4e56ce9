from odoo import models


class OneEntranceMeetingPoint(models.Model):
    """Points of minutes are imported strictly (S2)."""

    _name = "one.entrance.meeting.point"
    _inherit = ["one.entrance.meeting.point", "one.entrance.import.mixin"]
