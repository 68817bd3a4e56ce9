from odoo import fields, models
from odoo.tools import SQL


class OneEntranceMeetingPoint(models.Model):
    """What a commitment's deadline means today, for PostgreSQL to count by: Odoo's own groupings and pivots take the status as
    they take a stored field, though it is not stored (house rule 3, S16).
    """

    _inherit = "one.entrance.meeting.point"

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields["state"], "read")
        # as _compute_state judges it
        return SQL(
            """CASE
                WHEN COALESCE(%(commitment)s, '') = '' THEN 'talk'
                WHEN %(done)s THEN 'done'
                WHEN %(deadline)s < %(today)s THEN 'late'
                ELSE 'open'
            END""",
            commitment=self._field_to_sql(alias, "commitment", query),
            done=self._field_to_sql(alias, "done", query),
            deadline=self._field_to_sql(alias, "deadline", query),
            today=fields.Date.context_today(self),
        )
