from odoo import models


class CalendarEvent(models.Model):
    """Whoever plans a meeting with an actor is told of its one entrance."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "one.entrance.notice.mixin"]
    _one_entrance_notice_fields = ("partner_ids", "one_entrance_actor_id")

    def _get_one_entrance_contacts(self):
        # the guests of a private event are nobody else's business
        return {event: event.partner_ids for event in self if not event.sudo(False)._check_private_event_conditions()}

    def _get_one_entrance_own_actors(self):
        return self.sudo().one_entrance_actor_id  # the scheme's own meeting, also where a guest may not read it
