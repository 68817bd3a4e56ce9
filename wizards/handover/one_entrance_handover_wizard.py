from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class OneEntranceHandoverWizard(models.TransientModel):
    """Hands actors over to another contact leader, all or none: at once, back-dated, or on a day ahead (S14)."""

    _name = "one.entrance.handover.wizard"
    _description = "Hand Over Actors"

    chosen_partner_ids = fields.Many2many(
        "res.partner",
        "one_entrance_handover_wizard_chosen_rel",
        string="Chosen Actors",
        context={"active_test": False},
        help="The actors to choose among. Empty: all that the leader holds.",
    )
    chosen_leader_ids = fields.Many2many("one.entrance.leader", compute="_compute_chosen_leader_ids")
    from_leader_id = fields.Many2one("one.entrance.leader", string="From", required=True)
    to_leader_id = fields.Many2one("one.entrance.leader", string="To", required=True)
    company_id = fields.Many2one(related="from_leader_id.company_id")
    partner_ids = fields.Many2many(
        "res.partner",
        "one_entrance_handover_wizard_partner_rel",
        string="Actors",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
        context={"active_test": False},
        domain="[('one_entrance_leader_id', '=', from_leader_id)]",
    )
    date = fields.Date(
        string="Takes Over On",
        required=True,
        default=lambda self: self.env.company._get_one_entrance_today(),
        help="On a day ahead, the actors keep their contact leader until that day.",
    )
    reason = fields.Char(required=True)
    note = fields.Text()
    actor_count = fields.Integer(compute="_compute_counts", string="Number of Actors")
    meeting_count = fields.Integer(compute="_compute_counts", string="Planned Meetings")
    activity_count = fields.Integer(compute="_compute_counts", string="Open Activities")
    preview = fields.Text(compute="_compute_preview", export_string_translation=False)
    warning = fields.Text(compute="_compute_warning", export_string_translation=False)

    @api.depends("chosen_partner_ids")
    def _compute_chosen_leader_ids(self):
        for wizard in self:
            wizard.chosen_leader_ids = wizard.chosen_partner_ids.one_entrance_leader_id

    @api.depends("from_leader_id", "chosen_partner_ids")
    def _compute_partner_ids(self):
        """All actors the leader holds, archived ones too, or those of them that were chosen."""
        for wizard in self:
            held = self.env["res.partner"].with_context(active_test=False)
            if wizard.from_leader_id:
                held = held.search([("one_entrance_leader_id", "=", wizard.from_leader_id.id)])
            chosen = wizard.chosen_partner_ids._origin
            wizard.partner_ids = (held & chosen) if chosen else held

    @api.depends("partner_ids", "from_leader_id", "date")
    def _compute_counts(self):
        for wizard in self:
            # sudo: everything goes along, also what is confidential; only the number is shown
            Appointment = self.env["one.entrance.appointment"].sudo()
            actors, leader = wizard.partner_ids._origin.sudo(), wizard.from_leader_id
            wizard.actor_count = len(actors)
            wizard.meeting_count = wizard.date and len(Appointment._get_meetings_ahead(actors, leader, wizard.date))
            wizard.activity_count = len(Appointment._get_open_activities(actors, leader._get_handing_over()))

    @api.depends("actor_count", "meeting_count", "activity_count", "date")
    def _compute_preview(self):
        for wizard in self:
            moves = wizard.actor_count and wizard.date
            wizard.preview = wizard._tell_what_moves(wizard._get_moving()) if moves else False

    @api.depends("partner_ids", "to_leader_id", "date")
    def _compute_warning(self):
        for wizard in self:
            wizard.warning = "\n".join(wizard._get_warnings()) or False

    def action_hand_over(self):
        """Hand the actors over.

        :raise ValidationError: naming each actor or leader that cannot be part of it; then nothing is handed over
        """
        self._hand_over()
        return {"type": "ir.actions.act_window_close"}

    def action_hand_over_and_print(self):
        """Hand the actors over, and print the handover document for the new leader.

        :raise ValidationError: as ``action_hand_over``
        """
        actors = self._hand_over()
        # the document has a layout of its own: no use in asking an administrator for one first
        action = self.env.ref("one_entrance.report_handover").report_action(actors, config=False)
        return {**action, "close_on_report_download": True}

    def _hand_over(self):
        self.ensure_one()
        self._check_handover()
        self.env["one.entrance.appointment"]._hand_over(
            self.partner_ids, self.to_leader_id, self.date, self.reason, self.note
        )
        return self.partner_ids

    def _get_moving(self):
        """How many of what will move, by the names in the preview; addons add theirs."""
        return {"actors": self.actor_count, "meetings": self.meeting_count, "activities": self.activity_count}

    def _tell_what_moves(self, moving):
        """What will move, and when, as a text; ``moving`` is what ``_get_moving`` returns."""
        if self.date > self.from_leader_id.company_id._get_one_entrance_today():
            return self.env._(
                "Planned meetings from %(date)s on pass to the new leader now: %(meetings)s. On that day follow the "
                "actors: %(actors)s, and the open activities: %(activities)s, as of today.",
                date=format_date(self.env, self.date),
                **moving,
            )
        return self.env._(
            "To the new leader pass actors: %(actors)s, planned meetings: %(meetings)s, open activities: "
            "%(activities)s. What was held and said stays with who held it.",
            **moving,
        )

    def _get_warnings(self):
        """What to consider before handing over; it is warned about, not refused."""
        self.ensure_one()
        leader, actors = self.to_leader_id, self.partner_ids._origin
        warnings = []
        if leader:
            count = leader.actor_count + len(actors.filtered(lambda actor: actor.one_entrance_leader_id != leader))
            if 0 < leader.capacity < count:
                warnings.append(
                    self.env._(
                        "%(leader)s will hold %(count)s actors, more than the capacity of %(capacity)s.",
                        leader=leader.name,
                        count=count,
                        capacity=leader.capacity,
                    )
                )
            if not leader.responsible_id:
                warnings.append(
                    self.env._(
                        "%(leader)s has neither a login nor a delegate. The activities go to each actor's business consultant.",
                        leader=leader.name,
                    )
                )
        upcoming = self.env["one.entrance.appointment"]._get_upcoming(actors)
        for (other, date), periods in upcoming.grouped(lambda period: (period.leader_id, period.date_from)).items():
            warnings.append(
                self.env._(
                    "A handover to %(leader)s on %(date)s is agreed already for %(actors)s. This one takes its place.",
                    leader=other.name,
                    date=format_date(self.env, date),
                    actors=periods.partner_id._get_one_entrance_names(),
                )
            )
        return warnings

    def _check_handover(self):
        """Refuse what cannot be handed over, all reasons at once."""
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("No actor is chosen. Choose at least one to hand over."))
        self.partner_ids._check_one_entrance_access()
        problems = [*self._get_leader_problems(), *self._get_actor_problems()]
        if problems:
            raise ValidationError("\n".join(problems))

    def _get_leader_problems(self):
        old, leader, actors = self.from_leader_id, self.to_leader_id, self.partner_ids
        if old == leader:
            return [self.env._("%(leader)s has these actors already. Choose another leader.", leader=leader.name)]
        if not leader.active:
            return [
                self.env._("%(leader)s is archived and cannot take over. Choose another leader.", leader=leader.name)
            ]
        if old.company_id != leader.company_id:
            return [
                self.env._(
                    "%(leader)s is a leader of %(other)s, the actors are in the scheme of %(company)s. Choose a leader of "
                    "%(company)s.",
                    leader=leader.name,
                    other=leader.company_id.name,
                    company=old.company_id.name,
                )
            ]
        ordinary = actors.filtered(lambda actor: not actor.one_entrance_mayor_led)
        if ordinary and not leader.level_id.may_be_contact:
            return [
                self.env._(
                    "%(leader)s cannot be contact leader of %(actors)s: leaders on level “%(level)s” may not be. Choose a "
                    "leader on one of these levels: %(levels)s.",
                    leader=leader.name,
                    actors=ordinary._get_one_entrance_names(),
                    level=leader.level_id.display_name or self.env._("none"),
                    levels=self.env["one.entrance.level"]._get_contact_levels_text(),
                )
            ]
        return []

    def _get_actor_problems(self):
        problems = []
        others = self.partner_ids.filtered(lambda actor: actor.one_entrance_leader_id != self.from_leader_id)
        if others:
            problems.append(
                self.env._(
                    "%(actors)s: %(leader)s is not the contact leader. Take them off the list, and hand them over from their "
                    "own leader.",
                    actors=others._get_one_entrance_names(),
                    leader=self.from_leader_id.name,
                )
            )
        current = self.env["one.entrance.appointment"]._get_current(self.partner_ids)
        later = self.env["one.entrance.appointment"].concat(*current.values())
        for date, periods in later.filtered(lambda period: period.date_from > self.date).grouped("date_from").items():
            problems.append(
                self.env._(
                    "%(actors)s: %(leader)s became contact leader on %(date)s. Let the handover be on that day, or later.",
                    actors=periods.partner_id._get_one_entrance_names(),
                    leader=self.from_leader_id.name,
                    date=format_date(self.env, date),
                )
            )
        return problems
