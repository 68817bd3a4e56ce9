from odoo.addons.one_entrance.tests.common import OneEntranceCase

STEPS = {"step": "contact", "letter_date": "2024-02-01", "contact_date": "2024-03-01"}
# What it takes to note a round.
NOTED = {
    "date_to": "2024-04-30",
    "directorate_date": "2024-05-02",
    "council_date": "2024-05-14",
    "decision": "<p>Taget til efterretning</p>",
    "state": "noted",
}


class InterviewCase(OneEntranceCase):
    """A round, and actors that have been contacted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("one_entrance_evaluation.survey_interview")
        cls.questions = {
            question.one_entrance_use: question
            for question in cls.survey.question_and_page_ids
            if question.one_entrance_use
        }

    @classmethod
    def _make_contacted(cls, name="Havnen", **values):
        return cls._make_actor(name, **STEPS, **values)

    @classmethod
    def _make_round(cls, actors=None, **values):
        """Open a round as the manager; of all who have been contacted where no actors are given."""
        if actors is not None:
            values["actor_ids"] = [(6, 0, actors.ids)]
        return (
            cls.env["one.entrance.evaluation"]
            .with_user(cls.manager)
            .create({"name": "Evaluering", "date_from": "2023-07-01", "date_to": "2024-06-30", **values})
        )

    @classmethod
    def _get_interview(cls, evaluation, actor, side="actor"):
        return evaluation.sudo().interview_ids.filtered(
            lambda interview: interview.one_entrance_actor_id == actor and interview.one_entrance_side == side
        )

    @classmethod
    def _answer(cls, interview, agrees=None, **answers):
        """Answer an interview as its page does, by what the questions are used for.

        :param bool agrees: whether the person may be quoted; no answer where it is not given
        """
        interview = interview.sudo()
        interview._mark_in_progress()
        if agrees is not None:
            answers["consent"] = "yes" if agrees else "no"
        for use, value in answers.items():
            question = cls.questions[use]
            if use == "consent":
                value = question.suggested_answer_ids.filtered(
                    lambda answer, value=value: answer.one_entrance_agrees == (value == "yes")
                ).id
            elif question.question_type == "simple_choice":
                value = question.suggested_answer_ids[value].id
            interview._save_lines(question, str(value))
        interview._mark_done()
