from . import (
    one_entrance_seat,
    one_entrance_seat_renewal,
    one_entrance_seat_term,
    res_partner_representation,
)
