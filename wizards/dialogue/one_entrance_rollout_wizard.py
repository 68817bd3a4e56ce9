from datetime import time

from odoo import fields, models


class OneEntranceRolloutWizard(models.TransientModel):
    """The first contact is a meeting that was held, and a plan may say more than how often to meet (S5, S6)."""

    _inherit = "one.entrance.rollout.wizard"

    kind = fields.Selection(
        [("introduction", "Introductory Meeting"), ("call", "Call")], string="How", default="introduction"
    )
    note = fields.Char(string="Agreed Beside It")
    not_before = fields.Date(help="An exception: no meeting is due before this day.")

    def _apply_contact(self):
        result = super()._apply_contact()
        self.env["one.entrance.meeting"].create(
            [
                {
                    "partner_id": partner.id,
                    "kind": self.kind,
                    "state": "held",
                    # noon in the municipality lies on the day itself wherever the reader is
                    "start": min(
                        partner.one_entrance_company_id._get_one_entrance_moment(self.date, time(12)),
                        fields.Datetime.now(),
                    ),
                }
                for partner in self.partner_ids
            ]
        )
        return result

    def _prepare_plan_values(self):
        values = super()._prepare_plan_values()
        if self.note:
            values["one_entrance_plan_note"] = self.note
        if self.not_before:
            values["one_entrance_not_before"] = self.not_before
        return values
