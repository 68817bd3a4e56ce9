from odoo import fields, models


class OneEntranceInterviewWizardLine(models.TransientModel):
    """An interview that waits for an answer, and whether its link can be mailed."""

    _name = "one.entrance.interview.wizard.line"
    _description = "Interview to Send a Link Of"
    _order = "sequence, id"

    wizard_id = fields.Many2one("one.entrance.interview.wizard", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer()
    interview_id = fields.Many2one("survey.user_input", required=True, readonly=True, ondelete="cascade")
    side = fields.Selection(related="interview_id.one_entrance_side")
    actor_id = fields.Many2one(related="interview_id.one_entrance_actor_id")
    sent_date = fields.Date(related="interview_id.one_entrance_sent_date", string="Sent Before")
    recipient_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    email = fields.Char(string="Mail Address", readonly=True)
    problem = fields.Text(string="Why Not", readonly=True)
