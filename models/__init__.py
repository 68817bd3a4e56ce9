# The rooms in their order: each knows those before it, and its overrides wrap theirs.
from . import (
    common,
    leadership,
    actor,
    representation,
    letter,
    preparation,
    dialogue,
    reminder,
    handover,
    page,
)
