from odoo import api, models


class OneEntranceReminder(models.AbstractModel):
    """The night's work begins with the handovers whose day has come, so that the next leader is reminded the same night
    (S14).
    """

    _inherit = "one.entrance.reminder"

    @api.model
    def _get_parts(self):
        return [self._apply_handovers, *super()._get_parts()]

    @api.model
    def _apply_handovers(self):
        """Let the handovers begin whose day has come."""
        self.env["one.entrance.appointment"]._apply_due_handovers()
        yield 0
