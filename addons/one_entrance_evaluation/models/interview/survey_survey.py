from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class SurveySurvey(models.Model):
    """The questions of an evaluation: put to an actor and to its contact leader in the same words (S12).

    A type of its own keeps them, and what is answered in confidence, out of the municipality's other surveys.
    """

    _inherit = "survey.survey"

    survey_type = fields.Selection(
        selection_add=[("one_entrance", "One Entrance")], ondelete={"one_entrance": "set default"}
    )

    @api.depends("survey_type")
    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group("one_entrance.group_manager"):
            for survey in self:
                survey.allowed_survey_types = [*(survey.allowed_survey_types or ()), "one_entrance"]
        return result

    @api.constrains(
        "survey_type",
        "access_mode",
        "users_login_required",
        "is_attempts_limited",
        "is_time_limited",
        "questions_selection",
    )
    def _check_one_entrance_answered_by_all(self):
        """Both sides get the same questions, and answer by their own link without login."""
        for survey in self.filtered(lambda survey: survey.survey_type == "one_entrance"):
            if (
                survey.access_mode != "token"
                or survey.users_login_required
                or survey.is_attempts_limited
                or survey.is_time_limited
                or survey.questions_selection != "all"
            ):
                raise ValidationError(
                    self.env._(
                        "“%(survey)s”: an interview of One Entrance puts all questions to invited people only, without login, "
                        "and limits neither time nor attempts. Correct the options of the survey.",
                        survey=survey.title,
                    )
                )

    @api.constrains("survey_type")
    def _check_one_entrance_keeps_type(self):
        """What was answered in confidence does not pass to the people of the other surveys."""
        others = self.filtered(lambda survey: survey.survey_type != "one_entrance")
        used = others._get_one_entrance_used()
        if used:
            raise ValidationError(
                self.env._(
                    "“%(survey)s” belongs to an evaluation round and stays a survey of One Entrance. Copy it, and change the "
                    "copy.",
                    survey=used[:1].title,
                )
            )

    @api.onchange("survey_type")
    def _onchange_survey_type(self):
        result = super()._onchange_survey_type()
        if self.survey_type == "one_entrance":
            self.update(
                {
                    "access_mode": "token",
                    "certification": False,
                    "is_time_limited": False,
                    "questions_selection": "all",
                    "scoring_type": "no_scoring",
                    "users_can_go_back": True,
                    "users_login_required": False,
                }
            )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_used(self):
        used = self._get_one_entrance_used()
        if used:
            raise UserError(
                self.env._(
                    "“%(survey)s” belongs to an evaluation round, and its answers would be lost. Archive it instead.",
                    survey=used[:1].title,
                )
            )

    def _check_answer_creation(self, user, partner, email, test_entry=False, check_attempts=True, invite_token=False):
        """Nobody answers who was not asked: an interview is made with its round, and answered once."""
        if self.survey_type == "one_entrance" and not test_entry:
            raise UserError(
                self.env._(
                    "“%(survey)s” is answered in the interviews of an evaluation round only. Make them there.",
                    survey=self.title,
                )
            )
        return super()._check_answer_creation(
            user, partner, email, test_entry=test_entry, check_attempts=check_attempts, invite_token=invite_token
        )

    def _get_one_entrance_used(self):
        """:return: those of these surveys that a round asks, or that an interview was made with"""
        # sudo: what is used counts also where the user may not read it
        rounds = self.env["one.entrance.evaluation"].sudo().search([("survey_id", "in", self.ids)])
        interviews = (
            self.env["survey.user_input"]
            .sudo()
            ._read_group(
                Domain("survey_id", "in", self.ids) & Domain("one_entrance_evaluation_id", "!=", False), ["survey_id"]
            )
        )
        used = set(rounds.survey_id.ids) | {survey.id for (survey,) in interviews}
        return self.filtered(lambda survey: survey.id in used)
