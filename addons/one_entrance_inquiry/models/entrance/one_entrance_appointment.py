from odoo import api, models
from odoo.fields import Domain


class OneEntranceAppointment(models.Model):
    """What an actor has raised and is not answered yet goes along to the next contact leader (S9, S14)."""

    _inherit = "one.entrance.appointment"

    @api.model
    def _get_open_inquiries(self, actors, leader):
        """:return: the inquiries of actors that a leader sees to and that are not answered yet"""
        Inquiry = self.env["one.entrance.inquiry"]
        return Inquiry.search(
            Domain("partner_id", "in", actors.ids) & Domain("leader_id", "=", leader.id) & Inquiry._get_open_domain()
        )

    @api.model
    def _get_documents(self, actors):
        inquiries = self.env["one.entrance.inquiry"].search([("partner_id", "in", actors.ids)])
        return [*super()._get_documents(actors), inquiries]

    def _move_more(self, actors, old, leader):
        result = super()._move_more(actors, old, leader)
        self._get_open_inquiries(actors, old).write({"leader_id": leader.id})
        return result
