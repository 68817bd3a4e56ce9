from . import (
    one_entrance_inquiry_refer_wizard,
    one_entrance_inquiry_sender_wizard,
)
