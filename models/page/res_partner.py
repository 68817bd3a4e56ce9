from odoo import models


class ResPartner(models.Model):
    """An actor as it is reached from the contact leader's own page."""

    _inherit = "res.partner"

    def action_one_entrance_open(self):
        """Open this actor as the app shows it: the entrance first, the address after it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.res_partner_action")
        action["res_id"] = self.id
        action["views"] = [(self.env.ref("one_entrance.res_partner_actor_view_form").id, "form")]
        return action
