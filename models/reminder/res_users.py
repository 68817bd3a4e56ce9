from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime, split_every

# A digest a week, about the next two.
DIGEST_DAYS = 7
AHEAD_DAYS = 14
# A mail is read on the way: of each part so many lines, the rest is counted.
MOST_LINES = 15
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
        """Write the week's mail to everybody of the scheme for whom something is waiting.

        Yields after each batch how many were written, and does not commit: mail and date are kept together, so that a
        killed run neither loses nor doubles one.
        """
        # ids from the cache: on most nights there is nothing to write, and nothing more is read
        template_id = self.env["ir.model.data"]._xmlid_to_res_id("one_entrance.mail_template_digest")
        if not template_id:  # staff may do without it
            return
        template = self.env["mail.template"].browse(template_id)
        for ids in split_every(BATCH, self._get_one_entrance_digest_users().ids):
            self.env.invalidate_all()
            yield self.browse(ids)._send_one_entrance_digest(template)

    @api.model
    def _get_one_entrance_digest_users(self):
        """Who has had no digest in the last week, and for whom something is likely to be waiting."""
        written = self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain("one_entrance_digest_date", ">", today - relativedelta(days=DIGEST_DAYS))
        )
        users = self.search(
            Domain("all_group_ids", "in", [self.env["ir.model.data"]._xmlid_to_res_id("one_entrance.group_leader")])
            & Domain("share", "=", False)
            & Domain("partner_id.email", "!=", False)
            & ~written,
            order="id",
        )
        if not users:
            return users
        return users & self._get_one_entrance_waited_for(users)

    @api.model
    def _get_one_entrance_waited_for(self, users):
        """For whom something is likely to be waiting; may include others than these users."""
        Leader, Point = self.env["one.entrance.leader"], self.env["one.entrance.meeting.point"]
        waiting = self.browse()
        for model, domain, name in (
            ("mail.activity", self._get_one_entrance_todo_domain(), "user_id"),
            ("one.entrance.meeting.point", Point._get_open_domain(), "responsible_id"),
        ):
            groups = self.env[model]._read_group(domain & Domain(name, "in", users.ids), [name])
            waiting |= waiting.union(*(user for (user,) in groups))
        met = self.env["res.partner"].search(
            self._get_one_entrance_ahead_domain("one_entrance_next_meeting_date", "one_entrance_company_id")
        )
        for actor in met:
            waiting |= Leader._get_acting_user(actor) | actor.one_entrance_consultant_id
        return waiting

    def _send_one_entrance_digest(self, template):
        """Queue the digest of each of these users for whom something is waiting, and return how many there are."""
        users = self.filtered(lambda user: user._get_one_entrance_digest()["parts"])
        template.send_mail_batch(
            users.ids,
            # the mail is nobody else's: what hangs on a user is read by every employee
            email_values={"model": False, "res_id": False},
        )
        for company, group in users.grouped("company_id").items():
            group.write({"one_entrance_digest_date": company._get_one_entrance_today()})
        return len(users)

    def _get_one_entrance_digest(self):
        """What is waiting for a user: to do, to meet and promised; nothing the user may not know.

        In the nightly job that is the user the mail goes to; who looks at the template sees what is their own.

        :return: ``parts``, each with a ``title``, ``lines`` of ``text``, ``detail``, ``day``, ``late`` and ``url``, and
            ``more``, which counts the rest; and the ``url`` of the app
        """
        self.ensure_one()
        user = self.with_user(self) if self.env.su else self.env.user
        user = user.with_context(
            lang=self.env.context.get("lang") or user.lang,
            tz=user.tz or user.company_id._get_one_entrance_timezone().zone,
            allowed_company_ids=[],  # all of the user's municipalities
        )
        env = user.env
        # Odoo tries a template on any user when it is saved, also on one who has nothing to do with the scheme
        parts = user._get_one_entrance_digest_parts() if user.has_group("one_entrance.group_leader") else ()
        return {
            "parts": [
                {
                    "title": title,
                    "lines": prepare_lines(records[:MOST_LINES]),
                    "more": env._("and %(count)s more", count=len(records) - MOST_LINES)
                    if len(records) > MOST_LINES
                    else "",
                }
                for title, records, prepare_lines in parts
                if records
            ],
            "url": f"{self.get_base_url()}/odoo/action-one_entrance.one_entrance_my_page_action",
        }

    def _get_one_entrance_digest_parts(self):
        """:return: the parts of this user's digest in order: title, records, and the method that makes lines of them"""
        return [
            (self.env._("To do"), self._get_one_entrance_todo(), self._prepare_one_entrance_todo_lines),
            (
                self.env._("Meetings in the next two weeks"),
                self._get_one_entrance_meetings(),
                self._prepare_one_entrance_meeting_lines,
            ),
            (
                self.env._("What you have promised"),
                self._get_one_entrance_promises(),
                self._prepare_one_entrance_promise_lines,
            ),
        ]

    def _get_one_entrance_todo(self):
        """The user's open activities of the scheme, without promises."""
        domain = self._get_one_entrance_todo_domain() & Domain("user_id", "=", self.id)
        return self.env["mail.activity"].search(domain, order="date_deadline, id")

    def _get_one_entrance_meetings(self):
        return self.env["one.entrance.meeting"].search(
            Domain("state", "=", "planned")
            & self._get_one_entrance_ahead_domain("date", "company_id")
            & Domain("partner_id", "any", self.env["res.partner"]._get_one_entrance_mine_domain()),
            order="start, id",
        )

    def _get_one_entrance_promises(self):
        # sudo: who has promised something knows of it, also where the meeting is another leader's
        Point = self.env["one.entrance.meeting.point"].sudo()
        points = Point.search(Point._get_open_domain() & Domain("responsible_id", "=", self.id), order="deadline, id")
        readable = points.meeting_id.sudo(False)._filtered_access("read")
        return points.filtered(
            lambda point: not point.meeting_id.confidential or point.meeting_id.sudo(False) in readable
        )

    def _prepare_one_entrance_todo_lines(self, activities):
        readable, today = {}, self.company_id._get_one_entrance_today()
        for model, group in activities.grouped("res_model").items():
            records = self.env[model].browse(group.mapped("res_id"))._filtered_access("read")
            readable |= {(model, record.id): record for record in records}
        lines = []
        for activity in activities:
            record = readable.get((activity.res_model, activity.res_id))
            lines.append(
                {
                    "text": activity.summary or activity.activity_type_id.name,
                    "detail": record.display_name if record else "",
                    "day": format_date(self.env, activity.date_deadline),
                    "late": activity.date_deadline < today,
                    "url": self._get_one_entrance_url(record or activity),
                }
            )
        return lines

    def _prepare_one_entrance_meeting_lines(self, meetings):
        states = dict(self.env["res.partner"]._fields["one_entrance_sheet_state"]._description_selection(self.env))
        lines = []
        for meeting in meetings:
            actor = meeting.partner_id
            day = (
                format_date(self.env, meeting.date)
                if meeting.allday
                else format_datetime(self.env, meeting.start, dt_format="short")
            )
            state = actor.one_entrance_sheet_state
            lines.append(
                {
                    "text": actor.name,
                    "detail": self.env._("Background sheet: %(state)s", state=states[state].lower()),
                    "day": day,
                    "late": False,
                    "url": self._get_one_entrance_url(meeting),
                }
            )
        return lines

    def _prepare_one_entrance_promise_lines(self, points):
        readable = points.meeting_id.sudo(False)._filtered_access("read")
        return [
            {
                "text": point.commitment,
                "detail": point.partner_id.name,
                "day": format_date(self.env, point.deadline),
                "late": point.state == "late",
                "url": self._get_one_entrance_url(
                    point.meeting_id if point.meeting_id.sudo(False) in readable else point.partner_id
                ),
            }
            for point in points
        ]

    def _get_one_entrance_url(self, record):
        return f"{self.get_base_url()}/mail/view?model={record._name}&res_id={record.id}"

    @api.model
    def _get_one_entrance_todo_domain(self):
        """The open activities of the scheme; promises are listed by themselves."""
        return Domain("activity_type_id", "in", self.env["mail.activity.type"]._get_one_entrance_types().ids) & Domain(
            "one_entrance_point_id", "=", False
        )

    @api.model
    def _get_one_entrance_ahead_domain(self, name, company):
        """The next two weeks, by the fields with the day (``name``) and with the municipality (``company``)."""
        return self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain(name, ">=", today) & Domain(name, "<=", today + relativedelta(days=AHEAD_DAYS)),
            company,
        )
