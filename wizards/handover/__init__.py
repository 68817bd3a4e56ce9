from . import (
    one_entrance_handover_wizard,
)
