from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .printable_html import PrintableHtml


class OneEntranceInquiry(models.Model):
    """What an actor raises through its one entrance: a challenge, or a need for discussion, outside the normal operational
    relation (S9).

    What belongs to daily operation, or to the municipality as an authority, is referred to where it belongs: the entrance
    follows up, and takes no part in the decision.
    """

    _name = "one.entrance.inquiry"
    _description = "Inquiry from an Actor"
    _inherit = ["one.entrance.actor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "received_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True, tracking=True)
    # a mail whose sender is nobody's is kept, and waits until somebody says whose it is
    partner_id = fields.Many2one(required=False, tracking=True)
    description = PrintableHtml(string="What Is Raised")
    theme_ids = fields.Many2many("one.entrance.theme", string="Themes", check_company=True)
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
    )
    authority_matter = fields.Boolean(
        tracking=True,
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
    answer_deadline = fields.Date(
        string="First Answer By",
        compute="_compute_answer_deadline",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
    )
    first_answer_date = fields.Date(
        string="First Answer",
        copy=False,
        help="The day the actor first heard from the entrance about it, the acknowledgement apart.",
    )
    days_to_answer = fields.Integer(
        string="Days to First Answer", compute="_compute_days_to_answer", store=True, precompute=True, aggregator="avg"
    )
    answer = PrintableHtml(copy=False)
    answered_date = fields.Date(string="Answered On", copy=False, tracking=True)
    confidential = fields.Boolean(
        tracking=True,
        help="Only the contact leader, the delegate, the actor's business consultant and the scheme's administrators read it; "
        "of a mayor-led actor the mayor, the municipal director and the mayor's office.",
    )

    @api.depends("partner_id")
    def _compute_leader_id(self):
        for inquiry in self:
            inquiry.leader_id = inquiry.leader_id or inquiry.partner_id.one_entrance_holder_ids[:1]

    @api.depends("received_date", "company_id")
    def _compute_answer_deadline(self):
        for inquiry in self:
            # sudo: the setting is for everybody who receives inquiries
            days = inquiry.company_id.sudo().one_entrance_inquiry_days
            inquiry.answer_deadline = inquiry.received_date and inquiry.received_date + relativedelta(days=days)

    @api.depends("received_date", "first_answer_date")
    def _compute_days_to_answer(self):
        for inquiry in self:
            answered = inquiry.first_answer_date
            inquiry.days_to_answer = (answered - inquiry.received_date).days if answered else False

    @api.constrains("partner_id", "state")
    def _check_actor_is_known(self):
        for inquiry in self:
            if not inquiry.partner_id and inquiry.state != "new":
                raise ValidationError(
                    self.env._(
                        "“%(inquiry)s” is nobody's yet. Say which actor it is from before you go on with it.",
                        inquiry=inquiry.name,
                    )
                )

    @api.constrains("partner_id", "company_id")
    def _check_partner_in_scheme(self):
        """An inquiry without an actor waits, and belongs to the municipality that got it."""
        return super(OneEntranceInquiry, self.filtered("partner_id"))._check_partner_in_scheme()
