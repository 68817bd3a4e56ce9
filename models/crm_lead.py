from odoo import api, fields, models


class CrmLead(models.Model):
    """A lead or opportunity of an actor says who is the actor's one entrance, so that nobody calls on it unawares."""

    _inherit = "crm.lead"

    one_entrance_notice = fields.Char(compute="_compute_one_entrance_notice", export_string_translation=False)

    @api.depends("partner_id", "partner_id.one_entrance_step", "partner_id.one_entrance_leader_id")
    def _compute_one_entrance_notice(self):
        for lead in self:
            actor = lead.partner_id._get_one_entrance_actor() if lead.partner_id else lead.partner_id
            if not actor:
                lead.one_entrance_notice = False
            elif actor.one_entrance_mayor_led:
                lead.one_entrance_notice = self.env._(
                    "%(actor)s is a key actor. The dialogue is led by %(holders)s.",
                    actor=actor.name,
                    holders=actor.one_entrance_holder_text,
                )
            else:
                lead.one_entrance_notice = self.env._(
                    "%(actor)s is a key actor. Contact leader: %(holders)s.",
                    actor=actor.name,
                    holders=actor.one_entrance_holder_text or self.env._("nobody yet"),
                )
