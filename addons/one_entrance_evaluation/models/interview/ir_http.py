from odoo import models


class IrHttp(models.AbstractModel):
    """The pages on which an interview is answered read the words of this addon too."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "one_entrance_evaluation"]
