from . import (
    one_entrance_inquiry,
)
