from odoo import models


class OneEntranceSheet(models.Model):
    """Once a sheet is ready, nobody need be asked for it any more (S8)."""

    _inherit = "one.entrance.sheet"

    def _after_ready(self):
        result = super()._after_ready()
        self.env["one.entrance.reminder"]._refresh(self.partner_id)
        return result
