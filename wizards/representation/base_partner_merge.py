from odoo import api, models
from odoo.fields import Domain


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """A merge keeps political seats; the same seat twice at one time becomes one, for as long as both (S11)."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: who may merge contacts is Odoo's to say; the whole contact moves, with all its seats
        self._join_one_entrance_seats(src_partners.sudo(), dst_partner.sudo())
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        self.env["one.entrance.seat"]._push_politicians(dst_partner)
        return result

    @api.model
    def _join_one_entrance_seats(self, src_partners, dst_partner):
        """Join seats that are the same at one time once these contacts, given as superuser, are one."""
        merged = src_partners | dst_partner
        persons = merged.filtered(lambda contact: not contact.is_company)
        if persons != merged:
            persons._check_one_entrance_holds_no_seat()
        Seat = self.env["one.entrance.seat"].sudo().with_context(one_entrance_merge=True)
        seats = Seat.search(
            Domain("partner_id", "in", merged.ids) | Domain("politician_id", "in", merged.ids), order="date_from, id"
        )

        def get_identity(seat):
            actor, politician, *rest = seat._get_identity()
            return (
                dst_partner if actor in merged else actor,
                dst_partner if politician in merged else politician,
                *rest,
            )

        for same in seats.grouped(get_identity).values():
            group = Seat
            for seat in same:
                if group and all(each.date_to and each.date_to < seat.date_from for each in group):
                    self._join_one_entrance_group(group, dst_partner)
                    group = Seat
                group |= seat
            self._join_one_entrance_group(group, dst_partner)

    @api.model
    def _join_one_entrance_group(self, seats, dst_partner):
        """Make one of overlapping seats, in order of their first day: the surviving contact's, or else the first."""
        if len(seats) < 2:
            return
        survivor = seats.filtered(lambda seat: dst_partner in (seat.partner_id, seat.politician_id))[:1] or seats[:1]
        others = seats - survivor
        dst_partner.message_post(
            body=self.env._(
                "Two contacts were merged, and with them these seats, which are one now: %(seats)s.",
                seats="; ".join(f"{seat.display_name} ({seat._get_period_text()})" for seat in seats),
            )
        )
        last = seats.sorted(lambda seat: (not seat.date_to, seat.date_to or seat.date_from))[-1:]
        values = {
            "date_from": seats[0].date_from,
            "date_to": last.date_to,
            "ends_with_term": last.ends_with_term,
            "is_final": last.is_final,
            "renewed_by_id": (seats.renewed_by_id - seats)[:1].id,
        }
        Seat = seats.browse()
        Seat.search([("renewed_by_id", "in", others.ids)]).filtered(lambda seat: seat not in seats).write(
            {"renewed_by_id": survivor.id}
        )
        seats.write({"renewed_by_id": False})
        others.unlink()
        survivor.write(values)
