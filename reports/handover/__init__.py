from . import (
    handover,
)
