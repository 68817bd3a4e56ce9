from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The days to the first answer, as a municipality edits them."""

    _inherit = "res.config.settings"

    one_entrance_inquiry_days = fields.Integer(related="company_id.one_entrance_inquiry_days", readonly=False)
