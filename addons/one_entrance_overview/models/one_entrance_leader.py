from odoo import models
from odoo.fields import Domain


class OneEntranceLeader(models.Model):
    """A leader's line on the page for the head of administration (S16). Mayor-led actors stand apart: two lead them."""

    _name = "one.entrance.leader"
    _inherit = ["one.entrance.leader", "one.entrance.overview.mixin"]

    def _get_overview_keys(self, counts):
        return [str(self._origin.id)]

    def _get_overview_scope(self, model):
        path = "" if model == "res.partner" else "partner_id."
        return Domain(f"{path}one_entrance_leader_id", "=", self.id) & Domain(
            f"{path}one_entrance_mayor_led", "=", False
        )
