from odoo import models
from odoo.fields import Domain


class OneEntranceLevel(models.Model):
    """A leadership level's line on the page for the head of administration: its leaders' lines together (S16)."""

    _name = "one.entrance.level"
    _inherit = ["one.entrance.level", "one.entrance.overview.mixin"]

    def _get_overview_keys(self, counts):
        leaders = self.env["one.entrance.overview"]._get_page().all_leader_ids
        return [str(leader.id) for leader in leaders if leader.level_id == self._origin]

    def _get_overview_scope(self, model):
        path = "" if model == "res.partner" else "partner_id."
        return Domain(f"{path}one_entrance_level_id", "=", self.id) & Domain(
            f"{path}one_entrance_mayor_led", "=", False
        )
