from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """From how many answers on figures are shown, as a municipality edits it."""

    _inherit = "res.config.settings"

    one_entrance_minimum_group = fields.Integer(related="company_id.one_entrance_minimum_group", readonly=False)
