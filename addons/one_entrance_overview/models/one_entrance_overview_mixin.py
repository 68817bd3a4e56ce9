from odoo import api, fields, models
from odoo.fields import Domain

from .one_entrance_overview_number_mixin import MANAGER

# What an actor is counted under, by the field that judges it: a pair makes a number.
ACTOR_COUNTS = {
    "overview_appointed_count": ("one_entrance_step", "appointed"),
    "overview_letter_count": ("one_entrance_step", "letter"),
    "overview_contact_count": ("one_entrance_step", "contact"),
    "overview_plan_count": ("one_entrance_step", "plan"),
    "overview_no_plan_count": ("one_entrance_dialogue_state", "no_plan"),
    "overview_on_track_count": ("one_entrance_dialogue_state", "on_track"),
    "overview_planned_count": ("one_entrance_dialogue_state", "planned"),
    "overview_due_count": ("one_entrance_dialogue_state", "due"),
    "overview_overdue_count": ("one_entrance_dialogue_state", "overdue"),
    "overview_fresh_count": ("one_entrance_sheet_state", "fresh"),
    "overview_stale_count": ("one_entrance_sheet_state", "stale"),
    "overview_draft_count": ("one_entrance_sheet_state", "draft"),
    "overview_missing_count": ("one_entrance_sheet_state", "missing"),
}
COUNTS = (
    "overview_actor_count",
    *ACTOR_COUNTS,
    "overview_commitment_count",
    "overview_late_commitment_count",
)


class OneEntranceOverviewMixin(models.AbstractModel):
    """What the page for the head of administration says about a leader, a level or the municipality as a whole: where its
    actors stand, and what is open (S16).

    The numbers are those of the municipality the user works in.
    """

    _name = "one.entrance.overview.mixin"
    _description = "Numbers of the Overview"
    _inherit = ["one.entrance.overview.number.mixin"]

    overview_actor_count = fields.Integer(
        string="Actors in the Scheme", compute="_compute_overview_counts", groups=MANAGER
    )
    overview_appointed_count = fields.Integer(
        string="Contact Leader Appointed", compute="_compute_overview_counts", groups=MANAGER
    )
    overview_letter_count = fields.Integer(string="1. Letter Sent", compute="_compute_overview_counts", groups=MANAGER)
    overview_contact_count = fields.Integer(
        string="2. Contact Made", compute="_compute_overview_counts", groups=MANAGER
    )
    overview_plan_count = fields.Integer(
        string="3. Dialogue Plan Agreed", compute="_compute_overview_counts", groups=MANAGER
    )
    overview_no_plan_count = fields.Integer(string="No Plan", compute="_compute_overview_counts", groups=MANAGER)
    overview_on_track_count = fields.Integer(string="On Track", compute="_compute_overview_counts", groups=MANAGER)
    overview_planned_count = fields.Integer(
        string="Meeting Planned", compute="_compute_overview_counts", groups=MANAGER
    )
    overview_due_count = fields.Integer(string="Due in 30 Days", compute="_compute_overview_counts", groups=MANAGER)
    overview_overdue_count = fields.Integer(string="Overdue", compute="_compute_overview_counts", groups=MANAGER)
    overview_fresh_count = fields.Integer(string="Sheet Up to Date", compute="_compute_overview_counts", groups=MANAGER)
    overview_stale_count = fields.Integer(string="Sheet Outdated", compute="_compute_overview_counts", groups=MANAGER)
    overview_draft_count = fields.Integer(string="Sheet Is a Draft", compute="_compute_overview_counts", groups=MANAGER)
    overview_missing_count = fields.Integer(string="Sheet Missing", compute="_compute_overview_counts", groups=MANAGER)
    overview_commitment_count = fields.Integer(
        string="Commitments Not Kept Yet",
        compute="_compute_overview_counts",
        groups=MANAGER,
        help="What was promised the actors and is not kept yet, whoever promised it.",
    )
    overview_late_commitment_count = fields.Integer(
        string="Late Commitments", compute="_compute_overview_counts", groups=MANAGER
    )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_overview_counts(self):
        """The numbers of all these records from one count of everything, which the page keeps."""
        counts = self.env["one.entrance.overview"]._get_page().counts or {}
        for record in self:
            rows = [counts[key] for key in record._get_overview_keys(counts) if key in counts]
            for name in self._get_counts():
                record[name] = sum(row.get(name, 0) for row in rows)

    @api.model
    def _get_counts(self):
        """:return: the numbers that the page, a level and a leader have
        :rtype: tuple[str]
        """
        return COUNTS

    def _get_overview_domain(self, name):
        self.ensure_one()
        company = Domain("company_id", "=", self.env.company.id)
        if name == "overview_actor_count":
            return "res.partner", self._get_overview_actors() & self._get_overview_scope("res.partner")
        if name in ACTOR_COUNTS:
            field, value = ACTOR_COUNTS[name]
            own = self._get_overview_actors() & self._get_overview_scope("res.partner")
            return "res.partner", own & Domain(field, "=", value)
        model, own = self._get_open_domains()[name]
        return model, company & own & self._get_overview_scope(model)

    @api.model
    def _get_open_domains(self):
        """:return: by number, the model and the domain of what is open, and of what is late
        :rtype: dict[str, tuple[str, Domain]]
        """
        Point = self.env["one.entrance.meeting.point"]
        return {
            "overview_commitment_count": (Point._name, Point._get_open_domain()),
            "overview_late_commitment_count": (Point._name, Point._get_open_domain() & Point._get_passed_domain()),
        }

    @api.model
    def _get_overview_actors(self):
        """:return: the actors in the scheme of the municipality the user works in
        :rtype: Domain
        """
        return Domain("one_entrance_company_id", "=", self.env.company.id) & Domain(
            "one_entrance_step", "not in", (False, "left")
        )

    def _get_overview_keys(self, counts):
        """:return: the keys of the count of everything that make up this record's numbers
        :rtype: list[str]
        """
        raise NotImplementedError

    def _get_overview_scope(self, model):
        """:return: what of a model is this record's
        :rtype: Domain
        """
        raise NotImplementedError
