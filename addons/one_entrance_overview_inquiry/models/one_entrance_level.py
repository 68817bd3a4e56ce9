from odoo import models
from odoo.fields import Domain


class OneEntranceLevel(models.Model):
    """A level's inquiries are those of its leaders."""

    _inherit = "one.entrance.level"

    def _get_overview_scope(self, model):
        if model == "one.entrance.inquiry":
            return Domain("leader_id.level_id", "=", self.id)
        return super()._get_overview_scope(model)
