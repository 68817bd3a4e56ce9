from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# The states of a meeting that did not take place, and say why.
NOT_HELD = ("postponed", "cancelled")


class OneEntranceMeeting(models.Model):
    """What becomes of a planned meeting: it is held, with who was there; or postponed or cancelled, with the reason (S7).

    A meeting that is postponed stays as it was; the one planned in its place is a new meeting, named in
    ``replacement_id``.
    """

    _inherit = "one.entrance.meeting"

    postpone_reason = fields.Selection(
        [
            ("actor", "The actor could not"),
            ("municipality", "The municipality could not"),
            ("illness", "Illness or epidemic"),
            ("other", "Other"),
        ],
        string="Reason",
        copy=False,
        tracking=True,
        help="Why the meeting was postponed or cancelled.",
    )
    reason_note = fields.Char(string="Reason in Words", copy=False)
    replan_date = fields.Date(
        string="To Be Planned Again By", copy=False, help="The day by which there is a new date for the meeting."
    )
    replacement_id = fields.Many2one(
        "one.entrance.meeting",
        string="Planned Again As",
        copy=False,
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    @api.constrains("state", "postpone_reason")
    def _check_reason(self):
        """A meeting that did not take place says why (S7)."""
        for meeting in self:
            if meeting.state in NOT_HELD and not meeting.postpone_reason:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” did not take place, and the reason is missing. Choose one.",
                        meeting=meeting.display_name,
                    )
                )

    @api.constrains("state", "replan_date", "replacement_id")
    def _check_replan_date(self):
        """A postponed meeting says when it is to be planned again, so that nobody forgets it (S7)."""
        for meeting in self:
            if meeting.state == "postponed" and not meeting.replan_date and not meeting.replacement_id:
                raise ValidationError(
                    self.env._(
                        "“%(meeting)s” is postponed. Say by which day it is to be planned again.",
                        meeting=meeting.display_name,
                    )
                )

    def action_hold(self):
        """Record that these meetings were held."""
        for meeting in self.filtered(lambda meeting: not meeting.sheet_id):
            meeting.sheet_id = meeting._get_ready_sheet()  # the sheet that was at hand on the day
        self.write({"state": "held", "postpone_reason": False, "reason_note": False, "replan_date": False})

    def action_postpone(self):
        """Record that these meetings are postponed; reason and date stand on them already (S7).

        :raise ValidationError: where the reason or the date to plan again by is missing
        """
        self.write({"state": "postponed"})

    def action_cancel(self):
        """Record that these meetings are cancelled for good; the reason stands on them already (S7).

        :raise ValidationError: where the reason is missing
        """
        self.write({"state": "cancelled", "replan_date": False})

    def action_reset(self):
        """Undo: these meetings are planned after all, at the time they had."""
        self._check_not_replaced()
        self.write({"state": "planned", "postpone_reason": False, "reason_note": False, "replan_date": False})

    def action_ask_held(self):
        """Ask who was there, whether the sheet was used, and for the points."""
        self.ensure_one()
        self._propose_outcome()
        return self._get_dialog("hold", self.env._("The Meeting Was Held"))

    def action_ask_postpone(self):
        """Ask why the meeting is postponed, and by when to plan it again."""
        self.ensure_one()
        return self._get_dialog("postpone", self.env._("Postpone the Meeting"))

    def action_ask_cancel(self):
        """Ask why the meeting is cancelled."""
        self.ensure_one()
        return self._get_dialog("cancel", self.env._("Cancel the Meeting"))

    def action_plan_again(self):
        """Open the calendar to give a postponed meeting a new date."""
        self.ensure_one()
        self._check_not_replaced()
        return self.partner_id.with_context(
            one_entrance_kind=self.kind, one_entrance_replaces_id=self.id
        ).action_one_entrance_plan_meeting()

    def _get_dialog(self, name, title):
        """:return: the window action of one of the meeting's own dialogues
        :rtype: dict
        """
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(f"one_entrance.one_entrance_meeting_view_form_{name}").id, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }

    def _propose_outcome(self):
        """Fill in what is likely before asking: who was expected was there, with the sheet that was ready."""
        self.ensure_one()
        if not self.sheet_id:
            self.sheet_id = self._get_ready_sheet()
        if not self.attendee_ids:
            self.attendee_ids = self._get_expected_attendees(self.partner_id, self.leader_id)
        elif self.declined_ids:
            self.attendee_ids -= self.declined_ids

    def _check_not_replaced(self):
        for meeting in self.filtered("replacement_id"):
            raise UserError(
                self.env._(
                    "“%(meeting)s” has been planned again already, as “%(replacement)s”.",
                    meeting=meeting.display_name,
                    replacement=meeting.replacement_id.display_name,
                )
            )

    def _replace_with(self, replacement):
        """Plan a postponed meeting again: the points that wait for it are taken along, the reason stays (S7).

        :param one.entrance.meeting replacement: the new meeting, with the same actor
        """
        self.ensure_one()
        self._check_not_replaced()
        self.replacement_id = replacement
        self.point_ids.filtered(lambda point: not point.commitment).meeting_id = replacement
        if self.confidential:
            replacement.confidential = True

    def _get_ready_sheet(self):
        self.ensure_one()
        sheet = self.partner_id.one_entrance_sheet_id
        return sheet if sheet.state == "ready" else sheet.browse()
