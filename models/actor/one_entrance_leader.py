from odoo import models


class OneEntranceLeader(models.Model):
    """The actors that a leader holds."""

    _inherit = "one.entrance.leader"

    def action_open_actors(self):
        """Open the actors that these leaders hold."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.res_partner_action")
        action["domain"] = [("one_entrance_leader_id", "in", self.ids)]
        action["context"] = {"active_test": False}
        action["view_mode"] = "list,kanban,form"
        action["views"] = [
            (self.env.ref("one_entrance.res_partner_actor_view_list").id, "list"),
            (self.env.ref("one_entrance.res_partner_actor_view_kanban").id, "kanban"),
            (False, "form"),
        ]
        return action
