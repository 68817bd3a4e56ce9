import logging

import psycopg2
from lxml import html

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, email_normalize_all, is_html_empty, plaintext2html
from odoo.tools.mail import email_split_tuples

from odoo.addons.one_entrance.models.common.composer import get_composer

_logger = logging.getLogger(__name__)

TEMPLATE = "one_entrance_inquiry.mail_template_inquiry_%s"
ANSWER_INQUIRY = "one_entrance_inquiry.mail_activity_type_answer_inquiry"


class OneEntranceInquiry(models.Model):
    """What is written about an inquiry, both ways (S9).

    A mail always becomes an inquiry. Where its sender is not certain it has no actor, and nothing is written back until
    somebody names one. A message to the actor changes the inquiry: it is acknowledged, referred or answered. A mail to
    an inquiry that was answered or archived reaches who sees to it now.

    The actor does not follow its inquiry: only what is addressed to it reaches it, and no note between colleagues does.
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

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "answered":
            self._get_reply_activities().unlink()
        return result

    def action_say_whose(self):
        """Ask from which actor the waiting mails are."""
        return self.env["one.entrance.inquiry.sender.wizard"]._get_records_action(
            name=self.env._("Whose Inquiry Is It?"),
            target="new",
            context={"default_inquiry_ids": self.ids, "dialog_size": "medium"},
        )

    def action_acknowledge(self):
        """Open the mail that tells the actor that the inquiry has arrived."""
        return self._get_composer_action("acknowledge", self.env._("Acknowledge the Inquiry"))

    def action_send_answer(self):
        """Open the mail with the answer; when it is sent, the inquiry is answered."""
        self._check_authority_was_referred()
        return self._get_composer_action("answer", self.env._("Send the Answer"))

    def action_tell(self):
        """Open the mail that tells the actor in whose hands the matter is."""
        return self._get_composer_action("refer", self.env._("Tell the Actor"))

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep a mail as its sender's inquiry; without an actor where that is not certain, or a rule refuses it."""
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(values.get("company_id")).exists() or self.env.company
        # sudo: in what language the municipality works stands on its own contact
        inquiries = self.with_context(lang=company.sudo().partner_id.lang or self.env.lang)
        inquiries = inquiries.with_company(company)  # whose it is, as long as it is no actor's
        values.update(
            name=" ".join((msg_dict.get("subject") or "").split()) or inquiries.env._("No subject"),
            received_date=company._get_one_entrance_today(),
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
        """:return: what a mail says as HTML; a plain text mail flows, and is not set like a printout"""
        if is_html_empty(body):
            return False
        if body.lstrip().startswith("<pre"):
            return plaintext2html(html.fromstring(body).text_content().strip())
        return body

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """Subscribe who acts for the actor now: its leader or consultant may have changed since the last mail."""
        self._subscribe_entrance()
        return super().message_update(msg_dict, update_vals)

    def message_post(self, *, partner_ids=None, **kwargs):
        """A mail goes to who sees to the inquiry, not to the municipality's own contact, in whose name it was
        acknowledged; its writer follows only where that one may read the inquiry.
        """
        if kwargs.get("message_type") == "email":
            ours = self.company_id.sudo().partner_id
            partner_ids = [partner_id for partner_id in partner_ids or () if partner_id != ours.id]
            author = self.env["res.partner"].browse(kwargs.get("author_id") or ())
            if not self._get_readers(author):
                self = self.with_context(mail_post_autofollow_author_skip=True)
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _message_post_after_hook(self, message, msg_values):
        """Record what a message means: an acknowledgement, a referral, the answer, or a first answer."""
        result = super()._message_post_after_hook(message, msg_values)
        context = self.env.context
        meaning, arrived = context.get("one_entrance_mail"), context.get("one_entrance_arrived")
        inquiry = self.with_context(one_entrance_mail=False, one_entrance_arrived=False)
        if message.message_type == "email" and arrived:
            try:
                with self.env.cr.savepoint():
                    inquiry._acknowledge()
            except Exception:  # whatever is wrong with the template or the receiver, the mail that came in is kept
                _logger.exception("An inquiry could not be acknowledged.")
        elif inquiry._is_to_the_actor(message, meaning):
            values = inquiry._prepare_told_values(meaning, message)
            if values:
                inquiry.write(values)
        if message.message_type == "email" and not (arrived or context.get("one_entrance_automatic")):
            self._take_note_of_reply(message)
        return result

    def _get_composer_action(self, meaning, title):
        """:param str meaning: what the mail is when it is sent: *acknowledge*, *refer* or *answer*"""
        self.ensure_one()
        self._check_actor_is_known_first()
        self._make_sender_contact()
        template = self.env.ref(TEMPLATE % meaning, raise_if_not_found=False) or self.env["mail.template"]
        return get_composer(self, template, title, one_entrance_mail=meaning)

    def _check_authority_was_referred(self):
        """:raise UserError: for an authority's matter that the entrance would answer by itself"""
        for inquiry in self.filtered(lambda inquiry: inquiry._is_for_the_authority()):
            raise UserError(inquiry._tell_authority_decides())

    def _acknowledge(self):
        """Acknowledge, in the municipality's name, the mails that a person sent and whose actor is known."""
        template = self.env.ref(TEMPLATE % "acknowledge", raise_if_not_found=False)
        waiting = self.filtered(
            lambda inquiry: (
                inquiry.partner_id
                and inquiry.email_normalized
                and not inquiry.automatic
                and not inquiry.acknowledged_date
            )
        )
        for inquiry in waiting if template else ():
            lang = inquiry._get_receiver_lang()
            mail = template.with_context(lang=lang)._generate_template(inquiry.ids, ("subject", "body_html"))
            sender = inquiry.company_id.sudo().partner_id  # the municipality's own contact signs
            receivers = inquiry._get_receivers()
            inquiry.with_context(lang=lang, one_entrance_mail="acknowledge").message_post(
                body=mail[inquiry.id]["body_html"],
                subject=mail[inquiry.id]["subject"],
                message_type="auto_comment",
                subtype_xmlid="mail.mt_comment",
                author_id=sender.id,
                email_from=sender.email_formatted or inquiry.company_id.sudo().email_formatted or None,
                partner_ids=receivers.ids,
                outgoing_email_to=False if receivers else inquiry.email_from,
                notify_skip_followers=True,
            )

    def _prepare_told_values(self, meaning, message):
        """:return: what a message to the actor, of this meaning or of none, changes on the inquiry"""
        today = self.company_id._get_one_entrance_today()
        if meaning == "acknowledge":
            return {} if self.acknowledged_date else {"acknowledged_date": today}
        values = {} if self.first_answer_date else {"first_answer_date": today}
        if meaning == "refer":
            values["told_date"] = today
        elif meaning == "answer":
            values.update(state="answered", answered_date=today)
            if is_html_empty(self.answer):
                values["answer"] = message.body
        return values

    def _is_to_the_actor(self, message, meaning=False):
        """:param str meaning: with one, any receiver from outside counts: whom to tell is for the writer to say
        :return: whether a colleague, or the municipality itself, writes to the actor or to who wrote for it
        """
        message = message.sudo()  # to whom it goes, also where the writer may not read the receivers
        if message.message_type not in ("comment", "email", "auto_comment") or message.subtype_id.internal:
            return False
        ours = self.company_id.sudo().partner_id  # the municipality's own contact signs what is sent by itself
        if not message.author_id or (message.author_id.partner_share and message.author_id != ours):
            return False
        written = set(email_normalize_all(message.outgoing_email_to or ""))
        if message.message_type == "email":  # written in a mail program, with the entrance as one of the receivers
            written |= set(email_normalize_all(f"{message.incoming_email_to or ''}, {message.incoming_email_cc or ''}"))
        if meaning and (written or message.partner_ids.filtered("partner_share")):
            return True
        people = self.sudo()._get_people()  # sudo: as above
        return bool(
            message.partner_ids & people or written & {self.email_normalized, *people.mapped("email_normalized")}
        )

    def _take_note_of_reply(self, message):
        """Unarchive an inquiry, and ask who answers it, where somebody from outside has written again.

        An answered one is not taken up again by itself: most replies are thanks.
        """
        author = message.sudo().author_id  # who wrote is no secret to who reads the message
        if author and not author.partner_share:
            return
        inquiry = self.sudo()  # the mail server acts, for whoever wrote
        if not inquiry.active:
            inquiry.active = True
        if inquiry.state == "answered" and not inquiry._get_reply_activities():
            inquiry._ask_who_answers(ANSWER_INQUIRY, lambda env: env._("The actor has written again after the answer"))

    def _get_reply_activities(self):
        """:return: the open questions about what an actor wrote after its answer, as superuser"""
        # sudo: who answers is seldom the only one who was asked
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("active", "=", True),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env["ir.model.data"]._xmlid_to_res_id(ANSWER_INQUIRY)),
                    ("automated", "=", True),
                    ("one_entrance_reason_date", "=", False),
                ]
            )
        )

    def _get_people(self):
        """:return: the actor and all its people, and who has the sender's address"""
        self.ensure_one()
        Partner = self.env["res.partner"]
        people = Partner.search([("id", "child_of", self.partner_id.ids)]) if self.partner_id else Partner
        return people | self._get_senders()

    def _get_senders(self):
        """:return: the contacts from outside with the address the mail came from"""
        self.ensure_one()
        senders = self.env["res.partner"]
        if self.email_normalized:
            senders = senders.search(
                [
                    ("email_normalized", "=", self.email_normalized),
                    ("company_id", "in", (False, self.company_id.id)),
                ]
            )
        return senders.filtered("partner_share")

    def _get_receivers(self):
        """:return: to whom one writes: who sent the mail; else the actor, or one of its people with an address"""
        self.ensure_one()
        actor = self.partner_id
        if self.email_normalized:
            people = self.env["res.partner"].search(
                [("id", "child_of", actor.ids), ("email_normalized", "=", self.email_normalized)]
            )
            return (people or self._get_senders())[:1]
        if actor.email_normalized:
            return actor
        people = actor.child_ids.filtered(lambda person: person.email_normalized and not person.is_company)
        return people.sorted(lambda person: not person.function)[:1]

    def _get_receiver_lang(self):
        """:return: the language of who is written to, else the actor's, else the municipality's"""
        self.ensure_one()
        # sudo: in what language the municipality works stands on its own contact
        return (
            self._get_receivers().lang
            or self.partner_id.lang
            or self.company_id.sudo().partner_id.lang
            or self.env.lang
        )

    def _make_sender_contact(self):
        """Make the sender a contact person of the actor, so that an answer has a receiver and the next mail is found.

        A contact of nobody's with that address becomes the actor's; one of another company stays as it is.
        """
        for inquiry in self.filtered(lambda inquiry: inquiry.partner_id and inquiry.email_normalized):
            # sudo: who answers an actor need not keep the contacts
            senders = inquiry.sudo()._get_senders()
            if not senders:
                senders.create(inquiry._prepare_sender_values())
            elif len(senders) == 1 and not (senders.is_company or senders.parent_id or senders.one_entrance_step):
                senders.parent_id = inquiry.partner_id

    def _prepare_sender_values(self):
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
        """:return: the name that the sender's mail program put before the address"""
        self.ensure_one()
        return next((name for name, _address in email_split_tuples(self.email_from or "")), "")

    def _get_customer_information(self):
        information = super()._get_customer_information()
        for inquiry in self.filtered(lambda inquiry: inquiry.email_normalized and inquiry.partner_id):
            values = inquiry._prepare_sender_values()
            information.setdefault(values.pop("email"), {}).update(values)
        return information

    def _get_confidential_outsiders(self):
        # the actor's own people, and who wrote for it
        return self._get_people().filtered("partner_share")

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        # the chatter proposes who wrote the mail, and never the actor of an inquiry that was logged
        return []

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Nobody from outside follows an inquiry: what is written to the actor is addressed to it."""
        partners = self.env["res.partner"].sudo().browse(partner_ids or ())  # who is a colleague is no secret
        inside = partners.filtered(lambda partner: not partner.partner_share)
        return not inside or super()._message_subscribe(inside.ids, subtype_ids, customer_ids)

    def _notify_get_reply_to(self, default=None, author_id=False):
        # answers come back to the municipality's own address for inquiries, where it has one; sudo: that is a setting
        companies = self.company_id.sudo()
        aliases = companies._notify_get_reply_to(default=default, author_id=author_id)
        found = {inquiry.id: aliases.get(inquiry.company_id.id) for inquiry in self}
        left = self.filtered(lambda inquiry: not inquiry.company_id)
        if left:
            found.update(super(OneEntranceInquiry, left)._notify_get_reply_to(default=default, author_id=author_id))
        return found
