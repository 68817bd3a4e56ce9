from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, plaintext2html

from ...models.common.activity import prepare_activity
from ...models.common.notification import get_notification

TODO = "mail.mail_activity_data_todo"


class OneEntrancePointWizard(models.TransientModel):
    """A colleague's point for an actor, handed to the scheme's people (S3, S14).

    Any employee may give one. It is brought up at the actor's next meeting, or given to who acts for the contact leader
    where none is planned. Giving a point lets nobody read the meeting.
    """

    _name = "one.entrance.point.wizard"
    _description = "Hand Over a Point"

    partner_id = fields.Many2one("res.partner", string="Actor", required=True, readonly=True)
    text = fields.Text(string="Point", required=True, help="What you want to have brought up.")
    theme_id = fields.Many2one("one.entrance.theme", groups="one_entrance.group_leader")
    destination = fields.Char(compute="_compute_destination", string="Where It Goes")

    @api.depends("partner_id")
    def _compute_destination(self):
        """Say beforehand where the point goes, and who will see it."""
        for wizard in self:
            actor = wizard.partner_id
            meeting = wizard._get_next_meeting()
            if not actor:
                wizard.destination = False
            elif meeting:
                wizard.destination = self.env._(
                    "The point is put on the meeting with %(actor)s on %(date)s.",
                    actor=actor.name,
                    date=wizard._format_day(meeting),
                )
            else:
                wizard.destination = self.env._(
                    "No meeting with %(actor)s is planned. The point is given to %(user)s as an activity on the contact, where "
                    "your colleagues can read it.",
                    actor=actor.name,
                    user=wizard._get_receivers_text(wizard._get_receivers()),
                )

    def action_apply(self):
        """Hand the point over, and return a notification of where it went.

        :raise ValidationError: for a contact who is no actor of the municipality the user works in
        """
        self.ensure_one()
        actor = self.partner_id
        actor._check_one_entrance_in_scheme()
        if actor.one_entrance_company_id not in self.env.companies:
            raise ValidationError(
                self.env._(
                    "%(actor)s is in the scheme of another municipality than the one you work in now. Hand the point to "
                    "somebody there.",
                    actor=actor.display_name,
                )
            )
        meeting = self._get_next_meeting()
        if meeting:
            self._add_to_meeting(meeting)
            message = self.env._(
                "Your point will be brought up at the meeting with %(actor)s on %(date)s.",
                actor=actor.name,
                date=self._format_day(meeting),
            )
        else:
            receivers = self._get_receivers()
            self._give_to(receivers)
            message = self.env._(
                "Your point for %(actor)s has been given to %(user)s.",
                actor=actor.name,
                user=self._get_receivers_text(receivers),
            )
        return get_notification(message)

    def _get_next_meeting(self):
        """The actor's next planned meeting, confidential or not, as superuser."""
        # sudo: a colleague gives the point to a meeting without reading it, and is told no more of it than its day,
        # which is for everybody
        Meeting = self.env["one.entrance.meeting"].sudo()
        domain = Domain("partner_id", "=", self.partner_id.id) & Meeting._get_ahead_domain()
        return Meeting.search(domain, order="start, id", limit=1)

    def _add_to_meeting(self, meeting):
        """Put the point on a meeting, given as superuser, and tell in its chatter that it came."""
        meeting.point_ids.create(
            {
                "meeting_id": meeting.id,
                "summary": self.text,
                # sudo: the theme is a field for the scheme's people, and empty for others
                "theme_id": self.sudo().theme_id.id,
                "raised_by_id": self.env.uid,
            }
        )
        meeting.message_post(
            body=self.env._("%(user)s has handed over a point for this meeting.", user=self.env.user.name)
        )

    def _get_receivers(self):
        """Who gets the point otherwise: who acts for the actor, else its consultant, else the administrators."""
        actor = self.partner_id.sudo()  # who acts for whom is looked up for the giver, who need not see the users
        Leader = self.env["one.entrance.leader"].sudo()
        asked = Leader._get_acting_user(actor) or Leader._filter_acting(actor.one_entrance_consultant_id)
        if asked:
            return asked
        managers = self.env.ref("one_entrance.group_manager").sudo().all_user_ids
        return managers.filtered(
            lambda user: user.active and not user.share and actor.one_entrance_company_id in user.company_ids
        )

    def _get_receivers_text(self, users):
        return users.name if len(users) == 1 else self.env._("the administrators of the scheme")

    def _give_to(self, users):
        """Give the point to each of these users as an activity on the actor."""
        # sudo: the giver need not be one who may write on the contact
        actor = self.partner_id.sudo()
        today, note = actor.one_entrance_company_id._get_one_entrance_today(), plaintext2html(self.text)
        activities = []
        for user in users:
            env = self.with_context(lang=user.lang).env
            summary = env._("A point for %(actor)s from %(user)s", actor=actor.name, user=self.env.user.name)
            activities.append(prepare_activity(actor, TODO, user, today, summary, note=note))
        actor.env["mail.activity"].create(activities)

    def _format_day(self, meeting):
        return format_date(self.env, meeting.date, date_format="long")
