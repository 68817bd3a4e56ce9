from odoo import models
from odoo.fields import Domain


class OneEntranceLeader(models.Model):
    """An inquiry is the leader's who sees to it that the actor gets an answer."""

    _inherit = "one.entrance.leader"

    def _get_overview_scope(self, model):
        if model == "one.entrance.inquiry":
            return Domain("leader_id", "=", self.id)
        return super()._get_overview_scope(model)
