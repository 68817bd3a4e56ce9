from odoo import api, models
from odoo.fields import Domain


class OneEntranceInquiry(models.Model):
    """What is not answered yet goes along to whoever holds the actor's entrance next (S10, S14)."""

    _inherit = "one.entrance.inquiry"

    @api.model
    def _follow_holders(self, former):
        """Let the inquiries of actors that are not answered yet be theirs who hold the entrance now; one that was given to
        another leader by name stays with that one.

        :param dict former: by actor, the leaders who held it until now
        """
        # sudo: everything goes along, also what is confidential
        Inquiry = self.sudo()
        actors = self.env["res.partner"].browse(actor.id for actor in former)
        if not actors:
            return
        # who holds a mayor-led actor is a setting, of whose change the actor is not told
        Inquiry.env["res.partner"].browse(actors.ids).invalidate_recordset(["one_entrance_holder_ids"])
        leaders = {actor.id: holders.sudo() for actor, holders in former.items()}
        inquiries = Inquiry.search(Domain("partner_id", "in", actors.ids) & self._get_open_domain())

        def get_next(inquiry):
            now = inquiry.partner_id.one_entrance_holder_ids
            goes_along = inquiry.leader_id in leaders[inquiry.partner_id.id] and inquiry.leader_id not in now
            return now[:1] if goes_along or not inquiry.leader_id else inquiry.leader_id

        for leader, group in inquiries.grouped(get_next).items():
            group.filtered(lambda inquiry, leader=leader: inquiry.leader_id != leader).write({"leader_id": leader.id})
