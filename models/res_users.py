from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime, split_every

# A digest a week, about the next two.
DIGEST_DAYS = 7
AHEAD_DAYS = 14
# Mails that are written in one transaction.
BATCH = 50


class ResUsers(models.Model):
    """Whoever acts for an actor gets one mail a week with what is waiting, instead of one a reminder (S5, S7)."""

    _inherit = "res.users"

    one_entrance_digest_date = fields.Date(
        string="Last Digest of One Entrance", readonly=True, copy=False, groups="base.group_system"
    )

    @api.model
    def _send_one_entrance_digests(self):
        """Write the week's mail to everybody of the scheme for whom something is waiting. Yields after each batch how many
        were written, and does not commit: mail and date are kept together, so that a killed run neither loses nor doubles
        one.
        """
        template = self.env.ref("one_entrance.mail_template_digest", raise_if_not_found=False)
        if not template:  # staff may do without it
            return
        for ids in split_every(BATCH, self._get_one_entrance_digest_users().ids):
            self.env.invalidate_all()
            yield self.browse(ids)._send_one_entrance_digest(template)

    @api.model
    def _get_one_entrance_digest_users(self):
        """:return: who has had no digest in the last week, and something is likely to be waiting for
        :rtype: res.users
        """
        today = fields.Date.context_today(self)
        users = self.search(
            Domain("all_group_ids", "in", self.env.ref("one_entrance.group_leader").ids)
            & Domain("share", "=", False)
            & Domain("partner_id.email", "!=", False)
            & (
                Domain("one_entrance_digest_date", "=", False)
                | Domain("one_entrance_digest_date", "<=", today - relativedelta(days=DIGEST_DAYS))
            ),
            order="id",
        )
        if not users:
            return users
        Reminder, Point = self.env["one.entrance.reminder"], self.env["one.entrance.meeting.point"]
        waiting = self.browse()
        for model, domain, name in (
            ("mail.activity", self._get_one_entrance_todo_domain(), "user_id"),
            ("one.entrance.meeting.point", Point._get_open_domain(), "responsible_id"),
        ):
            groups = self.env[model]._read_group(Domain(domain) & Domain(name, "in", users.ids), [name])
            waiting |= waiting.union(*(user for (user,) in groups))
        met = self.env["res.partner"].search(self._get_one_entrance_ahead_domain("one_entrance_next_meeting_date"))
        for actor in met:
            waiting |= Reminder._get_acting_user(actor) | actor.one_entrance_consultant_id
        return users & waiting

    def _send_one_entrance_digest(self, template):
        """Put the digest of each of these users for whom something is waiting into the queue of outgoing mail.

        :param mail.template template:
        :return: how many
        :rtype: int
        """
        users = self.filtered(lambda user: any(user._get_one_entrance_digest()["lists"].values()))
        template.send_mail_batch(
            users.ids,
            # the mail is nobody else's: what is written on a user is read by every employee
            email_values={"model": False, "res_id": False},
        )
        users.write({"one_entrance_digest_date": fields.Date.context_today(self)})
        return len(users)

    def _get_one_entrance_digest(self):
        """What is waiting for a user, in words that the user may read: to do, to meet, and promised; late ones first.

        For the nightly job that is the user the mail goes to; who looks at the template sees what is one's own.

        :return: ``lists`` of lines with ``text``, ``detail``, ``url``, ``day`` and ``late``, and the ``url`` of the app
        :rtype: dict
        """
        self.ensure_one()
        user = self.with_user(self) if self.env.su else self.env.user
        user = user.with_context(
            lang=self.env.context.get("lang") or user.lang,
            tz=user.tz or "Europe/Copenhagen",
            allowed_company_ids=[],  # all of the user's municipalities
        )
        user = user.with_env(user.env(user=user.id))
        parts = {
            "todo": user._get_one_entrance_digest_todo,
            "meetings": user._get_one_entrance_digest_meetings,
            "promises": user._get_one_entrance_digest_promises,
        }
        # Odoo tries a template on any user when it is saved, also on one who has nothing to do with the scheme
        of_the_scheme = user.has_group("one_entrance.group_leader")
        return {
            "lists": {part: find() if of_the_scheme else [] for part, find in parts.items()},
            "url": f"{self.get_base_url()}/odoo/action-one_entrance.res_partner_action",
        }

    def _get_one_entrance_digest_todo(self):
        today = fields.Date.context_today(self)
        activities = self.env["mail.activity"].search(
            Domain(self._get_one_entrance_todo_domain()) & Domain("user_id", "=", self.id), order="date_deadline, id"
        )
        lines = []
        for activity in activities:
            record = self.env[activity.res_model].browse(activity.res_id)
            readable = record.has_access("read")
            lines.append(
                self._prepare_one_entrance_line(
                    record if readable else activity,
                    activity.summary or activity.activity_type_id.name,
                    detail=record.display_name if readable else "",
                    day=format_date(self.env, activity.date_deadline),
                    late=activity.date_deadline < today,
                )
            )
        return lines

    def _get_one_entrance_digest_meetings(self):
        actors = Domain(self.env["res.partner"]._get_one_entrance_mine_domain())
        meetings = self.env["one.entrance.meeting"].search(
            Domain("state", "=", "planned")
            & Domain(self._get_one_entrance_ahead_domain("date"))
            & Domain("partner_id", "any", actors),
            order="start, id",
        )
        sheets = dict(self.env["res.partner"]._fields["one_entrance_sheet_state"]._description_selection(self.env))
        return [
            self._prepare_one_entrance_line(
                meeting,
                meeting.partner_id.name,
                detail=self.env._(
                    "Background sheet: %(state)s", state=sheets[meeting.partner_id.one_entrance_sheet_state].lower()
                )
                if meeting.partner_id.one_entrance_sheet_state
                else "",
                day=format_date(self.env, meeting.date)
                if meeting.allday
                else format_datetime(self.env, meeting.start, dt_format="short"),
                late=meeting.partner_id.one_entrance_sheet_state in ("missing", "stale"),
            )
            for meeting in meetings
        ]

    def _get_one_entrance_digest_promises(self):
        Point = self.env["one.entrance.meeting.point"]
        points = Point.search(
            Domain(Point._get_open_domain()) & Domain("responsible_id", "=", self.id), order="deadline, id"
        )
        return [
            self._prepare_one_entrance_line(
                point.meeting_id,
                point.commitment,
                detail=point.partner_id.name,
                day=format_date(self.env, point.deadline),
                late=point.state == "late",
            )
            for point in points
        ]

    def _prepare_one_entrance_line(self, record, text, detail, day, late):
        """:return: a line of the digest that leads to a record
        :rtype: dict
        """
        url = f"{self.get_base_url()}/mail/view?model={record._name}&res_id={record.id}"
        return {"text": text, "detail": detail, "day": day, "late": late, "url": url}

    @api.model
    def _get_one_entrance_todo_domain(self):
        """:return: the open activities of the scheme; promises are listed by themselves
        :rtype: Domain
        """
        return Domain("activity_type_id", "in", self.env["mail.activity.type"]._get_one_entrance_types().ids) & Domain(
            "one_entrance_point_id", "=", False
        )

    @api.model
    def _get_one_entrance_ahead_domain(self, name):
        """:param str name: the field with the day of a meeting
        :return: the meetings of the next two weeks
        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        return Domain(name, ">=", today) & Domain(name, "<=", today + relativedelta(days=AHEAD_DAYS))
