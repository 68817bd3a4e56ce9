from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.one_entrance.models.common.notification import get_notification

MAIL_TEMPLATE = "one_entrance_evaluation.mail_template_interview"


class OneEntranceInterviewWizard(models.TransientModel):
    """Mails the links to those who have not answered yet (S12), after showing who gets one, and who cannot and why. An
    actor gets one mail; a contact leader gets one with all links.
    """

    _name = "one.entrance.interview.wizard"
    _description = "Send the Links to the Interviews"

    evaluation_id = fields.Many2one("one.entrance.evaluation", required=True, readonly=True, ondelete="cascade")
    scope = fields.Selection(
        [("all", "All who have not answered"), ("new", "Those who have not been sent a link")],
        string="To Whom",
        required=True,
        default="all",
    )
    side = fields.Selection([("actor", "Actors"), ("leader", "Contact Leaders")], string="Only")
    line_ids = fields.One2many("one.entrance.interview.wizard.line", "wizard_id", string="Interviews")
    fit_line_ids = fields.One2many(
        "one.entrance.interview.wizard.line", "wizard_id", string="With a Link", domain=[("problem", "=", False)]
    )
    problem_line_ids = fields.One2many(
        "one.entrance.interview.wizard.line", "wizard_id", string="Without a Link", domain=[("problem", "!=", False)]
    )
    summary = fields.Char(compute="_compute_summary", export_string_translation=False)

    @api.depends("fit_line_ids", "problem_line_ids")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = self.env._(
                "Mails to be sent: %(mails)s. Interviews without a mail: %(unfit)s.",
                mails=len(wizard._get_mails(wizard.fit_line_ids)),
                unfit=len(wizard.problem_line_ids),
            )

    @api.model
    def _make(self, evaluation):
        wizard = self.create({"evaluation_id": evaluation.id})
        wizard._fill_in()
        return wizard

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("scope", "side")):
            for wizard in self:
                wizard._fill_in()
        return result

    def action_check(self):
        """Look again at who can get a link, after something was mended or chosen."""
        self.ensure_one()
        self._fill_in()
        return self._get_open_action()

    def action_send(self):
        """Put the mails into the queue, and record when they were sent: both or neither.

        :raise UserError: where nobody can get a link, or the round is noted
        """
        self.ensure_one()
        self.evaluation_id._check_can_interview()
        self._fill_in()
        mails = self._get_mails(self.fit_line_ids)
        if not mails:
            raise UserError(self.env._("Nobody can be sent a link: mend what stands beside the interviews first."))
        interviews = self.fit_line_ids.interview_id
        # sudo: what is sent, to whom and when, is recorded by the system: nobody writes on an interview by hand
        interviews_sudo = interviews.sudo()
        interviews_sudo.lock_for_update(allow_referencing=True)
        for email, lines in self.fit_line_ids.grouped("email").items():
            lines.interview_id.sudo().email = email
        template = self.env.ref(MAIL_TEMPLATE).with_context(
            one_entrance_mailed={lines[0].interview_id.id: lines.interview_id.ids for lines in mails}
        )
        # the mail stays in the interview's log when the queue has let it go
        template.send_mail_batch([lines[0].interview_id.id for lines in mails], email_values={"is_notification": True})
        interviews_sudo.one_entrance_sent_date = interviews_sudo.one_entrance_company_id._get_one_entrance_today()
        message = self.env._("Mails in the mail queue: %(count)s.", count=len(mails))
        return get_notification(message, {"type": "ir.actions.act_window_close"})

    def _fill_in(self):
        """Look at the interviews as they are now."""
        self.ensure_one()
        domain = Domain("one_entrance_evaluation_id", "=", self.evaluation_id.id) & Domain("state", "!=", "done")
        if self.side:
            domain &= Domain("one_entrance_side", "=", self.side)
        if self.scope == "new":
            domain &= Domain("one_entrance_sent_date", "=", False)
        interviews = self.env["survey.user_input"].search(domain)
        interviews = interviews.sorted(
            lambda interview: (
                interview.one_entrance_side,
                interview.one_entrance_leader_id.name or "" if interview.one_entrance_side == "leader" else "",
                interview.one_entrance_actor_id.name or "",
                interview.id,
            )
        )
        recipients = interviews._get_one_entrance_recipients()
        self.line_ids.unlink()
        self.line_ids = [
            fields.Command.create(
                {
                    "interview_id": interview.id,
                    "sequence": sequence,
                    "recipient_id": recipients[interview].id,
                    "email": recipients[interview].email_normalized,
                    "problem": self._get_problem(interview, recipients[interview]),
                }
            )
            for sequence, interview in enumerate(interviews)
        ]
        self.invalidate_recordset(["fit_line_ids", "problem_line_ids"])

    def _get_problem(self, interview, recipient):
        """:return: why the interview's link cannot be mailed, in the user's language, or nothing"""
        actor = interview.one_entrance_actor_id
        if interview.one_entrance_side == "actor" and not actor.active:
            return self.env._("The contact is archived. Interview it by hand.")
        if recipient:
            return False
        if interview.one_entrance_side == "leader":
            return self.env._("The contact leader has no mail address. Write it on the leader's contact.")
        return self.env._(
            "Neither the actor nor one of its contact persons has a mail address. Write it on the contact, or interview by "
            "hand."
        )

    @api.model
    def _get_mails(self, lines):
        """:return: the lines of each mail: an actor's one, and all of a contact leader's"""
        grouped = lines.sorted("sequence").grouped(
            lambda line: line.interview_id.one_entrance_leader_id if line.side == "leader" else line.interview_id
        )
        return list(grouped.values())

    def _get_open_action(self):
        """:return: the action that shows this wizard as it is now"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "one_entrance_evaluation.one_entrance_interview_wizard_action"
        )
        return {**action, "res_id": self.id}
