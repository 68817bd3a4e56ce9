from lxml import etree, html

from odoo import models


class WrittenPages:
    """HTML that is printed as it is: a class of its own, which nobody can make out of what a browser sends."""

    def __init__(self, res_ids, pages):
        """:param list[int] res_ids: of the records, in the order of their documents
        :param list[str] pages: from ``_write_one_entrance_pages``, with the documents of some of them each
        """
        self.res_ids = list(res_ids)
        self.pages = pages

    def join(self):
        """Return one document with what stands in all of them, as bytes."""
        first, *others = (html.document_fromstring(page) for page in self.pages)
        main = first.find(".//main")
        for other in others:
            main.extend(other.find(".//main"))
        return etree.tostring(first, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


class IrActionsReport(models.Model):
    """The scheme's documents have one layout with all styles in it: the PDF printer asks the server for nothing."""

    _inherit = "ir.actions.report"

    def _get_layout(self):
        document = self.env.get(f"report.{self.report_name}")
        if document is not None and isinstance(document, self.pool["one.entrance.paper.mixin"]):
            return self.env.ref("one_entrance.paper_layout")
        return super()._get_layout()

    def _render_qweb_html(self, report_ref, docids, data=None):
        written = self.env.context.get("one_entrance_pages")
        if isinstance(written, WrittenPages) and list(docids) == written.res_ids:
            return written.join(), "html"
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _write_one_entrance_pages(self, report_ref, res_ids):
        """Write documents for ``WrittenPages``, so that many are written piece by piece and printed in one go."""
        # what the printing of a PDF sets
        report = self.with_context(debug=False, webp_as_jpg=True)
        return report._render_qweb_html(report_ref, res_ids, data={"report_type": "pdf", "debug": False})[0].decode()
