from . import (
    actor,
    representation,
    letter,
    preparation,
    dialogue,
    handover,
    page,
)
