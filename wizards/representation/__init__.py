from . import (
    one_entrance_seat_renew_wizard,
)
