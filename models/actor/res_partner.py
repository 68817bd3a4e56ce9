from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import frozendict

PREFIX = "one_entrance_"
# The columns of the scheme are read together when one of them is asked for, and not with every contact.
PREFETCH = "one_entrance"
# How many names a message lists before it says how many more there are.
NAMES_IN_MESSAGE = 10


class ResPartner(models.Model):
    """A contact that is a key actor has one entrance to the municipality: a contact leader (S3), or the mayor and the
    municipal director together (S10).
    """

    _inherit = "res.partner"

    one_entrance_kind = fields.Selection(
        [
            ("company", "Company"),
            ("association", "Association"),
            ("institution", "Institution"),
            ("other", "Other"),
        ],
        string="Kind of Actor",
        copy=False,
        prefetch=PREFETCH,
    )
    one_entrance_leader_id = fields.Many2one(
        "one.entrance.leader",
        string="Contact Leader",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        tracking=True,
        help="The leader who is this actor's one entrance to the municipality.",
        prefetch=PREFETCH,
    )
    one_entrance_level_id = fields.Many2one(
        related="one_entrance_leader_id.level_id",
        string="Leadership Level",
        store=True,
        index="btree_not_null",
        prefetch=PREFETCH,
    )
    one_entrance_appointment_ids = fields.One2many(
        "one.entrance.appointment",
        "partner_id",
        string="Appointments",
        copy=False,
        groups="one_entrance.group_leader",
    )
    one_entrance_consultant_id = fields.Many2one(
        "res.users",
        string="Business Consultant",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        copy=False,
        help="Prepares the background material for this actor's meetings.",
        prefetch=PREFETCH,
    )
    one_entrance_mayor_led = fields.Boolean(
        string="Mayor-Led",
        copy=False,
        tracking=True,
        help="The mayor and the municipal director lead the dialogue with this actor together.",
        prefetch=PREFETCH,
    )
    one_entrance_relation = fields.Selection(
        [("new", "New"), ("known", "Known"), ("professional", "Professional")],
        string="Relation",
        copy=False,
        groups="one_entrance.group_leader",
        help="A professional relation exists already through the daily work. A new one takes time and special effort.",
        prefetch=PREFETCH,
    )
    one_entrance_company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        index="btree_not_null",
        copy=False,
        help="The municipality whose scheme the actor is in.",
        prefetch=PREFETCH,
    )
    one_entrance_holder_ids = fields.Many2many(
        "one.entrance.leader",
        string="Dialogue Held By",
        compute="_compute_one_entrance_holder_ids",
        help="The contact leader, or the mayor and the municipal director of a mayor-led actor.",
    )
    one_entrance_holder_text = fields.Char(
        string="Entrance",
        compute="_compute_one_entrance_holder_ids",
        help="Who to go through, in one line.",
    )
    one_entrance_warning = fields.Char(compute="_compute_one_entrance_warning", export_string_translation=False)
    one_entrance_may_edit = fields.Boolean(compute="_compute_one_entrance_may_edit", export_string_translation=False)
    one_entrance_is_mine = fields.Boolean(
        string="My Actor",
        compute="_compute_one_entrance_is_mine",
        search="_search_one_entrance_is_mine",
    )

    _one_entrance_step_idx = models.Index("(one_entrance_step) WHERE one_entrance_step IS NOT NULL")
    # in the order of the lists: without it PostgreSQL walks through all contacts by name until it has met 80 actors
    _one_entrance_name_idx = models.Index("(complete_name, id DESC) WHERE one_entrance_step IS NOT NULL")

    @api.depends("one_entrance_leader_id", "one_entrance_mayor_led", "one_entrance_company_id", "one_entrance_step")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_one_entrance_holder_ids(self):
        """Who holds the entrance: the names for everybody, the leaders for those who may read them."""
        self._read_one_entrance_holders()
        holders, readable = {}, self.env["one.entrance.leader"]
        for partner in self:
            # sudo: the holders' names are for every internal user to see, the company's settings are not
            partner_sudo = partner.sudo()
            if partner.one_entrance_mayor_led:
                company = partner_sudo.one_entrance_company_id or self.env.company.sudo()
                mayor, municipal_director = company.one_entrance_mayor_id, company.one_entrance_municipal_director_id
                holders[partner] = mayor | municipal_director
                partner.one_entrance_holder_text = self.env._(
                    "%(mayor)s and %(municipal_director)s",
                    mayor=mayor.name or self.env._("mayor not set"),
                    municipal_director=municipal_director.name or self.env._("municipal director not set"),
                )
            else:
                holders[partner] = partner_sudo.one_entrance_leader_id
                partner.one_entrance_holder_text = holders[partner].name
            readable |= holders[partner].sudo(False)
        readable = readable._filtered_access("read")
        for partner in self:
            partner.one_entrance_holder_ids = holders[partner].sudo(False) & readable

    @api.depends_context("uid")
    @api.depends("one_entrance_leader_id", "one_entrance_mayor_led", "one_entrance_step", "one_entrance_company_id")
    def _compute_one_entrance_warning(self):
        """What somebody should mend about who holds the entrance, in one line, for those who can; empty when all is well."""
        if not self.env.user.has_group("one_entrance.group_consultant"):
            self.one_entrance_warning = False
            return
        self._read_one_entrance_holders()  # a list shows them too
        for partner in self:
            leader = partner.one_entrance_leader_id.sudo()  # the warning is about the leader, not for reading it
            company = (partner.one_entrance_company_id or self.env.company).sudo()
            warning = False
            if partner.one_entrance_step in (False, "left"):
                pass
            elif partner.one_entrance_mayor_led:
                if not (company.one_entrance_mayor_id and company.one_entrance_municipal_director_id):
                    warning = self.env._(
                        "The mayor or the municipal director is not named. Set both under One Entrance > Configuration > "
                        "Settings."
                    )
            elif not leader:
                warning = self.env._("Nobody is contact leader. Appoint one.")
            else:
                warning = leader.warning
            partner.one_entrance_warning = warning

    @api.depends_context("uid")
    def _compute_one_entrance_may_edit(self):
        self.one_entrance_may_edit = self.env.user.has_group("one_entrance.group_consultant")

    @api.depends_context("uid")
    @api.depends("one_entrance_leader_id", "one_entrance_consultant_id", "one_entrance_mayor_led")
    def _compute_one_entrance_is_mine(self):
        mine = self.filtered_domain(self._get_one_entrance_mine_domain())
        for partner in self:
            partner.one_entrance_is_mine = partner in mine

    def _search_one_entrance_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_one_entrance_mine_domain()

    @api.constrains("one_entrance_leader_id", "one_entrance_mayor_led")
    def _check_one_entrance_leader(self):
        """The contact leader stands on a level that may be contact, unless the actor is mayor-led (S3, S10)."""
        for partner in self.filtered("one_entrance_leader_id"):
            partner._check_one_entrance_leader_may(partner.one_entrance_leader_id)

    @api.constrains("one_entrance_leader_id", "company_id", "one_entrance_company_id")
    def _check_one_entrance_company(self):
        """Actor, leader and municipality belong together, so that one municipality sees nothing of another's."""
        for partner in self.sudo().filtered("one_entrance_company_id"):
            company = partner.one_entrance_company_id
            leader = partner.one_entrance_leader_id
            if (partner.company_id and partner.company_id != company) or (leader and leader.company_id != company):
                raise ValidationError(
                    self.env._(
                        "%(actor)s is in the scheme of %(company)s, but its contact leader or the company on the contact "
                        "belongs to another. Choose a contact leader of %(company)s, or set the contact's company to it.",
                        actor=partner.display_name,
                        company=company.name,
                    )
                )

    def _has_field_access(self, field, operation):
        # the scheme is for the municipality's own people: an actor with access to the portal does not read it on itself
        if field.name.startswith(PREFIX) and not self.env.su and not self.env.user._is_internal():
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        # a default is a value like any other; empty fields are sent by a form also for those who may not fill them in
        defaults = self.default_get([name for name in self._fields if name.startswith(PREFIX)])
        vals_list = [
            {
                name: value
                for name, value in {**defaults, **vals}.items()
                if value or name in defaults or not name.startswith(PREFIX)
            }
            for vals in vals_list
        ]
        if not any(value for vals in vals_list for name, value in vals.items() if name.startswith(PREFIX)):
            return super().create(vals_list)
        self._check_one_entrance_access()
        partners = super().create([{**self._prepare_one_entrance_values(vals), **vals} for vals in vals_list])
        partners._check_one_entrance_access()
        partners.filtered("one_entrance_leader_id")._sync_one_entrance_appointments()
        return partners

    def write(self, vals):
        if self.env.context.get("one_entrance_merge"):
            # the merge of contacts mixes values field by field; where an actor stands is taken from one of them whole
            vals = {name: value for name, value in vals.items() if not name.startswith(PREFIX)}
        if not any(name.startswith(PREFIX) for name in vals):
            return super().write(vals)
        self._check_one_entrance_access()
        for extra, partners in self.grouped(
            lambda partner: frozendict(partner._prepare_one_entrance_values(vals))
        ).items():
            super(ResPartner, partners).write({**vals, **extra})
            if "one_entrance_leader_id" in vals or "one_entrance_leader_id" in extra:
                partners._sync_one_entrance_appointments()
        if "one_entrance_company_id" in vals or "one_entrance_leader_id" in vals:
            self._check_one_entrance_access()
        return True

    def _fields_sync(self, values):
        """Spare a write of the scheme's own fields the walk through the contacts of the company, two queries a company
        and a change of date on each contact: nothing of the scheme is copied to them.
        """
        if all(name.startswith(PREFIX) for name in values):
            return None
        return super()._fields_sync(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_history(self):
        """An actor's history is kept (house rule 8): archive the contact instead."""
        partner = self._find_one_entrance_history()
        if partner:
            raise ValidationError(
                self.env._(
                    "%(actor)s is or has been in the One Entrance scheme, and its history would be lost. Archive the contact "
                    "instead.",
                    actor=partner.display_name,
                )
            )

    def _find_one_entrance_history(self):
        """:return: one of these contacts of whom something is kept, as superuser; a later room adds what it keeps
        :rtype: res.partner
        """
        # sudo: the history counts also where the user may not read it
        appointment = self.env["one.entrance.appointment"].sudo().search([("partner_id", "in", self.ids)], limit=1)
        return (
            appointment.partner_id
            or self.env["one.entrance.meeting"].sudo().search([("partner_id", "in", self.ids)], limit=1).partner_id
            or self.env["one.entrance.sheet"].sudo().search([("partner_id", "in", self.ids)], limit=1).partner_id
        )

    def _prepare_one_entrance_values(self, vals):
        """What goes without saying when these values are written: entering the scheme with a leader is step
        *appointed*, leaving it or becoming mayor-led ends the leader's appointment.

        :param dict vals: values for ``create`` (on an empty recordset) or ``write`` (on one partner)
        :return: the values to add
        :rtype: dict
        """
        extra = {}
        leader_id = vals.get("one_entrance_leader_id")
        if "one_entrance_step" in vals:
            step = vals["one_entrance_step"]
        else:
            step = self.one_entrance_step
        if not step and (leader_id or vals.get("one_entrance_mayor_led")) and not vals.get("one_entrance_step"):
            step = extra["one_entrance_step"] = "appointed"
        if step and not (vals.get("one_entrance_company_id") or self.one_entrance_company_id):
            leader = self.env["one.entrance.leader"].browse(leader_id or ())
            company_id = vals.get("company_id") or self.company_id.id or leader.sudo().company_id.id
            extra["one_entrance_company_id"] = company_id or self.env.company.id
        becomes_mayor_led = vals.get("one_entrance_mayor_led") and not self.one_entrance_mayor_led
        leaves = step == "left" and self.one_entrance_step != "left"
        if self.one_entrance_leader_id and not leader_id and (becomes_mayor_led or leaves):
            extra["one_entrance_leader_id"] = False
        return extra

    def _sync_one_entrance_appointments(self):
        """Let the history follow the contact leader that was just written: the running appointment ends and a new one
        begins on the same day (house rule 2). A handover that was agreed for a day ahead is called off.
        """
        if self.env["one.entrance.appointment"]._is_synced():
            return
        # sudo: the history is written by the system, only a manager may correct it by hand
        Appointment = self.env["one.entrance.appointment"].sudo().with_context(one_entrance_sync=True)
        current = Appointment._get_current(self)
        today = fields.Date.context_today(self)
        changed = self.sudo().filtered(
            lambda partner: current.get(partner, Appointment).leader_id != partner.one_entrance_leader_id
        )
        Appointment._get_upcoming(changed)._call_off()
        new = []
        ending = defaultdict(lambda: Appointment)
        for partner in changed:
            appointment = current.get(partner, Appointment)
            if appointment:
                ending[frozendict(partner._prepare_one_entrance_end(appointment, today))] |= appointment
            if partner.one_entrance_leader_id:
                new.append(
                    {"partner_id": partner.id, "leader_id": partner.one_entrance_leader_id.id, "date_from": today}
                )
        for values, appointments in ending.items():
            appointments.write(values)
        Appointment.create(new)

    def _prepare_one_entrance_end(self, appointment, today):
        """Values that end an appointment because its actor's leader was changed.

        :param one.entrance.appointment appointment:
        :param date today:
        :rtype: dict
        """
        self.ensure_one()
        if self.one_entrance_step == "left":
            return {
                "date_to": max(self.one_entrance_left_date or today, appointment.date_from),
                "reason": self.one_entrance_left_reason,
            }
        reason = appointment.reason
        if not reason and not self.one_entrance_leader_id:
            reason = self.env._("Mayor-led") if self.one_entrance_mayor_led else self.env._("No contact leader")
        return {"date_to": today, "reason": reason}

    def _check_one_entrance_leader_may(self, leader):
        """Refuse a contact leader who may not be one (S3).

        :param one.entrance.leader leader:
        :raise ValidationError: naming actor, leader, level and the levels that may
        """
        leader = leader.sudo()  # a rule about the leader, also where the user may not read it
        for partner in self:
            if not leader.active:
                raise ValidationError(
                    self.env._(
                        "%(leader)s is archived and cannot be contact leader of %(actor)s. Choose another leader.",
                        leader=leader.name,
                        actor=partner.display_name,
                    )
                )
            if not leader.level_id.may_be_contact and not partner.one_entrance_mayor_led:
                raise ValidationError(
                    self.env._(
                        "%(leader)s cannot be contact leader of %(actor)s: leaders on level “%(level)s” may not be. Choose a "
                        "leader on one of these levels: %(levels)s.",
                        leader=leader.name,
                        actor=partner.display_name,
                        level=leader.level_id.display_name or self.env._("none"),
                        levels=self.env["one.entrance.level"]._get_contact_levels_text(),
                    )
                )

    def _check_one_entrance_access(self):
        """Only the scheme's business consultants and managers keep the register, each in their own municipality: a
        contact may be shared between municipalities, its place in the scheme of one of them is not.

        :raise AccessError:
        """
        if self.env.su:
            return
        if not self.env.user.has_group("one_entrance.group_consultant"):
            raise AccessError(
                self.env._(
                    "The One Entrance register is kept by the business consultants. Ask one of them to make this change, or "
                    "an administrator to give you the role “Consultant”."
                )
            )
        foreign = self.filtered(
            lambda partner: (
                partner.one_entrance_company_id and partner.one_entrance_company_id not in self.env.companies
            )
        )
        if foreign:
            raise AccessError(
                self.env._(
                    "%(actors)s: the place in the scheme belongs to another municipality than the one you work in now. Ask "
                    "its business consultants to make this change.",
                    actors=foreign._get_one_entrance_names(),
                )
            )

    def _check_one_entrance_in_scheme(self, or_left=False):
        """Refuse contacts that are no actors.

        :param bool or_left: whether an actor that has left the scheme will do
        :raise ValidationError: naming the contact
        """
        outside = (False,) if or_left else (False, "left")
        for partner in self:
            if partner.one_entrance_step in outside:
                raise ValidationError(
                    self.env._(
                        "%(partner)s is not in the One Entrance scheme. Appoint a contact leader first.",
                        partner=partner.display_name,
                    )
                )

    @api.model
    def _get_one_entrance_mine_domain(self):
        """The actors whose entrance the current user holds or prepares: as leader, as a leader's delegate, as business
        consultant, or as one of the principals of mayor-led actors or their office.

        :rtype: Domain
        """
        uid = self.env.uid
        principal = Domain("user_id", "=", uid) | Domain("delegate_id", "=", uid)
        mayor_led = Domain("one_entrance_mayor_led", "=", True) & Domain(
            "one_entrance_company_id",
            "any!",
            Domain("one_entrance_mayor_id", "any!", principal)
            | Domain("one_entrance_municipal_director_id", "any!", principal)
            | Domain("one_entrance_mayor_office_id", "=", uid),
        )
        return (
            Domain("one_entrance_leader_id", "any!", principal)
            | Domain("one_entrance_consultant_id", "=", uid)
            | mayor_led
        )

    def _get_one_entrance_actor(self):
        """The actor a contact speaks for: the contact itself, or the company it belongs to.

        :return: one partner in the scheme, or none
        :rtype: res.partner
        """
        self.ensure_one()
        candidates = self | self.commercial_partner_id
        return candidates.filtered(lambda partner: partner.one_entrance_step not in (False, "left"))[:1]

    def _read_one_entrance_holders(self):
        """Read the leaders who hold the entrance of these actors, and their names, at once: a list has many."""
        # sudo: the holders' names are for every internal user to see, the company's settings are not
        companies = self.filtered("one_entrance_mayor_led").sudo().one_entrance_company_id
        principals = companies.one_entrance_mayor_id | companies.one_entrance_municipal_director_id
        (self.sudo().one_entrance_leader_id | principals).mapped("name")

    def _get_one_entrance_names(self):
        """:return: the names of these actors for a message, cut after ten
        :rtype: str
        """
        names = ", ".join(self[:NAMES_IN_MESSAGE].mapped("display_name"))
        if len(self) > NAMES_IN_MESSAGE:
            return self.env._("%(names)s and %(count)s more", names=names, count=len(self) - NAMES_IN_MESSAGE)
        return names
