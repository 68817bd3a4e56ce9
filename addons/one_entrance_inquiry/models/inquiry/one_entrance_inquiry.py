from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, frozendict, is_html_empty

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

# Whose messages are the actor's words or the entrance's, not the system's notes.
CORRESPONDENCE = ("comment", "email", "email_outgoing", "auto_comment")
# Days of an inquiry, each with what it may not lie before.
ORDER = (
    ("acknowledged_date", "received_date"),
    ("referred_date", "received_date"),
    ("first_answer_date", "received_date"),
    ("answered_date", "received_date"),
    ("told_date", "referred_date"),
    ("follow_up_date", "referred_date"),
    ("answered_date", "referred_date"),
    ("answered_date", "first_answer_date"),
)
# Days on which something has happened: they do not lie ahead.
PAST = ("received_date", "acknowledged_date", "referred_date", "told_date", "first_answer_date", "answered_date")


class OneEntranceInquiry(models.Model):
    """What an actor raises through its one entrance: a challenge, or a need for discussion, outside daily operation
    (S9).

    What belongs to daily operation, or to the municipality as an authority, is referred: the entrance follows up, and
    takes no part in the decision. The first answer is the day the actor first heard from the entrance in any way, the
    acknowledgement apart.
    """

    _name = "one.entrance.inquiry"
    _description = "Inquiry from an Actor"
    _inherit = ["one.entrance.actor.mixin", "one.entrance.confidential.mixin", "mail.activity.mixin"]
    _order = "received_date desc, id desc"
    _rec_names_search = ["name", "partner_id"]
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True, tracking=True)
    active = fields.Boolean(
        default=True, tracking=True, help="Archive what is no inquiry, such as an advertisement that came by mail."
    )
    # a mail whose sender is nobody's is kept, and waits until somebody says whose it is
    partner_id = fields.Many2one(required=False, tracking=True)
    description = PrintableHtml(string="What Is Raised")
    theme_ids = fields.Many2many("one.entrance.theme", string="Themes", check_company=True)
    kind = fields.Selection(
        [
            ("entrance", "For the Entrance"),
            ("operation", "Daily Operation"),
            ("authority", "Authority"),
        ],
        required=True,
        default="entrance",
        tracking=True,
        help="What belongs to daily operation, or to the municipality as an authority, is referred to where it belongs.",
    )
    channel = fields.Selection(
        [("mail", "By Mail"), ("phone", "By Phone"), ("meeting", "At a Meeting"), ("other", "Otherwise")],
        string="How It Came",
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
    )
    meeting_id = fields.Many2one(
        "one.entrance.meeting",
        string="Raised At",
        domain="[('partner_id', '=', partner_id)]",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    leader_id = fields.Many2one(
        "one.entrance.leader",
        string="Contact Leader",
        compute="_compute_leader_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="The leader who sees to it that the actor gets an answer: the contact leader, unless another one is named.",
    )
    received_date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_one_entrance_today(),
        tracking=True,
        index=True,
        copy=False,
    )
    state = fields.Selection(
        [("new", "New"), ("dialogue", "In Dialogue"), ("referred", "Referred"), ("answered", "Answered")],
        required=True,
        default="new",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    authority_matter = fields.Boolean(
        compute="_compute_authority_matter",
        inverse="_inverse_authority_matter",
        store=True,
        precompute=True,
        help="The municipality decides on it as an authority. The entrance refers it, and takes no part in the decision.",
    )
    referred_to = fields.Char(copy=False, tracking=True, help="The unit or person in whose hands the matter is.")
    referred_date = fields.Date(string="Referred On", copy=False, tracking=True)
    follow_up_date = fields.Date(
        string="Follow Up On",
        copy=False,
        tracking=True,
        help="The day the entrance asks how the matter stands where it was referred to.",
    )
    told_date = fields.Date(
        string="Actor Told On",
        copy=False,
        tracking=True,
        help="The day the actor was told, by mail or otherwise, in whose hands the matter is.",
    )
    acknowledged_date = fields.Date(
        string="Acknowledged On", copy=False, tracking=True, help="The day the actor was told that the inquiry arrived."
    )
    answer_deadline = fields.Date(
        string="First Answer By",
        compute="_compute_answer_deadline",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
    )
    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        help="The day of the first answer has passed, and the actor has not heard from the entrance yet.",
    )
    first_answer_date = fields.Date(
        string="First Answer",
        copy=False,
        tracking=True,
        help="The day the actor first heard from the entrance about it, the acknowledgement apart.",
    )
    days_to_answer = fields.Integer(
        string="Days to First Answer",
        compute="_compute_days_to_answer",
        store=True,
        precompute=True,
        aggregator="avg",
        help="From the day it was received. Where there is no first answer yet, there are no days, and no average counts it.",
    )
    answer = PrintableHtml(copy=False)
    answered_date = fields.Date(string="Answered On", copy=False, tracking=True)
    confidential = fields.Boolean(
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read it; "
        "of a mayor-led actor the mayor, the municipal director and the mayor's office.",
    )

    _partner_received_idx = models.Index("(partner_id, received_date)")
    # what is still to be answered, the most urgent first
    _open_idx = models.Index("(answer_deadline, id) WHERE state != 'answered'")

    @api.depends("meeting_id")
    def _compute_channel(self):
        for inquiry in self:
            inquiry.channel = "meeting" if inquiry.meeting_id else inquiry.channel

    @api.depends("partner_id")
    def _compute_leader_id(self):
        for inquiry in self:
            inquiry.leader_id = inquiry.partner_id.one_entrance_holder_ids[:1]

    @api.depends("kind")
    def _compute_authority_matter(self):
        for inquiry in self:
            inquiry.authority_matter = inquiry.kind == "authority"

    def _inverse_authority_matter(self):
        """Let the kind follow where only this field is written."""
        for inquiry in self:
            if inquiry.authority_matter:
                inquiry.kind = "authority"
            elif inquiry.kind == "authority":
                inquiry.kind = "entrance"

    @api.depends("received_date", "company_id")
    def _compute_answer_deadline(self):
        for inquiry in self:
            # sudo: the setting is for everybody who receives inquiries
            days = inquiry.company_id.sudo().one_entrance_inquiry_days
            inquiry.answer_deadline = inquiry.received_date and inquiry.received_date + relativedelta(days=days)

    @api.depends("state", "first_answer_date", "answer_deadline")
    def _compute_is_late(self):
        late = self.filtered_domain(self._get_late_domain())
        for inquiry in self:
            inquiry.is_late = inquiry in late

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._get_late_domain()
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.depends("received_date", "first_answer_date")
    def _compute_days_to_answer(self):
        for inquiry in self:
            answered, received = inquiry.first_answer_date, inquiry.received_date
            inquiry.days_to_answer = (answered - received).days if answered and received else False

    @api.constrains("partner_id", "state")
    def _check_actor_is_known(self):
        for inquiry in self:
            if not inquiry.partner_id and inquiry.state != "new":
                raise ValidationError(inquiry._tell_nobodys())

    @api.constrains("partner_id", "company_id")
    def _check_partner_in_scheme(self):
        """An inquiry without an actor waits, and belongs to the municipality that got it."""
        return super(OneEntranceInquiry, self.filtered("partner_id"))._check_partner_in_scheme()

    @api.constrains("meeting_id", "partner_id")
    def _check_meeting_is_the_actors(self):
        for inquiry in self:
            meeting = inquiry.meeting_id.sudo()  # a rule about the meeting, also where the writer may not read it
            if meeting and meeting.partner_id != inquiry.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” was raised at a meeting with another actor than %(actor)s. Choose one of this actor's "
                        "meetings, or leave it empty.",
                        inquiry=inquiry.name,
                        actor=inquiry.partner_id.display_name or "",
                    )
                )

    @api.constrains("received_date", "answer_deadline")
    def _check_deadline(self):
        for inquiry in self:
            if not inquiry.received_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” is without a day. Say when it was received.",
                        inquiry=inquiry.name,
                    )
                )
            if inquiry.answer_deadline and inquiry.answer_deadline < inquiry.received_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” came on %(received)s and cannot be due on %(deadline)s. Correct one of the dates.",
                        inquiry=inquiry.name,
                        received=format_date(self.env, inquiry.received_date),
                        deadline=format_date(self.env, inquiry.answer_deadline),
                    )
                )

    @api.constrains("state", "referred_to", "referred_date")
    def _check_referral(self):
        for inquiry in self:
            if inquiry.state == "referred" and not inquiry._is_said_to_whom():
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” is not referred yet: open it and choose “Refer…” to say to whom, and on what day.",
                        inquiry=inquiry.name,
                    )
                )

    @api.constrains("state", "answer", "answered_date")
    def _check_answer(self):
        for inquiry in self.filtered(lambda inquiry: inquiry.state == "answered"):
            if is_html_empty(inquiry.answer) or not inquiry.answered_date:
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” has no answer yet: open it and choose “Send Answer…”, or “Answered…” where the answer "
                        "was given otherwise.",
                        inquiry=inquiry.name,
                    )
                )

    @api.constrains("state", "kind", "referred_to", "referred_date")
    def _check_authority_decides(self):
        """The entrance takes no part in what the municipality decides as an authority."""
        for inquiry in self:
            if inquiry.state == "answered" and inquiry._is_for_the_authority():
                raise ValidationError(inquiry._tell_authority_decides())

    @api.constrains(*{name for pair in ORDER for name in pair})
    def _check_order_of_dates(self):
        labels = self._get_date_labels()
        for inquiry in self:
            for later, earlier in ORDER:
                if inquiry[later] and inquiry[earlier] and inquiry[later] < inquiry[earlier]:
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s”: %(later)s (%(later_date)s) lies before %(earlier)s (%(earlier_date)s). Correct "
                            "one of the dates.",
                            inquiry=inquiry.name,
                            later=labels[later],
                            later_date=format_date(self.env, inquiry[later]),
                            earlier=labels[earlier],
                            earlier_date=format_date(self.env, inquiry[earlier]),
                        )
                    )

    @api.constrains(*PAST)
    def _check_dates_have_passed(self):
        labels = self._get_date_labels()
        for inquiry in self:
            today = inquiry.company_id._get_one_entrance_today()
            for name in PAST:
                if inquiry[name] and inquiry[name] > today:
                    raise ValidationError(
                        self.env._(
                            "“%(inquiry)s”: %(label)s (%(date)s) lies ahead. Choose a day that has come.",
                            inquiry=inquiry.name,
                            label=labels[name],
                            date=format_date(self.env, inquiry[name]),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        # an empty cell of an import is no deadline of its own
        vals_list = [
            {name: value for name, value in vals.items() if value or name != "answer_deadline"} for vals in vals_list
        ]
        inquiries = super().create([{**vals, **self._prepare_outcome_values(vals)} for vals in vals_list])
        inquiries._subscribe_entrance()
        return inquiries

    def write(self, vals):
        for extra, inquiries in self.grouped(lambda inquiry: frozendict(inquiry._prepare_outcome_values(vals))).items():
            super(OneEntranceInquiry, inquiries).write({**vals, **extra})
        if "partner_id" in vals or "company_id" in vals:
            # nobody puts an inquiry into the history of an actor, or into a municipality, that is not theirs
            self.check_access("create")
            self._subscribe_entrance()
        if "answer_deadline" in vals and not vals["answer_deadline"]:
            self._compute_answer_deadline()
        return True

    def unlink(self):
        # a thread lets its messages go before anybody is asked whether the record may: see now who has any
        return super(OneEntranceInquiry, self.with_context(one_entrance_written_ids=self._get_written().ids)).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        for inquiry in self:
            if inquiry.state == "answered" or inquiry.id in self.env.context.get("one_entrance_written_ids", ()):
                raise UserError(
                    self.env._(
                        "“%(inquiry)s” has been answered, or has been written about with the actor, and is kept. Archive it "
                        "instead of deleting it.",
                        inquiry=inquiry.name,
                    )
                )

    def _read_group_select(self, aggregate_spec, query):
        """Average the days of what has a first answer: the column holds 0 for the rest, as every number of Odoo's does."""
        name, _colon, function = aggregate_spec.partition(":")
        if name == "days_to_answer" and function in ("avg", "max", "min", "sum"):
            days = self._field_to_sql(self._table, "days_to_answer", query)
            answered = self._field_to_sql(self._table, "first_answer_date", query)
            return SQL("%s(CASE WHEN %s IS NOT NULL THEN %s END)", SQL(function.upper()), answered, days)
        return super()._read_group_select(aggregate_spec, query)

    def action_dialogue(self):
        """Take these inquiries into the dialogue with their actors."""
        self.write({"state": "dialogue"})

    def action_log_contact(self):
        """Ask for a contact, such as a call, that takes this inquiry into the dialogue and counts as a first answer."""
        self.ensure_one()
        self._check_actor_is_known_first()
        action = self.partner_id.action_one_entrance_log_meeting()
        action["context"] = {
            **action["context"],
            "default_summary": self.name,
            "default_confidential": self.confidential,
            "one_entrance_inquiry_id": self.id,
        }
        return action

    def action_refer(self):
        """Ask to whom the matter is referred, and show the mail that tells the actor."""
        self.ensure_one()
        self._check_actor_is_known_first()
        return self.env["one.entrance.inquiry.refer.wizard"]._get_records_action(
            name=self.env._("Refer the Inquiry"),
            target="new",
            context={"default_inquiry_id": self.id, "dialog_size": "large"},
        )

    def action_ask_answer(self):
        """Ask what was answered, where the actor was not answered by mail from here."""
        self.ensure_one()
        self._check_actor_is_known_first()
        return self._get_records_action(
            name=self.env._("What Became of It") if self.referred_date else self.env._("The Inquiry Was Answered"),
            views=[(self.env.ref("one_entrance_inquiry.one_entrance_inquiry_view_form_answer").id, "form")],
            target="new",
            context={"dialog_size": "large"},
        )

    def action_answer(self):
        """Record that these inquiries are answered; the answer stands on them already.

        :raise ValidationError: where the answer is missing, or the matter is an authority's and was not referred
        """
        self.write({"state": "answered"})

    def action_reopen(self):
        """Take up again what was answered; the answer stays until there is another."""
        for inquiry in self.filtered(lambda inquiry: inquiry.state == "answered"):
            if inquiry.referred_date:
                inquiry.state = "referred"
            else:
                inquiry.state = "dialogue" if inquiry.first_answer_date else "new"

    @api.model
    def _get_open_domain(self):
        """:return: the inquiries that are not answered yet"""
        return Domain("state", "!=", "answered")

    @api.model
    def _get_late_domain(self):
        """:return: the inquiries whose actor has not heard from the entrance by the day it should have"""
        return (
            self._get_open_domain()
            & Domain("first_answer_date", "=", False)
            & self.env["res.company"]._get_one_entrance_today_domain(
                lambda today: Domain("answer_deadline", "<", today)
            )
        )

    def _tell_nobodys(self):
        """:return: why nobody goes on with an inquiry whose actor is not known"""
        return self.env._(
            "“%(inquiry)s” is nobody's yet. Say which actor it is from before you go on with it.", inquiry=self.name
        )

    def _get_written(self):
        """:return: those of these inquiries that somebody has written a message about"""
        # sudo: the correspondence counts also where the user may not read all of it
        written = self.env["mail.message"].sudo()
        written = written.search(
            [("model", "=", self._name), ("res_id", "in", self.ids), ("message_type", "in", CORRESPONDENCE)]
        )
        return self.browse(written.mapped("res_id")) & self

    @api.model
    def _get_log_action(self, actor, defaults):
        """:return: the window that asks for an actor's inquiry in a few words, with these defaults"""
        return self.browse()._get_records_action(
            name=self.env._("Log an Inquiry from %(actor)s", actor=actor.name),
            views=[(self.env.ref("one_entrance_inquiry.one_entrance_inquiry_view_form_log").id, "form")],
            target="new",
            context={"default_partner_id": actor.id, **defaults, "dialog_size": "medium"},
        )

    def _take_up_with(self, meeting):
        """Take this inquiry into the dialogue by a contact logged about it, if that was held with the same actor."""
        self.ensure_one()
        if meeting.state != "held" or meeting.partner_id != self.partner_id:
            return
        values = {}
        if self.state == "new":
            values["state"] = "dialogue"
        if not self.first_answer_date:
            # a call that led to the inquiry is no answer before it
            values["first_answer_date"] = max(meeting.date, self.received_date)
        if values:
            self.write(values)

    def _prepare_outcome_values(self, vals):
        """:param dict vals: for ``create`` (on an empty recordset) or ``write`` (on one inquiry)
        :return: what follows from them: an answer is given today, and what the actor is told is its first answer
        """
        extra = {}
        get = {
            name: vals[name] if name in vals else self[name]
            for name in ("answered_date", "told_date", "first_answer_date", "state")
        }
        if vals.get("state") == "answered" and not get["answered_date"]:
            extra["answered_date"] = get["answered_date"] = self.company_id._get_one_entrance_today()
        elif vals.get("state") not in (None, "answered") and self.answered_date and "answered_date" not in vals:
            extra["answered_date"] = False  # it is taken up again
        first = vals.get("told_date") or (get["answered_date"] if get["state"] == "answered" else False)
        if first and not get["first_answer_date"]:
            extra["first_answer_date"] = first
        return extra

    def _is_for_the_authority(self):
        """:return: whether it is an authority's matter and has not been referred"""
        return self.kind == "authority" and not self._is_said_to_whom()

    def _tell_authority_decides(self):
        """:return: why the entrance does not answer what is the authority's"""
        return self.env._(
            "“%(inquiry)s” is a matter for the municipality as an authority, and the entrance does not answer it. Refer it "
            "first; the answer is then what became of it there.",
            inquiry=self.name,
        )

    def _is_said_to_whom(self):
        """:return: whether it is said to whom the matter was referred, and on what day"""
        return bool((self.referred_to or "").strip() and self.referred_date)

    def _check_actor_is_known_first(self):
        """:raise UserError: where nobody has said yet whose inquiry it is"""
        if not self.partner_id:
            raise UserError(self._tell_nobodys())

    @api.model
    def _get_date_labels(self):
        """:return: the labels of all dates, as messages name them"""
        # sudo: what a date is called may be said to who may not read it
        found = self.sudo().fields_get({name for pair in ORDER for name in pair}, ["string"])
        return {name: f"“{field['string']}”" for name, field in found.items()}

    def _subscribe_entrance(self):
        """Subscribe who acts for the actor and its business consultant, so that a mail from the actor reaches them."""
        # sudo: who acts for whom follows from the leaders, not the writer
        Leader = self.env["one.entrance.leader"].sudo()
        inquiries = self.filtered("partner_id")
        by_actor = {actor: Leader._get_acting_user(actor.sudo()) for actor in inquiries.partner_id}
        for users, group in inquiries.grouped(
            lambda inquiry: by_actor[inquiry.partner_id] | inquiry.partner_id.sudo().one_entrance_consultant_id
        ).items():
            # sudo: an address of a colleague is not always for the writer to read
            group.sudo().message_subscribe(users.filtered("active").partner_id.ids)
