from odoo import models


class OneEntranceSheet(models.Model):
    """Once a sheet is ready, nobody need be asked for it any more (S8)."""

    _inherit = "one.entrance.sheet"

    def action_ready(self):
        result = super().action_ready()
        self.env["one.entrance.reminder"]._refresh(self.partner_id)
        return result
