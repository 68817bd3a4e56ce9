from types import SimpleNamespace

from odoo import api, models

from ..common.paper_html import fit_to_paper


class BackgroundSheetSharedDocument(models.AbstractModel):
    """What a background sheet shares with the actor before the meeting, printed by itself in the actor's language (S8).

    It leaves the municipality. So it is built only from what is named here, with no part of the sheet's own document,
    and tells nothing of a confidential meeting.
    """

    _name = "report.one_entrance.background_sheet_shared_document"
    _inherit = "one.entrance.paper.mixin"
    _description = "Background Sheet for the Actor, Printed"
    _paper_model = "one.entrance.sheet"

    def _get_paper_records(self, docids):
        """:raise UserError: where one of the sheets shares nothing"""
        sheets = super()._get_paper_records(docids)
        sheets._check_shared()
        return sheets

    def _get_page_lang(self, sheet):
        return sheet.partner_id.lang

    def _get_pages(self, sheets):
        meetings = self._get_next_meetings(sheets.partner_id)
        sections = sheets._get_shared_sections()
        texts = dict(zip(sections, fit_to_paper(self.env, sections.mapped("body")), strict=True))
        letterheads = {company: self._get_letterhead(company) for company in sheets.company_id}
        mark = self._get_classification("actor")
        return [
            SimpleNamespace(
                id=sheet.id,
                lang=self.env.lang,
                letterhead=letterheads[sheet.company_id],
                status=self._get_status(sheet),
                mark=mark,
                name=sheet.partner_id.name,
                meeting=meetings.get(sheet.partner_id),
                holders=[
                    SimpleNamespace(name=leader.name, title=leader.title, reach=[leader.phone] if leader.phone else [])
                    for leader in sheet.partner_id.one_entrance_holder_ids
                ],
                consultant=self._describe_consultant(sheet.consultant_id),
                themes=[
                    SimpleNamespace(name=section.theme_id.name, body=texts[section])
                    for section in sheet.section_ids
                    if section in texts
                ],
            )
            for sheet in sheets
        ]

    def _get_status(self, sheet):
        """On every page, that the document is not to be sent, where that is so."""
        if sheet.state == "draft":
            return SimpleNamespace(kind="draft", text=self.env._("Draft, not to be sent"))
        if sheet.state == "archived":
            return SimpleNamespace(kind="archived", text=self.env._("No longer in use, not to be sent"))
        return False

    def _get_next_meetings(self, actors):
        """:return: by actor, ``time`` and ``place`` of the next meeting as texts; a later room knows the meetings"""
        return {}

    def _describe_consultant(self, consultant):
        if not consultant:
            return False
        person = consultant.sudo().partner_id  # how to reach a colleague is no secret, wherever the contact stands
        reach = [line for line in (person.phone, person.email) if line]
        return SimpleNamespace(name=person.name, title=person.function, reach=reach)


class BackgroundSheetSharedPartnerDocument(models.AbstractModel):
    """What the current background sheets of some actors share with them, printed from the actors."""

    _name = "report.one_entrance.background_sheet_shared_partner_document"
    _inherit = "report.one_entrance.background_sheet_shared_document"
    _description = "Background Sheets for the Actors, Printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise UserError: where none of the actors has a sheet that the reader may read, or one shares nothing"""
        sheets = self.env["res.partner"].browse(docids)._get_one_entrance_current_sheets()
        return super()._get_report_values(sheets.ids, data)
