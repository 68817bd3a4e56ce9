from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# So long before a seat ends, and so long after, somebody is asked what becomes of it.
CONFIRM_MONTHS = relativedelta(months=3)
# What decides whether a seat is to be confirmed.
CONFIRM_FIELDS = ("partner_id", "date_from", "date_to", "ends_with_term", "is_final", "renewed_by_id")


class OneEntranceSeat(models.Model):
    """When a seat comes to its end, it is renewed, or somebody says that it ends (S11). Until then it is *to confirm*,
    which is never stored.
    """

    _inherit = "one.entrance.seat"

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
    state = fields.Selection(
        [("coming", "Coming"), ("current", "Current"), ("to_confirm", "To Confirm"), ("ended", "Ended")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
        help="To confirm: from three months before the seat ends until three months after, unless it has been renewed or is said "
        "to end.",
    )

    # what the nightly job asks about: the few that end about now, among all that ever were
    _confirm_idx = models.Index("(date_to, partner_id) WHERE renewed_by_id IS NULL AND is_final IS NOT TRUE")

    @api.depends("date_from", "date_to", "is_final", "renewed_by_id")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        to_confirm = self.filtered_domain(self._get_to_confirm_domain())
        for seat in self:
            if not seat.date_from:
                seat.state = False
            elif seat in to_confirm:
                seat.state = "to_confirm"
            elif seat.date_from > today:
                seat.state = "coming"
            else:
                seat.state = "ended" if seat.date_to and seat.date_to < today else "current"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        to_confirm = self._get_to_confirm_domain()
        domains = {
            "coming": Domain("date_from", ">", today),
            "current": self._get_current_domain() & ~to_confirm,
            "to_confirm": to_confirm,
            "ended": Domain("date_from", "<=", today) & Domain("date_to", "<", today) & ~to_confirm,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.constrains("renewed_by_id", "partner_id")
    def _check_renewed_by(self):
        """What follows on a seat is a later seat of the same actor; of two that become one while contacts are merged."""
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

    def write(self, vals):
        partners = self.partner_id if "partner_id" in vals else self.partner_id.browse()
        result = super().write(vals)
        if not vals.keys().isdisjoint(CONFIRM_FIELDS) and not self.env.context.get("one_entrance_refresh_later"):
            self.env["one.entrance.reminder"]._refresh(partners | self.partner_id)
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self.env["one.entrance.reminder"]._refresh(partners)
        return result

    def action_final(self):
        """Nobody follows on these seats: they are not asked about any more."""
        self.write({"is_final": True})

    def action_undo_final(self):
        """What becomes of these seats is open again."""
        self.write({"is_final": False})

    def action_renew(self):
        """Open the dialogue that renews these seats for the next term."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_seat_renew_wizard_action")
        action["context"] = {"default_seat_ids": self.ids, "dialog_size": "extra-large"}
        return action

    @api.model
    def _get_to_confirm_domain(self):
        """:return: the seats that end about now, and of which nobody has said what becomes of them
        :rtype: Domain
        """
        today = fields.Date.context_today(self)
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

    def _link_renewals(self, following):
        """Say of each of these seats which seat follows on it.

        :param one.entrance.seat following: one for each of these, in the same order
        """
        for seat, new in zip(self.with_context(one_entrance_refresh_later=True), following, strict=True):
            # one by one, as each has another; what follows from it, once for all of them
            seat.write({"renewed_by_id": new.id, "is_final": False})
        self.env["one.entrance.reminder"]._refresh(self.partner_id)
