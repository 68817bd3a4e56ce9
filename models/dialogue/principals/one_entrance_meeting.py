from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ...common.write_changed import write_changed

# The two who lead the dialogue with a mayor-led actor together; each has a leader and a stand-in on the meeting.
PRINCIPALS = ("mayor", "municipal_director")
STAND_INS = tuple(f"{role}_stand_in_id" for role in PRINCIPALS)
# Who is offered as a stand-in: a person, and none of the actor's.
STAND_IN = "[('is_company', '=', False), ('commercial_partner_id', '!=', partner_id)]"
# What a meeting follows while it is planned.
FOLLOWED = ("mayor_led", *(f"{role}_id" for role in PRINCIPALS))


class OneEntranceMeeting(models.Model):
    """A meeting with a mayor-led actor has two principals, and is held in full when for each of them the principal or a
    stand-in was there (S10). A call needs only one of the two.

    Who the two were is kept on the meeting, and only planned meetings follow a change: a new mayor or contact leader
    does not change the meetings held before. A meeting that is not full is held all the same and moves the due date
    (house rule 5): the user is told, not refused.
    """

    _inherit = "one.entrance.meeting"

    mayor_led = fields.Boolean(
        string="Mayor-Led",
        compute="_compute_mayor_led",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        help="The mayor and the municipal director led the dialogue with the actor together at the time.",
    )
    mayor_id = fields.Many2one(
        "one.entrance.leader",
        compute="_compute_mayor_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        domain="[('role', '=', 'mayor')]",
        help="Who was mayor at the time.",
    )
    municipal_director_id = fields.Many2one(
        "one.entrance.leader",
        compute="_compute_municipal_director_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        domain="[('role', '=', 'municipal_director')]",
        help="Who was municipal director at the time.",
    )
    mayor_stand_in_id = fields.Many2one(
        "res.partner",
        string="In the Mayor's Place",
        domain=STAND_IN,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Who was there in the mayor's place.",
    )
    municipal_director_stand_in_id = fields.Many2one(
        "res.partner",
        string="In the Municipal Director's Place",
        domain=STAND_IN,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Who was there in the municipal director's place.",
    )
    mayor_absent = fields.Boolean(compute="_compute_absent", export_string_translation=False)
    municipal_director_absent = fields.Boolean(compute="_compute_absent", export_string_translation=False)
    is_full = fields.Boolean(
        string="Held in Full",
        compute="_compute_is_full",
        store=True,
        precompute=True,
        help="The meeting was held; and where the actor was mayor-led, with both mayor and municipal director, or with "
        "somebody who stood in. A call needs only one of them.",
    )
    fullness = fields.Selection(
        [("full", "Held in Full"), ("partial", "Not Held in Full")],
        string="Participation",
        compute="_compute_fullness",
        help="Whether mayor and municipal director were both there, or somebody stood in. Empty for other meetings.",
    )
    missing_text = fields.Char(compute="_compute_missing_text", string="Missing for a Meeting in Full")

    @api.depends("partner_id")
    def _compute_mayor_led(self):
        for meeting in self:
            meeting.mayor_led = meeting.partner_id.one_entrance_mayor_led

    @api.depends("mayor_led")
    def _compute_mayor_id(self):
        self._compute_principal("mayor")

    @api.depends("mayor_led")
    def _compute_municipal_director_id(self):
        self._compute_principal("municipal_director")

    def _compute_principal(self, role):
        """Propose who Settings name now, where nobody is named on the meeting."""
        for meeting in self:
            principals = meeting.company_id.sudo()  # who the principals are is a setting
            wanted = meeting[f"{role}_id"] or principals[f"one_entrance_{role}_id"].sudo(False)
            meeting[f"{role}_id"] = meeting.mayor_led and wanted

    @api.depends("mayor_led", "kind", "attendee_ids", "mayor_id", "municipal_director_id")
    def _compute_absent(self):
        for meeting in self:
            absent = meeting._get_absent_roles()
            meeting.mayor_absent = "mayor" in absent
            meeting.municipal_director_absent = "municipal_director" in absent

    @api.depends("state", "mayor_led", "kind", "attendee_ids", "mayor_id", "municipal_director_id", *STAND_INS)
    def _compute_is_full(self):
        for meeting in self:
            meeting.is_full = meeting.state == "held" and not meeting._get_missing_roles()

    @api.depends("state", "mayor_led", "kind", "is_full")
    def _compute_fullness(self):
        for meeting in self:
            needs_both = meeting.mayor_led and meeting.kind != "call" and meeting.state == "held"
            meeting.fullness = needs_both and ("full" if meeting.is_full else "partial")

    @api.depends("mayor_led", "kind", "attendee_ids", "mayor_id", "municipal_director_id", *STAND_INS)
    @api.depends_context("lang")
    def _compute_missing_text(self):
        """What keeps the meeting from being held in full; empty where nothing does."""
        nobody = {
            "mayor": self.env._("No mayor was named in Settings, and nobody stood in."),
            "municipal_director": self.env._("No municipal director was named in Settings, and nobody stood in."),
        }
        for meeting in self:
            if meeting._get_missing_roles() and not meeting.with_context(active_test=False).attendee_ids:
                meeting.missing_text = self.env._("It is not recorded who was there.")
                continue
            sentences = [
                self.env._("%(principal)s was not there, and nobody stood in.", principal=meeting[f"{role}_id"].name)
                if meeting[f"{role}_id"]
                else nobody[role]
                for role in meeting._get_missing_roles()
            ]
            meeting.missing_text = " ".join(sentences)

    @api.constrains("state", "mayor_led", "mayor_id", "municipal_director_id", "attendee_ids", *STAND_INS)
    def _check_stand_ins(self):
        for meeting in self.with_context(active_test=False):
            for role in PRINCIPALS:
                stand_in, principal = meeting[f"{role}_stand_in_id"], meeting[f"{role}_id"]
                if not stand_in:
                    continue
                values = {
                    "meeting": meeting.display_name,
                    "person": stand_in.name,
                    "principal": principal.name
                    or dict(principal._fields["role"]._description_selection(self.env))[role],
                }
                if not meeting.mayor_led:
                    raise ValidationError(
                        self.env._(
                            "“%(meeting)s” is not led by mayor and municipal director, and %(person)s can stand in for "
                            "neither. Clear the stand-in.",
                            **values,
                        )
                    )
                if stand_in.is_company:
                    raise ValidationError(
                        self.env._(
                            "“%(meeting)s”: %(person)s is a company and cannot stand in for %(principal)s. Name the person who "
                            "was there.",
                            **values,
                        )
                    )
                if stand_in in (meeting.mayor_id | meeting.municipal_director_id).partner_id:
                    raise ValidationError(
                        self.env._(
                            "“%(meeting)s”: %(person)s is one of the two principals and cannot stand in for %(principal)s. "
                            "Name somebody else, or clear the stand-in.",
                            **values,
                        )
                    )
                if meeting.state == "held" and principal.partner_id in meeting.attendee_ids:
                    raise ValidationError(
                        self.env._(
                            "“%(meeting)s”: %(principal)s was there, and %(person)s cannot have stood in. Clear the stand-in, "
                            "or take %(principal)s off the attendees.",
                            **values,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._add_stand_ins()
        return meetings

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("state", *STAND_INS)):
            self._add_stand_ins()
        if vals.get("state") == "planned" or "start" in vals:
            self.filtered_domain(self._get_following_domain())._follow_principals()
        return result

    def _propose_outcome(self):
        result = super()._propose_outcome()
        # the place of one for whom somebody stands in was agreed before
        self.attendee_ids -= self._get_replaced().partner_id
        return result

    def _get_absent_roles(self):
        """The principals who are needed at this meeting and not among its attendees."""
        self.ensure_one()
        if not self.mayor_led or self.kind == "call":
            return []
        meeting = self.sudo().with_context(active_test=False)  # who was there is no secret to who reads the meeting
        there = meeting.attendee_ids._origin
        return [role for role in PRINCIPALS if not meeting[f"{role}_id"].partner_id._origin & there]

    def _get_missing_roles(self):
        """The absent principals for whom nobody stands in."""
        return [role for role in self._get_absent_roles() if not self[f"{role}_stand_in_id"]]

    def _get_replaced(self):
        """The principals for whom somebody stands in."""
        self.ensure_one()
        leaders = self.env["one.entrance.leader"]
        return leaders.union(*(self[f"{role}_id"] for role in PRINCIPALS if self[f"{role}_stand_in_id"]))

    def _get_present_holders(self):
        """Who held the meeting: its leader, and of a mayor-led one in person the principals who were there."""
        self.ensure_one()
        if not self.mayor_led or self.kind == "call" or not self.attendee_ids:
            return self.leader_id
        principals = self.mayor_id | self.municipal_director_id
        there = self.attendee_ids
        present = principals.filtered(lambda leader: leader.partner_id in there)
        return present if self.leader_id in principals else self.leader_id | present

    def _add_stand_ins(self):
        """Who stood in at a meeting that was held was there."""
        for meeting in self.filtered(lambda meeting: meeting.mayor_led and meeting.state == "held"):
            missing = (meeting.mayor_stand_in_id | meeting.municipal_director_stand_in_id) - meeting.attendee_ids
            if missing:
                meeting.attendee_ids |= missing

    @api.model
    def _get_following_domain(self):
        """The meetings that follow who holds the actor's entrance: the planned ones from today on."""
        return Domain("state", "=", "planned") & self._get_from_today_domain()

    def _follow_principals(self):
        """Let these planned meetings have the principals that their actors have now, or none."""
        wanted = {}
        for meeting in self.sudo():  # the meeting follows the actor and Settings, whoever changes them
            led = meeting.partner_id.one_entrance_mayor_led
            company = meeting.company_id
            wanted[meeting] = {
                "mayor_led": led,
                "mayor_id": led and company.one_entrance_mayor_id.id,
                "municipal_director_id": led and company.one_entrance_municipal_director_id.id,
                **({} if led else dict.fromkeys(STAND_INS, False)),
            }
        write_changed(wanted)

    @api.model
    def _follow_holders(self, former):
        """Let the planned meetings follow who holds the entrance now: leader, principals, and the guests invited for
        the former holders. Guests get no invitation, as with a handover: the actor's log tells of it (S14).

        :param dict former: by actor, the leaders who held it until now
        :return: by actor, how many meetings went along
        """
        # sudo: everything goes along, also what is confidential
        Meeting = self.sudo().with_context(skip_attendee_notification=True)
        actors = self.env["res.partner"].browse(actor.id for actor in former)
        if not actors:
            return {}
        meetings = Meeting.search(Domain("partner_id", "in", actors.ids) & self._get_following_domain())
        leaders = {actor.id: holders.sudo() for actor, holders in former.items()}
        guests = {meeting: meeting.attendee_ids for meeting in meetings}

        def get_move(meeting):
            holders = meeting.partner_id.one_entrance_holder_ids
            old = meeting.leader_id & leaders[meeting.partner_id.id]
            return old, holders[:1] if old not in holders else holders & old

        for (old, new), group in meetings.grouped(get_move).items():
            if old and new and old != new:
                group._move_to(old, new)
        meetings._follow_principals()
        wanted = {}
        for meeting in meetings:
            before, now = (
                leaders[meeting.partner_id.id].partner_id,
                meeting.partner_id.one_entrance_holder_ids.partner_id,
            )
            invited = meeting.event_id or before & guests[meeting]
            out, new = (before - now) & meeting.attendee_ids, (now if invited else now.browse()) - meeting.attendee_ids
            if out or new:
                commands = [Command.unlink(guest.id) for guest in out] + [Command.link(guest.id) for guest in new]
                wanted[meeting] = {"attendee_ids": commands}
        write_changed(wanted)
        return {actor: len(group) for actor, group in meetings.grouped("partner_id").items()}

    def _move_to(self, old, leader):
        """Give these planned meetings another leader; a later room says who else changes with the leader."""
        self.filtered(lambda meeting: meeting.leader_id != leader).write({"leader_id": leader.id})
