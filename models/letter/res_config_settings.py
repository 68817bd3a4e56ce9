from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The text of the official letter (S4)."""

    _inherit = "res.config.settings"

    one_entrance_letter_body = fields.Html(related="company_id.one_entrance_letter_body", readonly=False)
