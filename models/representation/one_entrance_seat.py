from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

# What makes two seats the same one, but for their periods.
IDENTITY = ("partner_id", "politician_id", "body", "role")


class OneEntranceSeat(models.Model):
    """Political representation: a politician's seat in a body of an actor, such as its board, in a period (S11).

    A period runs from and including ``date_from`` to and including ``date_to``; an empty ``date_to`` means that no end is
    known. Who sits where is public, and every employee may read it.
    """

    _name = "one.entrance.seat"
    _description = "Political Seat"
    _inherit = ["one.entrance.actor.mixin"]
    _order = "partner_id, body, date_from desc, id desc"
    _rec_names_search = ["body", "partner_id", "politician_id"]
    _check_company_auto = True

    politician_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('is_company', '=', False)]",
        check_company=True,
    )
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
    is_current = fields.Boolean(string="Held Today", compute="_compute_is_current", search="_search_is_current")

    @api.depends("partner_id", "politician_id", "body", "role")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for seat in self:
            seat_sudo = seat.sudo()  # whom a contact belongs to hides no seat
            if not (seat_sudo.partner_id and seat_sudo.politician_id):
                seat.display_name = False  # while it is written it has no name yet
                continue
            post = seat._get_post_text()
            seat.display_name = self.env._(
                "%(post)s of %(actor)s: %(politician)s",
                post=post[:1].upper() + post[1:],
                actor=seat_sudo.partner_id.name,
                politician=seat_sudo.politician_id.name,
            )

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

    @api.constrains("body")
    def _check_body(self):
        for seat in self:
            if not seat.body:
                raise ValidationError(
                    self.env._(
                        "%(politician)s, %(actor)s: write what the seat is in, for example the board.",
                        politician=seat.politician_id.name,
                        actor=seat.partner_id.name,
                    )
                )

    @api.constrains("politician_id")
    def _check_politician(self):
        """A seat is held by a person."""
        self.politician_id._check_one_entrance_is_person()

    @api.constrains("date_from", "date_to")
    def _check_date_order(self):
        for seat in self:
            if seat.date_to and seat.date_to < seat.date_from:
                raise ValidationError(
                    self.env._(
                        "%(seat)s (%(period)s) ends before it begins. Correct one of the dates.",
                        seat=seat.display_name,
                        period=seat._get_period_text(),
                    )
                )

    @api.constrains(*IDENTITY, "date_from", "date_to")
    def _check_periods(self):
        """Refuse the same seat twice at one time, naming both periods."""
        # sudo: the rule holds also where the writer may not read the other seat
        seats = self.sudo()
        siblings = seats.search(
            Domain("partner_id", "in", seats.partner_id.ids) & Domain("politician_id", "in", seats.politician_id.ids),
            order="date_from, id",
        )
        for same in siblings.grouped(lambda seat: seat._get_identity()).values():
            latest = same[:1]
            for later in same[1:]:
                if not latest.date_to or later.date_from <= latest.date_to:
                    raise ValidationError(
                        self.env._(
                            "%(seat)s: this seat is there twice at one time, %(first)s and %(second)s. Let the first end "
                            "before the second begins, or delete one of them.",
                            seat=later.display_name,
                            first=latest._get_period_text(),
                            second=later._get_period_text(),
                        )
                    )
                latest = later

    @api.model_create_multi
    def create(self, vals_list):
        seats = super().create([self._prepare_seat_values(vals) for vals in vals_list])
        self._push_politicians(seats.politician_id)
        return seats

    def write(self, vals):
        politicians = self.politician_id if "politician_id" in vals else self.politician_id.browse()
        result = super().write(self._prepare_seat_values(vals))
        if politicians:
            self._push_politicians(politicians | self.politician_id)
        return result

    def unlink(self):
        politicians = self.politician_id
        result = super().unlink()
        self._push_politicians(politicians)
        return result

    @api.model
    def _push_politicians(self, partners):
        """Write on each contact whether it holds or has held a seat, where that has changed: one grouped query, whatever
        their number. The form of every contact asks for it, and must not look for seats (house rule 3).

        :param res.partner partners:
        """
        partners = partners.sudo().exists()  # who writes a seat need not keep the contacts
        holders = {
            politician
            for (politician,) in self.sudo()._read_group([("politician_id", "in", partners.ids)], ["politician_id"])
        }
        for is_politician in (True, False):
            partners.filtered(
                lambda partner, is_politician=is_politician: (
                    (partner in holders) is is_politician and partner.one_entrance_is_politician is not is_politician
                )
            ).write({"one_entrance_is_politician": is_politician})

    @api.model
    def _prepare_seat_values(self, vals):
        """:return: the values with the name of the body as it is compared: without spaces around it or doubled in it
        :rtype: dict
        """
        if "body" not in vals:
            return vals
        # empty rather than none at all: the rule has better words for it than the database
        return {**vals, "body": " ".join((vals["body"] or "").split())}

    @api.model
    def _get_current_domain(self):
        """:return: the seats that somebody holds today
        :rtype: Domain
        """
        today = fields.Date.context_today(self)
        return Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))

    def _get_identity(self):
        """:return: what two seats have in common that must not be held at one time
        :rtype: tuple
        """
        self.ensure_one()
        return self.partner_id, self.politician_id, (self.body or "").casefold(), self.role

    def _get_post_text(self):
        """:return: the role and the body in the middle of a sentence, such as *chair of the board*
        :rtype: str
        """
        self.ensure_one()
        body = self.body or ""
        if self.role == "chair":
            return self.env._("chair of %(body)s", body=body)
        if self.role == "deputy_chair":
            return self.env._("deputy chair of %(body)s", body=body)
        if self.role == "substitute":
            return self.env._("substitute in %(body)s", body=body)
        if self.role == "observer":
            return self.env._("observer in %(body)s", body=body)
        return self.env._("member of %(body)s", body=body)

    def _get_held_text(self):
        """:return: the posts of these seats, each with its last day where that is known
        :rtype: str
        """
        return format_list(
            self.env,
            [
                self.env._(
                    "%(post)s until %(date)s", post=seat._get_post_text(), date=format_date(self.env, seat.date_to)
                )
                if seat.date_to
                else seat._get_post_text()
                for seat in self
            ],
        )

    def _get_period_text(self):
        """:return: the dates, as a reader writes them
        :rtype: str
        """
        self.ensure_one()
        return self.env._(
            "%(date_from)s – %(date_to)s",
            date_from=format_date(self.env, self.date_from),
            date_to=format_date(self.env, self.date_to) if self.date_to else self.env._("no end"),
        )
