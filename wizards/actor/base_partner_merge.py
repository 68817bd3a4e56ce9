from odoo import api, fields, models
from odoo.fields import Domain

from ...models.actor.res_partner import PREFIX


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging two actors keeps both histories and leaves exactly one current contact leader (house rule 8).

    One of the merged contacts decides where the scheme stands with the actor: one that is active in the scheme before
    one that has left it, then the surviving one, then the one whose values Odoo's merge would let win. The others'
    appointments, meetings and sheets become history beside it, and the log says what they were.

    Political seats are kept, whether the actor or the politician is merged; where the same seat is there twice at one
    time it becomes one, for as long as both (S11).
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: who may merge contacts is Odoo's to say; the whole contact moves, with all its history
        src, dst = src_partners.sudo(), dst_partner.sudo()
        self._end_one_entrance_of((src | dst) - self._get_one_entrance_keeper(src, dst), dst)
        self._join_one_entrance_seats(src, dst)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _update_values(self, src_partners, dst_partner):
        src, dst = src_partners.sudo(), dst_partner.sudo()
        keeper = self._get_one_entrance_keeper(src, dst)
        values = {
            name: field.convert_to_write(keeper[name], keeper)
            for name, field in keeper._fields.items()
            if name.startswith(PREFIX) and field.store and not field.related and not field.type.endswith("2many")
        }
        result = super()._update_values(src_partners, dst_partner.with_context(one_entrance_merge=True))
        if keeper and keeper != dst:
            # the company first: a merged contact may have got one with the other values
            dst.with_context(one_entrance_sync=True).write(values)
        if keeper:
            dst.invalidate_recordset()
            self.env["one.entrance.meeting"]._push_dates(dst)
            self.env["one.entrance.meeting"]._follow_merge(dst)
        self.env["one.entrance.seat"]._push_politicians(dst)
        return result

    @api.model
    def _join_one_entrance_seats(self, src_partners, dst_partner):
        """Make one of the seats that would be the same at one time once these contacts are one: the surviving contact's,
        or else the first, from the first day to the last of all of them. The log of the survivor says what they were.

        :param res.partner src_partners: as superuser
        :param res.partner dst_partner: as superuser
        """
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
        """:param one.entrance.seat seats: the same seat at overlapping times, the first first, as superuser"""
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

    @api.model
    def _get_one_entrance_keeper(self, src_partners, dst_partner):
        """:return: the contact whose place in the scheme the merged contact gets; empty where none is an actor
        :rtype: res.partner
        """
        actors = (src_partners | dst_partner).filtered("one_entrance_step")
        actors = actors.filtered(lambda actor: actor.one_entrance_step != "left") or actors
        return (actors & dst_partner) or actors[-1:]

    @api.model
    def _end_one_entrance_of(self, partners, survivor):
        """Let what is current for merged contacts become history.

        :param res.partner partners: the merged contacts that do not decide, as superuser
        :param res.partner survivor: takes the history over; its log gets a line for each
        """
        today = fields.Date.context_today(self)
        steps = dict(partners._fields["one_entrance_step"]._description_selection(self.env))
        # what was agreed for a contact that is no actor of its own any more is not carried out
        self.env["one.entrance.appointment"].sudo()._get_upcoming(partners)._call_off()
        for partner in partners:
            appointments = partner.one_entrance_appointment_ids.with_context(one_entrance_sync=True)
            if partner.one_entrance_step:
                survivor.message_post(
                    body=self.env._(
                        "Two contacts were merged into this actor. %(actor)s stood on “%(step)s”, with %(leader)s.",
                        actor=partner.display_name,
                        step=steps[partner.one_entrance_step],
                        leader=partner.one_entrance_holder_text or self.env._("no contact leader"),
                    )
                )
            # the origin first: periods with one are no part of the history that must be without gap and overlap
            appointments.filtered(lambda appointment: not appointment.origin).write({"origin": partner.display_name})
            for appointment in appointments.filtered(lambda period: not period.date_to or period.date_to > today):
                appointment.write(
                    {
                        "date_to": max(today, appointment.date_from),
                        "reason": appointment.reason
                        or self.env._("Merged into %(actor)s", actor=survivor.display_name),
                    }
                )
            partner.one_entrance_sheet_ids.filtered(lambda sheet: sheet.state != "archived").write(
                {"state": "archived"}
            )
        self.env.flush_all()
