from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SurveyQuestion(models.Model):
    """A question of an interview. Figures go by its use, never by its words: a municipality may adapt these (S12)."""

    _inherit = "survey.question"

    one_entrance_use = fields.Selection(
        [
            ("value", "Value of the Dialogue"),
            ("level", "Suitable Level"),
            ("relation", "Professional Relation"),
            ("agreed", "Frequency Agreed"),
            ("held", "Frequency Held"),
            ("wished", "Frequency Wished"),
            ("sheet", "Use of the Background Sheet"),
            ("change", "What Should Change"),
            ("consent", "Consent to Be Quoted"),
        ],
        string="Use in the Evaluation",
        help="What One Entrance takes the answers for. Whoever agrees on the question about consent is quoted, without name.",
    )

    one_entrance_survey_type = fields.Selection(
        related="survey_id.survey_type", string="Type of the Survey", export_string_translation=False
    )

    _one_entrance_use_idx = models.UniqueIndex(
        "(survey_id, one_entrance_use) WHERE one_entrance_use IS NOT NULL",
        "Two questions of one survey cannot have the same use in the evaluation. Choose another use for one of them.",
    )

    @api.constrains("one_entrance_use", "question_type")
    def _check_one_entrance_consent(self):
        for question in self:
            if question.one_entrance_use == "consent" and question.question_type != "simple_choice":
                raise ValidationError(
                    self.env._(
                        "“%(question)s” asks for consent and takes one of several answers. Correct the type of the question.",
                        question=question.title,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_answered(self):
        # sudo: an answer counts also where the user may not read it
        line = (
            self.env["survey.user_input.line"]
            .sudo()
            .search(
                [
                    ("question_id", "in", self.ids),
                    ("user_input_id.one_entrance_evaluation_id", "!=", False),
                ],
                limit=1,
            )
        )
        if line:
            raise UserError(
                self.env._(
                    "“%(question)s” has been put in an interview, and the answers would be lost. Copy the survey, and change "
                    "the copy.",
                    question=line.question_id.title,
                )
            )
