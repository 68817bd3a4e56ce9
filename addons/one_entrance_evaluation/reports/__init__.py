from . import (
    evaluation,
    evaluation_findings,
    evaluation_interviews,
    evaluation_measures,
    evaluation_relations,
    evaluation_words,
)
