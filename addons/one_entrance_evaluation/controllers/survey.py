from odoo.addons.survey.controllers.main import Survey


class OneEntranceSurvey(Survey):
    """The pages on which an interview is answered (S12)."""

    def _check_validity(self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True):
        """Whoever has the link of an interview answers, with or without login: the actor, a contact leader or delegate, or
        a consultant who types what is said. Once the round is noted, nobody does.
        """
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
