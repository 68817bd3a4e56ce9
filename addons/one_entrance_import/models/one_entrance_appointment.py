from odoo import models


class OneEntranceAppointment(models.Model):
    """Appointments are imported strictly."""

    _name = "one.entrance.appointment"
    _inherit = ["one.entrance.appointment", "one.entrance.import.mixin"]
