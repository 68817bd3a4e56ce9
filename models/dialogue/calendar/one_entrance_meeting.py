from odoo import api, fields, models

from ...common.write_changed import write_changed
from ..one_entrance_meeting import NOT_HELD


class OneEntranceMeeting(models.Model):
    """The meeting's event in Odoo's calendar: invitations, reminders and synchronisation are the event's, what was said
    is the meeting's (house rule 4). Each writes to the other only where a value differs, so that their updates come to
    an end.
    """

    _inherit = "one.entrance.meeting"

    event_id = fields.Many2one(
        "calendar.event",
        string="Calendar Event",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    declined_ids = fields.Many2many(
        "res.partner", compute="_compute_declined_ids", help="Who has declined the invitation."
    )

    _one_per_event = models.UniqueIndex(
        "(event_id) WHERE event_id IS NOT NULL", "This calendar event belongs to another meeting already."
    )

    @api.depends("event_id.attendee_ids.state")
    def _compute_declined_ids(self):
        for meeting in self:
            # sudo: the answers to the meeting's own invitations, also where the event is private
            declined = meeting.sudo().event_id.attendee_ids.filtered(lambda guest: guest.state == "declined")
            meeting.declined_ids = declined.partner_id.sudo(False)

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings.filtered("event_id")._push_to_event()
        return meetings

    def write(self, vals):
        linked = self.filtered("event_id")
        names = {meeting: meeting._get_event_name() for meeting in linked}
        leaders = {meeting: meeting.leader_id for meeting in linked}
        result = super().write(vals)
        if not vals.keys().isdisjoint(
            (
                "state",
                "start",
                "stop",
                "allday",
                "location",
                "attendee_ids",
                "confidential",
                "leader_id",
                "kind",
                "partner_id",
            )
        ):
            for meeting in linked:
                if meeting.leader_id != leaders[meeting] and meeting.state == "planned" and "attendee_ids" not in vals:
                    meeting.attendee_ids = (
                        meeting.attendee_ids - leaders[meeting].partner_id | meeting.leader_id.partner_id
                    )
            linked._push_to_event(names)
        return result

    def unlink(self):
        events = self.sudo().event_id
        result = super().unlink()
        events.with_context(active_test=False).unlink()
        return result

    def action_add_to_calendar(self):
        """Put these planned meetings into Odoo's calendar, and invite who takes part."""
        for meeting in self.filtered(lambda meeting: meeting.state == "planned" and not meeting.event_id):
            meeting.attendee_ids |= meeting._get_expected_attendees(meeting.partner_id, meeting.leader_id)
            meeting.event_id = self.env["calendar.event"].create(meeting._prepare_event_values())

    def action_open_event(self):
        """Open the calendar's event of this meeting."""
        self.ensure_one()
        return self.event_id._get_records_action(context={})

    def _propose_outcome(self):
        invited = bool(self.attendee_ids)
        result = super()._propose_outcome()
        if invited and self.declined_ids:
            self.attendee_ids -= self.declined_ids
        return result

    def _prepare_event_values(self):
        self.ensure_one()
        return {
            "name": self._get_event_name(),
            "start": self.start,
            "stop": self._get_event_stop(),
            "allday": self.allday,
            "location": self.location,
            "partner_ids": [fields.Command.set(self.attendee_ids.ids)],
            "privacy": "private" if self.confidential else False,
            "res_model_id": False,
            "res_id": False,
        }

    def _get_event_name(self):
        """The subject of the invitation, which the actor reads too."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._("%(kind)s with %(actor)s", kind=kinds[self.kind], actor=self.partner_id.name)

    def _get_event_stop(self):
        """The end; without one, as long as Odoo's calendar proposes."""
        if self.stop:
            return self.stop
        return fields.Datetime.add(self.start, hours=self.env["calendar.event"].get_default_duration())

    def _push_to_event(self, names=None):
        """Let the calendar's events follow these meetings where a value differs.

        :param dict names: by meeting, the event's name before the change; a name that somebody edited stays
        """
        wanted = {}  # what changes alike is written together: invitations go out in one batch
        # sudo: the event follows its meeting, whoever of the scheme's people plans it and whoever owns the event
        for meeting in self.sudo().with_context(active_test=False):
            event = meeting.event_id
            if meeting.state in NOT_HELD:
                if event.active:
                    meeting._tell_called_off()
                    event.active = False
                continue
            values = wanted[event] = {}
            if meeting.state == "planned":
                values.update(
                    active=True,
                    allday=meeting.allday,
                    start=meeting.start,
                    stop=meeting._get_event_stop(),
                    location=meeting.location,
                )
                if meeting.attendee_ids != event.partner_ids:
                    values["partner_ids"] = [
                        *(fields.Command.unlink(partner.id) for partner in event.partner_ids - meeting.attendee_ids),
                        *(fields.Command.link(partner.id) for partner in meeting.attendee_ids - event.partner_ids),
                    ]
            name = meeting._get_event_name()
            if names and event.name == names.get(meeting.sudo(False), name) != name:
                values["name"] = name
            if meeting.confidential != (event.privacy == "private"):
                values["privacy"] = "private" if meeting.confidential else False
        write_changed(wanted)

    def _pull_from_event(self):
        """Let these planned meetings follow the calendar's events where a value differs."""
        wanted = {}  # what changes alike is written together: the actors' dates are pushed in one batch
        for meeting in self.filtered(lambda meeting: meeting.state == "planned"):
            event = meeting.event_id
            wanted[meeting] = {name: event[name] for name in ("start", "stop", "allday", "location")}
            if meeting.attendee_ids != event.partner_ids:
                wanted[meeting]["attendee_ids"] = [fields.Command.set(event.partner_ids.ids)]
        write_changed(wanted)

    def _leave_calendar(self):
        """The events are gone from the calendar: planned meetings are postponed, to be planned again."""
        planned = self.filtered(lambda meeting: meeting.state == "planned")
        for company, meetings in planned.grouped("company_id").items():
            meetings.write(
                {
                    "state": "postponed",
                    "postpone_reason": "other",
                    "reason_note": self.env._("The calendar event was removed."),
                    "replan_date": company._get_one_entrance_today(),
                }
            )

    def _return_to_calendar(self):
        """The events are back in the calendar: what did not take place is planned again as it was."""
        back = self.filtered(lambda meeting: meeting.state in NOT_HELD and not meeting.replacement_id)
        if back:
            back.action_reset()

    def _tell_called_off(self):
        """Mail who was invited that the meeting does not take place then; the calendar itself tells nobody."""
        event = self.event_id
        if event.start < fields.Datetime.now():
            return
        for guest in event.attendee_ids.filtered(lambda guest: guest.state != "declined" and guest.email):
            if guest.partner_id == self.env.user.partner_id:
                continue
            env = self.with_context(lang=guest.partner_id.lang).env
            event.message_notify(
                partner_ids=guest.partner_id.ids,
                subject=env._("Called off: %(event)s", event=event.name),
                body=env._(
                    "The meeting “%(event)s” (%(time)s) does not take place.", event=event.name, time=event.display_time
                ),
                email_layout_xmlid="mail.mail_notification_light",
            )
