from odoo import api, fields, models

# How many of the latest inquiries a theme's page shows; the button leads to all of them.
SHOWN = 40


class OneEntranceTheme(models.Model):
    """A theme's page shows what actors raise on it, as far as its reader may read that, and whether it has a signal."""

    _inherit = "one.entrance.theme"

    inquiry_ids = fields.Many2many(
        "one.entrance.inquiry",
        string="What Actors Raise",
        compute="_compute_inquiry_ids",
        groups="one_entrance.group_leader",
        help="The latest inquiries on this theme that you may read.",
    )
    inquiry_count = fields.Integer(
        string="Number of Inquiries", compute="_compute_inquiry_count", groups="one_entrance.group_leader"
    )
    raising_actor_count = fields.Integer(
        string="Actors That Raise It", compute="_compute_inquiry_count", groups="one_entrance.group_leader"
    )
    signal_ids = fields.One2many(
        "one.entrance.signal", "theme_id", string="Signals", groups="one_entrance.group_consultant"
    )
    # counts the looks for a signal, so that two who save at once know of each other
    signal_revision = fields.Integer(readonly=True, copy=False, aggregator=None, groups="base.group_system")
    open_signal_count = fields.Integer(
        string="Signals to Be Answered", compute="_compute_open_signal_count", groups="one_entrance.group_consultant"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_inquiry_ids(self):
        Inquiry = self.env["one.entrance.inquiry"]
        for theme in self:  # a theme's page is of one theme
            theme.inquiry_ids = theme._origin and Inquiry.search([("theme_ids", "in", theme._origin.ids)], limit=SHOWN)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_inquiry_count(self):
        groups = self.env["one.entrance.inquiry"]._read_group(
            [("theme_ids", "in", self._origin.ids)], ["theme_ids"], ["__count", "partner_id:count_distinct"]
        )
        counts = {theme: numbers for theme, *numbers in groups}
        for theme in self:
            theme.inquiry_count, theme.raising_actor_count = counts.get(theme._origin, (0, 0))

    @api.depends("signal_ids.state", "signal_ids.active")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_signal_count(self):
        counts = dict(
            self.env["one.entrance.signal"]._read_group(
                [("theme_id", "in", self._origin.ids), ("state", "=", "open")], ["theme_id"], ["__count"]
            )
        )
        for theme in self:
            theme.open_signal_count = counts.get(theme._origin, 0)

    def action_open_inquiries(self):
        """Open all that actors have raised on this theme, by actor."""
        self.ensure_one()
        return self.env["one.entrance.inquiry"]._get_records_action(
            name=self.env._("Inquiries on %(theme)s", theme=self.name),
            views=[(False, "list"), (False, "form")],
            domain=[("theme_ids", "in", self.ids)],
            context={"group_by": ["partner_id"]},
        )

    def action_open_signals(self):
        """Open the signals on this theme."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance_inquiry.one_entrance_signal_action")
        action["domain"] = [("theme_id", "=", self.id)]
        action["context"] = {}
        return action
