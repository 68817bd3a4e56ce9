from datetime import datetime, time

import pytz

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
        # noon in the municipality's time zone lies on the day itself wherever the reader is
        noon = datetime.combine(self.date, time(12))
        self.env["one.entrance.meeting"].create(
            [
                {
                    "partner_id": partner.id,
                    "kind": self.kind,
                    "state": "held",
                    "start": min(
                        pytz.timezone("Europe/Copenhagen").localize(noon).astimezone(pytz.utc).replace(tzinfo=None),
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
