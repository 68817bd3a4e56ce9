from . import (
    one_entrance_point_wizard,
)
