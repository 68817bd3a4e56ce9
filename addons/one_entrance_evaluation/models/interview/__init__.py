from . import (
    ir_http,
    mail_activity_type,
    one_entrance_evaluation,
    one_entrance_leader,
    res_partner,
    survey_question,
    survey_question_answer,
    survey_survey,
    survey_user_input,
)
