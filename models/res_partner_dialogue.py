from odoo import fields, models

from .res_partner import PREFETCH


class ResPartner(models.Model):
    """When the dialogue with an actor last took place and next will. The dates are plain columns that the meetings
    push (house rule 3), so that every list can filter and sort on them.
    """

    _inherit = "res.partner"

    one_entrance_meeting_ids = fields.One2many(
        "one.entrance.meeting", "partner_id", string="Dialogue", copy=False, groups="one_entrance.group_leader"
    )
    one_entrance_last_meeting_date = fields.Date(string="Last Meeting", readonly=True, copy=False, prefetch=PREFETCH)
    one_entrance_next_meeting_date = fields.Date(string="Next Meeting", readonly=True, copy=False, prefetch=PREFETCH)

    def action_one_entrance_meetings(self):
        """Open the meetings with these actors."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_meeting_action")
        action["domain"] = [("partner_id", "in", self.ids)]
        action["context"] = {"default_partner_id": self.id if len(self) == 1 else False}
        return action

    def action_one_entrance_new_meeting(self):
        """Open an empty meeting with this actor, to plan it or to log one that was held."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Meeting with an Actor"),
            "res_model": "one.entrance.meeting",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.id},
        }
