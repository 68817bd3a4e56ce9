from odoo import models


class ResPartner(models.Model):
    """The dashboard counts the actors again and again, each time by something else (S16)."""

    _inherit = "res.partner"

    # from this index alone: a contact is a wide row. It holds the actors only
    _one_entrance_dashboard_idx = models.Index(
        """(one_entrance_company_id, one_entrance_step, one_entrance_leader_id, one_entrance_level_id, one_entrance_kind,
        one_entrance_due_date, one_entrance_next_meeting_date, one_entrance_contact_date, one_entrance_mayor_led,
        active, company_id, partner_share, id) WHERE one_entrance_step IS NOT NULL"""
    )
