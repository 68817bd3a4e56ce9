from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime, is_html_empty

from ..common.printable_html import PrintableHtml
from ..common.write_changed import write_changed

# The states of a meeting that did not take place, and say why.
NOT_HELD = ("postponed", "cancelled")
# The kinds of meeting that establish the first contact (S5).
FIRST_CONTACT = ("introduction", "call")


class OneEntranceMeeting(models.Model):
    """A contact with an actor: an introductory meeting, a dialogue meeting, a talk in between, a call (S5, S7).

    It is a record beside the calendar's event, so what was said outlives the calendar. A planned meeting is held, with
    who was there; or postponed or cancelled, with the reason. A postponed one stays, and ``replacement_id`` names the
    new one. If a meeting is confidential, so are its points, activities and promises (S10, S14).
    """

    _name = "one.entrance.meeting"
    _description = "Meeting with an Actor"
    _inherit = ["one.entrance.actor.mixin", "one.entrance.confidential.mixin", "mail.activity.mixin"]
    _order = "start desc, id desc"
    _rec_names_search = ["partner_id"]
    _check_company_auto = True

    kind = fields.Selection(
        [
            ("introduction", "Introductory Meeting"),
            ("dialogue", "Dialogue Meeting"),
            ("ad_hoc", "Talk in Between"),
            ("call", "Call"),
        ],
        required=True,
        default="dialogue",
        tracking=True,
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("postponed", "Postponed"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        copy=False,
        tracking=True,
    )
    summary = fields.Char(string="In One Line", help="What it is about, in one line.")
    start = fields.Datetime(required=True, default=fields.Datetime.now, tracking=True)
    stop = fields.Datetime(string="End")
    allday = fields.Boolean(string="All Day")
    date = fields.Date(
        compute="_compute_date",
        store=True,
        precompute=True,
        index=True,
        help="The day of the meeting in the municipality's time zone.",
    )
    location = fields.Char()
    leader_id = fields.Many2one(
        "one.entrance.leader",
        string="Held By",
        compute="_compute_leader_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="The leader who meets the actor: the contact leader, unless another one is named.",
    )
    sheet_id = fields.Many2one(
        "one.entrance.sheet",
        string="Background Sheet",
        domain="[('partner_id', '=', partner_id)]",
        ondelete="restrict",
        index="btree_not_null",
    )
    sheet_used = fields.Boolean(help="The background sheet was used at the meeting.")
    # a fact of that day, which no later day changes, and so may be stored: it is counted among a million meetings
    sheet_fresh = fields.Boolean(
        string="Sheet Was Up to Date",
        compute="_compute_sheet_fresh",
        store=True,
        precompute=True,
        help="The meeting was held, and the actor had a background sheet that was made ready by that day and not outdated on it.",
    )
    attendee_ids = fields.Many2many(
        "res.partner",
        string="Attendees",
        copy=False,
        help="Who is invited, and once the meeting is held, who was there.",
    )
    point_ids = fields.One2many("one.entrance.meeting.point", "meeting_id", string="Points", copy=False)
    minutes = PrintableHtml(help="What was said and agreed.", copy=False)
    confidential = fields.Boolean(
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read "
        "this meeting, its points and its activities; of a mayor-led actor the mayor, the municipal director and the mayor's "
        "office.",
    )

    # what becomes of one that did not take place
    postpone_reason = fields.Selection(
        [
            ("actor", "The actor could not"),
            ("municipality", "The municipality could not"),
            ("illness", "Illness or epidemic"),
            ("other", "Other"),
        ],
        string="Reason",
        copy=False,
        tracking=True,
        help="Why the meeting was postponed or cancelled.",
    )
    reason_note = fields.Char(string="Reason in Words", copy=False)
    replan_date = fields.Date(
        string="To Be Planned Again By", copy=False, help="The day by which there is a new date for the meeting."
    )
    replacement_id = fields.Many2one(
        "one.entrance.meeting",
        string="Planned Again As",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    _partner_date_idx = models.Index("(partner_id, state, date)")
    # what the nightly job asks about: the few that are planned or wait for a new date, among all that were ever held
    _open_idx = models.Index("(state, date) WHERE state IN ('planned', 'postponed')")

    @api.depends("partner_id", "kind", "start")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for meeting in self:
            meeting.display_name = self.env._(
                "%(actor)s, %(kind)s %(date)s",
                actor=meeting.partner_id.name,
                kind=kinds.get(meeting.kind, "").lower(),
                date=format_datetime(self.env, meeting.start, dt_format="short") if meeting.start else "",
            )

    @api.depends("start", "allday", "company_id")
    def _compute_date(self):
        """A meeting of a whole day is on that day in every time zone."""
        for meeting in self:
            if meeting.allday or not meeting.start:
                meeting.date = meeting.start and meeting.start.date()
            else:
                meeting.date = meeting.company_id._get_one_entrance_day(meeting.start)

    @api.depends("partner_id")
    def _compute_leader_id(self):
        for meeting in self:
            meeting.leader_id = meeting.leader_id or meeting.partner_id.one_entrance_holder_ids[:1]

    @api.depends(
        "date",
        "state",
        "partner_id.one_entrance_sheet_ids.state",
        "partner_id.one_entrance_sheet_ids.prepared_date",
        "partner_id.one_entrance_sheet_ids.valid_until",
    )
    def _compute_sheet_fresh(self):
        """A sheet that was archived since counts for the time it was ready: its dates decide, not its state."""
        self.sheet_fresh = False
        held = self.filtered(lambda meeting: meeting.state == "held" and meeting.date)
        if not held:  # one is planned more often than held, and costs no query here
            return
        # sudo: how fresh a sheet is may be seen where its words may not
        sheets = self.env["one.entrance.sheet"].sudo()
        by_actor = sheets.search_fetch(
            Domain("partner_id", "in", held.partner_id.ids)
            & Domain("state", "!=", "draft")
            & Domain("prepared_date", "!=", False)
            & Domain("valid_until", "!=", False),
            ["partner_id", "prepared_date", "valid_until"],
        ).grouped("partner_id")
        for meeting in held:
            meeting.sheet_fresh = any(
                sheet.prepared_date <= meeting.date <= sheet.valid_until
                for sheet in by_actor.get(meeting.partner_id._origin, ())
            )

    @api.onchange("start")
    def _onchange_start(self):
        """Move the end along with the beginning."""
        was = self._origin
        if was.stop and self.stop == was.stop and self.start:
            self.stop = self.start + (was.stop - was.start)

    @api.constrains("state", "start")
    def _check_held_has_happened(self):
        now = fields.Datetime.now()
        for meeting in self:
            if meeting.state == "held" and meeting.start > now:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” lies ahead and cannot have been held. Correct the date, or let it be planned.",
                        meeting=meeting.display_name,
                    )
                )

    @api.constrains("sheet_id", "partner_id")
    def _check_sheet_is_the_actors(self):
        for meeting in self:
            if meeting.sheet_id and meeting.sheet_id.partner_id != meeting.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(sheet)s” is about another actor than %(actor)s. Choose one of this actor's sheets.",
                        sheet=meeting.sheet_id.display_name,
                        actor=meeting.partner_id.display_name,
                    )
                )

    @api.constrains("stop", "start")
    def _check_stop_after_start(self):
        for meeting in self:
            if meeting.stop and meeting.stop < meeting.start:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” ends before it begins. Correct one of the times.", meeting=meeting.display_name
                    )
                )

    @api.constrains("state", "postpone_reason")
    def _check_reason(self):
        for meeting in self:
            if meeting.state in NOT_HELD and not meeting.postpone_reason:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” did not take place, and the reason is missing. Choose one.",
                        meeting=meeting.display_name,
                    )
                )

    @api.constrains("state", "replan_date", "replacement_id")
    def _check_replan_date(self):
        for meeting in self:
            if meeting.state == "postponed" and not meeting.replan_date and not meeting.replacement_id:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” is postponed. Say by which day it is to be planned again.",
                        meeting=meeting.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._push_dates(meetings.partner_id)
        meetings._push_first_contact()
        return meetings

    def write(self, vals):
        partners = self.partner_id
        result = super().write(vals)
        if "partner_id" in vals:
            self.check_access("write")  # nobody puts a meeting into the history of an actor who is not theirs
        if {"partner_id", "start", "state", "kind", "company_id"} & vals.keys():
            self._push_dates(partners | self.partner_id)
            self._push_first_contact()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self._push_dates(partners)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        for meeting in self:
            if meeting.state == "held" or meeting.point_ids or not is_html_empty(meeting.minutes):
                raise UserError(
                    self.env._(
                        "“%(meeting)s” has been held, or has minutes or points, and what was said is kept. Correct or cancel "
                        "the meeting instead of deleting it.",
                        meeting=meeting.display_name,
                    )
                )

    def action_hold(self):
        """Record that these meetings were held."""
        for meeting in self.filtered(lambda meeting: not meeting.sheet_id):
            meeting.sheet_id = meeting._get_ready_sheet()  # the sheet that was at hand on the day
        self.write({"state": "held", "postpone_reason": False, "reason_note": False, "replan_date": False})

    def action_postpone(self):
        """Record that these meetings are postponed; reason and date stand on them already.

        :raise ValidationError: where the reason or the date to plan again by is missing
        """
        self.write({"state": "postponed"})

    def action_cancel(self):
        """Record that these meetings are cancelled for good; the reason stands on them already.

        :raise ValidationError: where the reason is missing
        """
        self.write({"state": "cancelled", "replan_date": False})

    def action_reset(self):
        """Undo: these meetings are planned after all, at the time they had."""
        self._check_not_replaced()
        self.write({"state": "planned", "postpone_reason": False, "reason_note": False, "replan_date": False})

    def action_ask_held(self):
        """Ask who was there, whether the sheet was used, and for the points."""
        self.ensure_one()
        self._propose_outcome()
        return self._get_dialog("hold", self.env._("The Meeting Was Held"))

    def action_ask_postpone(self):
        """Ask why the meeting is postponed, and by when to plan it again."""
        self.ensure_one()
        return self._get_dialog("postpone", self.env._("Postpone the Meeting"))

    def action_ask_cancel(self):
        """Ask why the meeting is cancelled."""
        self.ensure_one()
        return self._get_dialog("cancel", self.env._("Cancel the Meeting"))

    def action_plan_again(self):
        """Open the calendar to give a postponed meeting a new date."""
        self.ensure_one()
        self._check_not_replaced()
        return self.partner_id.with_context(
            one_entrance_kind=self.kind, one_entrance_replaces_id=self.id
        ).action_one_entrance_plan_meeting()

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        # what was said is internal: the chatter does not propose the actor as the one to write to
        return []

    @api.model
    def _get_expected_attendees(self, actor, leader=None):
        """The leader or both principals, and the actor's people; the actor itself where it has no people registered.

        :param one.entrance.leader leader: instead of who holds the entrance
        """
        holders = leader if leader and not actor.one_entrance_mayor_led else actor.one_entrance_holder_ids
        people = actor.child_ids.filtered(lambda person: person.type == "contact" and not person.is_company)
        return holders.partner_id | (people or actor)

    @api.model
    def _get_ahead_domain(self):
        """The planned meetings that have not begun, and those of a whole day from today on."""
        return Domain("state", "=", "planned") & (
            Domain("start", ">=", fields.Datetime.now()) | (Domain("allday", "=", True) & self._get_from_today_domain())
        )

    @api.model
    def _get_from_today_domain(self):
        return self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("date", ">=", today))

    @api.model
    def _push_dates(self, partners):
        """Write the last and the next meeting's day on each actor where they changed, in one grouped query each way."""
        partners = partners.sudo()  # the dates are for every internal user, and follow from all meetings
        theirs = Domain("partner_id", "in", partners.ids)
        held, planned = theirs & Domain("state", "=", "held"), theirs & Domain("state", "=", "planned")
        last = dict(self.sudo()._read_group(held, ["partner_id"], ["date:max"]))
        ahead = dict(self.sudo()._read_group(planned & self._get_from_today_domain(), ["partner_id"], ["date:min"]))
        write_changed(
            {
                partner: {
                    "one_entrance_last_meeting_date": last.get(partner, False),
                    "one_entrance_next_meeting_date": ahead.get(partner, False),
                }
                for partner in partners
            }
        )

    def _push_first_contact(self):
        """A held introduction or call is the evidence for step 2 of an actor who has got the letter (S5)."""
        for meeting in self.filtered(lambda meeting: meeting.state == "held" and meeting.kind in FIRST_CONTACT):
            partner = meeting.partner_id.sudo()  # who holds the meeting need not keep the register
            if (
                partner.one_entrance_step == "letter"
                and not partner.one_entrance_contact_date
                and partner.one_entrance_letter_date <= meeting.date
            ):
                partner.write({"one_entrance_contact_date": meeting.date, "one_entrance_step": "contact"})

    def _get_dialog(self, name, title):
        view = self.env.ref(f"one_entrance.one_entrance_meeting_view_form_{name}")
        context = {"dialog_size": "large"}
        return self._get_records_action(name=title, views=[(view.id, "form")], target="new", context=context)

    def _propose_outcome(self):
        """Fill in what is likely before asking: the expected attendees, and the sheet that was ready."""
        self.ensure_one()
        if not self.sheet_id:
            self.sheet_id = self._get_ready_sheet()
        if not self.attendee_ids:
            self.attendee_ids = self._get_expected_attendees(self.partner_id, self.leader_id)

    def _check_not_replaced(self):
        for meeting in self.filtered("replacement_id"):
            raise UserError(
                self.env._(
                    "“%(meeting)s” has been planned again already, as “%(replacement)s”.",
                    meeting=meeting.display_name,
                    replacement=meeting.replacement_id.display_name,
                )
            )

    def _replace_with(self, replacement):
        """Name the new meeting in this one's place; the points without a commitment go along."""
        self.ensure_one()
        self._check_not_replaced()
        self.replacement_id = replacement
        self.point_ids.filtered(lambda point: not point.commitment).meeting_id = replacement
        if self.confidential:
            replacement.confidential = True

    def _get_ready_sheet(self):
        self.ensure_one()
        sheet = self.partner_id.one_entrance_sheet_id
        return sheet if sheet.state == "ready" else sheet.browse()

    def _get_confidential_holders(self):
        return super()._get_confidential_holders() + [
            (point.meeting_id, point.responsible_id)
            for point in self.point_ids
            if point.responsible_id and not point.done
        ]

    def _get_confidential_outsiders(self):
        # who was there
        return self.attendee_ids.filtered("partner_share")

    @api.model
    def _follow_merge(self, actor):
        """Compute ``sheet_fresh`` anew: a merge has moved meetings and sheets to this actor by SQL."""
        self.env.add_to_compute(self._fields["sheet_fresh"], self.sudo().search([("partner_id", "=", actor.id)]))
