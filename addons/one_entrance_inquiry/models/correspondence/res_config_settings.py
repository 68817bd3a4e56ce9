from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The address for inquiries, as a municipality edits it."""

    _inherit = "res.config.settings"

    one_entrance_alias_name = fields.Char(related="company_id.one_entrance_alias_name", readonly=False)
    one_entrance_alias_domain = fields.Char(related="company_id.alias_domain_id.name", string="Domain of the Address")
