from . import (
    one_entrance_letter_preview,
    one_entrance_letter_wizard,
    one_entrance_letter_wizard_line,
    one_entrance_letter_wizard_print,
    one_entrance_letter_wizard_send,
)
