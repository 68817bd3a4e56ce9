from odoo import api, models


class OneEntranceReminder(models.AbstractModel):
    """Handovers whose day has come go first, so that the next leader is reminded the same night (S14)."""

    _inherit = "one.entrance.reminder"

    @api.model
    def _get_parts(self):
        return [self._apply_handovers, *super()._get_parts()]

    @api.model
    def _apply_handovers(self):
        self.env["one.entrance.appointment"]._apply_due_handovers()
        yield 0
