from . import (
    common,
    actor,
    representation,
    letter,
    preparation,
    dialogue,
    handover,
)
