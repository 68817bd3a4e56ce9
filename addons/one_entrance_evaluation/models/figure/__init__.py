from . import (
    one_entrance_evaluation_figure,
    one_entrance_appointment,
    one_entrance_meeting,
    one_entrance_evaluation,
    actor,
    dialogue,
)
