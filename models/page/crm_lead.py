from odoo import models


class CrmLead(models.Model):
    """A lead or opportunity of an actor says who is the actor's one entrance, so that nobody calls on it unawares."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "one.entrance.notice.mixin"]
    _one_entrance_notice_fields = ("partner_id", "commercial_partner_id")
