from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.one_entrance_overview.models.one_entrance_overview_number_mixin import MANAGER

COUNTS = {
    "received_count": ("one.entrance.inquiry", "received_date", Domain.TRUE),
    "answered_count": ("one.entrance.inquiry", "answered_date", Domain("state", "=", "answered")),
}


class OneEntranceQuarter(models.Model):
    """The inquiries that were received and answered in a quarter."""

    _inherit = "one.entrance.quarter"

    received_count = fields.Integer(string="Inquiries Received", compute="_compute_counts", groups=MANAGER)
    answered_count = fields.Integer(string="Inquiries Answered", compute="_compute_counts", groups=MANAGER)

    def _count_all(self):
        """A query each for those received and those answered."""
        found = super()._count_all()
        for name, (_model, date, _domain) in COUNTS.items():
            model, domain = self._get_overview_domain(name)
            for start, count in self.env[model]._read_group(domain, [f"{date}:quarter"], ["__count"]):
                found[self._get_quarter_id(start), name] = count
        return found

    @api.model
    def _get_counted(self):
        return {**super()._get_counted(), **COUNTS}
