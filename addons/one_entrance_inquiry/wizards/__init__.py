from . import (
    base_partner_merge,
    one_entrance_handover_wizard,
    one_entrance_inquiry_refer_wizard,
    one_entrance_inquiry_sender_wizard,
)
