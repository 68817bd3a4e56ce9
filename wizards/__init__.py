from . import (
    actor,
    representation,
    letter,
    handover,
    page,
    inquiry,
    evaluation,
)
