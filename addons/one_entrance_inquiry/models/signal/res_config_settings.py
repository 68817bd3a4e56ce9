from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What makes a signal, as a municipality edits it."""

    _inherit = "res.config.settings"

    one_entrance_signal_actors = fields.Integer(related="company_id.one_entrance_signal_actors", readonly=False)
    one_entrance_signal_months = fields.Integer(related="company_id.one_entrance_signal_months", readonly=False)
