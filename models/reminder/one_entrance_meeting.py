from odoo import api, models

# What decides of which actor's next meeting somebody is reminded, and of which meeting.
ACTOR_FIELDS = ("partner_id", "start", "state", "kind", "company_id")
MEETING_FIELDS = ("partner_id", "start", "state", "replacement_id", "replan_date")


class OneEntranceMeeting(models.Model):
    """Whoever plans, moves or holds a meeting is not reminded of it, or of the actor, any more (S7)."""

    _inherit = "one.entrance.meeting"

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        self.env["one.entrance.reminder"]._refresh(meetings.partner_id)
        return meetings

    def write(self, vals):
        partners = self.partner_id
        result = super().write(vals)
        if not vals.keys().isdisjoint(ACTOR_FIELDS):
            self.env["one.entrance.reminder"]._refresh(partners | self.partner_id)
        if not vals.keys().isdisjoint(MEETING_FIELDS):
            self.env["one.entrance.reminder"]._refresh(self)
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self.env["one.entrance.reminder"]._refresh(partners)
        return result
