from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

from ..models.correspondence.one_entrance_inquiry import TEMPLATE


class OneEntranceInquiryReferWizard(models.TransientModel):
    """Refers an inquiry of daily operation or of an authority to where it belongs, and tells the actor (S9)."""

    _name = "one.entrance.inquiry.refer.wizard"
    _description = "Refer an Inquiry"

    inquiry_id = fields.Many2one("one.entrance.inquiry", required=True, readonly=True, ondelete="cascade")
    # all of it is read as the user: a wizard on somebody else's inquiry must tell nothing of it
    partner_id = fields.Many2one(related="inquiry_id.partner_id", related_sudo=False)
    kind = fields.Selection(
        [("operation", "Daily Operation"), ("authority", "Authority")],
        string="What It Is",
        compute="_compute_from_inquiry",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    referred_to = fields.Char(
        compute="_compute_from_inquiry",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        help="The unit or person in whose hands the matter is from now on.",
    )
    referred_date = fields.Date(
        string="Referred On", required=True, default=lambda self: self.env.company._get_one_entrance_today()
    )
    follow_up_date = fields.Date(
        string="Follow Up On",
        compute="_compute_follow_up_date",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        help="The day the entrance asks how the matter stands.",
    )
    tell = fields.Selection(
        [("mail", "By this mail"), ("otherwise", "Told otherwise, for example by phone")],
        string="The Actor Is Told",
        compute="_compute_receiver_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    told_date = fields.Date(string="Told On", default=lambda self: self.env.company._get_one_entrance_today())
    receiver_ids = fields.Many2many(
        "res.partner",
        string="To",
        compute="_compute_receiver_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    subject = fields.Char(compute="_compute_mail", compute_sudo=False, store=True, readonly=False, precompute=True)
    body = PrintableHtml(
        string="Mail", compute="_compute_mail", compute_sudo=False, store=True, readonly=False, precompute=True
    )

    @api.depends("inquiry_id")
    def _compute_from_inquiry(self):
        for wizard in self:
            inquiry = wizard.inquiry_id
            wizard.kind = inquiry.kind if inquiry.kind != "entrance" else "operation"
            wizard.referred_to = inquiry.referred_to

    @api.depends("inquiry_id", "referred_date")
    def _compute_follow_up_date(self):
        for wizard in self:
            # sudo: the setting is for everybody who receives inquiries
            days = wizard.inquiry_id.company_id.sudo().one_entrance_inquiry_days
            wizard.follow_up_date = wizard.referred_date and wizard.referred_date + relativedelta(days=days)

    @api.depends("inquiry_id")
    def _compute_receiver_ids(self):
        for wizard in self:
            inquiry = wizard.inquiry_id
            wizard.receiver_ids = inquiry._get_receivers() if inquiry else False
            wizard.tell = "mail" if wizard.receiver_ids or inquiry.email_normalized else "otherwise"

    @api.depends("inquiry_id", "kind", "referred_to")
    def _compute_mail(self):
        """The mail as the actor gets it, in its own language."""
        template = self.env.ref(TEMPLATE % "refer", raise_if_not_found=False)
        for wizard in self:
            if not template or not wizard.inquiry_id:
                wizard.subject = wizard.body = False
                continue
            mail = template.with_context(
                one_entrance_kind=wizard.kind, one_entrance_referred_to=wizard.referred_to or "…"
            )._generate_template(wizard.inquiry_id.ids, ("subject", "body_html"))[wizard.inquiry_id.id]
            wizard.subject, wizard.body = mail["subject"], mail["body_html"]

    def action_apply(self):
        """Refer the inquiry, and tell the actor.

        :raise ValidationError: where it is not said to whom, or nobody is there to be told
        """
        self.ensure_one()
        inquiry = self.inquiry_id
        inquiry.check_access("write")
        inquiry._check_actor_is_known_first()
        if not (self.referred_to or "").strip():
            raise ValidationError(
                self.env._("“%(inquiry)s”: say to whom the matter is referred.", inquiry=inquiry.name)
            )
        by_mail = self.tell == "mail"
        if by_mail and not self.receiver_ids:
            inquiry._make_sender_contact()
            self.receiver_ids = inquiry._get_receivers()
        if by_mail and not self.receiver_ids:
            raise ValidationError(
                self.env._(
                    "“%(inquiry)s”: nobody at %(actor)s has an e-mail address. Choose who gets the mail, or say that the actor "
                    "was told otherwise.",
                    inquiry=inquiry.name,
                    actor=inquiry.partner_id.name,
                )
            )
        if by_mail and is_html_empty(self.body):
            raise ValidationError(self.env._("“%(inquiry)s”: the mail is empty. Write it.", inquiry=inquiry.name))
        if not by_mail and not self.told_date:
            raise ValidationError(
                self.env._("“%(inquiry)s”: say on what day the actor was told.", inquiry=inquiry.name)
            )
        inquiry.write(
            {
                "state": "referred",
                "kind": self.kind,
                "referred_to": self.referred_to,
                "referred_date": self.referred_date,
                "follow_up_date": self.follow_up_date,
                "told_date": False if by_mail else self.told_date,
            }
        )
        if by_mail:
            inquiry.with_context(one_entrance_mail="refer").message_post(
                body=self.body,
                subject=self.subject,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.receiver_ids.ids,
                notify_skip_followers=True,
            )
