from odoo import fields, models


class ResCompany(models.Model):
    """From how many answers on a municipality shows figures (S12)."""

    _inherit = "res.company"

    one_entrance_minimum_group = fields.Integer(
        string="Fewest Answers Shown",
        default=5,
        help="An evaluation shows no figure from fewer answers than this, nor from one contact leader alone, so that nobody "
        "can be told from it.",
    )

    _one_entrance_minimum_group_range = models.Constraint(
        "CHECK (one_entrance_minimum_group >= 2)",
        "An evaluation shows figures from 2 answers or more, so that nobody can be told from them.",
    )
