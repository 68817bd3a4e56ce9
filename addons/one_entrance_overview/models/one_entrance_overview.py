import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .one_entrance_overview_mixin import ACTOR_COUNTS
from .one_entrance_overview_number_mixin import MANAGER

# The only record there is: the page is that of the municipality the user works in, whichever that is.
PAGE_ID = 1
# The key of the mayor-led actors in the count of everything, which stand under no leader.
MAYOR_LED = "mayor_led"
MAYOR_LED_COUNTS = {
    "mayor_led_count": "overview_actor_count",
    "mayor_led_no_plan_count": "overview_no_plan_count",
    "mayor_led_overdue_count": "overview_overdue_count",
    "mayor_led_commitment_count": "overview_commitment_count",
    "mayor_led_late_commitment_count": "overview_late_commitment_count",
}
# The kinds of actor; None is for those of whom nobody has said what they are.
KINDS = ("company", "association", "institution", "other", None)
# How many postal districts the page shows, those with the most first.
DISTRICTS = 12
# By graph: the number of a quarter it shows, and whether that is a share.
GRAPHS = {
    "held_graph": ("held_count", False),
    "used_graph": ("used_share", True),
    "contact_graph": ("contact_count", False),
}
# What each of the page's parts opens in Odoo's own pivot or graph: the number it is about, the kind of view, rows and
# columns, or the axis and the bars.
ANALYSES = {
    "step": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_step"]),
    "dialogue": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_dialogue_state"]),
    "sheet": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_sheet_state"]),
    "commitment": ("overview_commitment_count", "pivot", ["responsible_id"], ["deadline:month"]),
    "unreached": ("unreached_count", "pivot", ["zip", "city"], ["one_entrance_kind"]),
    "departed": ("departed_count", "pivot", ["zip", "city"], ["one_entrance_kind"]),
    "held": ("meeting_count", "graph", ["date:quarter", "state"], []),
    "used": ("held_count", "graph", ["date:quarter", "sheet_used"], []),
    "contact": ("contact_count", "graph", ["one_entrance_contact_date:quarter", "one_entrance_kind"], []),
}


