from odoo import api, fields, models
from odoo.fields import Domain


class OneEntranceLeader(models.Model):
    """What actors have raised and nobody has answered yet stands on the page of the leader who sees to it."""

    _inherit = "one.entrance.leader"

    inquiry_ids = fields.Many2many(
        "one.entrance.inquiry",
        string="Open Inquiries",
        compute="_compute_inquiry_ids",
        groups="one_entrance.group_leader",
        help="What the actors have raised and is not answered yet: those that wait for a first answer first.",
    )
    inquiry_count = fields.Integer(
        string="Open Inquiries (Number)", compute="_compute_inquiry_ids", groups="one_entrance.group_leader"
    )
    late_inquiry_count = fields.Integer(
        string="Late Inquiries (Number)", compute="_compute_inquiry_ids", groups="one_entrance.group_leader"
    )

    @api.depends("held_actor_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_inquiry_ids(self):
        """The inquiries each leader is named on, and those of the mayor-led actors held: in one search for all leaders."""
        Inquiry = self.env["one.entrance.inquiry"]
        mayor_led = self.held_actor_ids.filtered("one_entrance_mayor_led")
        inquiries = Inquiry.search_fetch(
            Inquiry._get_open_domain()
            & (Domain("leader_id", "in", self._origin.ids) | Domain("partner_id", "in", mayor_led.ids)),
            ["partner_id", "leader_id", "answer_deadline", "first_answer_date"],
            order="answer_deadline, id",
        )
        inquiries = inquiries.sorted(lambda inquiry: bool(inquiry.first_answer_date))
        for leader in self:
            held = leader.held_actor_ids & mayor_led
            leader.inquiry_ids = inquiries.filtered(
                lambda inquiry, leader=leader, held=held: (
                    inquiry.leader_id == leader._origin or inquiry.partner_id in held
                )
            )
            leader.inquiry_count = len(leader.inquiry_ids)
            leader.late_inquiry_count = len(leader.inquiry_ids.filtered("is_late"))
