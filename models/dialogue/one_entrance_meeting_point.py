from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..common.activity import prepare_activity
from ..common.state_field import State
from ..common.write_changed import write_changed

COMMITMENT_ACTIVITY = "one_entrance.mail_activity_type_commitment"
# What an activity takes over from its commitment.
ACTIVITY_FIELDS = ("commitment", "responsible_id", "deadline")


class OneEntranceMeetingPoint(models.Model):
    """A point of a meeting: what was said about a theme, and what was promised, by whom and by when (S7).

    A promise is an activity of its responsible, and is kept when the activity is done. Before the meeting, a point is
    something to bring up.
    """

    _name = "one.entrance.meeting.point"
    _description = "Point of a Meeting"
    _order = "meeting_id desc, sequence, id"
    _rec_name = "summary"
    _check_company_auto = True

    meeting_id = fields.Many2one("one.entrance.meeting", required=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(related="meeting_id.partner_id", store=True, index=True, string="Actor")
    company_id = fields.Many2one(related="meeting_id.company_id", store=True)
    confidential = fields.Boolean(related="meeting_id.confidential", store=True)
    date = fields.Date(related="meeting_id.date", string="Said On", store=True)
    sequence = fields.Integer(default=10)
    theme_id = fields.Many2one("one.entrance.theme", ondelete="restrict", index="btree_not_null", check_company=True)
    summary = fields.Text(string="Point", required=True, help="What was said, or what to bring up.")
    raised_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="The colleague who handed this point to the meeting.",
    )
    internal = fields.Boolean(help="Left out of the minutes that are sent to the attendees.")
    commitment = fields.Char(help="What was promised.")
    responsible_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        help="Who sees to it that it is kept, and gets it as an activity.",
    )
    deadline = fields.Date()
    done = fields.Boolean(copy=False, help="What was promised has been done.")
    done_date = fields.Date(string="Done On", readonly=True, copy=False)
    outcome = fields.Char(copy=False, help="What came of it.")
    state = State(
        [("talk", "No Commitment"), ("open", "Open"), ("late", "Late"), ("done", "Kept")],
        states="_get_states",
        string="Status",
    )
    activity_ids = fields.One2many("mail.activity", "one_entrance_point_id")

    # in the order of the list across actors: overdue ones first
    _open_idx = models.Index("(deadline, id) WHERE commitment IS NOT NULL AND done IS NOT TRUE")

    @api.depends("summary", "commitment", "deadline")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for point in self:
            if point.commitment and point.deadline:
                point.display_name = self.env._(
                    "%(commitment)s (by %(deadline)s)",
                    commitment=point.commitment,
                    deadline=format_date(self.env, point.deadline),
                )
            else:
                point.display_name = point.commitment or point.summary

    @api.depends("commitment", "done", "deadline")
    def _get_states(self):
        return [
            ("talk", Domain("commitment", "=", False)),
            ("done", Domain("done", "=", True)),
            ("late", self._get_passed_domain()),
            ("open", Domain.TRUE),
        ]

    @api.constrains("commitment", "responsible_id", "deadline")
    def _check_commitment_is_complete(self):
        for point in self:
            if point.commitment and not (point.responsible_id and point.deadline):
                raise ValidationError(
                    self.env._(
                        "%(actor)s, “%(commitment)s”: a commitment needs a responsible and a deadline. Fill in both.",
                        actor=point.partner_id.name,
                        commitment=point.commitment,
                    )
                )

    @api.constrains("done", "commitment")
    def _check_done_is_a_commitment(self):
        for point in self:
            if point.done and not point.commitment:
                raise ValidationError(
                    self.env._(
                        "%(actor)s, “%(point)s”: nothing was promised, so nothing can be kept. Write the commitment first.",
                        actor=point.partner_id.name,
                        point=point.summary,
                    )
                )

    @api.constrains("responsible_id", "meeting_id")
    def _check_responsible_may_read(self):
        """A promise at a confidential meeting is given by somebody who may know of it."""
        self.meeting_id._check_confidential_activities()

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._sync_done_date()
        points._sync_activities()
        return points

    def write(self, vals):
        result = super().write(vals)
        if "meeting_id" in vals:
            self.check_access("write")  # nobody hands a point to a meeting that is not theirs
        if "done" in vals:
            self._sync_done_date()
        if not vals.keys().isdisjoint((*ACTIVITY_FIELDS, "done", "meeting_id")):
            self._sync_activities()
        return result

    def action_done(self):
        """Record that these promises have been kept."""
        self.write({"done": True})

    def action_open_meeting(self):
        """Open the meeting where this was said."""
        self.ensure_one()
        return self.meeting_id._get_records_action(context={})

    def _sync_done_date(self):
        for point in self:
            if bool(point.done_date) != point.done:
                point.done_date = point.done and point.company_id._get_one_entrance_today()

    def _sync_activities(self):
        """Create, change, close or delete the activity of each commitment, to match it."""
        new, wanted = [], {}
        for point in self:
            # sudo: the activity belongs to the responsible, the commitment to who writes the minutes
            activity = point.sudo().activity_ids
            if point.done:
                if activity:
                    activity.action_feedback(feedback=point.outcome or False)
            elif not point.commitment:
                activity.unlink()
            elif not activity:
                new.append(point._prepare_activity_values())
            else:
                values = point._prepare_activity_values()
                wanted[activity] = {name: values[name] for name in ("user_id", "date_deadline", "summary", "res_id")}
        write_changed(wanted)
        self.env["mail.activity"].sudo().create(new)

    def _prepare_activity_values(self):
        self.ensure_one()
        return prepare_activity(
            self.meeting_id,
            COMMITMENT_ACTIVITY,
            self.responsible_id,
            self.deadline,
            self.commitment,
            one_entrance_point_id=self.id,
            automated=False,  # it was promised by a person
        )

    @api.model
    def _get_open_domain(self):
        """The promises that are not kept yet."""
        return Domain("commitment", "!=", False) & Domain("done", "=", False)

    @api.model
    def _get_passed_domain(self):
        return self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("deadline", "<", today))
