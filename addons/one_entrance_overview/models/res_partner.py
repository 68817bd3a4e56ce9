from odoo import api, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """An actor is forgotten where nobody has reached it (S16)."""

    _inherit = "res.partner"

    @api.model
    def _get_one_entrance_unreached_domain(self):
        """:return: the actors that are forgotten: no first contact is recorded and no meeting was held, whether they are in
            the scheme or have left it (S16)
        :rtype: Domain
        """
        return (
            Domain("one_entrance_step", "!=", False)
            & Domain("one_entrance_contact_date", "=", False)
            & Domain("one_entrance_last_meeting_date", "=", False)
        )
