from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_list

# What makes an actor stand under *Due* on the page.
DUE = ("overdue", "due")
# What the page reads of an actor.
ACTOR_FIELDS = (
    "one_entrance_company_id",
    "one_entrance_due_date",
    "one_entrance_leader_id",
    "one_entrance_mayor_led",
    "one_entrance_next_meeting_date",
    "one_entrance_step",
)
# How many meetings ahead the page shows.
NEXT_MEETINGS = 3


class OneEntranceLeader(models.Model):
    """The contact leader's own page: whom to call, what comes next, what was promised, and all actors held, the
    mayor-led ones too for the two principals (S3, S7, S10). It shows only what its reader may read.
    """

    _inherit = "one.entrance.leader"

    held_actor_ids = fields.Many2many(
        "res.partner", string="Actors Held", compute="_compute_held_actor_ids", groups="one_entrance.group_leader"
    )
    held_count = fields.Integer(
        string="Actors Held (Number)", compute="_compute_held_actor_ids", groups="one_entrance.group_leader"
    )
    due_actor_ids = fields.Many2many(
        "res.partner",
        string="Actors Due",
        compute="_compute_due_actor_ids",
        groups="one_entrance.group_leader",
        help="The actors to be met now, the longest overdue first.",
    )
    due_count = fields.Integer(
        string="Actors Due (Number)", compute="_compute_due_actor_ids", groups="one_entrance.group_leader"
    )
    overdue_count = fields.Integer(
        string="Actors Overdue (Number)", compute="_compute_due_actor_ids", groups="one_entrance.group_leader"
    )
    next_meeting_ids = fields.Many2many(
        "one.entrance.meeting",
        string="Next Meetings",
        compute="_compute_next_meeting_ids",
        groups="one_entrance.group_leader",
    )
    acting_user_ids = fields.Many2many(
        "res.users",
        string="Acting Users",
        compute="_compute_acting_user_ids",
        help="Who acts for the leader: the leader's own user or the delegate, and for the mayor and the municipal director "
        "the mayor's office too.",
    )
    commitment_ids = fields.Many2many(
        "one.entrance.meeting.point",
        string="Open Commitments",
        compute="_compute_commitment_ids",
        groups="one_entrance.group_leader",
        help="What the leader, or the delegate in the leader's place, has promised and not kept yet, late ones first.",
    )
    commitment_count = fields.Integer(
        string="Open Commitments (Number)", compute="_compute_commitment_ids", groups="one_entrance.group_leader"
    )
    late_count = fields.Integer(
        string="Late Commitments (Number)", compute="_compute_commitment_ids", groups="one_entrance.group_leader"
    )
    open_activity_count = fields.Integer(
        string="Open Activities", compute="_compute_open_activity_count", groups="one_entrance.group_leader"
    )

    @api.depends("actor_ids", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_held_actor_ids(self):
        """The actors each leader holds, in one search for all leaders."""
        principals = {}
        for company in self.company_id.sudo():  # who the principals are is a setting
            principals[company.id] = company.one_entrance_mayor_id | company.one_entrance_municipal_director_id
        led = [company_id for company_id, leaders in principals.items() if leaders._origin & self._origin.sudo()]
        mayor_led = Domain("one_entrance_mayor_led", "=", True) & Domain("one_entrance_company_id", "in", led)
        actors = self.env["res.partner"].search_fetch(
            Domain("one_entrance_step", "not in", (False, "left"))
            & (Domain("one_entrance_leader_id", "in", self._origin.ids) | mayor_led),
            ["active", *ACTOR_FIELDS],  # of all leaders' actors at once
        )
        held = defaultdict(self.env["res.partner"].browse)
        for actor in actors:
            holders = actor.one_entrance_leader_id.ids
            if actor.one_entrance_mayor_led:
                holders += principals.get(actor.one_entrance_company_id.id, self.browse()).ids
            for leader_id in set(holders):
                held[leader_id] |= actor
        for leader in self:
            leader.held_actor_ids = held[leader._origin.id]
            leader.held_count = len(leader.held_actor_ids)

    @api.depends("held_actor_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_due_actor_ids(self):
        for leader in self:
            due = leader.held_actor_ids.filtered(lambda actor: actor.one_entrance_dialogue_state in DUE)
            leader.due_actor_ids = due.sorted("one_entrance_due_date")
            leader.due_count = len(due)
            leader.overdue_count = len(due.filtered(lambda actor: actor.one_entrance_dialogue_state == "overdue"))

    @api.depends("held_actor_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_next_meeting_ids(self):
        """The next three planned meetings of each leader, with the actors held or in another leader's place."""
        meetings = self.env["one.entrance.meeting"].search(
            self.env["one.entrance.meeting"]._get_ahead_domain()
            & (Domain("partner_id", "in", self.held_actor_ids.ids) | Domain("leader_id", "in", self._origin.ids)),
            order="start, id",
        )
        for leader in self:
            leader.next_meeting_ids = meetings.filtered(
                lambda meeting, leader=leader: (
                    meeting.leader_id == leader._origin or meeting.partner_id in leader.held_actor_ids
                )
            )[:NEXT_MEETINGS]

    @api.depends("responsible_id", "company_id")
    def _compute_acting_user_ids(self):
        for leader in self:
            company = leader.company_id.sudo()  # who acts for the principals is a setting
            is_principal = leader._origin in (
                company.one_entrance_mayor_id | company.one_entrance_municipal_director_id
            )
            leader.acting_user_ids = leader.responsible_id
            if is_principal:
                leader.acting_user_ids |= self._filter_acting(company.one_entrance_mayor_office_id).sudo(False)

    @api.depends("acting_user_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_commitment_ids(self):
        Point = self.env["one.entrance.meeting.point"]
        points = Point.search(
            Point._get_open_domain() & Domain("responsible_id", "in", self.acting_user_ids.ids), order="deadline, id"
        )
        for leader in self:
            leader.commitment_ids = points.filtered(
                lambda point, leader=leader: point.responsible_id in leader.acting_user_ids
            )
            leader.commitment_count = len(leader.commitment_ids)
            leader.late_count = len(leader.commitment_ids.filtered(lambda point: point.state == "late"))

    @api.depends("acting_user_ids")
    @api.depends_context("uid")
    def _compute_open_activity_count(self):
        counts = dict(
            self.env["mail.activity"]._read_group(
                [("user_id", "in", self.acting_user_ids.ids)], ["user_id"], ["__count"]
            )
        )
        for leader in self:
            leader.open_activity_count = sum(counts.get(user, 0) for user in leader.acting_user_ids)

    def action_open_page(self):
        """Open this leader's own page."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_leader_page_action")
        action["display_name"] = self.name
        action["res_id"] = self.id
        action["views"] = [(self.env.ref("one_entrance.one_entrance_leader_view_page").id, "form")]
        return action

    def action_open_activities(self):
        """Open the activities of who acts for this leader, as Odoo lists one's own."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("mail.mail_activity_action_my")
        action["name"] = action["display_name"] = self.env._(
            "Activities of %(user)s", user=format_list(self.env, self.acting_user_ids.mapped("name")) or self.name
        )
        action["domain"] = [("user_id", "in", self.acting_user_ids.ids)]
        action["context"] = {"force_search_count": 1}
        return action

    @api.model
    def _get_home_action(self):
        """What the app opens with: one's own page, a choice where there are several, or else the register."""
        return self._get_pages_action() or self.env["ir.actions.act_window"]._for_xml_id(
            "one_entrance.res_partner_action"
        )

    @api.model
    def _get_my_page_action(self):
        """What *My Page* opens: one's own page or a choice; for who acts for no leader, all pages."""
        return self._get_pages_action() or self.env["ir.actions.act_window"]._for_xml_id(
            "one_entrance.one_entrance_leader_page_action"
        )

    @api.model
    def _get_pages_action(self):
        """The page of the leader the user is or acts for, a choice where there are several, or none."""
        # sudo: for whom one is the office is a setting
        served = self.env.companies.sudo().filtered(
            lambda company: company.one_entrance_mayor_office_id == self.env.user
        )
        principals = served.one_entrance_mayor_id | served.one_entrance_municipal_director_id
        own = self.search(Domain("is_mine", "=", True) | Domain("id", "in", principals.ids))
        if len(own) == 1:
            return own.action_open_page()
        if own:
            action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_leader_page_action")
            action["domain"] = [("id", "in", own.ids)]
            return action
        return None
