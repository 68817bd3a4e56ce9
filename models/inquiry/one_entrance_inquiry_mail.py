import logging

import psycopg2
from lxml import html

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, is_html_empty, plaintext2html
from odoo.tools.mail import email_split_tuples

_logger = logging.getLogger(__name__)


class OneEntranceInquiry(models.Model):
    """An inquiry that comes by mail, and whose it is (S9).

    A mail always becomes an inquiry. Where its sender is not to be told for certain it is nobody's, and waits for somebody
    to say whose it is; until then nothing is written back.
    """

    _inherit = "one.entrance.inquiry"
    _primary_email = "email_from"

    email_from = fields.Char(string="Sender", readonly=True, copy=False, help="The address the mail came from.")
    email_normalized = fields.Char(
        compute="_compute_email_normalized", store=True, precompute=True, index="btree_not_null"
    )
    automatic = fields.Boolean(
        string="Sent by a Program",
        readonly=True,
        copy=False,
        help="A program wrote the mail, such as an answer during holidays. It is not acknowledged.",
    )
    candidate_ids = fields.Many2many(
        "res.partner",
        string="Could Be",
        compute="_compute_candidate_ids",
        help="Actors that have the sender's address or its domain, or somebody of the sender's name.",
    )

    @api.depends("email_from")
    def _compute_email_normalized(self):
        for inquiry in self:
            inquiry.email_normalized = email_normalize(inquiry.email_from, strict=False)

    @api.depends("email_from", "partner_id", "company_id")
    def _compute_candidate_ids(self):
        self.candidate_ids = False
        for inquiry in self.filtered(lambda inquiry: inquiry.email_from and not inquiry.partner_id):
            _actor, candidates = self.env["res.partner"]._find_one_entrance_sender(
                inquiry.email_from, inquiry.company_id, inquiry._get_sender_name()
            )
            inquiry.candidate_ids = candidates

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail as an inquiry of who sent it; as nobody's where that cannot be told, or the rules refuse more."""
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(values.get("company_id")).exists() or self.env.company
        # sudo: in what language the municipality works stands on its own contact
        inquiries = self.with_context(lang=company.sudo().partner_id.lang or self.env.lang)
        inquiries = inquiries.with_company(company)  # whose it is, as long as it is no actor's
        values.update(
            name=" ".join((msg_dict.get("subject") or "").split()) or inquiries.env._("No subject"),
            received_date=self._get_today(),
            description=self._get_mail_text(msg_dict.get("body")),
            channel="mail",
            automatic=bool(self.env.context.get("one_entrance_automatic")),
        )
        actor, _candidates = self.env["res.partner"]._find_one_entrance_sender(msg_dict.get("email_from"), company)
        try:
            with self.env.cr.savepoint():
                inquiry = super(OneEntranceInquiry, inquiries).message_new(msg_dict, {**values, "partner_id": actor.id})
        except (UserError, psycopg2.IntegrityError):
            _logger.warning("An inquiry by mail is kept without its actor.", exc_info=True)
            inquiry = super(OneEntranceInquiry, inquiries).message_new(msg_dict, values)
        # the acknowledgement follows when the mail itself stands in the log
        return inquiry.with_context(one_entrance_arrived=True)

    @api.model
    def _get_mail_text(self, body):
        """:param str body: of a mail, as Odoo has read it
        :return: what the mail says, to be read as a text and not as a printout where it has no formatting
        :rtype: str | bool
        """
        if is_html_empty(body):
            return False
        if body.lstrip().startswith("<pre"):
            return plaintext2html(html.fromstring(body).text_content().strip())
        return body

    def action_say_whose(self):
        """Ask from which actor the waiting mails are."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Whose Inquiry Is It?"),
            "res_model": "one.entrance.inquiry.sender.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_inquiry_ids": self.ids, "dialog_size": "medium"},
        }

    def _make_sender_contact(self):
        """Make who wrote a contact person of the actor, so that an answer has a receiver and the next mail is found. A
        contact of nobody's with that address becomes the actor's; one of another company stays as it is.
        """
        for inquiry in self.filtered(lambda inquiry: inquiry.partner_id and inquiry.email_normalized):
            # sudo: who answers an actor need not keep the contacts
            senders = inquiry.sudo()._get_senders()
            if not senders:
                senders.create(inquiry._prepare_sender_values())
            elif len(senders) == 1 and not (senders.is_company or senders.parent_id or senders.one_entrance_step):
                senders.parent_id = inquiry.partner_id

    def _prepare_sender_values(self):
        """:return: the values of the contact that wrote
        :rtype: dict
        """
        self.ensure_one()
        return {
            "name": self._get_sender_name() or self.email_normalized,
            "email": self.email_normalized,
            "parent_id": self.partner_id.id,
            "is_company": False,
            "lang": self.partner_id.lang,
            "company_id": self.partner_id.company_id.id,
        }

    def _get_sender_name(self):
        """:return: the name that the sender's mail program put before the address
        :rtype: str
        """
        self.ensure_one()
        return next((name for name, _address in email_split_tuples(self.email_from or "")), "")

    def _get_customer_information(self):
        information = super()._get_customer_information()
        for inquiry in self.filtered(lambda inquiry: inquiry.email_normalized and inquiry.partner_id):
            values = inquiry._prepare_sender_values()
            information.setdefault(values.pop("email"), {}).update(values)
        return information
