from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The interval that is proposed for a dialogue plan (S6)."""

    _inherit = "res.config.settings"

    one_entrance_interval = fields.Integer(related="company_id.one_entrance_interval", readonly=False)
