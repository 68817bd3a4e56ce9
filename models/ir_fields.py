from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """Import of the register: no value is silently taken for another (S2).

    Odoo's importer takes the first of several records with the name in the cell and says so in a warning. For the
    scheme's own fields, where it would put the wrong leader on an actor, that is an error of the row.
    """

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        record_id, warnings = super().db_id_for(model, field, subfield, value, savepoint)
        if warnings and field.name.startswith("one_entrance_"):
            raise self._format_import_error(
                ValueError,
                self.env._(
                    "More than one record is called “%s”, for the field “%%(field)s”. Make the names differ, or use the "
                    "external ID."
                ),
                value,
            )
        return record_id, warnings
