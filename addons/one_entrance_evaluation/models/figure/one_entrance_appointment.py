from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class OneEntranceAppointment(models.Model):
    """Which appointments were handovers: what an evaluation counts (S14)."""

    _inherit = "one.entrance.appointment"

    is_handover = fields.Boolean(
        string="Handover",
        compute="_compute_is_handover",
        search="_search_is_handover",
        help="The actor had another contact leader before. Not a first appointment, not one that came with a merged contact, "
        "and not one that was corrected on the same day.",
    )

    @api.depends("partner_id", "leader_id", "date_from", "date_to", "origin")
    def _compute_is_handover(self):
        found = self.search([("id", "in", self.ids), ("is_handover", "=", True)])
        for appointment in self:
            appointment.is_handover = appointment in found

    def _search_is_handover(self, operator, value):
        """SQL, as no domain knows an earlier period: the last own one of a day or longer was another leader's."""
        if operator != "in":
            return NotImplemented
        self.flush_model(["partner_id", "leader_id", "date_from", "date_to", "origin"])
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                """(
                    COALESCE(%(this)s.origin, '') = '' AND (%(this)s.date_to IS NULL OR %(this)s.date_to > %(this)s.date_from)
                    AND %(this)s.leader_id != (
                        SELECT former.leader_id FROM one_entrance_appointment former
                        WHERE former.partner_id = %(this)s.partner_id AND COALESCE(former.origin, '') = ''
                        AND former.date_to > former.date_from AND former.date_from < %(this)s.date_from
                        ORDER BY former.date_from DESC LIMIT 1
                    )
                ) IS TRUE""",
                this=SQL.identifier(alias),
            ),
            predicate=lambda appointment: appointment.is_handover,
        )
