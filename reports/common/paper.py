from base64 import b64decode
from types import SimpleNamespace

from odoo import api, models
from odoo.tools import format_date

from .paper_html import get_image_uri

# The logo stands 11 mm high at most.
LOGO_SIZE = (520, 130)


class OneEntrancePaperMixin(models.AbstractModel):
    """What all printed documents of the scheme say in the same way: the letterhead, dates, and the words for values."""

    _name = "one.entrance.paper.mixin"
    _description = "Printed Document of One Entrance"

    # The model whose records are printed, a document each.
    _paper_model = None

    @api.model
    def _get_report_values(self, docids, data=None):
        records = self._get_paper_records(docids)
        lang = self.env.lang or self.env.user.lang
        pages = {
            page.id: page
            for page_lang, group in records.grouped(lambda record: self._get_page_lang(record) or lang).items()
            for page in self.with_context(lang=page_lang)._get_pages(group.with_context(lang=page_lang))
        }
        return {
            "doc_ids": docids,
            "doc_model": records._name,
            "docs": records,
            "lang": lang,
            "pages": [pages[record.id] for record in records],
        }

    def _get_paper_records(self, docids):
        """Hook: the records that get a document each, in this order; AccessError where one is not readable."""
        records = self.env[self._paper_model].browse(docids)
        records.check_access("read")
        return records

    def _get_page_lang(self, record):
        """Hook: the language of one record's document, where it is not the reader's."""
        return False

    def _get_pages(self, records):
        """Hook: say in the environment's language what each document says, by a fixed number of queries.

        :return: one document a record, with its ``id``, texts, and dates as texts
        :rtype: list[SimpleNamespace]
        """
        raise NotImplementedError

    def _get_letterhead(self, company):
        """The municipality's name, its logo as a ``data:`` address, and the day of the printing."""
        logo = company.sudo().logo  # the letterhead is on everything the municipality sends
        return SimpleNamespace(
            name=company.sudo().name,
            logo=get_image_uri(b64decode(logo), LOGO_SIZE) if logo else False,
            print_date=self._format(company._get_one_entrance_today()),
        )

    def _get_classification(self, kind, confidential=False):
        """The words for whom it is for, on every page: ``internal``, ``attendees``, ``actor`` or ``public``."""
        if kind == "public":
            return self.env._("Public")
        if kind == "actor":
            return self.env._("To the actor")
        if kind == "attendees":
            return self.env._("For the attendees, confidential") if confidential else self.env._("For the attendees")
        return self.env._("Internal and confidential") if confidential else self.env._("Internal")

    def _get_title_beside(self, name, title):
        """A person's title to stand beside the name; none where the name says it already."""
        return bool(title) and not (name or "").casefold().startswith(title.casefold()) and title

    def _label(self, record, name):
        """The word for the value of a selection."""
        if not record[name]:
            return False
        return dict(record._fields[name]._description_selection(self.env))[record[name]]

    def _mark(self, text, confidential):
        """The text, marked where it is confidential."""
        return self.env._("%(text)s (confidential)", text=text) if confidential else text

    def _format(self, date):
        return format_date(self.env, date) if date else False
