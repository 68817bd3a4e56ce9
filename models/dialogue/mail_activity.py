from odoo import api, fields, models

from ..common.mail_activity_type import OFFERED
from ..common.write_changed import write_changed


class MailActivity(models.Model):
    """An activity may be a promise given at a meeting (S7), or one of the scheme's own reminders."""

    _inherit = "mail.activity"

    activity_type_id = fields.Many2one(domain=OFFERED)
    one_entrance_point_id = fields.Many2one(
        "one.entrance.meeting.point", string="Commitment", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    one_entrance_reason_date = fields.Date(
        string="Day of the Reason",
        readonly=True,
        help="The day the reminder is about: the due date or the day of the meeting. A reminder that was done is not given "
        "again for the same day.",
    )
    one_entrance_reason_user_id = fields.Many2one(
        "res.users",
        string="Reminded",
        readonly=True,
        help="Who the reminder was given to. Handed to a colleague it stays the same reminder.",
    )

    # whoever gives the reminders, and however many at once: one for each reason and user
    _one_entrance_reason_idx = models.UniqueIndex(
        "(res_model, res_id, activity_type_id, COALESCE(one_entrance_reason_user_id, user_id), one_entrance_reason_date) "
        "WHERE active AND one_entrance_reason_date IS NOT NULL",
        "This user has been reminded of the same already.",
    )

    @api.constrains("user_id", "res_model_id", "res_id")
    def _check_one_entrance_confidential(self):
        """Nobody gets an activity on something confidential that they may not read."""
        for model, activities in self.grouped("res_model").items():
            if model and isinstance(self.env[model], self.pool["one.entrance.confidential.mixin"]):
                self.env[model].browse(activities.mapped("res_id"))._check_confidential_activities()

    def write(self, vals):
        result = super().write(vals)
        if "date_deadline" in vals or vals.get("user_id"):
            # sudo: who may reschedule the activity may say so of the promise behind it
            write_changed(
                {
                    activity.one_entrance_point_id: {
                        "deadline": activity.date_deadline,
                        "responsible_id": activity.user_id.id,
                    }
                    for activity in self.sudo().filtered("one_entrance_point_id")
                }
            )
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        # sudo: the responsible need not be one of the scheme's people to say that the promise is kept
        points = self.sudo().one_entrance_point_id
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        for point in points.filtered(lambda point: not point.done):
            point.write({"done": True, "outcome": feedback or point.outcome})
        return result
