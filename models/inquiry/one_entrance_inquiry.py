from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import frozendict

from ..common.printable_html import PrintableHtml

# Whose messages are the actor's words or the entrance's, not the system's notes.
CORRESPONDENCE = ("comment", "email", "email_outgoing", "auto_comment")


class OneEntranceInquiry(models.Model):
    """What an actor raises through its one entrance: a challenge, or a need for discussion, outside the normal operational
    relation (S9).

    What belongs to daily operation, or to the municipality as an authority, is referred to where it belongs: the entrance
    follows up, and takes no part in the decision. What comes of an inquiry is in ``one_entrance_inquiry_outcome.py``, its
    days in ``one_entrance_inquiry_deadline.py``, its mail in ``one_entrance_inquiry_mail.py``.
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
        required=True, default=lambda self: fields.Date.context_today(self), tracking=True, index=True, copy=False
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
    answer = PrintableHtml(copy=False)
    answered_date = fields.Date(string="Answered On", copy=False, tracking=True)
    confidential = fields.Boolean(
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read it; "
        "of a mayor-led actor the mayor, the municipal director and the mayor's office.",
    )

    _partner_received_idx = models.Index("(partner_id, received_date)")

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
        """Let the kind follow where something writes no more than that it is an authority's matter, or none."""
        for inquiry in self:
            if inquiry.authority_matter:
                inquiry.kind = "authority"
            elif inquiry.kind == "authority":
                inquiry.kind = "entrance"

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

    @api.model_create_multi
    def create(self, vals_list):
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
        return True

    def unlink(self):
        # a thread lets its messages go before anybody is asked whether the record may: see now who has any
        return super(OneEntranceInquiry, self.with_context(one_entrance_written_ids=self._get_written().ids)).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """What an actor wrote or was answered is kept (house rule 8)."""
        for inquiry in self:
            if inquiry.state == "answered" or inquiry.id in self.env.context.get("one_entrance_written_ids", ()):
                raise UserError(
                    self.env._(
                        "“%(inquiry)s” has been answered, or has been written about with the actor, and is kept. Archive it "
                        "instead of deleting it.",
                        inquiry=inquiry.name,
                    )
                )

    @api.model
    def _get_open_domain(self):
        """:return: the inquiries that are not answered yet
        :rtype: Domain
        """
        return Domain("state", "!=", "answered")

    def _tell_nobodys(self):
        """:return: why nobody goes on with an inquiry whose actor is not known
        :rtype: str
        """
        return self.env._(
            "“%(inquiry)s” is nobody's yet. Say which actor it is from before you go on with it.", inquiry=self.name
        )

    def _get_written(self):
        """:return: those of these inquiries that somebody has written a message about
        :rtype: one.entrance.inquiry
        """
        # sudo: the correspondence counts also where the user may not read all of it
        written = self.env["mail.message"].sudo()
        written = written.search(
            [("model", "=", self._name), ("res_id", "in", self.ids), ("message_type", "in", CORRESPONDENCE)]
        )
        return self.browse(written.mapped("res_id")) & self

    @api.model
    def _get_log_action(self, actor, defaults):
        """:param res.partner actor: who raises it
        :param dict defaults: of the new inquiry
        :return: the window that asks for an inquiry in a few words
        :rtype: dict
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log an Inquiry from %(actor)s", actor=actor.name),
            "res_model": self._name,
            "views": [(self.env.ref("one_entrance.one_entrance_inquiry_view_form_log").id, "form")],
            "target": "new",
            "context": {"default_partner_id": actor.id, **defaults, "dialog_size": "medium"},
        }

    def _subscribe_entrance(self):
        """Let those follow who act for the actor and who prepare its meetings, so that a mail from it reaches them."""
        # sudo: who acts for whom follows from the leaders, not the writer
        reminder = self.env["one.entrance.reminder"].sudo()
        inquiries = self.filtered("partner_id")
        by_actor = {actor: reminder._get_acting_user(actor.sudo()) for actor in inquiries.partner_id}
        for users, group in inquiries.grouped(
            lambda inquiry: by_actor[inquiry.partner_id] | inquiry.partner_id.sudo().one_entrance_consultant_id
        ).items():
            # sudo: an address of a colleague is not always for the writer to read
            group.sudo().message_subscribe(users.filtered("active").partner_id.ids)
