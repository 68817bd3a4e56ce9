from . import (
    actor,
    representation,
    letter,
    handover,
    page,
)
