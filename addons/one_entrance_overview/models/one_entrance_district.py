from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .one_entrance_overview_number_mixin import MANAGER


class OneEntranceDistrict(models.Model):
    """A postal district with actors that were never reached (S16).

    No table holds them: a district is what the contacts' postal codes make it at the moment. One and the same code stands
    for the district, whatever way the town is spelt; the spelling met most often names it.
    """

    _name = "one.entrance.district"
    _description = "Postal District"
    _inherit = ["one.entrance.overview.number.mixin"]
    _auto = False
    _order = "unreached_count desc, departed_count desc, zip, id"

    zip = fields.Char(string="Postal Code", groups=MANAGER)
    city = fields.Char(groups=MANAGER)
    name = fields.Char(string="Postal District", compute="_compute_name", groups=MANAGER)
    company_id = fields.Many2one("res.company", string="Municipality")
    unreached_count = fields.Integer(string="Never Reached", groups=MANAGER)
    departed_count = fields.Integer(string="Left Without Having Been Reached", groups=MANAGER)

    @property
    def _table_query(self):
        # The actors are found by the ORM, so that record rules and companies hold. The grouping is SQL, because no field of a
        # contact is the district: the ORM would group by code and spelling, and make two rows of one district.
        partners = self.env["res.partner"]
        query = partners._search(partners._get_one_entrance_unreached_domain())
        table, columns = query.table, ("zip", "city", "one_entrance_company_id", "one_entrance_step")
        code, town, company, step = (partners._field_to_sql(table, name, query) for name in columns)
        query.groupby = SQL("%s, COALESCE(%s, '')", company, code)
        return query.select(
            SQL("MIN(%s) AS id", SQL.identifier(table, "id")),
            SQL("%s AS company_id", company),
            SQL("COALESCE(%s, '') AS zip", code),
            SQL("MODE() WITHIN GROUP (ORDER BY %s) AS city", town),
            SQL("COUNT(*) FILTER (WHERE %s <> 'left') AS unreached_count", step),
            SQL("COUNT(*) FILTER (WHERE %s = 'left') AS departed_count", step),
        )

    @api.depends("zip", "city")
    @api.depends_context("lang")
    def _compute_name(self):
        for district in self:
            code = district.zip or self.env._("No postal code")
            district.name = self.env._("%(zip)s %(city)s", zip=code, city=district.city or "").strip()

    @api.depends("name")
    def _compute_display_name(self):
        for district in self:
            district.display_name = district.name

    def _get_overview_domain(self, name):
        model, domain = self.env["one.entrance.overview"]._get_page()._get_overview_domain(name)
        return model, domain & Domain("zip", "=", self.zip or False)