class OneEntranceOverview(models.Model):
    """Where the whole stands: the page for the head of administration of the municipality the user works in (S16).

    Nothing of it is stored, and opening it writes nothing: every number is counted when it is asked for, by few grouped
    queries, whatever the number of actors and meetings.
    """

    _name = "one.entrance.overview"
    _description = "Where the Scheme Stands"
    _inherit = ["one.entrance.overview.mixin"]
    _auto = False

    company_id = fields.Many2one("res.company", string="Municipality", compute="_compute_company_id")
    is_empty = fields.Boolean(compute="_compute_whole", export_string_translation=False)
    has_leaders = fields.Boolean(compute="_compute_leader_ids", export_string_translation=False)
    # the numbers of each leader, of the mayor-led actors and of the actors without a leader, by field: counted once, and the
    # page, the levels and the leaders add them up
    counts = fields.Json(compute="_compute_counts", groups=MANAGER, exportable=False, export_string_translation=False)
    left_count = fields.Integer(string="Left the Scheme", compute="_compute_whole")
    mayor_led_count = fields.Integer(string="Mayor-Led Actors", compute="_compute_whole")
    mayor_led_no_plan_count = fields.Integer(string="Mayor-Led, No Plan", compute="_compute_whole")
    mayor_led_overdue_count = fields.Integer(string="Mayor-Led, Overdue", compute="_compute_whole")
    mayor_led_commitment_count = fields.Integer(string="Mayor-Led, Open Commitments", compute="_compute_whole")
    mayor_led_late_commitment_count = fields.Integer(string="Mayor-Led, Late Commitments", compute="_compute_whole")
    level_ids = fields.Many2many("one.entrance.level", string="Leadership Levels", compute="_compute_level_ids")
    leader_ids = fields.Many2many(
        "one.entrance.leader", string="Leaders", compute="_compute_leader_ids", context={"active_test": False}
    )
    all_leader_ids = fields.Many2many(
        "one.entrance.leader",
        compute="_compute_all_leader_ids",
        context={"active_test": False},
        export_string_translation=False,
    )

    unreached_count = fields.Integer(
        string="Never Reached",
        compute="_compute_unreached",
        help="Actors in the scheme with whom no first contact is recorded and no meeting was held.",
    )
    unreached_company_count = fields.Integer(string="Companies Never Reached", compute="_compute_unreached")
    unreached_association_count = fields.Integer(string="Associations Never Reached", compute="_compute_unreached")
    unreached_institution_count = fields.Integer(string="Institutions Never Reached", compute="_compute_unreached")
    unreached_other_count = fields.Integer(string="Other Actors Never Reached", compute="_compute_unreached")
    unreached_none_count = fields.Integer(string="Never Reached, Kind Not Said", compute="_compute_unreached")
    departed_count = fields.Integer(
        string="Left Without Having Been Reached",
        compute="_compute_unreached",
        help="Actors that declined or left the scheme, with whom no first contact is recorded and no meeting was held.",
    )
    departed_company_count = fields.Integer(string="Companies That Left Unreached", compute="_compute_unreached")
    departed_association_count = fields.Integer(string="Associations That Left Unreached", compute="_compute_unreached")
    departed_institution_count = fields.Integer(string="Institutions That Left Unreached", compute="_compute_unreached")
    departed_other_count = fields.Integer(string="Other Actors That Left Unreached", compute="_compute_unreached")
    departed_none_count = fields.Integer(string="Left Unreached, Kind Not Said", compute="_compute_unreached")
    district_ids = fields.Many2many("one.entrance.district", string="Postal Districts", compute="_compute_district_ids")
    quarter_ids = fields.Many2many("one.entrance.quarter", string="Quarters", compute="_compute_quarter_ids")
    held_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)
    used_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)
    contact_graph = fields.Text(compute="_compute_graphs", export_string_translation=False)

    @property
    def _table_query(self):
        return SQL("SELECT %s AS id", PAGE_ID)

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Where It Stands")

    @api.depends_context("company")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_counts(self):
        counts = defaultdict(lambda: defaultdict(int))
        self._count_all(counts)
        self.counts = counts

    def _count_all(self, counts):
        """Count everything by leader: one query for the actors, one for the commitments."""
        self._count_actors(counts)
        self._count_commitments(counts)

    def _count_actors(self, counts):
        """Add the actors, also those that have left, and their first contacts to the count of everything."""
        partners = self.env["res.partner"]
        # The actors are found and judged by the ORM, so that record rules, companies and the domains of the numbers hold. The
        # counts are SQL, because the ORM counts one domain a query: thirteen walks through all contacts, or one that groups
        # by what each number looks at, for which PostgreSQL sorts all of them on disk. This takes one walk and no sorting.
        # OFFSET 0 lets it judge each actor once, and not again for each number.
        query = partners._search(
            Domain("one_entrance_company_id", "=", self.env.company.id) & Domain("one_entrance_step", "!=", False)
        )
        keys = ("one_entrance_leader_id", "one_entrance_mayor_led")
        judged = sorted({"one_entrance_contact_date", *(field for field, _value in ACTOR_COUNTS.values())})
        columns = [partners._read_group_groupby(query.table, name, query) for name in keys]
        columns += [partners._field_to_sql(query.table, name, query) for name in judged]
        actors = query.select(
            *(
                SQL("%s AS %s", column, SQL.identifier(name))
                for column, name in zip(columns, (*keys, *judged), strict=True)
            )
        )
        numbers = {
            "left_count": SQL("one_entrance_step = 'left'"),
            "overview_actor_count": SQL("one_entrance_step <> 'left'"),
            **{
                name: SQL("%s = %s AND one_entrance_step <> 'left'", SQL.identifier(field), value)
                for name, (field, value) in ACTOR_COUNTS.items()
            },
            **{
                quarter._get_contact_key(): SQL(
                    "one_entrance_contact_date BETWEEN %s AND %s", quarter.date_from, quarter.date_to
                )
                for quarter in self.env["one.entrance.quarter"]._get_last()
            },
        }
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, %s FROM (%s OFFSET 0) AS actors GROUP BY %s",
                SQL(", ").join(map(SQL.identifier, keys)),
                SQL(", ").join(SQL("COUNT(*) FILTER (WHERE %s)", condition) for condition in numbers.values()),
                actors,
                SQL(", ").join(map(SQL.identifier, keys)),
            )
        )
        for leader_id, is_mayor_led, *found in rows:
            row = counts[self._get_key(leader_id, is_mayor_led)]
            for name, count in zip(numbers, found, strict=True):
                row[name] += count

    def _count_commitments(self, counts):
        """Add what was promised and is not kept yet to the count of everything."""
        number, late = "overview_commitment_count", "overview_late_commitment_count"
        model, domain = self._get_page()._get_overview_domain(number)
        by = ["partner_id.one_entrance_leader_id", "partner_id.one_entrance_mayor_led", "state"]
        for leader, mayor_led, state, count in self.env[model]._read_group(domain, by, ["__count"]):
            row = counts[self._get_key(leader.id, mayor_led)]
            row[number] += count
            row[late] += count if state == "late" else 0

    @api.model
    def _get_key(self, leader_id, mayor_led=False):
        return MAYOR_LED if mayor_led else str(leader_id or "")

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_whole(self):
        for page in self:
            counts = page.counts or {}
            page.left_count = sum(row.get("left_count", 0) for row in counts.values())
            for name, number in MAYOR_LED_COUNTS.items():
                page[name] = counts.get(MAYOR_LED, {}).get(number, 0)
            page.is_empty = not page.left_count and not page.overview_actor_count

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_all_leader_ids(self):
        self.all_leader_ids = (
            self.env["one.entrance.leader"]
            .with_context(active_test=False)
            .search_fetch([("company_id", "=", self.env.company.id)], ["active", "level_id", "partner_id"])
        )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_leader_ids(self):
        """The leaders in office, and those who are not any more and still have something open."""
        for page in self:
            counts = page.counts or {}
            page.leader_ids = page.all_leader_ids.filtered(
                lambda leader, counts=counts: leader.active or str(leader.id) in counts
            )
            page.has_leaders = bool(page.leader_ids)

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_level_ids(self):
        for page in self:
            page.level_ids = page.all_leader_ids.level_id.sorted("number")

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_unreached(self):
        groups = self.env["res.partner"]._read_group(
            self._get_forgotten_domain(), ["one_entrance_kind", "one_entrance_step"], ["__count"]
        )
        for page in self:
            for fate in ("unreached", "departed"):
                of_fate = [
                    (kind or None, count) for kind, step, count in groups if (step == "left") == (fate == "departed")
                ]
                page[f"{fate}_count"] = sum(count for _kind, count in of_fate)
                for kind in KINDS:
                    page[f"{fate}_{kind or 'none'}_count"] = sum(count for which, count in of_fate if which == kind)

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_district_ids(self):
        self.district_ids = self.env["one.entrance.district"].search_fetch(
            [("company_id", "=", self.env.company.id)], limit=DISTRICTS
        )

    @api.model
    def _get_forgotten_domain(self):
        """:return: the actors of the municipality the user works in that were never reached, whether they left or not
        :rtype: Domain
        """
        return (
            Domain("one_entrance_company_id", "=", self.env.company.id)
            & self.env["res.partner"]._get_one_entrance_unreached_domain()
        )

    @api.depends_context("company")
    def _compute_quarter_ids(self):
        self.quarter_ids = self.env["one.entrance.quarter"]._get_last()

    @api.depends_context("uid", "company", "allowed_company_ids", "lang")
    def _compute_graphs(self):
        """What Odoo's chart reads. The running quarter is not over, and has a colour of its own."""
        Quarter = self.env["one.entrance.quarter"]
        for page in self:
            for graph, (name, is_share) in self._get_graphs().items():
                values = [
                    {
                        "label": format_date(self.env, quarter.date_from, date_format="QQQ yy"),
                        "value": round(quarter[name] * 100) if is_share else quarter[name],
                        "type": "future" if quarter == page.quarter_ids[-1:] else "past",
                    }
                    for quarter in page.quarter_ids
                ]
                label = Quarter._fields[name]._description_string(self.env)
                page[graph] = json.dumps([{"key": f"{label} (%)" if is_share else label, "values": values}])

    @api.model
    def _get_graphs(self):
        """:return: by graph, the number of a quarter it shows, and whether that is a share
        :rtype: dict[str, tuple[str, bool]]
        """
        return GRAPHS

    def action_analyse(self):
        """Open a part of the page as pivot or graph: its name is in the context, ``one_entrance_analysis``.

        :raise AccessError: for who may not read the page
        """
        self.ensure_one()
        self.check_access("read")
        name, view_type, rows, columns = self._get_analyses()[self.env.context.get("one_entrance_analysis")]
        owner = self if name in self._fields else self.quarter_ids
        model, domain = owner._get_overview_domain(name)
        action = self._get_overview_action(model, domain, owner._fields[name]._description_string(self.env))
        shown = {kind: view_id for view_id, kind in action["views"]}
        kinds = sorted(("pivot", "graph", "list", "form"), key=lambda kind: kind != view_type)
        action["views"] = [(shown.get(kind, False), kind) for kind in kinds]
        if view_type == "pivot":
            action["context"].update(pivot_row_groupby=rows, pivot_column_groupby=columns)
        else:
            action["context"].update(graph_groupbys=rows)
        return action

    @api.model
    def _get_analyses(self):
        """:return: by part of the page, the number it is about, the kind of view, rows and columns, or axis and bars
        :rtype: dict[str, tuple]
        """
        return ANALYSES

    @api.model
    def _get_page(self):
        """:return: the page of the municipality the user works in
        :rtype: one.entrance.overview
        """
        return self.browse(PAGE_ID)

    def _get_overview_keys(self, counts):
        return list(counts)

    def _get_overview_scope(self, model):
        return Domain.TRUE

    def _get_overview_domain(self, name):
        fate, _underscore, rest = (name or "").partition("_")
        if fate in ("unreached", "departed"):
            return self._get_unreached_domain(fate, rest)
        if name == "left_count":
            left = Domain("one_entrance_step", "=", "left")
            return "res.partner", Domain("one_entrance_company_id", "=", self.env.company.id) & left
        if name in MAYOR_LED_COUNTS:
            model, domain = super()._get_overview_domain(MAYOR_LED_COUNTS[name])
            path = "" if model == "res.partner" else "partner_id."
            return model, domain & Domain(f"{path}one_entrance_mayor_led", "=", True)
        return super()._get_overview_domain(name)

    def _get_unreached_domain(self, fate, rest):
        """The forgotten actors of a fate and, unless all are meant, of a kind."""
        domain = self._get_forgotten_domain() & Domain("one_entrance_step", "=" if fate == "departed" else "!=", "left")
        if rest != "count":
            kind = rest.removesuffix("_count")
            domain &= Domain("one_entrance_kind", "=", False if kind == "none" else kind)
        return "res.partner", domain
