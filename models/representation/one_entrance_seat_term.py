from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

# Two ends of a term that lie no further apart are one term, corrected; further apart they are two terms.
CORRECTION = relativedelta(years=1)


class OneEntranceSeat(models.Model):
    """A seat ends with the council's term, unless said otherwise (S11).

    The end is written on the seat when it is registered, and moves only when the Settings are corrected: a seat that has
    ended, and one that ends with the present term when the next one is entered, stay as they are.
    """

    _inherit = "one.entrance.seat"

    ends_with_term = fields.Boolean(
        string="Ends with the Term",
        default=True,
        help="The seat ends on the last day of the council's term, which stands in the Settings, and moves along when that day "
        "is corrected there. Take the tick away to write another end, or none.",
    )
    date_to = fields.Date(compute="_compute_date_to", store=True, readonly=False, precompute=True)

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

    @api.model_create_multi
    def create(self, vals_list):
        """Create seats. A seat with an end of its own does not end with the term, unless that is said."""
        actors = self.env["res.partner"].browse([vals["partner_id"] for vals in vals_list if vals.get("partner_id")])
        return super().create([self._prepare_term_values(vals, actors) for vals in vals_list])

    def write(self, vals):
        """Write. Another end takes the tick away, and a tick that is set takes the end that was written away."""
        if "date_to" in vals and "ends_with_term" not in vals:
            end = fields.Date.to_date(vals["date_to"]) or False
            others = self.filtered(lambda seat: seat.ends_with_term and seat.date_to != end)
            super(OneEntranceSeat, others).write({"ends_with_term": False})
        elif vals.get("ends_with_term") and "date_to" not in vals:
            begin = fields.Date.to_date(vals.get("date_from"))
            ticked = self.filtered(lambda seat: not seat.ends_with_term)
            for end, seats in ticked.grouped(lambda seat: seat._get_end_with(seat._get_term_end(), begin)).items():
                super(OneEntranceSeat, seats).write({**vals, "date_to": end})
            return super(OneEntranceSeat, self - ticked).write(vals)
        return super().write(vals)

    @api.model
    def _prepare_term_values(self, vals, actors):
        """:param res.partner actors: those of all seats that are created, to be read at once
        :return: the values, with what follows from an end that is given or left out
        :rtype: dict
        """
        if vals.get("ends_with_term", True) and not vals.get("date_to"):
            return {name: value for name, value in vals.items() if name != "date_to"}
        if "ends_with_term" in vals:
            return vals
        # sudo: the term is the municipality's, whoever writes the seat
        actor = self.env["res.partner"].browse(vals.get("partner_id")).with_prefetch(actors.ids).sudo()
        company = actor.one_entrance_company_id or self.env.company.sudo()
        end = fields.Date.to_date(vals["date_to"])
        return {**vals, "ends_with_term": end == company.one_entrance_election_date}

    def _get_term_end(self):
        """:return: the last day of the council's term as the Settings have it, or none
        :rtype: date | bool
        """
        # sudo: a setting, for every writer of a seat to obey
        return self.company_id.sudo().one_entrance_election_date

    def _get_end_with(self, term_end, begin=None):
        """:param date begin: the first day that is about to be written, instead of the recorded one
        :return: the day the seat ends if the term ends on a day: none where it begins after it, or no day is known
        :rtype: date | bool
        """
        self.ensure_one()
        begin = begin or self.date_from
        return bool(term_end and begin and begin <= term_end) and term_end

    def _has_end_of_its_own(self):
        """:return: whether the seat ends on another day than that of the Settings, such as with a term before it or
        after it
        """
        end = self.date_to
        return bool(end and self.date_from and self.date_from <= end and end != self._get_term_end())

    @api.model
    def _follow_term(self, company):
        """Move the seats that end with the term to the day that the Settings have now, where that is not another term.

        A seat moves if it has no end yet, or if its end has not passed and the new day is at most a year away from it. A
        seat that follows it directly begins the earlier or the later. A day that has passed moves nothing.

        :param res.company company: the municipality whose Settings were changed
        """
        today, term_end = fields.Date.context_today(self), company.one_entrance_election_date
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
