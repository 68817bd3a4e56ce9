from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveyQuestionAnswer(models.Model):
    """An answer to choose; on the question about consent it may say that one may be quoted (S12)."""

    _inherit = "survey.question.answer"

    one_entrance_agrees = fields.Boolean(
        string="Agrees to Be Quoted", help="Whoever chooses this answer may be quoted in the evaluation, without name."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_chosen(self):
        # sudo: an answer counts also where the user may not read it
        line = (
            self.env["survey.user_input.line"]
            .sudo()
            .search(
                [
                    ("suggested_answer_id", "in", self.ids),
                    ("user_input_id.one_entrance_evaluation_id", "!=", False),
                ],
                limit=1,
            )
        )
        if line:
            raise UserError(
                self.env._(
                    "“%(answer)s” has been chosen in an interview and cannot be deleted. Copy the survey, and change the "
                    "copy.",
                    answer=line.suggested_answer_id.value,
                )
            )
