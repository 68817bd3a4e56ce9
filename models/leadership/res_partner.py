from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate, frozendict

from ..common.res_partner import PREFETCH, PREFIX
from ..common.together import is_synced
from ..common.write_changed import write_changed

_lt = LazyTranslate(__name__)
NO_LEADER = _lt("No Contact Leader")


class ResPartner(models.Model):
    """Who holds the entrance of a contact: a contact leader (S3), or the mayor and the municipal director (S10)."""

    _inherit = "res.partner"

    one_entrance_leader_id = fields.Many2one(
        "one.entrance.leader",
        string="Contact Leader",
        falsy_value_label=NO_LEADER,
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
        falsy_value_label=NO_LEADER,
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
    one_entrance_mayor_led = fields.Boolean(
        string="Mayor-Led",
        copy=False,
        tracking=True,
        help="The mayor and the municipal director lead the dialogue with this actor together.",
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
    one_entrance_is_held = fields.Boolean(
        string="I Hold the Entrance",
        compute="_compute_one_entrance_is_held",
        search="_search_one_entrance_is_held",
        compute_sudo=True,
        help="As the contact leader or this leader's delegate; of a mayor-led actor as one of the principals, as the delegate of "
        "one, or as the mayor's office.",
    )

    # the few that the principals hold, among all actors of their municipality
    _one_entrance_mayor_led_idx = models.Index("(one_entrance_company_id) WHERE one_entrance_mayor_led IS TRUE")

    @api.depends("one_entrance_leader_id", "one_entrance_mayor_led", "one_entrance_company_id")
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_one_entrance_holder_ids(self):
        """The names are for everybody, the leaders for those who may read them."""
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

    @api.depends(
        "one_entrance_leader_id.is_mine", "one_entrance_mayor_led", "one_entrance_company_id.one_entrance_is_led"
    )
    @api.depends_context("uid")
    def _compute_one_entrance_is_held(self):
        for partner in self:
            led = partner.one_entrance_mayor_led and partner.one_entrance_company_id.one_entrance_is_led
            partner.one_entrance_is_held = led or partner.one_entrance_leader_id.is_mine

    def _search_one_entrance_is_held(self, operator, value):
        """The record rules ask this with every list. Each way of holding an actor is looked up by its own index; one
        query for both would look through all contacts.
        """
        if operator != "in":
            return NotImplemented
        # sudo: who holds an actor is looked up also where the user may not read leaders and settings
        partners = self.sudo().with_context(active_test=False)
        found = (partners._search(domain).select() for domain in self._get_one_entrance_held_domains())
        return Domain("id", "in", SQL(" UNION ALL ").join(found))

    @api.model
    def _get_one_entrance_held_domains(self):
        """The ways in which the current user holds an actor: for its contact leader, or for the principals."""
        led = Domain("one_entrance_company_id", "any!", Domain("one_entrance_is_led", "=", True))
        return (
            Domain("one_entrance_leader_id", "any!", Domain("is_mine", "=", True)),
            Domain("one_entrance_mayor_led", "=", True) & led,
        )

    @api.constrains("one_entrance_leader_id", "one_entrance_mayor_led")
    def _check_one_entrance_leader(self):
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_one_entrance_history(self):
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
        """Hook: one of these contacts of which some history is kept, as superuser."""
        # sudo: the history counts also where the user may not read it
        Appointment = self.env["one.entrance.appointment"].sudo()
        return Appointment.search([("partner_id", "in", self.ids)], limit=1).partner_id

    def _prepare_one_entrance_values(self, vals):
        """Hook: the values that follow from ``vals``, for ``create`` (on no partner) or ``write`` (on one partner).

        Who gets a holder is in the scheme of a municipality; becoming mayor-led ends the leader's appointment.
        """
        extra = {}
        if vals.get("one_entrance_leader_id") or vals.get("one_entrance_mayor_led"):
            extra = self._prepare_one_entrance_company(vals)
        if vals.get("one_entrance_mayor_led") and not self.one_entrance_mayor_led:
            extra |= self._prepare_one_entrance_farewell(vals)
        return extra

    def _prepare_one_entrance_company(self, vals):
        """The contact's municipality, or the leader's, where these values and the actor name none."""
        if vals.get("one_entrance_company_id") or self.one_entrance_company_id:
            return {}
        leader = self.env["one.entrance.leader"].browse(vals.get("one_entrance_leader_id") or ())
        company_id = vals.get("company_id") or self.company_id.id or leader.sudo().company_id.id
        return {"one_entrance_company_id": company_id or self.env.company.id}

    def _prepare_one_entrance_farewell(self, vals):
        """Clear the contact leader, unless these values name another."""
        stays = not self.one_entrance_leader_id or vals.get("one_entrance_leader_id")
        return {} if stays else {"one_entrance_leader_id": False}

    def _sync_one_entrance_appointments(self):
        """End the running appointment and begin one with the leader just written, the same day (house rule 2)."""
        if is_synced(self.env):
            return
        # sudo: the history is written by the system, only a manager may correct it by hand
        Appointment = self.env["one.entrance.appointment"].sudo().with_context(one_entrance_sync=True)
        current = Appointment._get_current(self)
        changed = self.sudo().filtered(
            lambda partner: current.get(partner, Appointment).leader_id != partner.one_entrance_leader_id
        )
        Appointment._call_off_agreed(changed)
        new, ending = [], {}
        for partner in changed:
            appointment = current.get(partner, Appointment)
            today = partner.one_entrance_company_id._get_one_entrance_today()
            if appointment:
                ending[appointment] = partner._prepare_one_entrance_end(appointment, today)
            if partner.one_entrance_leader_id:
                new.append(
                    {"partner_id": partner.id, "leader_id": partner.one_entrance_leader_id.id, "date_from": today}
                )
        write_changed(ending)
        Appointment.create(new)

    def _prepare_one_entrance_end(self, appointment, today):
        """Hook: the values that end an appointment because its actor's leader was changed."""
        self.ensure_one()
        reason = appointment.reason
        if not reason and not self.one_entrance_leader_id:
            reason = self.env._("Mayor-led") if self.one_entrance_mayor_led else self.env._("No contact leader")
        return {"date_to": today, "reason": reason}

    def _check_one_entrance_leader_may(self, leader):
        """Refuse a leader who is archived or, unless the actor is mayor-led, on a level that may not be contact."""
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
        """Only consultants keep the register, each of their own municipality, even where the contact is shared."""
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

    def _read_one_entrance_holders(self):
        """Read the holders of all these actors, and their names, at once."""
        # sudo: the holders' names are for every internal user to see, the company's settings are not
        companies = self.filtered("one_entrance_mayor_led").sudo().one_entrance_company_id
        principals = companies.one_entrance_mayor_id | companies.one_entrance_municipal_director_id
        (self.sudo().one_entrance_leader_id | principals).mapped("name")

    @api.model
    def _follow_one_entrance_holders(self, former):
        """Hook: hand what is planned with actors to those who hold the entrance now.

        :param dict former: by actor, the leaders who held it until now
        :return: by actor, how many planned meetings go along
        """
        return {}
