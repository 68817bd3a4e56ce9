from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# The users who can act for a leader: theirs is no closed login.
ACTING = Domain("active", "=", True) & Domain("share", "=", False)


class OneEntranceLeader(models.Model):
    """A person who can hold an actor's entrance: a contact leader (S3), or a principal of the mayor-led actors (S10).

    A leader is a contact, as not every director logs in. The leader's own user acts, or else the delegate.
    """

    _name = "one.entrance.leader"
    _description = "Leader"
    _inherit = ["mail.thread"]
    _order = "level_number, partner_id, id"
    _rec_names_search = ["name"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, ondelete="restrict", index=True, tracking=True
    )
    name = fields.Char(related="partner_id.name")
    title = fields.Char(related="partner_id.function", string="Job Title")
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", string="Municipality", required=True, index=True, default=lambda self: self.env.company
    )
    level_id = fields.Many2one(
        "one.entrance.level", string="Leadership Level", ondelete="restrict", index="btree_not_null", tracking=True
    )
    level_number = fields.Integer(related="level_id.number", store=True, aggregator=None)
    role = fields.Selection(
        [
            ("mayor", "Mayor"),
            ("municipal_director", "Municipal Director"),
            ("director", "Director"),
            ("head_of_department", "Head of Department"),
            ("other", "Other"),
        ],
        required=True,
        default="director",
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="The leader's own user. Leave empty for a leader who does not log in, and name a delegate.",
    )
    delegate_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="The user who acts for a leader without login: gets the activities and sees the same actors.",
    )
    signature = fields.Image(
        max_width=1200,
        max_height=400,
        copy=False,
        groups="one_entrance.group_manager",
        help="Stands on the official letters of mayor and municipal director. Without it there is room to sign by hand.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Acting User",
        compute="_compute_responsible_id",
        search="_search_responsible_id",
        help="Who acts for the leader: the leader's own user, or the delegate where the leader has no login, or a closed one.",
    )
    is_mine = fields.Boolean(string="I Act for This Leader", compute="_compute_is_mine", search="_search_is_mine")
    capacity = fields.Integer(
        aggregator=None,
        help="The most actors this leader should hold. 0 means no limit. More is warned about, not refused.",
    )
    actor_ids = fields.One2many("res.partner", "one_entrance_leader_id", string="Actors")
    appointment_ids = fields.One2many(
        "one.entrance.appointment", "leader_id", string="Appointments", groups="one_entrance.group_leader"
    )
    actor_count = fields.Integer(compute="_compute_actor_count", string="Number of Actors")
    over_capacity = fields.Boolean(compute="_compute_actor_count", search="_search_over_capacity")
    warning = fields.Char(compute="_compute_warning", export_string_translation=False)

    _capacity_not_negative = models.Constraint(
        "CHECK (capacity >= 0)", "A leader's capacity is 0 (no limit) or a number of actors."
    )

    @api.depends("user_id.active", "user_id.share", "delegate_id.active", "delegate_id.share")
    def _compute_responsible_id(self):
        for leader in self:
            leader.responsible_id = self._filter_acting(leader.user_id) or self._filter_acting(leader.delegate_id)

    def _search_responsible_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        own, delegate = Domain("user_id", "any!", ACTING), Domain("delegate_id", "any!", ACTING)
        users = [user_id for user_id in value if user_id]
        found = (own & Domain("user_id", "in", users)) | (~own & delegate & Domain("delegate_id", "in", users))
        return found | (~own & ~delegate) if False in value else found

    @api.depends("user_id", "delegate_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for leader in self:
            leader.is_mine = self.env.uid in (leader.user_id | leader.delegate_id).ids

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("user_id", "=", self.env.uid) | Domain("delegate_id", "=", self.env.uid)

    @api.depends("actor_ids", "capacity")
    def _compute_actor_count(self):
        counts = dict(
            self.env["res.partner"]._read_group(
                [("one_entrance_leader_id", "in", self._origin.ids)], ["one_entrance_leader_id"], ["__count"]
            )
        )
        for leader in self:
            leader.actor_count = counts.get(leader._origin, 0)
            leader.over_capacity = 0 < leader.capacity < leader.actor_count

    @api.depends("over_capacity", "actor_count", "capacity", "partner_id.name")
    def _compute_warning(self):
        for leader in self:
            leader.warning = leader.over_capacity and self.env._(
                "%(leader)s holds %(count)s actors, more than the capacity of %(capacity)s.",
                leader=leader.name,
                count=leader.actor_count,
                capacity=leader.capacity,
            )

    def _search_over_capacity(self, operator, value):
        if operator != "in":
            return NotImplemented
        limited = self.search([("capacity", ">", 0)])
        return [("id", "in", limited.filtered("over_capacity").ids)]

    @api.constrains("partner_id", "company_id")
    def _check_one_leader_a_person(self):
        for leader in self:
            twin = self.with_context(active_test=False).search(
                [
                    ("partner_id", "=", leader.partner_id.id),
                    ("company_id", "=", leader.company_id.id),
                    ("id", "!=", leader.id),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "%(person)s is registered as a leader already. Open that leader, or take it out of the archive.",
                        person=leader.name,
                    )
                )

    @api.constrains("level_id")
    def _check_level_of_holders(self):
        """Refuse a level that may not be contact while the leader holds actors that are not mayor-led."""
        for leader in self.filtered(lambda leader: not leader.level_id.may_be_contact):
            actors = leader._get_held_actors() | leader._get_awaited_actors()
            actors = actors.filtered(lambda actor: not actor.one_entrance_mayor_led)
            if actors:
                raise ValidationError(
                    self.env._(
                        "%(leader)s would stand on level “%(level)s”, whose leaders may not be contact leader, but holds or is "
                        "to take over %(actors)s. Give these actors another contact leader first. Levels that may: %(levels)s.",
                        leader=leader.name,
                        level=leader.level_id.display_name or self.env._("none"),
                        actors=actors._get_one_entrance_names(),
                        levels=self.env["one.entrance.level"]._get_contact_levels_text(),
                    )
                )

    @api.constrains("active")
    def _check_archived_holds_none(self):
        for leader in self.filtered(lambda leader: not leader.active):
            actors = leader._get_held_actors()
            if actors:
                raise leader._prepare_archiving_error(
                    self.env._(
                        "%(leader)s cannot be archived while being contact leader of %(count)s actors: %(actors)s. "
                        "Hand them over to another leader first.",
                        leader=leader.name,
                        count=len(actors),
                        actors=actors._get_one_entrance_names(),
                    )
                )
            awaited = leader._get_awaited_actors()
            if awaited:
                raise ValidationError(
                    self.env._(
                        "%(leader)s cannot be archived, because the handover of %(actors)s to this leader is agreed. Call it "
                        "off on the actor, or hand over to another leader.",
                        leader=leader.name,
                        actors=awaited._get_one_entrance_names(),
                    )
                )

    @api.constrains("active", "role", "company_id")
    def _check_principal(self):
        """The principals in Settings keep their role and stay active until somebody else is named."""
        # sudo: Settings decide whether a change is allowed, also where the user may not read them
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        for leader in self:
            principal_of = companies.search(
                [
                    "|",
                    ("one_entrance_mayor_id", "=", leader.id),
                    ("one_entrance_municipal_director_id", "=", leader.id),
                ]
            )
            if principal_of and not leader.active:
                raise ValidationError(
                    self.env._(
                        "%(leader)s leads the dialogue of %(company)s with its mayor-led actors and cannot be archived. Name "
                        "another mayor or municipal director in Settings first.",
                        leader=leader.name,
                        company=principal_of[:1].name,
                    )
                )
            principal_of._check_one_entrance_principals()

    @api.constrains("company_id")
    def _check_company_of_history(self):
        """A leader takes no actor along to another municipality."""
        for leader in self:
            # sudo: the history counts also where the user may not read it
            appointment = self.env["one.entrance.appointment"].sudo().search([("leader_id", "=", leader.id)], limit=1)
            actor = appointment.partner_id
            if actor.one_entrance_company_id and actor.one_entrance_company_id != leader.company_id:
                raise ValidationError(
                    self.env._(
                        "%(leader)s has been contact leader of %(actor)s in another municipality and stays in its history. "
                        "Register a new leader in %(company)s instead.",
                        leader=leader.name,
                        actor=actor.display_name,
                        company=leader.company_id.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        appointments = (
            self.env["one.entrance.appointment"].sudo().search([("leader_id", "in", self.ids)], limit=1)
        )  # sudo: the history counts also where the user may not read it
        if appointments:
            raise ValidationError(
                self.env._(
                    "%(leader)s has been contact leader of %(actor)s and stays in its history. Archive the leader instead.",
                    leader=appointments.leader_id.name,
                    actor=appointments.partner_id.display_name,
                )
            )

    def _prepare_archiving_error(self, message):
        """Hook: the error that refuses to archive this leader, who holds actors, and says what to do."""
        return ValidationError(message)

    def _get_held_actors(self):
        """The actors of these leaders, archived ones too."""
        # sudo: what a leader holds decides whether a change is allowed, also where the user does not see every actor
        actors = self.env["res.partner"].sudo().with_context(active_test=False)
        return actors.search([("one_entrance_leader_id", "in", self.ids)])

    def _get_awaited_actors(self):
        """The actors that these leaders are to take over on a later day."""
        # sudo: as above
        appointments = self.env["one.entrance.appointment"].sudo()
        return appointments.search(Domain("leader_id", "in", self.ids) & appointments._get_later_domain()).partner_id

    # Who acts for whom

    @api.model
    def _get_acting_user(self, actor):
        """The active user, or none, who acts for an actor: the leader's own or the delegate; where it is mayor-led the
        mayor's office, else who acts for the mayor, else for the municipal director.
        """
        if not actor.one_entrance_mayor_led:
            return actor.one_entrance_leader_id.responsible_id
        company = actor.one_entrance_company_id
        return (
            self._get_mayor_office(actor)
            or company.one_entrance_mayor_id.responsible_id
            or company.one_entrance_municipal_director_id.responsible_id
        )

    @api.model
    def _get_mayor_office(self, actor):
        """The mayor's office, where the actor is mayor-led and the user is active."""
        company = actor.one_entrance_mayor_led and actor.one_entrance_company_id
        return self._filter_acting((company or self.env["res.company"]).one_entrance_mayor_office_id)

    @api.model
    def _filter_acting(self, user):
        return user.filtered_domain(ACTING)

    @api.model
    def _get_managers(self):
        """The ids of the users who administer the scheme, by the id of their municipality."""
        users = self.env["res.users"].search_fetch(
            Domain("all_group_ids", "in", self.env.ref("one_entrance.group_manager").ids)
            & Domain("share", "=", False)
            & Domain("id", "!=", SUPERUSER_ID),
            ["company_ids"],
        )
        managers = {}
        for user in users:
            for company in user.company_ids:
                managers.setdefault(company.id, []).append(user.id)
        return managers
