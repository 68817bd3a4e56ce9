from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The scheme's set-up as a municipality edits it (S1)."""

    _inherit = "res.config.settings"

    one_entrance_decision_date = fields.Date(related="company_id.one_entrance_decision_date", readonly=False)
    # a related field does not take over who may be chosen
    one_entrance_mayor_id = fields.Many2one(
        related="company_id.one_entrance_mayor_id",
        readonly=False,
        domain="[('role', '=', 'mayor'), ('company_id', '=', company_id)]",
    )
    one_entrance_municipal_director_id = fields.Many2one(
        related="company_id.one_entrance_municipal_director_id",
        readonly=False,
        domain="[('role', '=', 'municipal_director'), ('company_id', '=', company_id)]",
    )
    one_entrance_mayor_office_id = fields.Many2one(
        related="company_id.one_entrance_mayor_office_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
