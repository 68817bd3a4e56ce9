from odoo import fields, models


class OneEntranceMeeting(models.Model):
    """A planned meeting on the contact leader's own page: whether there is a background sheet to bring along (S8)."""

    _inherit = "one.entrance.meeting"

    sheet_state = fields.Selection(
        related="partner_id.one_entrance_sheet_state", string="State of the Background Sheet"
    )

    def action_open_sheet(self):
        """Open the background sheet for this meeting: the one chosen for it, or else the actor's current one.

        :raise UserError: where the actor has none
        """
        self.ensure_one()
        return self._get_sheets_at_hand()._get_open_action()

    def action_print_sheet(self):
        """Print the background sheets for these meetings as one PDF.

        :raise UserError: where an actor has none
        """
        return self._get_sheets_at_hand().action_print()

    def _get_sheets_at_hand(self):
        waiting = self.filtered(lambda meeting: not meeting.sheet_id).partner_id
        return self.sheet_id | (waiting and waiting._get_one_entrance_current_sheets())
