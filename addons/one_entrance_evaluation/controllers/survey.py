from odoo.addons.survey.controllers.main import Survey


class OneEntranceSurvey(Survey):
    """The pages on which an interview is answered (S12)."""

    def _check_validity(self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True):
        """Whoever has an interview's link answers, without login or in another's place, until the round is noted."""
        evaluation = answer_sudo.one_entrance_evaluation_id
        if evaluation and evaluation.state == "noted" and answer_sudo.state != "done":
            return "survey_closed"
        return super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner and not evaluation,
        )
