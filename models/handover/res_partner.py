from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Actors are handed over from one contact leader to another (S14)."""

    _inherit = "res.partner"

    def action_one_entrance_hand_over(self):
        """Open the handover of these actors; where they have several contact leaders, it asks for one of them.

        :raise UserError: where none of them has a contact leader
        """
        leaders = self.one_entrance_leader_id
        if not leaders:
            raise UserError(
                self.env._(
                    "%(actors)s: there is no contact leader to hand over from. Appoint one on the actor instead.",
                    actors=self._get_one_entrance_names(),
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_handover_wizard_action")
        action["context"] = {
            "default_chosen_partner_ids": self.ids,
            "default_from_leader_id": leaders.id if len(leaders) == 1 else False,
        }
        return action
