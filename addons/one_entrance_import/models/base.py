import psycopg2

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError

from odoo.addons.one_entrance.models.common.res_partner import PREFIX


class ImportProblems:
    """What is wrong with the rows of one import.

    It travels in the context, and is compared by identity: an environment must not take one import's for another's.
    """

    def __init__(self):
        self.messages = []


class Base(models.AbstractModel):
    """Import of the scheme's records: every bad row is reported in one go, each with its own reason, and then nothing
    is written (S2).

    Odoo's importer stops at ten rows that cannot be written, and tries to write a row whose cells it could not read,
    which adds a second, misleading reason. Both are for the scheme's own models and fields only: other imports run as
    Odoo has them.
    """

    _inherit = "base"

    @api.model
    def load(self, fields, data):
        if not self._is_one_entrance_import(fields):
            return super().load(fields, data)
        problems = ImportProblems()
        with self.env.cr.savepoint() as savepoint:
            result = super(Base, self.with_context(one_entrance_import=problems)).load(fields, data)
            if problems.messages:
                savepoint.rollback()
                self.pool.reset_changes()
                result["ids"] = False
                result["messages"] = sorted(
                    result["messages"] + problems.messages,
                    key=lambda message: message.get("rows", {}).get("from", -1),
                )
        return result

    @api.model
    def _is_one_entrance_import(self, fields):
        """:return: whether these columns of this model are the scheme's to watch over
        :rtype: bool
        """
        return self._name.startswith("one.entrance.") or any(name and name.startswith(PREFIX) for name in fields)

    @api.model
    def _convert_records(self, records, *, log=lambda message: None, savepoint):
        """Leave out the rows whose cells could not be read: the reason has been given."""
        if not self.env.context.get("one_entrance_import"):
            yield from super()._convert_records(records, log=log, savepoint=savepoint)
            return
        unread = set()

        def watch(message):
            if message.get("type") == "error":
                unread.add(message.get("record"))
            log(message)

        for row in super()._convert_records(records, log=watch, savepoint=savepoint):
            if row[-1]["record"] not in unread:
                yield row

    @api.model
    def _load_records(self, data_list, update=False):
        """Write rows; one that is written by itself and is refused is noted, and the next can be tried."""
        problems = self.env.context.get("one_entrance_import")
        if not problems or len(data_list) != 1 or "info" not in data_list[0]:
            return super()._load_records(data_list, update)
        try:
            with self.env.cr.savepoint():
                return super()._load_records(data_list, update)
        except psycopg2.Error as error:
            reason = self._sql_error_to_message(error)
        except (UserError, RedirectWarning) as error:
            reason = error.args[0]
        problems.messages.append({**data_list[0]["info"], "type": "error", "message": reason})
        return self.browse()
