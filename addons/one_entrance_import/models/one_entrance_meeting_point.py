from odoo import models


class OneEntranceMeetingPoint(models.Model):
    """Points of minutes are imported strictly."""

    _name = "one.entrance.meeting.point"
    _inherit = ["one.entrance.meeting.point", "one.entrance.import.mixin"]
