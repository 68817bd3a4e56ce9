from . import (
    common,
    actor,
    letter,
    preparation,
    dialogue,
    handover,
)
