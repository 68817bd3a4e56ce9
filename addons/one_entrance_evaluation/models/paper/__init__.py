from . import (
    one_entrance_measure,
    one_entrance_evaluation,
)
