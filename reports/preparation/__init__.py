from . import (
    conflict_of_interest,
    background_sheet,
    background_sheet_shared,
)
