from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Where politicians sit on an actor's bodies, and where a politician sits (S11)."""

    _inherit = "res.partner"

    one_entrance_seat_ids = fields.One2many("one.entrance.seat", "partner_id", string="Political Seats", copy=False)
    one_entrance_represented = fields.Boolean(
        string="Politically Represented",
        compute="_compute_one_entrance_represented",
        search="_search_one_entrance_represented",
        help="A politician has a seat on one of the actor's bodies today.",
    )

    @api.depends("one_entrance_seat_ids.date_from", "one_entrance_seat_ids.date_to")
    def _compute_one_entrance_represented(self):
        current = self._get_one_entrance_current_seats()
        for partner in self:
            partner.one_entrance_represented = bool(current.get(partner._origin))

    def _search_one_entrance_represented(self, operator, value):
        if operator != "in":
            return NotImplemented
        represented = Domain("one_entrance_seat_ids", "any", self.env["one.entrance.seat"]._get_current_domain())
        return Domain.OR(represented if wanted else ~represented for wanted in value)

    def _get_one_entrance_current_seats(self):
        """:return: by actor, the seats that are held today
        :rtype: dict[res.partner, one.entrance.seat]
        """
        Seat = self.env["one.entrance.seat"]
        actors = self.filtered("one_entrance_step")
        if not actors:
            return {}
        domain = Domain("partner_id", "in", actors.ids) & Seat._get_current_domain()
        return Seat.search_fetch(domain, ["partner_id", "politician_id", "body", "role"]).grouped("partner_id")
