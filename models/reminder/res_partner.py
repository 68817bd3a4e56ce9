from odoo import models


class ResPartner(models.Model):
    """Whoever moves an actor's step, or lets it leave, is not reminded of what has lost its reason (S4–S6)."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "one_entrance_step" in vals:
            self.env["one.entrance.reminder"]._refresh(self)
        return result
