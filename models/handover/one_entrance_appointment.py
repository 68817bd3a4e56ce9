import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..common.activity import prepare_activity
from ..common.write_changed import write_changed

_logger = logging.getLogger(__name__)

FIRST_TALK = "one_entrance.mail_activity_type_first_talk"
MEETING = "one.entrance.meeting"


class OneEntranceAppointment(models.Model):
    """An appointment ends with a handover: the next leader takes over the planned meetings, activities and commitments
    with the actor; what was held and said stays with who held it (S14).

    A handover may be agreed before its day. Then the running period has its end already and the next one is recorded
    beside it, both with ``effect_date``; on that day the nightly job changes the contact leader.

    A later decision replaces an agreed handover: another leader given by hand, mayor-led, leaving, or a new handover
    before that day. The period that never began is deleted, the running one has no end again, and the actor's log tells
    of it.
    """

    _inherit = "one.entrance.appointment"

    effect_date = fields.Date(
        string="Takes Effect On",
        readonly=True,
        copy=False,
        help="The day ahead on which this period begins or ends. Empty once that has been seen to.",
    )
    is_upcoming = fields.Boolean(string="Begins Later", compute="_compute_is_upcoming")

    # what the nightly job asks about: the few that wait for a day
    _effect_idx = models.Index("(effect_date) WHERE effect_date IS NOT NULL")

    @api.depends("date_from")
    def _compute_is_upcoming(self):
        for appointment in self:
            today = appointment.company_id._get_one_entrance_today()
            appointment.is_upcoming = bool(appointment.date_from and appointment.date_from > today)

    @api.model_create_multi
    def create(self, vals_list):
        appointments = super().create(vals_list)
        appointments._set_effect_date()
        return appointments

    def write(self, vals):
        waiting = self.filtered(lambda appointment: appointment.effect_date == appointment.date_from)
        result = super().write(vals)
        if "date_from" in vals or "date_to" in vals:
            self._set_effect_date(waiting)
        return result

    def action_call_off(self):
        """Call off these handovers before their day.

        :raise AccessError: for anybody but those who keep the register
        """
        self.check_access("read")
        self.partner_id._check_one_entrance_access()
        # sudo: the history is written by the system, only a manager may correct it by hand
        self.sudo().filtered("is_upcoming")._call_off()

    def _set_effect_date(self, waiting=()):
        """Note on which day these periods are to be seen to.

        :param waiting: the periods whose beginning has not been seen to, also where its day has been moved to the past
        """
        wanted = {}
        for appointment in self:
            today = appointment.company_id._get_one_entrance_today()
            date_from, date_to = appointment.date_from, appointment.date_to
            if date_from > today or appointment in waiting:
                effect_date = date_from
            else:
                effect_date = date_to if date_to and date_to > today else False
            wanted[appointment] = {"effect_date": effect_date}
        write_changed(wanted)

    # Handing over

    @api.model
    def _hand_over(self, actors, leader, date, reason, note=False):
        """Hand actors over from one leader to another, at once or on a day ahead.

        :param res.partner actors: all of one contact leader
        :param date date: the day on which one period ends and the next begins; not before the running one began
        :param str reason: why the running period ends; ``note`` is kept on it too
        """
        # sudo: who hands over may do so; the history is written by the system, and what is confidential goes along too
        Appointment = self.sudo().with_context(one_entrance_sync=True, active_test=False)
        # browsed, so that they are read together whatever is written in between
        actors = Appointment.env["res.partner"].browse(actors.ids)
        old = actors.one_entrance_leader_id
        Appointment._get_upcoming(actors)._call_off()
        periods = Appointment.concat(*Appointment._get_current(actors).values())
        for kept, group in periods.grouped(lambda period: period.note or "").items():
            notes = [kept, note] if note and note not in kept else [kept]
            group.write({"date_to": date, "reason": reason, "note": "\n".join(filter(None, notes))})
        Appointment.create([{"partner_id": actor.id, "leader_id": leader.id, "date_from": date} for actor in actors])
        leader = leader.sudo()
        texts = {"old": old.name, "leader": leader.name, "date": format_date(self.env, date), "reason": reason}
        if date <= leader.company_id._get_one_entrance_today():
            actors.write({"one_entrance_leader_id": leader.id})
            body = self.env._("Handed over from %(old)s to %(leader)s on %(date)s. Reason: %(reason)s", **texts)
            Appointment._take_over(actors, old, leader, date)
        else:
            body = self.env._("Will be handed over from %(old)s to %(leader)s on %(date)s. Reason: %(reason)s", **texts)
            meetings = Appointment._get_meetings_ahead(actors, old, date)
            Appointment._move_meetings(meetings, old, leader)
            leader._tell_handover("takes_over_later", old, actors, meetings, date)
            old._tell_handover("hands_over_later", leader, actors, meetings, date)
        actors._message_log_batch({actor.id: body for actor in actors})

    @api.model
    def _apply_due_handovers(self):
        """Let the periods begin and end whose day has come: the nightly job's part of a handover.

        It commits nothing, and run again it finds nothing left to do. A leader who cannot be contact leader any more
        does not take over; the server's log names the actor.
        """
        Appointment = self.sudo().with_context(active_test=False)  # sudo: the job acts for the scheme
        come = self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("effect_date", "<=", today))
        due = Appointment.search(come & Domain("origin", "=", False), order="date_from, id")
        if not due:
            return
        begun = due.filtered(lambda period: period.date_from == period.effect_date)
        refused = begun._get_refused()
        due = due.filtered(lambda period: period.partner_id not in refused)
        due._push_current_leader()
        moves = defaultdict(due.env["res.partner"].browse)
        for actor, periods in (begun & due).grouped("partner_id").items():
            # where somebody else has been given the actor by hand since, that stands
            if actor.one_entrance_leader_id == periods[-1].leader_id:
                old = periods[0]._get_predecessor().leader_id
                moves[old, periods[-1].leader_id, periods[0].date_from] |= actor
        for (old, leader, date), actors in moves.items():
            Appointment.with_context(one_entrance_sync=True)._take_over(actors, old, leader, date)
        due.write({"effect_date": False})
        due._set_effect_date()

    @api.model
    def _call_off_agreed(self, actors):
        result = super()._call_off_agreed(actors)
        self._get_upcoming(actors)._call_off()
        return result

    @api.model
    def _get_upcoming(self, actors):
        """The periods of these actors that were agreed and have not begun."""
        return self.search(Domain("partner_id", "in", actors.ids) & self._get_later_domain())

    def _get_refused(self):
        """The actors of these periods whose leader cannot be contact leader any more."""
        refused = self.env["res.partner"]
        for period in self:
            try:
                period.partner_id._check_one_entrance_leader_may(period.leader_id)
            except ValidationError as error:
                _logger.warning("A handover that is due is not carried out: %s", error)
                refused |= period.partner_id
        return refused

    def _get_predecessor(self):
        """The actor's period before this one."""
        self.ensure_one()
        periods = self.partner_id.one_entrance_appointment_ids.filtered(lambda period: not period.origin)
        periods = periods.sorted(
            lambda period: (period.date_from, period.date_to or fields.Date.to_date("9999-12-31"), period.id)
        )
        place = periods.ids.index(self.id)
        return periods[place - 1] if place else self.browse()

    def _call_off(self):
        """Delete these periods, which have not begun, and give the running ones no end again. Meetings that were handed
        over before the day go back, unless the actor has been given to that leader at once.
        """
        # sudo: whoever decides anew calls off what was agreed; the history is written by the system
        upcoming = self.sudo().with_context(one_entrance_sync=True, active_test=False)
        groups = defaultdict(self.env["res.partner"].sudo().browse)
        running = upcoming.browse()
        for period in upcoming.sorted("date_from", reverse=True):
            before = period._get_predecessor()
            if before.date_to == period.date_from:
                running |= before - upcoming
            groups[before.leader_id, period.leader_id, period.date_from] |= period.partner_id
        upcoming.unlink()
        running.write({"date_to": False, "reason": False})
        for (old, leader, date), actors in groups.items():
            back = actors.filtered(lambda actor, leader=leader: actor.one_entrance_leader_id != leader)
            if old and back:
                meetings = upcoming._get_meetings_ahead(back, leader, date)
                upcoming._move_meetings(meetings, leader, old)
                leader._tell_handover("called_off", old, back, meetings, date)
                old._tell_handover("keeps", leader, back, meetings, date)
            body = self.env._(
                "The handover to %(leader)s on %(date)s was called off.",
                leader=leader.name,
                date=format_date(self.env, date),
            )
            actors._message_log_batch({actor.id: body for actor in actors})

    # What lies ahead goes along

    def _take_over(self, actors, old, leader, date):
        """Give a leader what lies ahead with actors held now: planned meetings, activities and commitments, and a first
        talk with each. Where nobody acts for the leader, the actor's business consultant gets the activities.

        :param one.entrance.leader old: held the actors until now
        :param date date: meetings planned from this day on are the new leader's
        """
        if not actors or not old:
            return
        meetings = self._get_meetings_ahead(actors, old, date)
        self._move_meetings(meetings, old, leader)
        self._move_more(actors, old, leader)
        for heir, group in actors.grouped(lambda actor: self._get_heir(actor, leader)).items():
            self._move_activities(group, old, leader, heir)
            self._ask_first_talk(group, old, heir)
        leader._tell_handover("takes_over", old, actors, meetings, date)
        old._tell_handover("hands_over", leader, actors, meetings, date)

    @api.model
    def _get_heir(self, actor, leader):
        """Who gets the actor's activities: the mayor's office, who acts for the leader, the consultant, or nobody."""
        office = self.env["one.entrance.leader"]._get_mayor_office(actor)
        return office or leader.responsible_id or leader._filter_acting(actor.one_entrance_consultant_id)

    @api.model
    def _get_meetings_ahead(self, actors, leader, date):
        """The meetings that a leader has planned with actors from a day on."""
        return self.env["one.entrance.meeting"].search(
            Domain("partner_id", "in", actors.ids)
            & Domain("state", "=", "planned")
            & Domain("leader_id", "=", leader.id)
            & Domain("date", ">=", date)
        )

    @api.model
    def _get_open_activities(self, actors, users, among=None):
        """The users' open activities on the actors, and on all their documents and sheets.

        :param among: instead, only on these records, a recordset for each model
        """
        if among is None:
            among = [actors, *self._get_documents(actors), self._get_sheets(actors)]
        return self.env["mail.activity"].search(
            Domain("active", "=", True)
            & Domain("user_id", "in", users.ids)
            & Domain.OR(
                Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids) for records in among
            )
        )

    @api.model
    def _get_documents(self, actors):
        """:return: what may be confidential of these actors, a recordset for each model; addons add theirs"""
        return [self.env["one.entrance.meeting"].search([("partner_id", "in", actors.ids)])]

    @api.model
    def _get_sheets(self, actors):
        return self.env["one.entrance.sheet"].search([("partner_id", "in", actors.ids)])

    def _move_meetings(self, meetings, old, leader):
        """Give planned meetings to another leader, with the guests: the leader's contact, and who acts where the former
        one was invited too. Guests get no invitation, because one message tells all of it.
        """
        leaving, acting = (old.user_id | old.delegate_id) - leader.user_id - leader.delegate_id, leader.responsible_id
        meetings = meetings.with_context(skip_attendee_notification=True)
        organized = meetings.filtered(lambda meeting: meeting.event_id.user_id in leaving)
        for heir, group in organized.grouped(lambda meeting: self._get_heir(meeting.partner_id, leader)).items():
            group.event_id.write({"user_id": heir.id})  # the organizer sees a private event, and answers for it

        def get_swap(meeting):
            guests = meeting.attendee_ids
            out = guests & (old.partner_id | (leaving - meeting.partner_id.one_entrance_consultant_id).partner_id)
            wanted = leader.partner_id if meeting.event_id or old.partner_id in guests else leader.partner_id.browse()
            if out - old.partner_id:
                wanted |= acting.partner_id
            return out, wanted - guests

        for (out, new), group in meetings.grouped(get_swap).items():
            commands = [Command.unlink(guest.id) for guest in out] + [Command.link(guest.id) for guest in new]
            group.write({"leader_id": leader.id, **({"attendee_ids": commands} if commands else {})})

    def _move_more(self, actors, old, leader):
        """Let what else a leader sees to with these actors be the next one's, before the activities go; addons fill it in."""

    def _move_activities(self, actors, old, leader, heir):
        """Give the open activities and commitments of who acted for a leader to the heir, if any, and let nobody follow
        what they may not read any more.

        What is confidential goes along with whoever could read it through the old leader, and to nobody who may not.

        :param res.partner actors: the new leader's already
        """
        documents = {records._name: records for records in self._get_documents(actors)}
        sheets = self._get_sheets(actors)
        acting = old._get_handing_over() - heir
        lost = {}
        for user in (old.user_id | old.delegate_id) - leader.user_id - leader.delegate_id:
            lost[user] = {model: records - self._get_readable(records, user) for model, records in documents.items()}
            for records in (*lost[user].values(), sheets - self._get_readable(sheets, user)):
                records.message_unsubscribe(user.partner_id.ids)
        if not heir:
            return
        confidential = {model: records.filtered("confidential") for model, records in documents.items()}
        closed = {model: records - self._get_readable(records, heir) for model, records in confidential.items()}
        activities = self._get_open_activities(actors, acting).filtered(
            lambda activity: activity.res_model not in closed or activity.res_id not in closed[activity.res_model]._ids
        )
        points = self._get_open_points(documents[MEETING] - closed[MEETING], acting)
        for user in lost.keys() - set(acting):
            secret = {model: (confidential[model] & lost[user][model]) - closed[model] for model in documents}
            activities |= self._get_open_activities(actors, user, secret.values())
            points |= self._get_open_points(secret[MEETING], user)
        # one message tells of the handover, not one for each activity
        activities.with_context(mail_activity_quick_update=True).write({"user_id": heir.id})
        left = points.filtered(lambda point: point.responsible_id != heir)
        left.with_context(mail_activity_quick_update=True).write({"responsible_id": heir.id})

    @api.model
    def _get_open_points(self, meetings, users):
        """What these users have promised at meetings and have not kept yet."""
        Point = self.env["one.entrance.meeting.point"]
        return Point.search(
            Point._get_open_domain()
            & Domain("meeting_id", "in", meetings.ids)
            & Domain("responsible_id", "in", users.ids)
        )

    @api.model
    def _get_readable(self, records, user):
        """Those of these records that a user may read, in whichever municipality."""
        if not records:
            return records
        return records & records.with_user(user).with_context(allowed_company_ids=[])._filtered_access("read")

    def _ask_first_talk(self, actors, old, heir):
        """Ask the heir for a first talk with each actor that none is asked for yet."""
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activity_type = self.env.ref(FIRST_TALK)
        asked = Activity.search(
            [
                ("active", "=", True),
                ("res_model", "=", actors._name),
                ("res_id", "in", actors.ids),
                ("activity_type_id", "=", activity_type.id),
            ]
        )
        env = self.with_context(lang=heir.lang or self.env.lang).env
        deadline = activity_type._get_date_deadline()
        summary = env._("First talk, taken over from %(leader)s", leader=old.name)
        without = actors - actors.browse(asked.mapped("res_id"))
        Activity.create([prepare_activity(actor, FIRST_TALK, heir, deadline, summary) for actor in without])
