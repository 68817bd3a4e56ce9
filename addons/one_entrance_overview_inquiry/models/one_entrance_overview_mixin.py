from odoo import api, fields, models

from odoo.addons.one_entrance_overview.models.one_entrance_overview_number_mixin import MANAGER

COUNTS = ("overview_inquiry_count", "overview_late_inquiry_count")


class OneEntranceOverviewMixin(models.AbstractModel):
    """The inquiries of a leader, a level, or the whole municipality."""

    _inherit = "one.entrance.overview.mixin"

    overview_inquiry_count = fields.Integer(
        string="Inquiries Not Answered Yet",
        compute="_compute_overview_counts",
        groups=MANAGER,
        help="Inquiries that are not answered yet, also those that were referred.",
    )
    overview_late_inquiry_count = fields.Integer(
        string="Late Inquiries",
        compute="_compute_overview_counts",
        groups=MANAGER,
        help="Open inquiries whose actor should have heard from the entrance by now, and has not.",
    )

    @api.model
    def _get_counts(self):
        return (*super()._get_counts(), *COUNTS)

    @api.model
    def _get_open_domains(self):
        Inquiry = self.env["one.entrance.inquiry"]
        return {
            **super()._get_open_domains(),
            "overview_inquiry_count": (Inquiry._name, Inquiry._get_open_domain()),
            "overview_late_inquiry_count": (Inquiry._name, Inquiry._get_late_domain()),
        }
