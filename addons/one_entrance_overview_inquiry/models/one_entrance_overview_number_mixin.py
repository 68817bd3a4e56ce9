from odoo import api, models


class OneEntranceOverviewNumberMixin(models.AbstractModel):
    """A number of inquiries opens them."""

    _inherit = "one.entrance.overview.number.mixin"

    @api.model
    def _get_actions(self):
        return {**super()._get_actions(), "one.entrance.inquiry": "one_entrance_inquiry.one_entrance_inquiry_action"}
