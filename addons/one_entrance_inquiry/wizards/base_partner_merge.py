from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two actors that become one keep what both have raised, and count once in a signal (house rule 8)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        # sudo: who may merge contacts is Odoo's to say; the whole contact moves, with all its history
        self.env["one.entrance.inquiry"]._follow_merge(dst_partner.sudo())
        return result
