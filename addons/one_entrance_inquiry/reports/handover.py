from textwrap import shorten
from types import SimpleNamespace

from odoo import models
from odoo.fields import Domain
from odoo.tools.mail import html_to_inner_content

from odoo.addons.one_entrance.reports.common.paper_rows import split_rows

# How many characters of what an actor raised are told, and how many stand on a line.
RAISED_LENGTH = 600
INQUIRY_LENGTH = 55


class HandoverDocument(models.AbstractModel):
    """What an actor has raised and is not answered yet is for its next contact leader to know (S9, S14)."""

    _inherit = "report.one_entrance.handover_document"

    def _get_more(self, actors):
        inquiries, more = self._get_open_inquiries(actors), super()._get_more(actors)
        return {actor: {**more.get(actor, {}), "inquiries": inquiries.get(actor, [])} for actor in actors}

    def _get_open_inquiries(self, actors):
        """:return: by actor, rows of what it has raised and is not answered yet, the oldest first"""
        Inquiry = self.env["one.entrance.inquiry"]
        inquiries = Inquiry.search_fetch(
            Domain("partner_id", "in", actors.ids) & Inquiry._get_open_domain(),
            [
                "partner_id",
                "name",
                "description",
                "state",
                "received_date",
                "answer_deadline",
                "first_answer_date",
                "referred_to",
                "referred_date",
                "follow_up_date",
                "confidential",
            ],
            order="received_date, id",
        )
        return {
            actor: [row for inquiry in group for row in self._describe_open_inquiry(inquiry)]
            for actor, group in inquiries.grouped("partner_id").items()
        }

    def _describe_open_inquiry(self, inquiry):
        """:return: its rows, most often one: what is raised, where it stands, and by when somebody is to act"""
        described = shorten(html_to_inner_content(inquiry.description or ""), RAISED_LENGTH, placeholder="…")
        rows = [
            SimpleNamespace(
                name="",
                text=text,
                stands="",
                received="",
                deadline="",
                late=False,
                confidential=inquiry.confidential,
                continues=True,
            )
            for text in split_rows(described, INQUIRY_LENGTH)
        ]
        rows[0].name = self._mark(inquiry.name, inquiry.confidential)
        rows[0].received = self._format(inquiry.received_date)
        rows[0].stands = self._get_inquiry_stand(inquiry)
        rows[0].late = inquiry.is_late
        if not inquiry.first_answer_date:
            rows[0].deadline = self._format(inquiry.answer_deadline)
        rows[-1].continues = False
        return rows

    def _get_inquiry_stand(self, inquiry):
        """:return: the state of an inquiry; of one that was referred, to whom, when, and when to ask again"""
        if inquiry.state != "referred":
            return self._label(inquiry, "state")
        sentences = [
            self.env._(
                "Referred to %(unit)s on %(date)s",
                unit=inquiry.referred_to or self.env._("another unit"),
                date=self._format(inquiry.referred_date) or self._format(inquiry.received_date),
            )
        ]
        if inquiry.follow_up_date:
            sentences.append(self.env._("to be followed up on %(date)s", date=self._format(inquiry.follow_up_date)))
        return ", ".join(sentences)
