from odoo import api, fields, models
from odoo.fields import Domain


class OneEntranceLeader(models.Model):
    """The contact leader's own page leads to the interviews that wait for an answer."""

    _inherit = "one.entrance.leader"

    interview_count = fields.Integer(
        string="Interviews to Answer", compute="_compute_interview_count", groups="one_entrance.group_leader"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_interview_count(self):
        counts = dict(
            self.env["survey.user_input"]._read_group(
                self._get_interview_domain(), ["one_entrance_leader_id"], ["__count"]
            )
        )
        for leader in self:
            leader.interview_count = counts.get(leader._origin, 0)

    def action_open_interviews(self):
        """Open the interviews that this leader is to answer, one for each actor.

        :raise AccessError: for who may not see their number
        """
        self.ensure_one()
        self._check_field_access(self._fields["interview_count"], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance_evaluation.survey_user_input_action")
        action["domain"] = list(self._get_interview_domain())
        action["context"] = {}
        return action

    def _get_interview_domain(self):
        """:return: what waits for these leaders' answers; nobody is asked any more once a round is noted"""
        # sudo: who may answer need not read the round
        open_rounds = self.env["one.entrance.evaluation"].sudo().search([("state", "!=", "noted")])
        return (
            Domain("one_entrance_leader_id", "in", self._origin.ids)
            & Domain("one_entrance_side", "=", "leader")
            & Domain("state", "!=", "done")
            & Domain("one_entrance_evaluation_id", "in", open_rounds.ids)
        )
