from . import one_entrance_evaluation
