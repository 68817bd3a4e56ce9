from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How background sheets are prepared (S8)."""

    _inherit = "res.config.settings"

    one_entrance_preparation_days = fields.Integer(related="company_id.one_entrance_preparation_days", readonly=False)
    one_entrance_sheet_validity = fields.Integer(related="company_id.one_entrance_sheet_validity", readonly=False)
