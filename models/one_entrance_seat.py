from odoo import api, fields, models
from odoo.fields import Domain


class OneEntranceSeat(models.Model):
    """Political representation: a politician's seat in a body of an actor, such as its board, in a period (S11).

    A period runs from and including ``date_from`` to and including ``date_to``; an empty ``date_to`` means that no end is
    known. Who sits where is public, and every employee may read it.
    """

    _name = "one.entrance.seat"
    _description = "Political Seat"
    _inherit = ["one.entrance.actor.mixin"]
    _order = "partner_id, body, date_from desc, id desc"
    _check_company_auto = True

    politician_id = fields.Many2one("res.partner", string="Politician", required=True, ondelete="restrict", index=True)
    body = fields.Char(required=True, help="What the seat is in, for example the board.")
    role = fields.Selection(
        [
            ("chair", "Chair"),
            ("deputy_chair", "Deputy Chair"),
            ("member", "Member"),
            ("substitute", "Substitute"),
            ("observer", "Observer"),
        ],
        required=True,
        default="member",
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Until", help="The last day of the seat. Empty where no end is known.")
    is_current = fields.Boolean(compute="_compute_is_current", search="_search_is_current")

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for seat in self:
            begun = bool(seat.date_from and seat.date_from <= today)
            seat.is_current = begun and (not seat.date_to or seat.date_to >= today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._get_current_domain()
        return Domain.OR(current if wanted else ~current for wanted in value)

    @api.model
    def _get_current_domain(self):
        """:return: the seats that somebody holds today
        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        return Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
