from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..common.together import is_synced
from ..common.write_changed import write_changed


class OneEntranceAppointment(models.Model):
    """A leader's period as contact leader of one actor (S3, S14).

    ``date_to`` is the day the next leader takes over, so that periods meet without overlap; empty means that no end is
    known. The actor's ``one_entrance_leader_id`` follows the period that holds today.
    """

    _name = "one.entrance.appointment"
    _description = "Appointment of a Contact Leader"
    _order = "date_from desc, id desc"
    _rec_name = "leader_id"

    partner_id = fields.Many2one("res.partner", string="Actor", required=True, ondelete="restrict", index=True)
    leader_id = fields.Many2one(
        "one.entrance.leader", string="Contact Leader", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="leader_id.company_id", store=True, index=True)
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self.env.company._get_one_entrance_today()
    )
    date_to = fields.Date(
        string="Until", help="The day the next contact leader takes over. Empty where no end is known."
    )
    reason = fields.Char(help="Why the period ended, for example a new post or a new division of the work.")
    note = fields.Text()
    origin = fields.Char(
        string="Merged From",
        readonly=True,
        help="The name of the contact this period was recorded on, where two contacts have been merged into one.",
    )

    _one_current = models.UniqueIndex(
        "(partner_id) WHERE date_to IS NULL",
        "An actor has one contact leader at a time: end the current appointment first.",
    )

    @api.constrains("date_from", "date_to")
    def _check_date_order(self):
        for appointment in self:
            if appointment.date_to and appointment.date_to < appointment.date_from:
                raise ValidationError(
                    self.env._(
                        "The appointment %(period)s ends before it begins. Correct one of the dates.",
                        period=appointment._get_period_text(),
                    )
                )

    @api.constrains("partner_id", "leader_id", "date_from", "date_to", "reason", "origin")
    def _check_periods(self):
        """Refuse overlaps, and gaps without a reason; a merged contact's periods are a history of their own."""
        siblings = self.search(
            Domain("partner_id", "in", self.partner_id.ids) & Domain("origin", "=", False),
            order="date_from, date_to, id",
        )
        for partner, periods in siblings.grouped("partner_id").items():
            for i, (period, following) in enumerate(zip(periods, periods[1:], strict=False)):
                for later in periods[i + 1 :]:
                    if not period.date_to or (
                        later.date_from < period.date_to and (not later.date_to or period.date_from < later.date_to)
                    ):
                        raise ValidationError(
                            self.env._(
                                "Two appointments for %(actor)s overlap: %(first)s and %(second)s. Let the first end on "
                                "the day the second begins, or earlier.",
                                actor=partner.display_name,
                                first=period._get_period_text(),
                                second=later._get_period_text(),
                            )
                        )
                if period.date_to < following.date_from and not period.reason:
                    raise ValidationError(
                        self.env._(
                            "Nobody is contact leader of %(actor)s between %(first)s and %(second)s. Let the dates meet, or "
                            "write in the first appointment's reason why the actor was without a contact leader.",
                            actor=partner.display_name,
                            first=period._get_period_text(),
                            second=following._get_period_text(),
                        )
                    )

    @api.constrains("partner_id", "leader_id")
    def _check_leader_may_be_contact(self):
        """A running appointment obeys the rule on leadership levels; history is left as it was."""
        for appointment in self:
            if not appointment.date_to or appointment.date_to > appointment.company_id._get_one_entrance_today():
                appointment.partner_id._check_one_entrance_leader_may(appointment.leader_id)

    @api.constrains("partner_id", "leader_id")
    def _check_company(self):
        """Actor and leader are of the same municipality, so that one sees nothing of another's."""
        for appointment in self.sudo():  # a rule about both, also where the user may not read them
            company = appointment.partner_id.one_entrance_company_id
            if company and company != appointment.company_id:
                raise ValidationError(
                    self.env._(
                        "%(actor)s is in the scheme of another municipality than %(leader)s and cannot have that contact "
                        "leader.",
                        actor=appointment.partner_id.display_name,
                        leader=appointment.leader_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        open_ended = [vals["partner_id"] for vals in vals_list if vals.get("partner_id") and not vals.get("date_to")]
        self._check_none_current(self.env["res.partner"].browse(open_ended))
        appointments = super().create(vals_list)
        appointments._push_current_leader()
        return appointments

    def write(self, vals):
        partners = self.partner_id
        if "date_to" in vals and not vals["date_to"]:
            self._check_none_current(partners)
        result = super().write(vals)
        if {"partner_id", "leader_id", "date_from", "date_to"} & vals.keys():
            self._push_current_leader(partners)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_current(self):
        if not is_synced(self.env) and self.filtered(lambda appointment: not appointment.date_to):
            raise ValidationError(
                self.env._("The current appointment cannot be deleted: give the actor another contact leader instead.")
            )

    def _push_current_leader(self, other_partners=None):
        """Let each actor's leader be the one who holds today; the periods may have been other actors' before."""
        if is_synced(self.env):
            return
        partners = (self.partner_id | other_partners if other_partners else self.partner_id).sudo()
        current = self._get_current(partners)
        write_changed(
            {
                partner: {"one_entrance_leader_id": current.get(partner, self.browse()).leader_id.id}
                for partner in partners.with_context(one_entrance_sync=True)
            }
        )

    def _check_none_current(self, partners):
        """Refuse a second appointment without end, naming the first: the database's own refusal cannot."""
        if is_synced(self.env):
            return
        current = self.sudo().search(  # the rule holds also where the user may not read the other appointment
            Domain("partner_id", "in", partners.ids) & Domain("date_to", "=", False) & Domain("id", "not in", self.ids),
            limit=1,
        )
        if current:
            raise ValidationError(
                self.env._(
                    "%(actor)s has a contact leader already: %(period)s. End that appointment first.",
                    actor=current.partner_id.display_name,
                    period=current._get_period_text(),
                )
            )

    @api.model
    def _call_off_agreed(self, actors):
        """Hook: call off what is agreed for a later day with these actors, as a later decision takes its place."""

    @api.model
    def _get_current(self, partners):
        """The appointment that holds today by partner, for the partners who have one."""
        running = self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: (
                Domain("date_from", "<=", today) & (Domain("date_to", "=", False) | Domain("date_to", ">", today))
            )
        )
        periods = self.search(Domain("partner_id", "in", partners.ids) & running)
        return {appointment.partner_id: appointment for appointment in periods}

    @api.model
    def _get_later_domain(self):
        """The periods that begin on a later day."""
        later = self.env["res.company"]._get_one_entrance_today_domain(lambda today: Domain("date_from", ">", today))
        return later & Domain("origin", "=", False)

    def _get_period_text(self):
        self.ensure_one()
        lang_date = self.env["ir.qweb.field.date"].value_to_html
        return self.env._(
            "%(leader)s (%(date_from)s – %(date_to)s)",
            leader=self.leader_id.name,
            date_from=lang_date(self.date_from, {}),
            date_to=lang_date(self.date_to, {}) if self.date_to else self.env._("now"),
        )
