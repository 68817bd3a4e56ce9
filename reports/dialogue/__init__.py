from . import (
    minutes,
)
