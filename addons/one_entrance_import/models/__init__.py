from . import (
    base,
    base_import_import,
    ir_fields,
    res_partner,
)
