from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """The meetings with a contact that is merged into an actor are the actor's (house rule 8)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _follow_one_entrance_merge(self, actor):
        result = super()._follow_one_entrance_merge(actor)
        self.env["one.entrance.meeting"]._push_dates(actor)
        self.env["one.entrance.meeting"]._follow_merge(actor)
        return result
