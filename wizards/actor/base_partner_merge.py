from odoo import api, models

from ...models.common.res_partner import PREFIX


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging two actors keeps both histories and exactly one current contact leader (house rule 8).

    One contact decides where the actor stands: an active one before one that has left, then the survivor, then the one
    whose values Odoo's merge prefers. What the others have becomes history, and the log says what they were.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # sudo: who may merge contacts is Odoo's to say; the whole contact moves, with all its history
        src, dst = src_partners.sudo(), dst_partner.sudo()
        self._end_one_entrance_of((src | dst) - self._get_one_entrance_keeper(src, dst), dst)
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
            self._follow_one_entrance_merge(dst)
        return result

    @api.model
    def _follow_one_entrance_merge(self, actor):
        """Hook: update what is derived for an actor, given as superuser, from what merged contacts brought."""

    @api.model
    def _get_one_entrance_keeper(self, src_partners, dst_partner):
        """The contact whose place in the scheme is kept; empty where none is an actor."""
        actors = (src_partners | dst_partner).filtered("one_entrance_step")
        actors = actors.filtered(lambda actor: actor.one_entrance_step != "left") or actors
        return (actors & dst_partner) or actors[-1:]

    @api.model
    def _end_one_entrance_of(self, partners, survivor):
        """Hook: make history of what is current for merged contacts. Overrides add theirs before ``super()`` flushes.

        :param res.partner partners: those that do not decide, as superuser
        :param res.partner survivor: takes the history over; its log gets a line for each
        """
        steps = dict(partners._fields["one_entrance_step"]._description_selection(self.env))
        # what was agreed for a contact that is no actor of its own any more is not carried out
        self.env["one.entrance.appointment"].sudo()._call_off_agreed(partners)
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
            for appointment in appointments:
                today = appointment.company_id._get_one_entrance_today()
                if not appointment.date_to or appointment.date_to > today:
                    appointment.write(
                        {
                            "date_to": max(today, appointment.date_from),
                            "reason": appointment.reason
                            or self.env._("Merged into %(actor)s", actor=survivor.display_name),
                        }
                    )
        self.env.flush_all()
