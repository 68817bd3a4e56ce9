import json

from odoo import api, fields, models
from odoo.tools import format_date

# By graph: the number of a quarter it shows, and whether that is a share.
GRAPHS = {
    "held_graph": ("held_count", False),
    "used_graph": ("used_share", True),
    "received_graph": ("received_count", False),
    "contact_graph": ("contact_count", False),
}


class OneEntranceOverview(models.Model):
    """The trends of the last eight quarters, as numbers and as Odoo's own small bar charts (S16)."""

    _inherit = "one.entrance.overview"

    quarter_ids = fields.Many2many("one.entrance.quarter", string="Quarters", compute="_compute_quarter_ids")
    answered_inquiry_count = fields.Integer(string="Answered This Quarter", compute="_compute_answered_inquiry_count")
    held_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)
    used_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)
    received_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)
    contact_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)

    @api.depends_context("tz")
    def _compute_quarter_ids(self):
        self.quarter_ids = self.env["one.entrance.quarter"]._get_last()

    @api.depends_context("uid", "company", "allowed_company_ids", "tz")
    def _compute_answered_inquiry_count(self):
        for page in self:
            # all quarters at once: the others are shown too
            page.answered_inquiry_count = page.quarter_ids.mapped("answered_count")[-1]

    @api.depends_context("uid", "company", "allowed_company_ids", "lang", "tz")
    def _compute_graphs(self):
        """What Odoo's chart reads. The running quarter is not over, and has a colour of its own."""
        Quarter = self.env["one.entrance.quarter"]
        for page in self:
            for graph, (name, is_share) in GRAPHS.items():
                values = [
                    {
                        "label": format_date(self.env, quarter.date_from, date_format="QQQ yy"),
                        "value": round(quarter[name] * 100) if is_share else quarter[name],
                        "type": "future" if quarter == page.quarter_ids[-1:] else "past",
                    }
                    for quarter in page.quarter_ids
                ]
                label = Quarter._fields[name]._description_string(self.env)
                page[graph] = json.dumps([{"key": f"{label} (%)" if is_share else label, "values": values}])

    def _get_overview_domain(self, name):
        if name == "answered_inquiry_count":
            return self.quarter_ids[-1:]._get_overview_domain("answered_count")
        return super()._get_overview_domain(name)
