from odoo import api, models
from odoo.tools import email_normalize
from odoo.tools.mail import decode_message_header

# Headers that only programs write, and what a program says in them.
HEADERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponse", "List-Id", "List-Unsubscribe", "Feedback-ID")
PRECEDENCE = ("auto_reply", "bulk", "junk", "list")
# Whose mails nobody reads the answers to.
PROGRAMS = ("bounce", "donotreply", "do-not-reply", "mailer-daemon", "no-reply", "noreply", "postmaster")


class MailThread(models.AbstractModel):
    """Mails from programs, such as an answer during holidays, are told from those of people: they are not acknowledged,
    or two programs would thank each other for ever.
    """

    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        if any(route[0] == "one.entrance.inquiry" for route in routes or ()):
            self = self.with_context(one_entrance_automatic=self._is_one_entrance_automatic(message, message_dict))
        return super()._message_route_process(message, message_dict, routes)

    @api.model
    def _is_one_entrance_automatic(self, message, message_dict):
        """:return: whether a program wrote this mail"""

        def read(header):
            return decode_message_header(message, header).strip().lower()

        sender = email_normalize(message_dict.get("email_from"), strict=False) or ""
        return bool(
            read("Auto-Submitted").partition(";")[0].strip() not in ("", "no")
            or read("Precedence") in PRECEDENCE
            or any(word in read("X-Auto-Response-Suppress") for word in ("all", "oof", "autoreply"))
            or read("Return-Path") == "<>"
            or any(read(header) for header in HEADERS)
            or sender.partition("@")[0] in PROGRAMS
        )
