from . import (
    letter,
)
