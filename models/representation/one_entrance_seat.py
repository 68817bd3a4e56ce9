from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from ..common.state_field import State
from ..common.write_changed import write_changed

# What makes two seats the same one, but for their periods.
IDENTITY = ("partner_id", "politician_id", "body", "role")
# Two ends of a term that lie no further apart are one term, corrected; further apart they are two terms.
CORRECTION = relativedelta(years=1)
# So long before a seat ends, and so long after, somebody is asked what becomes of it.
CONFIRM_MONTHS = relativedelta(months=3)


class OneEntranceSeat(models.Model):
    """A politician's seat on a body of an actor, such as its board (S11). It is public: every employee may read it.

    ``date_to`` is the last day, and empty where no end is known. Unless said otherwise it is the end of the council's
    term; a correction of that day in the Settings moves it, but not once the seat has ended, nor when the next term is
    entered. A seat that comes to its end is renewed, or said to end; until then it is *to confirm*, which is never
    stored.
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
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self.env.company._get_one_entrance_today()
    )
    date_to = fields.Date(
        string="Until",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day of the seat. Empty where no end is known.",
    )
    ends_with_term = fields.Boolean(
        string="Ends with the Term",
        default=True,
        help="The seat ends on the last day of the council's term, which stands in the Settings, and moves along when that day "
        "is corrected there. Take the tick away to write another end, or none.",
    )
    is_final = fields.Boolean(
        string="Ends Without Renewal", copy=False, help="Nobody follows on this seat: it is not asked about any more."
    )
    renewed_by_id = fields.Many2one(
        "one.entrance.seat",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The seat that follows on this one.",
    )
    is_current = fields.Boolean(string="Held Today", compute="_compute_is_current", search="_search_is_current")
    state = State(
        [("coming", "Coming"), ("current", "Current"), ("to_confirm", "To Confirm"), ("ended", "Ended")],
        string="Status",
        states="_get_states",
        help="To confirm: from three months before the seat ends until three months after, unless it has been renewed or is said "
        "to end.",
    )

    # what the nightly job asks about: the few that end about now, among all that ever were
    _confirm_idx = models.Index("(date_to, partner_id) WHERE renewed_by_id IS NULL AND is_final IS NOT TRUE")

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

    @api.depends("ends_with_term", "date_from", "partner_id")
    def _compute_date_to(self):
        for seat in self:
            before = seat._origin
            if not seat.ends_with_term:
                seat.date_to = seat.date_to
            elif before.ends_with_term and before._has_end_of_its_own():
                seat.date_to = before.date_to
            else:
                seat.date_to = seat._get_end_with(seat._get_term_end())

    @api.depends("date_from", "date_to")
    def _compute_is_current(self):
        for seat in self:
            today = seat.company_id._get_one_entrance_today()
            begun = bool(seat.date_from and seat.date_from <= today)
            seat.is_current = begun and (not seat.date_to or seat.date_to >= today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._get_current_domain()
        return Domain.OR(current if wanted else ~current for wanted in value)

    @api.depends("date_from", "date_to", "is_final", "renewed_by_id")
    def _get_states(self):
        coming = self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("date_from", ">", today))
        return [
            (False, Domain("date_from", "=", False)),  # while it is written
            ("to_confirm", self._get_to_confirm_domain()),
            ("current", self._get_current_domain()),
            ("coming", coming),
            ("ended", Domain.TRUE),
        ]

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
        """Refuse the same seat twice at one time."""
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

    @api.constrains("renewed_by_id", "partner_id")
    def _check_renewed_by(self):
        """A seat is renewed by a later seat of the same actor; while contacts are merged this need not hold."""
        if self.env.su and self.env.context.get("one_entrance_merge"):
            return
        for seat in self.filtered("renewed_by_id"):
            following = seat.renewed_by_id
            if following.partner_id != seat.partner_id or following.date_from <= seat.date_from:
                raise ValidationError(
                    self.env._(
                        "%(seat)s cannot be renewed by %(other)s: that is not a later seat of the same actor.",
                        seat=seat.display_name,
                        other=following.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Create seats. One with an end of its own does not end with the term, unless that is said."""
        actors = self.env["res.partner"].browse([vals["partner_id"] for vals in vals_list if vals.get("partner_id")])
        seats = super().create(
            [self._prepare_seat_values(self._prepare_term_values(vals, actors)) for vals in vals_list]
        )
        self._push_politicians(seats.politician_id)
        return seats

    def write(self, vals):
        """Write. Another end clears ``ends_with_term``, and setting that brings back the end of the term."""
        vals = self._prepare_seat_values(vals)
        politicians = self.politician_id if "politician_id" in vals else self.politician_id.browse()
        seats = self
        if "date_to" in vals and "ends_with_term" not in vals:
            end = fields.Date.to_date(vals["date_to"]) or False
            others = self.filtered(lambda seat: seat.ends_with_term and seat.date_to != end)
            super(OneEntranceSeat, others).write({"ends_with_term": False})
        elif vals.get("ends_with_term") and "date_to" not in vals:
            begin = fields.Date.to_date(vals.get("date_from"))
            ticked = self.filtered(lambda seat: not seat.ends_with_term)
            for end, group in ticked.grouped(lambda seat: seat._get_end_with(seat._get_term_end(), begin)).items():
                super(OneEntranceSeat, group).write({**vals, "date_to": end})
            seats = self - ticked
        result = super(OneEntranceSeat, seats).write(vals)
        if politicians:
            self._push_politicians(politicians | self.politician_id)
        return result

    def unlink(self):
        politicians = self.politician_id
        result = super().unlink()
        self._push_politicians(politicians)
        return result

    def action_final(self):
        """Record that nobody follows on these seats: they are not asked about any more."""
        self.write({"is_final": True})

    def action_undo_final(self):
        """Open again what becomes of these seats."""
        self.write({"is_final": False})

    def action_renew(self):
        """Open the dialogue that renews these seats for the next term."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_seat_renew_wizard_action")
        action["context"] = {"default_seat_ids": self.ids, "dialog_size": "extra-large"}
        return action

    @api.model
    def _push_politicians(self, partners):
        """Store on contacts whether they have seats, so that the form of a contact need not look for any."""
        partners = partners.sudo().exists()  # who writes a seat need not keep the contacts
        holders = {
            politician
            for (politician,) in self.sudo()._read_group([("politician_id", "in", partners.ids)], ["politician_id"])
        }
        write_changed({partner: {"one_entrance_is_politician": partner in holders} for partner in partners})

    @api.model
    def _prepare_seat_values(self, vals):
        """Write the body without spaces around it or doubled in it, as it is compared."""
        if "body" not in vals:
            return vals
        # empty rather than none at all: the rule has better words for it than the database
        return {**vals, "body": " ".join((vals["body"] or "").split())}

    @api.model
    def _prepare_term_values(self, vals, actors):
        """Add what follows from an end that is given or left out; ``actors`` are those of all seats, read at once."""
        if vals.get("ends_with_term", True) and not vals.get("date_to"):
            return {name: value for name, value in vals.items() if name != "date_to"}
        if "ends_with_term" in vals:
            return vals
        # sudo: the term is the municipality's, whoever writes the seat
        actor = self.env["res.partner"].browse(vals.get("partner_id")).with_prefetch(actors.ids).sudo()
        company = actor.one_entrance_company_id or self.env.company.sudo()
        end = fields.Date.to_date(vals["date_to"])
        return {**vals, "ends_with_term": end == company.one_entrance_election_date}

    @api.model
    def _get_current_domain(self):
        return self.env["res.company"]._get_one_entrance_today_domain(self._get_current_domain_on)

    @api.model
    def _get_current_domain_on(self, today):
        return Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))

    @api.model
    def _get_to_confirm_domain(self):
        """The seats that end about now, and are neither renewed nor said to end."""
        return self.env["res.company"]._get_one_entrance_today_domain(self._get_to_confirm_domain_on)

    @api.model
    def _get_to_confirm_domain_on(self, today):
        day = relativedelta(days=1)
        # months differ in length: a seat that ends on the 31st is asked about from the last day of a shorter month on
        first = max(today - CONFIRM_MONTHS, today - day - CONFIRM_MONTHS + day)
        last = max(today + CONFIRM_MONTHS, today + day + CONFIRM_MONTHS - day)
        return (
            Domain("date_to", ">=", first)
            & Domain("date_to", "<=", last)
            & Domain("date_from", "<=", today)
            & Domain("renewed_by_id", "=", False)
            & Domain("is_final", "=", False)
        )

    def _get_identity(self):
        """What two seats have in common that must not be held at one time."""
        self.ensure_one()
        return self.partner_id, self.politician_id, (self.body or "").casefold(), self.role

    def _get_term_end(self):
        """The last day of the council's term in the Settings, if any."""
        # sudo: a setting, for every writer of a seat to obey
        return self.company_id.sudo().one_entrance_election_date

    def _get_end_with(self, term_end, begin=None):
        """The day the seat ends if the term ends on ``term_end``; ``False`` where it begins after that day, or no day
        is known. ``begin`` is a first day that is about to be written.
        """
        self.ensure_one()
        begin = begin or self.date_from
        return bool(term_end and begin and begin <= term_end) and term_end

    def _has_end_of_its_own(self):
        """Whether the seat ends on another day than the term in the Settings, as with an earlier or later term."""
        end = self.date_to
        return bool(end and self.date_from and self.date_from <= end and end != self._get_term_end())

    @api.model
    def _follow_term(self, company):
        """Move the seats of a municipality that end with the term to its new end in the Settings, if that lies ahead.

        Seats without an end move, and those whose end has not passed and is at most a year away: further off it is
        another term. A seat that follows directly begins earlier or later.
        """
        today, term_end = company._get_one_entrance_today(), company.one_entrance_election_date
        if not term_end or term_end < today:
            return
        seats = self.search(
            Domain("company_id", "=", company.id)
            & Domain("ends_with_term", "=", True)
            & (
                Domain("date_to", "=", False) & Domain("date_from", "<=", term_end)
                | Domain("date_to", ">=", max(today, term_end - CORRECTION))
                & Domain("date_to", "<=", term_end + CORRECTION)
            )
        )
        day = relativedelta(days=1)
        for old_end, moving in seats.grouped("date_to").items():
            if old_end == term_end:
                continue
            following = moving.renewed_by_id.filtered(lambda seat, end=old_end: end and seat.date_from == end + day)
            moves = [(following, {"date_from": term_end + day})]
            for new_end, group in moving.grouped(lambda seat: seat._get_end_with(term_end)).items():
                moves.append((group, {"date_to": new_end, "ends_with_term": True}))
            # those that must make room for the others first
            for records, values in moves if old_end and old_end < term_end else reversed(moves):
                records.write(values)

    def _link_renewals(self, following):
        """Record on each of these seats the one that follows, given in the same order."""
        for seat, new in zip(self, following, strict=True):
            # one by one, as each has another
            seat.write({"renewed_by_id": new.id, "is_final": False})

    def _get_post_text(self):
        """The role and the body in the middle of a sentence, such as *chair of the board*."""
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
        """The posts of these seats, each with its last day where that is known."""
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
        self.ensure_one()
        return self.env._(
            "%(date_from)s – %(date_to)s",
            date_from=format_date(self.env, self.date_from),
            date_to=format_date(self.env, self.date_to) if self.date_to else self.env._("no end"),
        )
