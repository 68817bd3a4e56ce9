import re

from markupsafe import Markup

from odoo import models
from odoo.exceptions import RedirectWarning, UserError
from odoo.tools import format_date

# A meeting as it stands in a calendar file.
CALENDAR_ENTRY = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n", re.DOTALL)


class OneEntranceLeader(models.Model):
    """A leader's actors are handed over to another, with one message to each leader, whatever the number (S14)."""

    _inherit = "one.entrance.leader"

    def action_hand_over(self):
        """Open the handover of the actors that this leader holds.

        :raise UserError: where several leaders are chosen
        """
        if len(self) > 1:
            raise UserError(self.env._("Hand over one leader's actors at a time: choose one leader."))
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_handover_wizard_action")
        action["context"] = {"default_from_leader_id": self.id}
        return action

    def _prepare_archiving_error(self, message):
        """:return: an error that opens the handover to another contact leader"""
        return RedirectWarning(message, self.action_hand_over(), self.env._("Hand over the actors"))

    def _get_handing_over(self):
        """Whose activities and promises go along: who acts for the leader, and closed logins, which nobody sees to."""
        closed = (self.user_id | self.delegate_id).filtered(lambda user: not user.active)
        return self.responsible_id | closed

    def _tell_handover(self, event, other, actors, meetings, date):
        """Tell this leader, and who acts for the leader, of a handover. Meetings taken over come along as one calendar
        file, for a calendar that is kept elsewhere.

        :param str event: a key of ``_get_handover_text``
        :param one.entrance.leader other: the leader on the other side
        :param one.entrance.meeting meetings: those that have changed hands
        """
        self.ensure_one()
        people = (self.partner_id | self.responsible_id.partner_id) - self.env.user.partner_id
        gains = event in ("takes_over", "takes_over_later", "keeps")
        content = gains and self._get_calendar_file(meetings.event_id)
        for person in people.filtered(lambda person: person.email or person.user_ids):
            leader = self.with_context(lang=person.lang or self.env.lang)
            subject, text = leader._get_handover_text(event, other, len(actors), date)
            names = actors.mapped("complete_name")
            planned = meetings.with_env(leader.env).sorted("start").mapped("display_name")
            body = Markup("<p>%s</p>") % text + leader._get_handover_list(leader.env._("Actors"), names)
            if planned:
                body += leader._get_handover_list(leader.env._("Planned meetings"), planned)
            leader.message_notify(
                partner_ids=person.ids,
                subject=subject,
                body=body,
                attachments=[(leader.env._("meetings.ics"), content)] if content else [],
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _get_calendar_file(self, events):
        """One calendar file with all of these events; empty where there are none."""
        files = list(events._get_ics_file().values())
        if not files:
            return b""
        first = CALENDAR_ENTRY.search(files[0])
        entries = b"".join(entry for content in files for entry in CALENDAR_ENTRY.findall(content))
        return files[0][: first.start()] + entries + files[0][first.end() :]

    def _get_handover_list(self, title, rows):
        items = Markup("").join(Markup("<li>%s</li>") % row for row in rows)
        return Markup("<p><strong>%s</strong></p><ul>%s</ul>") % (title, items)

    def _get_handover_text(self, event, other, count, date):
        """Subject and first line of the message, in the language of the environment."""
        values = {"leader": self.name, "other": other.name, "count": count, "date": format_date(self.env, date)}
        texts = {
            "takes_over": lambda: (
                self.env._("Handed over to %(leader)s: %(count)s actors", **values),
                self.env._(
                    "%(leader)s is contact leader of the actors below and has taken over from %(other)s what is planned and "
                    "open with them. There is an activity for a first talk with each.",
                    **values,
                ),
            ),
            "takes_over_later": lambda: (
                self.env._("To be handed over to %(leader)s on %(date)s: %(count)s actors", **values),
                self.env._(
                    "%(leader)s becomes contact leader of the actors below on %(date)s, after %(other)s. Meetings planned "
                    "from that day on are %(leader)s's already.",
                    **values,
                ),
            ),
            "hands_over": lambda: (
                self.env._("Handed over to %(other)s: %(count)s actors", **values),
                self.env._(
                    "%(other)s has taken over the actors below from %(leader)s. Where a meeting below stands in a calendar "
                    "that is kept elsewhere, it can be removed there.",
                    **values,
                ),
            ),
            "hands_over_later": lambda: (
                self.env._("To be handed over to %(other)s on %(date)s: %(count)s actors", **values),
                self.env._(
                    "%(other)s becomes contact leader of the actors below on %(date)s, after %(leader)s. Where a meeting "
                    "below stands in a calendar that is kept elsewhere, it can be removed there.",
                    **values,
                ),
            ),
            "called_off": lambda: (
                self.env._("Called off: the handover to %(leader)s on %(date)s", **values),
                self.env._("%(leader)s does not become contact leader of the actors below on %(date)s.", **values),
            ),
            "keeps": lambda: (
                self.env._("Called off: the handover to %(other)s on %(date)s", **values),
                self.env._(
                    "The actors below are not handed over from %(leader)s to %(other)s on %(date)s. The meetings below are "
                    "%(leader)s's again.",
                    **values,
                ),
            ),
        }
        return texts[event]()
