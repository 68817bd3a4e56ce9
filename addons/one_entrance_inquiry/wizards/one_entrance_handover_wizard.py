from odoo import api, fields, models
from odoo.tools import format_date


class OneEntranceHandoverWizard(models.TransientModel):
    """Who hands actors over sees how many of their inquiries go along (S9, S14)."""

    _inherit = "one.entrance.handover.wizard"

    inquiry_count = fields.Integer(compute="_compute_counts", string="Open Inquiries")

    def _compute_counts(self):
        result = super()._compute_counts()
        for wizard in self:
            # sudo: everything goes along, also what is confidential; only the number is shown
            Appointment = self.env["one.entrance.appointment"].sudo()
            actors = wizard.partner_ids._origin.sudo()
            wizard.inquiry_count = len(Appointment._get_open_inquiries(actors, wizard.from_leader_id))
        return result

    @api.depends("inquiry_count")
    def _compute_preview(self):
        return super()._compute_preview()

    def _get_moving(self):
        return {**super()._get_moving(), "inquiries": self.inquiry_count}

    def _tell_what_moves(self, moving):
        if self.date > self.from_leader_id.company_id._get_one_entrance_today():
            return self.env._(
                "Planned meetings from %(date)s on pass to the new leader now: %(meetings)s. On that day follow the "
                "actors: %(actors)s, the open activities: %(activities)s, and the open inquiries: %(inquiries)s, as of "
                "today.",
                date=format_date(self.env, self.date),
                **moving,
            )
        return self.env._(
            "To the new leader pass actors: %(actors)s, planned meetings: %(meetings)s, open activities: "
            "%(activities)s, open inquiries: %(inquiries)s. What was held and said stays with who held it.",
            **moving,
        )
