from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class OneEntranceMeeting(models.Model):
    """What was raised at a meeting, and a contact that takes an inquiry into the dialogue."""

    _inherit = "one.entrance.meeting"

    inquiry_ids = fields.One2many(
        "one.entrance.inquiry", "meeting_id", string="Inquiries", context={"active_test": False}
    )
    inquiry_count = fields.Integer(string="Inquiries Raised", compute="_compute_inquiry_count")

    @api.depends("inquiry_ids")
    def _compute_inquiry_count(self):
        Inquiry = self.env["one.entrance.inquiry"]
        counts = dict(Inquiry._read_group([("meeting_id", "in", self.ids)], ["meeting_id"], ["__count"]))
        for meeting in self:
            meeting.inquiry_count = counts.get(meeting._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        inquiry = self.env["one.entrance.inquiry"].browse(self.env.context.get("one_entrance_inquiry_id"))
        if inquiry and meetings:
            inquiry._take_up_with(meetings[0])
        return meetings

    def action_log_inquiry(self):
        """Ask what was raised at this meeting."""
        self.ensure_one()
        return self.env["one.entrance.inquiry"]._get_log_action(
            self.partner_id,
            {
                "default_meeting_id": self.id,
                "default_received_date": self.date,
                "default_confidential": self.confidential,
            },
        )

    def action_open_inquiries(self):
        """Open what was raised at these meetings."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance_inquiry.one_entrance_inquiry_action")
        action["domain"] = [("meeting_id", "in", self.ids)]
        action["context"] = {}
        return action

    @api.ondelete(at_uninstall=False)
    def _unlink_except_raised_at(self):
        # sudo: what was raised counts also where the user may not read it
        for meeting in self.sudo().filtered("inquiry_ids"):
            raise UserError(
                self.env._(
                    "Inquiries were raised at “%(meeting)s”. Take the meeting out of them before you delete it.",
                    meeting=meeting.display_name,
                )
            )

    @api.constrains("partner_id")
    def _check_inquiries_are_the_actors(self):
        for meeting in self.sudo():  # a rule about all that was raised, also where the writer may not read it
            if meeting.inquiry_ids.partner_id - meeting.partner_id:
                raise ValidationError(
                    self.env._(
                        "Inquiries of another actor were raised at “%(meeting)s”. Take the meeting out of them first.",
                        meeting=meeting.display_name,
                    )
                )
