from . import (
    base_partner_merge_interview,
    one_entrance_interview_wizard,
    one_entrance_interview_wizard_line,
)
