from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The council's term (S11)."""

    _inherit = "res.config.settings"

    one_entrance_election_date = fields.Date(related="company_id.one_entrance_election_date", readonly=False)
