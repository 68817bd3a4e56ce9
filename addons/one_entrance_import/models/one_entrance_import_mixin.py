import psycopg2

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError


class OneEntranceImportMixin(models.AbstractModel):
    """A strict import tries every row and notes those that a rule refuses (S2); Odoo's import stops after ten."""

    _name = "one.entrance.import.mixin"
    _description = "Imported Strictly"

    @api.model
    def _load_records(self, data_list, update=False):
        """Note a row that is written by itself and refused; the strict import in the context takes all back."""
        refusals = self.env.context.get("one_entrance_import")
        if not refusals or len(data_list) != 1:
            return super()._load_records(data_list, update)
        try:
            with self.env.cr.savepoint():
                return super()._load_records(data_list, update)
        except psycopg2.Error as error:
            reason = self._sql_error_to_message(error)
        except (UserError, RedirectWarning) as error:
            reason = error.args[0]
        refusals.add_unless_unread(data_list[0]["info"]["rows"]["from"], reason)
        return self.browse()
