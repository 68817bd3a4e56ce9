from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_time, is_html_empty

from ...common.composer import get_composer
from ...common.file_name import get_file_name
from ...common.notification import get_notification

MAIL_TEMPLATE = "one_entrance.mail_template_minutes"


class OneEntranceMeeting(models.Model):
    """The meeting's minutes, printed for the municipality and mailed to who was there (S7).

    Attendees get them without internal points and notes. Of a confidential meeting they go only to attendees from
    outside, and to users who may read the meeting: mail does not give away what the record rules protect.
    """

    _inherit = "one.entrance.meeting"

    def action_print_minutes(self):
        """Print the minutes of these meetings as one PDF."""
        # the minutes have a layout of their own: no use in asking an administrator for one first
        return self.env.ref("one_entrance.report_minutes").report_action(self, config=False)

    def action_send_minutes(self):
        """Open the mail composer with the attendees' minutes; nothing is sent before somebody has looked at it.

        :raise UserError: where the meeting has not been held, nothing is written, or nobody is there to write to
        """
        self.ensure_one()
        self._check_minutes_can_be_sent()
        recipients = self._get_minutes_recipients()
        left_out = self.attendee_ids - recipients - self.env.user.partner_id
        title = self.env._("Send Confidential Minutes") if self.confidential else self.env._("Send Minutes")
        action = get_composer(self, self.env.ref(MAIL_TEMPLATE), title)
        if not left_out:
            return action
        return get_notification(self._get_may_not_read_text(left_out), action, warning=True)

    def _message_get_suggested_recipients_batch(self, reply_discussion=False, reply_message=None, **kwargs):
        # the attendees got the minutes, but are not proposed for what colleagues write to one another afterwards
        return super()._message_get_suggested_recipients_batch(
            reply_discussion=False, reply_message=reply_message, **kwargs
        )

    def _check_minutes_can_be_sent(self):
        if self.state != "held":
            raise UserError(
                self.env._(
                    "“%(meeting)s” has not been held, and has no minutes to send. Record it with “Held…” first.",
                    meeting=self.display_name,
                )
            )
        if is_html_empty(self.minutes) and not self._get_points_for_attendees():
            raise UserError(
                self.env._(
                    "“%(meeting)s” has nothing to send: write the minutes, or a point that is not internal.",
                    meeting=self.display_name,
                )
            )
        if not self._get_minutes_recipients():
            raise UserError(
                self.env._(
                    "“%(meeting)s” has nobody to send the minutes to. Fill in under “Attendees” who was there.",
                    meeting=self.display_name,
                )
            )

    def _get_points_for_attendees(self):
        """The points that may leave the municipality."""
        return self.point_ids.filtered(lambda point: not point.internal)

    def _get_minutes_recipients(self):
        """Who was there, without the sender and those who may not know of a confidential meeting."""
        self.ensure_one()
        others = self.attendee_ids - self.env.user.partner_id
        return others - self._get_not_to_know(others.ids)

    def _get_attendees_lang(self):
        """The language that the attendees from outside have in common, otherwise the actor's."""
        self.ensure_one()
        langs = set(filter(None, self.attendee_ids.filtered("partner_share").mapped("lang")))
        return (langs.pop() if len(langs) == 1 else self.partner_id.lang) or self.env.lang or self.env.user.lang

    def _get_minutes_name(self):
        self.ensure_one()
        name = self.env._("Minutes, %(actor)s, %(date)s", actor=self.partner_id.name, date=self.date or "")
        return get_file_name(name)

    def _get_time_text(self):
        """Day and time in the municipality's time zone, written in the environment's language."""
        self.ensure_one()
        if not self.start:
            return ""
        zone = self.company_id._get_one_entrance_timezone()
        end = self.stop or self.start
        last_date = end.date() if self.allday else self.company_id._get_one_entrance_day(end)
        day, last_day = (format_date(self.env, date, date_format="full") for date in (self.date, last_date))
        if self.allday:
            if day == last_day:
                return day
            return self.env._("%(day)s – %(last_day)s", day=day, last_day=last_day)
        start, stop = (format_time(self.env, moment, tz=zone.zone, time_format="short") for moment in (self.start, end))
        if day != last_day:
            return self.env._(
                "%(day)s, %(start)s – %(last_day)s, %(stop)s", day=day, start=start, last_day=last_day, stop=stop
            )
        if start != stop:
            return self.env._("%(day)s, %(start)s–%(stop)s", day=day, start=start, stop=stop)
        return self.env._("%(day)s, %(start)s", day=day, start=start)
