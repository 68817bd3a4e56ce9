from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..common.res_partner import PREFETCH


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
    one_entrance_seat_text = fields.Char(
        string="Political Representation",
        compute="_compute_one_entrance_represented",
        help="The politicians who have a seat on the actor's bodies today, and their roles.",
    )
    one_entrance_is_politician = fields.Boolean(
        string="Holds Political Seats",
        readonly=True,
        copy=False,
        prefetch=PREFETCH,
        help="The contact has, has had or will have a seat on an actor's body.",
    )
    one_entrance_shown_seat_ids = fields.One2many(
        "one.entrance.seat",
        string="Seats of the Politician",
        compute="_compute_one_entrance_shown_seat_ids",
        exportable=False,
    )

    @api.depends(
        "one_entrance_seat_ids.date_from",
        "one_entrance_seat_ids.date_to",
        "one_entrance_seat_ids.politician_id",
        "one_entrance_seat_ids.role",
    )
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_one_entrance_represented(self):
        current = self._get_one_entrance_current_seats()
        roles = dict(self.env["one.entrance.seat"]._fields["role"]._description_selection(self.env)) if current else {}
        for partner in self:
            seats = current.get(partner._origin, ())
            partner.one_entrance_represented = bool(seats)
            partner.one_entrance_seat_text = (
                "; ".join(
                    self.env._(
                        "%(politician)s, %(role)s",
                        politician=seat.sudo().politician_id.name,  # whom a contact belongs to hides no seat
                        role=roles[seat.role].lower(),
                    )
                    for seat in seats
                )
                or False
            )

    def _search_one_entrance_represented(self, operator, value):
        if operator != "in":
            return NotImplemented
        represented = Domain("one_entrance_seat_ids", "any", self.env["one.entrance.seat"]._get_current_domain())
        return Domain.OR(represented if wanted else ~represented for wanted in value)

    @api.depends("one_entrance_is_politician")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_one_entrance_shown_seat_ids(self):
        """Seats are looked up for politicians only: the form of every contact shows the field."""
        self.one_entrance_shown_seat_ids = False
        politicians = self.filtered("one_entrance_is_politician")._origin
        if not politicians:
            return
        Seat = self.env["one.entrance.seat"]
        seats = Seat.search_fetch(
            Domain("politician_id", "in", politicians.ids),
            ["partner_id", "politician_id"],
            order="date_from desc, id desc",
        ).grouped("politician_id")
        for partner in self:
            partner.one_entrance_shown_seat_ids = seats.get(partner._origin, Seat)

    def write(self, vals):
        """Write. Raises ValidationError where a politician who holds seats would become a company."""
        # not a constraint: it would look for seats for each contact that is created
        persons = self.filtered(lambda contact: not contact.is_company) if vals.get("is_company") else ()
        if persons:
            persons._check_one_entrance_holds_no_seat()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_seats(self):
        # sudo: the seats count also where the user may not read them
        seat = self.env["one.entrance.seat"].sudo()
        seat = seat.search(Domain("partner_id", "in", self.ids) | Domain("politician_id", "in", self.ids), limit=1)
        if seat:
            raise ValidationError(
                self.env._(
                    "%(contact)s cannot be deleted: %(seat)s (%(period)s). Who sat where would be lost. Archive the contact "
                    "instead.",
                    contact=(seat.politician_id if seat.politician_id in self.sudo() else seat.partner_id).display_name,
                    seat=seat.display_name,
                    period=seat._get_period_text(),
                )
            )

    def action_one_entrance_seats(self):
        """Open the political seats at these actors, and those that these politicians hold."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_seat_action")
        action["domain"] = ["|", ("partner_id", "in", self.ids), ("politician_id", "in", self.ids)]
        action["context"] = {}
        if len(self) == 1:
            name = "default_partner_id" if self.one_entrance_step else "default_politician_id"
            action["context"] = {name: self.id}
        return action

    def _check_one_entrance_is_person(self):
        """Refuse a company where a politician is wanted."""
        for contact in self.filtered("is_company"):
            raise ValidationError(
                self.env._(
                    "%(contact)s is a company, and a political seat is held by a person. Choose the politician's own contact.",
                    contact=contact.display_name,
                )
            )

    def _check_one_entrance_holds_no_seat(self):
        """Refuse that holders of seats become companies, or are merged with one."""
        # sudo: the rule holds also where the user may not read the seats
        seat = self.env["one.entrance.seat"].sudo().search([("politician_id", "in", self.ids)], limit=1)
        if seat:
            raise ValidationError(
                self.env._(
                    "%(contact)s holds political seats, and so is a person. Give the seats to another contact before this one "
                    "becomes a company.",
                    contact=seat.politician_id.display_name,
                )
            )

    def _get_one_entrance_current_seats(self):
        """By actor, the seats held today, chairs first, with the politicians' names read at once."""
        Seat = self.env["one.entrance.seat"]
        actors = self.filtered("one_entrance_step")._origin
        if not actors:
            return {}
        domain = Domain("partner_id", "in", actors.ids) & Seat._get_current_domain()
        seats = Seat.search_fetch(domain, ["partner_id", "politician_id", "body", "role", "date_to"])
        seats.sudo().politician_id.fetch(["name"])  # sudo: whom a contact belongs to hides no seat
        order = [role for role, _label in Seat._fields["role"].selection]
        return seats.sorted(lambda seat: order.index(seat.role)).grouped("partner_id")
