from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When an actor with a new relation is due (S13)."""

    _inherit = "res.config.settings"

    one_entrance_new_relation_factor = fields.Float(
        related="company_id.one_entrance_new_relation_factor", readonly=False
    )
