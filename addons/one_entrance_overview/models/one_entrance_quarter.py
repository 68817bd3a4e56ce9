from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import end_of, start_of

from .one_entrance_overview_number_mixin import MANAGER

# How many quarters the trends go back, the running one included.
QUARTERS = 8
# By number: what is counted, the date that puts it into a quarter, and which of it.
COUNTS = {
    "meeting_count": ("one.entrance.meeting", "date", Domain.TRUE),
    "held_count": ("one.entrance.meeting", "date", Domain("state", "=", "held")),
    "planned_count": ("one.entrance.meeting", "date", Domain("state", "=", "planned")),
    "postponed_count": ("one.entrance.meeting", "date", Domain("state", "=", "postponed")),
    "cancelled_count": ("one.entrance.meeting", "date", Domain("state", "=", "cancelled")),
    "fresh_count": (
        "one.entrance.meeting",
        "date",
        Domain("state", "=", "held") & Domain("sheet_fresh", "=", True),
    ),
    "used_count": ("one.entrance.meeting", "date", Domain("state", "=", "held") & Domain("sheet_used", "=", True)),
    "contact_count": ("res.partner", "one_entrance_contact_date", Domain("one_entrance_step", "!=", False)),
}
# A share opens what it is the share of.
SHARES = {"fresh_share": "fresh_count", "used_share": "used_count"}


class OneEntranceQuarter(models.Model):
    """A quarter of a year in the trends: what took place in it in the municipality the user works in (S16).

    The quarters are those of today's calendar, and no table holds them. What they say is counted when it is asked for, so
    that a meeting logged for a day in the past is there at once.
    """

    _name = "one.entrance.quarter"
    _description = "Quarter"
    _inherit = ["one.entrance.overview.number.mixin"]
    _auto = False
    _order = "id"

    name = fields.Char(string="Quarter", compute="_compute_dates")
    date_from = fields.Date(string="From", compute="_compute_dates")
    date_to = fields.Date(string="To", compute="_compute_dates")
    meeting_count = fields.Integer(string="Meetings", compute="_compute_counts", groups=MANAGER)
    held_count = fields.Integer(string="Meetings Held", compute="_compute_counts", groups=MANAGER)
    planned_count = fields.Integer(
        string="Meetings Planned",
        compute="_compute_counts",
        groups=MANAGER,
        help="Meetings that lie ahead, and those of the past of which nobody has said whether they were held.",
    )
    postponed_count = fields.Integer(string="Meetings Postponed", compute="_compute_counts", groups=MANAGER)
    cancelled_count = fields.Integer(string="Meetings Cancelled", compute="_compute_counts", groups=MANAGER)
    fresh_count = fields.Integer(string="Meetings with a Sheet up to Date", compute="_compute_counts", groups=MANAGER)
    used_count = fields.Integer(string="Meetings Where the Sheet Was Used", compute="_compute_counts", groups=MANAGER)
    fresh_share = fields.Float(
        string="Sheet up to Date",
        compute="_compute_counts",
        groups=MANAGER,
        help="The share of the held meetings whose background sheet was up to date on the day.",
    )
    used_share = fields.Float(
        string="Sheet Used",
        compute="_compute_counts",
        groups=MANAGER,
        help="The share of the held meetings at which the background sheet was used.",
    )
    contact_count = fields.Integer(string="First Contacts", compute="_compute_counts", groups=MANAGER)

    @property
    def _table_query(self):
        running = self._get_running_id()
        return SQL("SELECT generate_series(%s, %s) AS id", running - QUARTERS + 1, running)

    @api.depends_context("lang")
    def _compute_dates(self):
        for quarter in self:
            year, before = divmod(quarter.id, 4)
            quarter.date_from = fields.Date.to_date(f"{year}-01-01") + relativedelta(months=3 * before)
            quarter.date_to = end_of(quarter.date_from, "quarter")
            quarter.name = self.env._("Q%(quarter)s %(year)s", quarter=before + 1, year=year)

    @api.depends("name")
    def _compute_display_name(self):
        for quarter in self:
            quarter.display_name = quarter.name

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_counts(self):
        """The numbers of all these quarters. The first contacts are counted with the actors."""
        found = self._count_all()
        actors = (self.env["one.entrance.overview"]._get_page().counts or {}).values()
        for quarter in self:
            numbers = {name: found[quarter.id, name] for name in self._get_counted()}
            numbers["contact_count"] = sum(row.get(quarter._get_contact_key(), 0) for row in actors)
            for share, name in SHARES.items():
                numbers[share] = numbers[name] / numbers["held_count"] if numbers["held_count"] else 0
            quarter.update(numbers)

    def _count_all(self):
        """:return: by quarter and number, what is counted for all these quarters at once
        :rtype: Counter
        """
        return self._count_meetings()

    def _count_meetings(self):
        """:return: by quarter and number, the meetings of these quarters
        :rtype: Counter
        """
        model, domain = self._get_overview_domain("meeting_count")
        meetings = self.env[model]
        # The meetings are found by the ORM, so that record rules and companies hold. They are grouped by day in SQL, because
        # the ORM has PostgreSQL compute the quarter of each meeting, or the day once more: three times the work, for that is
        # then in no order, while the days of a million meetings lie in the order of the index.
        query = meetings._search(domain)
        names = ("date", "state", "sheet_fresh", "sheet_used")
        columns = SQL(", ").join(meetings._field_to_sql(query.table, name, query) for name in names)
        query.groupby = columns
        found = Counter()
        for day, state, fresh, used, count in self.env.execute_query(query.select(columns, SQL("COUNT(*)"))):
            quarter = self._get_quarter_id(day)
            found[quarter, "meeting_count"] += count
            found[quarter, f"{state}_count"] += count
            if state == "held":
                found[quarter, "fresh_count"] += count if fresh else 0
                found[quarter, "used_count"] += count if used else 0
        return found

    def _get_contact_key(self):
        """:return: the key of this quarter's first contacts in the page's count of everything
        :rtype: str
        """
        self.ensure_one()
        return f"contact_count_{self.id}"

    def _get_overview_domain(self, name):
        """:return: the model and the domain of the records that a number of these quarters counts, from the first to the last
            of them, in the municipality the user works in
        :rtype: tuple[str, Domain]
        """
        model, date, own = self._get_counted()[SHARES.get(name, name)]
        company = "one_entrance_company_id" if model == "res.partner" else "company_id"
        within = Domain(date, ">=", min(self.mapped("date_from"))) & Domain(date, "<=", max(self.mapped("date_to")))
        return model, Domain(company, "=", self.env.company.id) & own & within

    @api.model
    def _get_counted(self):
        """:return: by number, what is counted, the date that puts it into a quarter, and which of it
        :rtype: dict[str, tuple[str, str, Domain]]
        """
        return COUNTS

    @api.model
    def _get_quarter_id(self, date):
        """:return: the number of the quarter a day lies in, counted from the year 0
        :rtype: int
        """
        return date.year * 4 + (date.month - 1) // 3

    @api.model
    def _get_running_id(self):
        return self._get_quarter_id(start_of(self.env.company._get_one_entrance_today(), "quarter"))

    @api.model
    def _get_last(self):
        """:return: the quarters of the trends, the running one last
        :rtype: one.entrance.quarter
        """
        running = self._get_running_id()
        return self.browse(range(running - QUARTERS + 1, running + 1))
