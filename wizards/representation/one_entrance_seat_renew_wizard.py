from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date

# How long a council sits.
TERM = relativedelta(years=4)


class OneEntranceSeatRenewWizard(models.TransientModel):
    """Renews political seats for the next term, all or none (S11). The old ones stay and name their successors."""

    _name = "one.entrance.seat.renew.wizard"
    _description = "Renew Political Seats"

    seat_ids = fields.Many2many("one.entrance.seat", string="Chosen Seats")
    date_to = fields.Date(
        string="Until",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        help="The last day of the new seats. Proposed is the end of the council's term they begin in: four years after the end "
        "of the term in the Settings, where that is the one that ends now.",
    )
    ends_with_term = fields.Boolean(
        string="Ends with the Term",
        default=True,
        help="The new seats move along when the end of the term is corrected in the Settings.",
    )
    line_ids = fields.One2many(
        "one.entrance.seat.renew.wizard.line",
        "wizard_id",
        string="Seats to Renew",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    warning = fields.Text(compute="_compute_warning", export_string_translation=False)

    @api.depends("seat_ids")
    def _compute_date_to(self):
        """The end of the term in which the new seats begin; without one in Settings, four years after the last end."""
        for wizard in self:
            ends = wizard._get_renewable().mapped("date_to")
            # sudo: the Settings are not for every consultant to read
            term_end = wizard.seat_ids.company_id[:1].sudo().one_entrance_election_date
            if not ends or not term_end:
                wizard.date_to = bool(ends) and max(ends) + TERM
                continue
            terms = 0
            while term_end + TERM * terms <= max(ends):
                terms += 1
            wizard.date_to = term_end + TERM * terms

    @api.depends("seat_ids")
    def _compute_line_ids(self):
        """Seats that are said to end without renewal are proposed to be left out."""
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create({"seat_id": seat.id, "is_renewed": not seat.is_final})
                for seat in wizard._get_renewable()
            ]

    @api.depends("seat_ids")
    def _compute_warning(self):
        for wizard in self:
            seats = wizard.seat_ids._origin
            reasons = [
                self.env._("Renewed already, and left out: %(seat)s.", seat=seat.display_name)
                for seat in seats.filtered("renewed_by_id")
            ]
            reasons += [
                self.env._("Has no end, and is left out: %(seat)s.", seat=seat.display_name)
                for seat in seats.filtered(lambda seat: not seat.date_to and not seat.renewed_by_id)
            ]
            reasons += [
                self.env._(
                    "Said to end without renewal; tick it to renew it all the same: %(seat)s.", seat=seat.display_name
                )
                for seat in wizard._get_renewable().filtered("is_final")
            ]
            wizard.warning = "\n".join(reasons) or False

    def action_apply(self):
        """Renew the ticked seats, all or none, and show the new ones.

        :raise UserError: where no seat is left to renew, or somebody else is renewing one of them
        :raise ValidationError: naming what keeps seats from being renewed
        """
        self.ensure_one()
        lines = self.line_ids.filtered("is_renewed")
        if not lines:
            raise UserError(
                self.env._("No seat is left to renew. Choose seats that have an end and are not renewed yet.")
            )
        seats = lines.seat_id
        seats.check_access("write")
        if len(seats.try_lock_for_update(allow_referencing=True)) < len(seats):
            raise UserError(
                self.env._("Somebody else is renewing some of these seats just now. Try again in a moment.")
            )
        problems = self._get_problems(lines)
        if problems:
            raise ValidationError("\n".join(problems))
        new = self.env["one.entrance.seat"].create([self._prepare_seat_values(line) for line in lines])
        self.env["one.entrance.seat"].concat(*lines.mapped("seat_id"))._link_renewals(new)
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_seat_action")
        return {**action, "domain": [("id", "in", new.ids)], "context": {}}

    def _get_renewable(self):
        """The chosen seats with an end on which no seat follows yet."""
        return self.seat_ids._origin.filtered(lambda seat: seat.date_to and not seat.renewed_by_id)

    def _get_problems(self, lines):
        problems = []
        if len(lines.seat_id.company_id) > 1:
            problems.append(
                self.env._(
                    "The seats are of several municipalities (%(companies)s), whose terms may end on different days. Renew "
                    "those of one at a time.",
                    companies=", ".join(lines.seat_id.company_id.sudo().mapped("name")),
                )
            )
        if not self.date_to:
            return [*problems, self.env._("The new seats have no end. Choose the last day of the next term.")]
        if len(lines.seat_id) < len(lines):
            problems.append(self.env._("A seat is there twice. Leave one of the two lines out."))
        for line in lines:
            seat = line.seat_id
            if seat.renewed_by_id:
                problems.append(
                    self.env._(
                        "%(seat)s has been renewed meanwhile. Leave it out.",
                        seat=seat.display_name,
                    )
                )
            elif not seat.date_to:
                problems.append(
                    self.env._("%(seat)s has no end, and so cannot be renewed. Leave it out.", seat=seat.display_name)
                )
            elif self.date_to < line.date_from:
                problems.append(
                    self.env._(
                        "%(seat)s: the new seat would begin on %(begin)s, after its end on %(end)s. Choose a later end, or "
                        "leave it out.",
                        seat=seat.display_name,
                        begin=format_date(self.env, line.date_from),
                        end=format_date(self.env, self.date_to),
                    )
                )
        return problems

    def _prepare_seat_values(self, line):
        """The values of the seat that follows."""
        return {
            "partner_id": line.seat_id.partner_id.id,
            "politician_id": line.politician_id.id,
            "body": line.seat_id.body,
            "role": line.role,
            "date_from": line.date_from,
            "date_to": self.date_to,
            "ends_with_term": self.ends_with_term,
        }


class OneEntranceSeatRenewWizardLine(models.TransientModel):
    """A seat that is to be renewed: by whom, and in what role."""

    _name = "one.entrance.seat.renew.wizard.line"
    _description = "Political Seat to Renew"
    _order = "id"

    wizard_id = fields.Many2one("one.entrance.seat.renew.wizard", required=True, ondelete="cascade", index=True)
    seat_id = fields.Many2one("one.entrance.seat", required=True, ondelete="cascade")
    is_renewed = fields.Boolean(string="Renew", default=True)
    partner_id = fields.Many2one(related="seat_id.partner_id")
    body = fields.Char(related="seat_id.body")
    politician_id = fields.Many2one(
        "res.partner",
        compute="_compute_politician_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        domain="[('is_company', '=', False)]",
    )
    role = fields.Selection(
        selection=lambda self: self.env["one.entrance.seat"]._fields["role"]._description_selection(self.env),
        compute="_compute_politician_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_from = fields.Date(string="From", compute="_compute_date_from")

    @api.depends("seat_id")
    def _compute_politician_id(self):
        for line in self:
            line.politician_id = line.seat_id.politician_id
            line.role = line.seat_id.role

    @api.depends("seat_id.date_to")
    def _compute_date_from(self):
        """The day after the old seat's last, so that nobody sits twice and the seat is never empty."""
        for line in self:
            line.date_from = line.seat_id.date_to and line.seat_id.date_to + relativedelta(days=1)
