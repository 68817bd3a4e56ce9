from odoo import models

OWN_LAYOUT = (
    "one_entrance.background_sheet_document",
    "one_entrance.background_sheet_partner_document",
    "one_entrance.background_sheet_shared_document",
    "one_entrance.background_sheet_shared_partner_document",
    "one_entrance.handover_document",
    "one_entrance.minutes_document",
    "one_entrance.minutes_attendees_document",
)


class IrActionsReport(models.Model):
    """The scheme's own documents are laid out by one template of their own, with all its styles in it: the PDF printer
    asks the server for nothing, and a document looks the same wherever and by whomever it is printed.
    """

    _inherit = "ir.actions.report"

    def _get_layout(self):
        if self.report_name in OWN_LAYOUT:
            return self.env.ref("one_entrance.paper_layout")
        return super()._get_layout()
