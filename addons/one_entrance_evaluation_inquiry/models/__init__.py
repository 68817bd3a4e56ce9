from . import (
    one_entrance_evaluation,
    one_entrance_evaluation_figure,
    one_entrance_inquiry,
)
