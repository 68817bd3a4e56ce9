from . import (
    base_partner_merge,
    one_entrance_seat_renew_wizard,
)
