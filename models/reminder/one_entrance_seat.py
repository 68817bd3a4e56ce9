from odoo import models

# What decides whether a seat is to be confirmed.
CONFIRM_FIELDS = ("partner_id", "date_from", "date_to", "ends_with_term", "is_final", "renewed_by_id")


class OneEntranceSeat(models.Model):
    """Whoever says what becomes of a seat is not asked about it any more (S11)."""

    _inherit = "one.entrance.seat"

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

    def _link_renewals(self, following):
        # what follows from it, once for all of them
        result = super(OneEntranceSeat, self.with_context(one_entrance_refresh_later=True))._link_renewals(following)
        self.env["one.entrance.reminder"]._refresh(self.partner_id)
        return result
