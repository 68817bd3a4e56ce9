from . import (
    base_partner_merge,
    one_entrance_interview_wizard,
    one_entrance_interview_wizard_line,
)
