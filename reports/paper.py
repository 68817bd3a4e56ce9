from base64 import b64decode
from types import SimpleNamespace

from odoo import models
from odoo.tools import format_date

from .paper_html import get_image_uri

# The logo stands 11 mm high at most.
LOGO_SIZE = (520, 130)


class OneEntrancePaperMixin(models.AbstractModel):
    """What all printed documents of the scheme say in the same way: the letterhead, dates, and the words for values."""

    _name = "one.entrance.paper.mixin"
    _description = "Printed Document of One Entrance"

    def _get_letterhead(self, company):
        """:return: the municipality's name, and its logo as an image that lies in the document"""
        logo = company.sudo().logo  # the letterhead is on everything the municipality sends
        return SimpleNamespace(
            name=company.sudo().name,
            logo=get_image_uri(b64decode(logo), LOGO_SIZE) if logo else False,
        )

    def _get_classification(self, kind, confidential=False):
        """:param str kind: who the document is for: ``internal``, ``actor`` or ``public``
        :return: the words for it, which stand on every page
        :rtype: str
        """
        if kind == "public":
            return self.env._("Public")
        if kind == "actor":
            return self.env._("To the actor")
        return self.env._("Internal and confidential") if confidential else self.env._("Internal")

    def _label(self, record, name):
        """:return: the word for the value of a selection"""
        if not record[name]:
            return False
        return dict(record._fields[name]._description_selection(self.env))[record[name]]

    def _mark(self, text, confidential):
        """:return: the text, marked where it is confidential"""
        return self.env._("%(text)s (confidential)", text=text) if confidential else text

    def _format(self, date):
        return format_date(self.env, date) if date else False
