from odoo import api, fields, models
from odoo.fields import Domain

INQUIRY_STATES = {
    "new_inquiry_count": "new",
    "dialogue_inquiry_count": "dialogue",
    "referred_inquiry_count": "referred",
}


class OneEntranceOverview(models.Model):
    """The inquiries of the whole municipality, open ones by status, and those of the last eight quarters."""

    _inherit = "one.entrance.overview"

    new_inquiry_count = fields.Integer(string="New", compute="_compute_whole")
    dialogue_inquiry_count = fields.Integer(string="In Dialogue", compute="_compute_whole")
    referred_inquiry_count = fields.Integer(string="Referred", compute="_compute_whole")
    answered_inquiry_count = fields.Integer(string="Answered This Quarter", compute="_compute_answered_inquiry_count")
    received_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)

    def _count_all(self, counts):
        result = super()._count_all(counts)
        self._count_inquiries(counts)
        return result

    def _count_inquiries(self, counts):
        """Add what is not answered yet to the count of everything."""
        number, late = "overview_inquiry_count", "overview_late_inquiry_count"
        model, domain = self._get_page()._get_overview_domain(number)
        for leader, state, count in self.env[model]._read_group(domain, ["leader_id", "state"], ["__count"]):
            row = counts[self._get_key(leader.id)]
            row[number] += count
            row[f"{state}_inquiry_count"] += count
        model, domain = self._get_page()._get_overview_domain(late)
        for leader, count in self.env[model]._read_group(domain, ["leader_id"], ["__count"]):
            counts[self._get_key(leader.id)][late] += count

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_whole(self):
        result = super()._compute_whole()
        for page in self:
            for name in INQUIRY_STATES:
                page[name] = sum(row.get(name, 0) for row in (page.counts or {}).values())
        return result

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_answered_inquiry_count(self):
        for page in self:
            # all quarters at once: the others are shown too
            page.answered_inquiry_count = page.quarter_ids.mapped("answered_count")[-1]

    @api.model
    def _get_graphs(self):
        return {**super()._get_graphs(), "received_graph": ("received_count", False)}

    @api.model
    def _get_analyses(self):
        return {
            **super()._get_analyses(),
            "inquiry": ("overview_inquiry_count", "pivot", ["leader_id"], ["state"]),
            "received": ("received_count", "graph", ["received_date:quarter", "state"], []),
        }

    def _get_overview_domain(self, name):
        if name in INQUIRY_STATES:
            company = Domain("company_id", "=", self.env.company.id)
            return "one.entrance.inquiry", company & Domain("state", "=", INQUIRY_STATES[name])
        if name == "answered_inquiry_count":
            return self.quarter_ids[-1:]._get_overview_domain("answered_count")
        return super()._get_overview_domain(name)
