# The rooms in their order: each knows those before it, and its overrides wrap theirs.
from . import (
    evaluation,
    interview,
    answer,
    figure,
    paper,
    way,
)
