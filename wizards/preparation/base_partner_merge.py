from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """The background sheets of a contact that is merged into an actor are kept beside the actor's own (house rule 8)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _end_one_entrance_of(self, partners, survivor):
        partners.one_entrance_sheet_ids.filtered(lambda sheet: sheet.state != "archived").write({"state": "archived"})
        return super()._end_one_entrance_of(partners, survivor)
