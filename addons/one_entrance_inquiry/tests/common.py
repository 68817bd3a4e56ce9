from email.message import EmailMessage

from odoo.addons.mail.tests.common import MailCase
from odoo.addons.one_entrance.tests.common import OneEntranceCase


class InquiryMailCase(OneEntranceCase, MailCase):
    """A municipality with an address for inquiries, and an actor with people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.company.write(
            {"name": "Nordby Kommune", "email": "post@nordby.example", "website": "https://nordby.example"}
        )
        cls.company.alias_domain_id = cls.env["mail.alias.domain"].create({"name": "nordby.example"})
        cls.company.one_entrance_alias_name = "indgang"
        cls.actor = cls._make_actor("Færgehavnen A/S", consultant_id=cls.consultant.id)
        cls.actor.write({"email": "post@havnen.example", "website": "https://www.havnen.example/om", "lang": "en_US"})
        cls.person = cls._make_person("Lis", "lis@havnen.example", cls.actor)

    @classmethod
    def _make_person(cls, name, email, parent=None, **values):
        return cls.env["res.partner"].create(
            {"name": name, "email": email, "parent_id": parent and parent.id, "lang": "en_US", **values}
        )

    def _receive(self, sender="Lis <lis@havnen.example>", subject="More ships", body="Room?", to=None, **options):
        """Let a mail come in as the mail server hands it over.

        :return: the inquiries that were made of it
        """
        message = EmailMessage()
        message["From"] = sender
        message["To"] = to or "indgang@nordby.example"
        message["Message-Id"] = options.get("message_id") or f"<{len(self._seen)}.{self.id()}@mail.example>"
        self._seen.append(message["Message-Id"])
        if subject is not None:
            message["Subject"] = subject
        for header, value in options.get("headers", {}).items():
            message[header] = value
        if options.get("html"):
            message.set_content(options["html"], subtype="html")
        else:
            message.set_content(body)
        for name, content in options.get("attachments", ()):
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        Inquiry = self.env["one.entrance.inquiry"].with_context(active_test=False)
        before = Inquiry.search([])
        with self.mock_mail_gateway(mail_unlink_sent=False):
            # as the server does it: as superuser of no municipality, in no language
            gateway = self.env["mail.thread"].with_user(self.env.ref("base.user_root"))
            gateway.with_context(lang=None, tz=None).message_process(None, message.as_bytes())
        return Inquiry.search([]) - before

    def setUp(self):
        super().setUp()
        self._seen = []

    def _sent_to(self):
        """:return: the addresses that something was sent to since the last mail came in"""
        return {address for mail in self._mails for address in mail["email_to"]}


class SignalCase(OneEntranceCase):
    """Actors that raise a theme, in a municipality where three of them within six months make a signal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"one_entrance_signal_actors": 3, "one_entrance_signal_months": 6})
        cls.theme, cls.other_theme = cls.themes[:2]
        cls.actors = cls.env["res.partner"].union(
            *(
                cls._make_actor(name, consultant_id=cls.consultant.id)
                for name in ("Aqua", "Banken", "Centret", "Dokken")
            )
        )

    @classmethod
    def _raise(cls, actor, date="2024-05-01", theme=None, **values):
        """An inquiry of an actor on the theme, logged by the business consultant."""
        return (
            cls.env["one.entrance.inquiry"]
            .with_user(cls.consultant)
            .create(
                {
                    "partner_id": actor.id,
                    "name": f"Støj ved {actor.name}",
                    "received_date": date,
                    "theme_ids": [(6, 0, (theme or cls.theme).ids)],
                    **values,
                }
            )
            .with_user(cls.env.user)
        )

    def _raise_all(self, count=3, **values):
        """The first actors raise the theme."""
        return self.env["one.entrance.inquiry"].union(*(self._raise(actor, **values) for actor in self.actors[:count]))

    def _find(self, theme=None, state="open"):
        return self.env["one.entrance.signal"].search(
            [("theme_id", "=", (theme or self.theme).id), ("state", "=", state)]
        )

    def _answer(self, signal, answer="<p>Vi ser på det.</p>"):
        signal = signal.with_user(self.manager)
        signal.answer = answer
        signal.action_answer()
