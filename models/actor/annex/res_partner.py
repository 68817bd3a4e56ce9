from odoo import models


class ResPartner(models.Model):
    """The actors as they are printed on a list (S2)."""

    _inherit = "res.partner"

    def action_one_entrance_print_list(self):
        """Ask which list to print of these actors or, where none are chosen, of the context's ``active_domain``.

        :raise ValidationError: for a contact who is no actor
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_actor_list_wizard_action")
        context = {"dialog_size": "medium"}
        domain = self.env.context.get("active_domain")
        if self:
            self._check_one_entrance_in_scheme(or_left=True)
            context |= {"default_scope": "chosen", "default_domain": repr([("id", "in", self.ids)])}
        elif domain:
            context |= {"default_scope": "filter", "default_domain": repr(domain)}
        return {**action, "context": context}
