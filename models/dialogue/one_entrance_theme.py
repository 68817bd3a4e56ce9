from odoo import api, fields, models
from odoo.fields import Domain

# How many of the latest points a theme's page shows.
SHOWN = 40


class OneEntranceTheme(models.Model):
    """A theme's page shows what was said on it at meetings, as far as the user may read that (S8)."""

    _inherit = "one.entrance.theme"

    point_ids = fields.Many2many(
        "one.entrance.meeting.point",
        string="What Was Said at Meetings",
        compute="_compute_point_ids",
        groups="one_entrance.group_leader",
        help="The latest points on this theme from meetings that were held, where you may read them.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_point_ids(self):
        Point = self.env["one.entrance.meeting.point"]
        for theme in self:
            theme.point_ids = theme._origin and Point.search(
                theme._get_said_domain(), order="date desc, id desc", limit=SHOWN
            )

    def _get_said_domain(self):
        return Domain("theme_id", "in", self._origin.ids) & Domain("meeting_id.state", "=", "held")
