from odoo import api, models
from odoo.fields import Command, Domain

FIRST_TALK = "one_entrance.mail_activity_type_first_talk"


class OneEntranceAppointment(models.Model):
    """What lies ahead with an actor goes along to the next contact leader: planned meetings, activities and commitments.
    What was held and said stays with who held it (S14).
    """

    _inherit = "one.entrance.appointment"

    def _take_over(self, actors, old, leader, date):
        """Let a leader take over what lies ahead with actors that are this leader's now: planned meetings, activities and
        commitments; and ask for a first talk with each (S14).

        Where nobody acts for the leader, the actor's business consultant gets the activities.

        :param res.partner actors:
        :param one.entrance.leader old: held the actors until now
        :param one.entrance.leader leader:
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
        """:return: who gets the activities of an actor that a leader holds: of a mayor-led one the mayor's office; empty
            where nobody acts for the leader, and the actor has no business consultant
        :rtype: res.users
        """
        office = self.env["one.entrance.reminder"]._get_mayor_office(actor)
        return office or leader.responsible_id or actor.one_entrance_consultant_id

    @api.model
    def _get_meetings_ahead(self, actors, leader, date):
        """:return: the meetings that a leader has planned with actors from a day on
        :rtype: one.entrance.meeting
        """
        return self.env["one.entrance.meeting"].search(
            Domain("partner_id", "in", actors.ids)
            & Domain("state", "=", "planned")
            & Domain("leader_id", "=", leader.id)
            & Domain("date", ">=", date)
        )

    @api.model
    def _get_open_activities(self, actors, users, among=None):
        """:param res.partner actors:
        :param res.users users: whose activities
        :param list among: only on these records, a recordset for each model; without it on the actors, and all their
            documents and sheets
        :return: the open activities
        :rtype: mail.activity
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
        """:return: what there is of these actors that may be confidential, a recordset for each model, meetings first
        :rtype: list
        """
        return [self.env["one.entrance.meeting"].search([("partner_id", "in", actors.ids)])]

    @api.model
    def _get_sheets(self, actors):
        return self.env["one.entrance.sheet"].search([("partner_id", "in", actors.ids)])

    def _move_meetings(self, meetings, old, leader):
        """Let planned meetings be another leader's, and the calendar's guests follow: the leader's contact, and where the
        acting user was invited too, that one. One message tells all of it, so no guest gets an invitation.

        :param one.entrance.meeting meetings:
        :param one.entrance.leader old:
        :param one.entrance.leader leader:
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
        """Let the open activities and commitments of who acted for a leader be another user's, and let nobody follow what
        that one may not read any more.

        What is confidential goes along with whoever could read it through the old leader, and to nobody who may not.

        :param res.partner actors: the new leader's already
        :param one.entrance.leader old:
        :param one.entrance.leader leader:
        :param res.users heir: gets them; empty where there is nobody
        """
        documents, sheets = self._get_documents(actors), self._get_sheets(actors)
        acting = old.responsible_id - heir
        lost = {}
        for user in (old.user_id | old.delegate_id) - leader.user_id - leader.delegate_id:
            lost[user] = [records - self._get_readable(records, user) for records in documents]
            for records in (*lost[user], sheets - self._get_readable(sheets, user)):
                records.message_unsubscribe(user.partner_id.ids)
        if not heir:
            return
        confidential = [records.filtered("confidential") for records in documents]
        closed = [records - self._get_readable(records, heir) for records in confidential]
        left_out = {records._name: records._ids for records in closed}
        activities = self._get_open_activities(actors, acting)
        activities = activities.filtered(lambda activity: activity.res_id not in left_out.get(activity.res_model, ()))
        Point = self.env["one.entrance.meeting.point"]
        points = Point.search(
            Point._get_open_domain()
            & Domain("meeting_id", "in", (documents[0] - closed[0]).ids)
            & Domain("responsible_id", "in", acting.ids)
        )
        for user in lost.keys() - set(acting):
            secret = [
                (records & gone) - shut for records, gone, shut in zip(confidential, lost[user], closed, strict=True)
            ]
            activities |= self._get_open_activities(actors, user, secret)
            points |= Point.search(
                Point._get_open_domain()
                & Domain("meeting_id", "in", secret[0].ids)
                & Domain("responsible_id", "=", user.id)
            )
        # one message tells of the handover, not one for each activity
        activities.with_context(mail_activity_quick_update=True).write({"user_id": heir.id})
        left = points.filtered(lambda point: point.responsible_id != heir)
        left.with_context(mail_activity_quick_update=True).write({"responsible_id": heir.id})

    @api.model
    def _get_readable(self, records, user):
        """:return: those of some records that a user may read, in whichever municipality"""
        if not records:
            return records
        return records & records.with_user(user).with_context(allowed_company_ids=[])._filtered_access("read")

    def _ask_first_talk(self, actors, old, heir):
        """Ask for a first talk with each actor that none is asked for yet.

        :param res.partner actors:
        :param one.entrance.leader old:
        :param res.users heir: who is asked; empty where there is nobody
        """
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
        model = env["ir.model"]._get(actors._name)
        Activity.create(
            [
                {
                    "res_model_id": model.id,
                    "res_id": actor.id,
                    "activity_type_id": activity_type.id,
                    "user_id": heir.id,
                    "date_deadline": activity_type._get_date_deadline(),
                    "automated": True,
                    "summary": env._("First talk, taken over from %(leader)s", leader=old.name),
                }
                for actor in actors
                if actor.id not in asked.mapped("res_id")
            ]
        )
