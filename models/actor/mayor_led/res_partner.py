from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...common.together import is_synced
from ..res_partner import ROLLOUT


class ResPartner(models.Model):
    """An actor becomes mayor-led or ceases to be (S10): the history stays, and what is planned goes along (S14)."""

    _inherit = "res.partner"

    def write(self, vals):
        if "one_entrance_mayor_led" not in vals or self.env.context.get("one_entrance_merge"):
            return super().write(vals)
        moving = self.filtered(lambda partner: partner.one_entrance_mayor_led != bool(vals["one_entrance_mayor_led"]))
        # sudo: who held the entrance is told to all who read the actor's log
        former = {partner: partner.sudo().one_entrance_holder_ids for partner in moving}
        current = self.env["one.entrance.appointment"].sudo()._get_current(moving) if moving else {}
        result = super().write(vals)
        if moving:
            moving._check_one_entrance_still_held()
            moving._tell_one_entrance_mayor_led(former, current)
        return result

    def _check_one_entrance_still_held(self):
        """An actor that ceases to be mayor-led needs a contact leader at once."""
        for partner in self:
            held = partner.one_entrance_mayor_led or partner.one_entrance_leader_id
            if partner.one_entrance_step in ROLLOUT and not held:
                raise ValidationError(
                    self.env._(
                        "%(actor)s would not be mayor-led any more, and nobody would be its contact leader. Appoint one in the "
                        "same step.",
                        actor=partner.display_name,
                    )
                )

    def _tell_one_entrance_mayor_led(self, former, current):
        """Hand what is planned to who leads the dialogue now, and write in each actor's log who that is.

        :param dict former: by actor, the leaders who held it until now
        :param dict current: by actor, the appointment that ran until now
        """
        counts = self._follow_one_entrance_holders(former)
        if is_synced(self.env):
            return  # a merge of contacts tells in its own words
        bodies = {}
        for partner in self:
            values = {}
            period = current.get(partner)
            if not partner.one_entrance_mayor_led:
                leader = partner.sudo().one_entrance_leader_id  # the name of the contact leader is for everybody
                if leader:
                    text = self.env._(
                        "No longer mayor-led: %(leader)s is contact leader from today.", leader=leader.name
                    )
                else:
                    text = self.env._("No longer mayor-led.")
            elif period and not partner.one_entrance_leader_id:
                values = {"leader": period.leader_id.name, "date": format_date(self.env, period.date_from)}
                text = self.env._(
                    "Now led by mayor and municipal director. %(leader)s, contact leader since %(date)s, stays in the "
                    "history.",
                    **values,
                )
            else:
                text = self.env._("Now led by mayor and municipal director.")
            count = counts.get(partner)
            if count:
                text += " " + self.env._("Planned meetings that go along: %(count)s.", count=count)
            bodies[partner.id] = text
        self._message_log_batch(bodies)
