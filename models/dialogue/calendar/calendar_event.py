from odoo import api, fields, models

SERIES = ("all_events", "future_events")
# What a meeting with an actor has from its event.
FOLLOWED = ("start", "stop", "allday", "start_date", "stop_date", "location", "partner_ids")


class CalendarEvent(models.Model):
    """A calendar event may be a meeting with an actor; the meeting follows it, and outlives it (S7, house rule 4)."""

    _inherit = "calendar.event"

    one_entrance_meeting_ids = fields.One2many(
        "one.entrance.meeting",
        "event_id",
        string="Meetings with Actors",
        groups="one_entrance.group_leader",
        copy=False,
    )
    one_entrance_actor_id = fields.Many2one(
        "res.partner",
        string="Meeting with Actor",
        compute="_compute_one_entrance_actor_id",
        inverse="_inverse_one_entrance_actor_id",
        groups="one_entrance.group_leader",
        domain="[('one_entrance_step', 'not in', (False, 'left'))]",
        help="The event is a meeting of the One Entrance scheme with this actor.",
    )

    @api.depends("one_entrance_meeting_ids.partner_id")
    def _compute_one_entrance_actor_id(self):
        for event in self:
            event.one_entrance_actor_id = event.one_entrance_meeting_ids[:1].partner_id

    def _inverse_one_entrance_actor_id(self):
        """Make the meeting in one with the event, hand it to another actor, or let it go."""
        new = []
        for event in self:
            actor, meeting = event.one_entrance_actor_id, event.one_entrance_meeting_ids[:1]
            if actor and not meeting:
                new.append(event._prepare_one_entrance_meeting_values(actor))
            elif actor and meeting.partner_id != actor:
                meeting.partner_id = actor
            elif not actor and meeting:
                meeting.event_id = False
                meeting._leave_calendar()
        meetings = self.env["one.entrance.meeting"].create(new)
        postponed = meetings.browse(self.env.context.get("one_entrance_replaces_id"))
        if postponed and meetings and not postponed.replacement_id:
            postponed._replace_with(meetings[0])

    def write(self, vals):
        if vals.get("recurrence_update") in SERIES and len(self) == 1 and self.recurrence_id:
            before = self._leave_one_entrance_series(vals["recurrence_update"])
            result = super().write(vals)
            self._move_one_entrance_series(*before)
            return result
        result = super().write(vals)
        if "active" in vals or not vals.keys().isdisjoint(FOLLOWED):
            meetings = self._get_one_entrance_meetings()
            if "active" in vals and vals["active"]:
                meetings._return_to_calendar()
            elif "active" in vals:
                meetings._leave_calendar()
            meetings._pull_from_event()
        return result

    def unlink(self):
        meetings = self._get_one_entrance_meetings()
        if meetings:
            meetings.event_id = False
            meetings._leave_calendar()
        return super().unlink()

    def copy_data(self, default=None):
        # a copy, or another occurrence of a series, is a meeting with the same actor, if it is made by one who may say so
        vals_list = super().copy_data(default)
        for event, vals in zip(self, vals_list, strict=True):
            meeting = event._get_one_entrance_meetings().with_env(self.env)
            if meeting and meeting.has_access("write"):
                vals.setdefault("one_entrance_actor_id", meeting.partner_id.id)
        return vals_list

    def action_one_entrance_meeting(self):
        """Open the meeting with the actor: its sheet, points and minutes."""
        self.ensure_one()
        return self.one_entrance_meeting_ids[:1]._get_records_action(context={})

    def _prepare_one_entrance_meeting_values(self, actor):
        self.ensure_one()
        return {
            "partner_id": actor.id,
            "kind": actor._get_one_entrance_next_kind(),
            "event_id": self.id,
            "start": self.start,
            "stop": self.stop,
            "allday": self.allday,
            "location": self.location,
            "attendee_ids": [fields.Command.set(self.partner_ids.ids)],
            "confidential": self.privacy == "private",
        }

    def _get_one_entrance_meetings(self):
        """The meetings that these events are, as superuser."""
        # sudo: a meeting follows its event, whoever moves it: a guest, a colleague, a synchronisation
        return self.env["one.entrance.meeting"].sudo().search([("event_id", "in", self.ids)])

    def _leave_one_entrance_series(self, update):
        """Unlink the planned meetings of a series that is about to change, because Odoo makes its occurrences anew.

        :param str update: how much of the series changes: ``all_events`` or ``future_events``
        :return: events by which the series is found again, the meetings, and by meeting the event it had
        """
        base = self | self.recurrence_id.base_event_id
        affected = self.recurrence_id.calendar_event_ids
        if update == "future_events":
            affected = affected.filtered(lambda event: event.start >= self.start)
        meetings = affected._get_one_entrance_meetings().filtered(lambda meeting: meeting.state == "planned")
        meetings = meetings.sorted("start")
        before = {meeting: meeting.event_id for meeting in meetings}
        meetings.event_id = False  # the old occurrences go without taking the meetings along
        return base, meetings, before

    def _move_one_entrance_series(self, base, meetings, before):
        """Link the meetings that ``_leave_one_entrance_series`` returns to the new occurrences, in their order. A
        meeting without an occurrence is to be planned again; an occurrence without a meeting gets one.
        """
        if not meetings:
            return
        events = (base.exists().recurrence_id.calendar_event_ids or base.exists()).filtered("active").sorted("start")
        events -= events._get_one_entrance_meetings().event_id
        kept = {meeting: event for meeting, event in before.items() if event.exists() and event in events}
        left = events - events.browse(event.id for event in kept.values())
        moved = dict(zip(meetings.filtered(lambda meeting: meeting not in kept), left, strict=False))
        for meeting, event in (kept | moved).items():
            meeting.event_id = event
            meeting._pull_from_event()
        meetings.filtered(lambda meeting: not meeting.event_id)._leave_calendar()
        actor = meetings[0].partner_id
        for event in left - left.browse(event.id for event in moved.values()):
            meetings.create(event._prepare_one_entrance_meeting_values(actor))
