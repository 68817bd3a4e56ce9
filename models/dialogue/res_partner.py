from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..common.res_partner import PREFETCH
from ..common.state_field import State
from ..common.write_changed import write_changed

# A meeting is said to be due this many days before its due date.
DUE_DAYS = 30
# What a due date is computed from (house rule 5); the company's factor apart.
DUE_SOURCES = (
    "one_entrance_step",
    "one_entrance_plan_date",
    "one_entrance_interval",
    "one_entrance_relation",
    "one_entrance_not_before",
    "one_entrance_last_meeting_date",
    "one_entrance_company_id",
)
# How the calendar paints a due date: the numbers of Odoo's colours.
COLORS = {"overdue": 1, "due": 2, "planned": 4, "on_track": 10, "no_plan": 0}


class ResPartner(models.Model):
    """When the dialogue with an actor last took place, next will, and ought to (S6, S7). Meetings and plan write these
    dates, so that every list can filter and sort on them; what they mean today is not stored (house rule 3).
    """

    _inherit = "res.partner"

    one_entrance_meeting_ids = fields.One2many(
        "one.entrance.meeting", "partner_id", string="Dialogue", copy=False, groups="one_entrance.group_leader"
    )
    one_entrance_last_meeting_date = fields.Date(string="Last Meeting", readonly=True, copy=False, prefetch=PREFETCH)
    one_entrance_next_meeting_date = fields.Date(string="Next Meeting", readonly=True, copy=False, prefetch=PREFETCH)
    one_entrance_due_date = fields.Date(
        string="Due By",
        readonly=True,
        copy=False,
        prefetch=PREFETCH,
        groups="one_entrance.group_leader",
        help="The day by which the next meeting should be held: the agreed months after the last meeting, or after the day "
        "the plan was agreed.",
    )
    one_entrance_not_before = fields.Date(
        string="Not Before",
        copy=False,
        tracking=True,
        prefetch=PREFETCH,
        groups="one_entrance.group_leader",
        help="An exception agreed with the actor: no meeting is due before this day.",
    )
    one_entrance_plan_note = fields.Char(
        string="Agreed About the Dialogue",
        copy=False,
        tracking=True,
        prefetch=PREFETCH,
        groups="one_entrance.group_leader",
        help="What was agreed with the actor beside the frequency, for example where to meet, and who takes part.",
    )
    one_entrance_dialogue_state = State(
        [
            ("no_plan", "No Plan"),
            ("on_track", "On Track"),
            ("planned", "Planned"),
            ("due", "Due"),
            ("overdue", "Overdue"),
        ],
        string="Dialogue Status",
        states="_get_one_entrance_dialogue_states",
        groups="one_entrance.group_leader",
        help="Planned: a meeting lies ahead. Due: one should be held within 30 days. Overdue: it should have been held.",
    )
    one_entrance_dialogue_color = fields.Integer(
        compute="_compute_one_entrance_dialogue_color",
        groups="one_entrance.group_leader",
        export_string_translation=False,
    )
    one_entrance_open_point_ids = fields.One2many(
        "one.entrance.meeting.point",
        string="Open Commitments",
        compute="_compute_one_entrance_open_point_ids",
        groups="one_entrance.group_leader",
    )

    # the overdue and the due ones, in the order they are due: the reminders and the leaders' own page read it. The actors
    # without a plan are in it too, so that they are found, and that the register can be sorted by the date
    _one_entrance_due_idx = models.Index("(one_entrance_due_date, id) WHERE one_entrance_step IS NOT NULL")
    # who was never met, in the order of the lists: few, and the planner would look for them through all actors
    _one_entrance_never_met_idx = models.Index(
        "(complete_name, id DESC) WHERE one_entrance_step IS NOT NULL AND one_entrance_last_meeting_date IS NULL"
    )
    # what the nightly job looks through: the actors with a meeting ahead, or one whose day has passed
    _one_entrance_next_idx = models.Index(
        "(one_entrance_next_meeting_date) WHERE one_entrance_next_meeting_date IS NOT NULL"
    )

    @api.depends("one_entrance_step", "one_entrance_due_date", "one_entrance_next_meeting_date")
    def _get_one_entrance_dialogue_states(self):
        return [
            (False, Domain("one_entrance_step", "in", (False, "left"))),
            ("planned", self._get_one_entrance_day_domain("one_entrance_next_meeting_date", ">=")),
            ("overdue", self._get_one_entrance_day_domain("one_entrance_due_date", "<")),
            ("due", self._get_one_entrance_day_domain("one_entrance_due_date", "<=", DUE_DAYS)),
            ("on_track", Domain("one_entrance_due_date", "!=", False)),
            ("no_plan", Domain.TRUE),
        ]

    @api.model
    def _get_one_entrance_day_domain(self, name, operator, days=0):
        """The actors with a date that compares so to their municipality's today plus some days."""
        return self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain(name, operator, today + relativedelta(days=days)), "one_entrance_company_id"
        )

    @api.depends("one_entrance_dialogue_state")
    def _compute_one_entrance_dialogue_color(self):
        for partner in self:
            partner.one_entrance_dialogue_color = COLORS.get(partner.one_entrance_dialogue_state, 0)

    @api.depends("one_entrance_step")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_one_entrance_open_point_ids(self):
        """Only actors are looked up: the form of every contact shows the field."""
        self.one_entrance_open_point_ids = False
        actors = self.filtered("one_entrance_step")._origin
        if not actors:
            return
        Point = self.env["one.entrance.meeting.point"]
        points = Point.search_fetch(
            Point._get_open_domain() & Domain("partner_id", "in", actors.ids), ["partner_id"], order="deadline, id"
        ).grouped("partner_id")
        for partner in self:
            partner.one_entrance_open_point_ids = points.get(partner._origin, Point)

    @api.constrains("one_entrance_not_before", "one_entrance_plan_date")
    def _check_one_entrance_not_before(self):
        for partner in self.sudo().filtered("one_entrance_not_before"):
            if partner.one_entrance_plan_date and partner.one_entrance_not_before < partner.one_entrance_plan_date:
                raise ValidationError(
                    self.env._(
                        "%(actor)s: “Not before” lies before the day the plan was agreed, and changes nothing. Choose a later "
                        "day, or leave it empty.",
                        actor=partner.display_name,
                    )
                )

    def action_one_entrance_meetings(self):
        """Open the meetings with these actors."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_meeting_action")
        action["domain"] = [("partner_id", "in", self.ids)]
        action["context"] = {"default_partner_id": self.id if len(self) == 1 else False}
        return action

    def action_one_entrance_log_meeting(self):
        """Ask for a contact that took place without a calendar event: kind, day, one line."""
        self.ensure_one()
        return self.env["one.entrance.meeting"]._get_records_action(
            name=self.env._("Log a Contact with %(actor)s", actor=self.name),
            views=[(self.env.ref("one_entrance.one_entrance_meeting_view_form_log").id, "form")],
            target="new",
            context={
                "default_partner_id": self.id,
                "default_kind": "call",
                "default_state": "held",
                "dialog_size": "medium",
            },
        )

    def action_one_entrance_plan_meeting(self):
        """Open Odoo's calendar to plan a meeting with this actor. A time chosen there becomes both meeting and event,
        with attendees and subject filled in.

        :raise ValidationError: for a contact who is not in the scheme
        """
        self.ensure_one()
        self._check_one_entrance_in_scheme()
        Meeting = self.env["one.entrance.meeting"]
        kind = self._get_one_entrance_next_kind()
        today = self.one_entrance_company_id._get_one_entrance_today()
        draft = Meeting.new({"partner_id": self.id, "kind": kind})
        guests = Meeting._get_expected_attendees(self) | self.env.user.partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id("calendar.action_calendar_event")
        action["context"] = {
            "default_one_entrance_actor_id": self.id,
            "default_name": draft._get_event_name(),
            "default_partner_ids": guests.ids,
            # no second record of the same meeting on the contact
            "default_res_model": False,
            "default_res_model_id": False,
            "default_res_id": False,
            "one_entrance_kind": kind,
            "one_entrance_replaces_id": self.env.context.get("one_entrance_replaces_id"),
            "initial_date": max(filter(None, [today, self.one_entrance_not_before])),
        }
        return action

    def action_one_entrance_open_points(self):
        """Open what was promised these actors and is not kept yet."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_meeting_point_action")
        action["domain"] = [("partner_id", "in", self.ids), ("commitment", "!=", False)]
        return action

    @api.model
    def _follow_one_entrance_holders(self, former):
        # the planned meetings go along
        return {
            **super()._follow_one_entrance_holders(former),
            **self.env["one.entrance.meeting"]._follow_holders(former),
        }

    def _get_one_entrance_next_kind(self):
        """The kind of the planned meeting: from the context, else an introduction until the first contact."""
        self.ensure_one()
        return self.env.context.get("one_entrance_kind") or (
            "dialogue" if self.one_entrance_contact_date else "introduction"
        )

    def _prepare_one_entrance_values(self, vals):
        """Add the due date that follows from what is written (house rule 5)."""
        extra = super()._prepare_one_entrance_values(vals)
        written = {**extra, **vals}
        if not written.keys().isdisjoint(DUE_SOURCES):
            due = self._get_one_entrance_due_date(written)
            if due != self.one_entrance_due_date:
                extra["one_entrance_due_date"] = due
        return extra

    def _get_one_entrance_due_date(self, written=None):
        """The later of plan date and last held meeting, plus the interval (house rule 5). The municipality's factor
        shortens the interval of a new relation (S13), and no date is before the day of an exception.

        :param dict written: values that are about to be written, instead of the recorded ones
        """
        partner = self.sudo()  # the date follows from the plan, also where the writer may not read all of it
        get = {name: partner[name] for name in DUE_SOURCES} | (written or {})
        interval = get["one_entrance_interval"]
        plan_date = fields.Date.to_date(get["one_entrance_plan_date"])
        if get["one_entrance_step"] in (False, "left") or not plan_date or not interval or interval < 0:
            return False
        since = max(filter(None, [plan_date, fields.Date.to_date(get["one_entrance_last_meeting_date"])]))
        company = get["one_entrance_company_id"]
        company = company if isinstance(company, models.BaseModel) else partner.env["res.company"].browse(company)
        due = since + relativedelta(months=interval)
        if get["one_entrance_relation"] == "new":
            # a share of the days, as months have no fractions
            factor = company.one_entrance_new_relation_factor or 1
            due = since + relativedelta(days=round((due - since).days * factor))
        return max(filter(None, [due, fields.Date.to_date(get["one_entrance_not_before"])]))

    def _push_one_entrance_due_dates(self):
        write_changed({partner: {"one_entrance_due_date": partner._get_one_entrance_due_date()} for partner in self})

    def _find_one_entrance_history(self):
        # sudo: the history counts also where the user may not read it
        Meeting = self.env["one.entrance.meeting"].sudo()
        return (
            super()._find_one_entrance_history() or Meeting.search([("partner_id", "in", self.ids)], limit=1).partner_id
        )
