import io
import json
import re
from collections import Counter

from odoo.fields import Domain
from odoo.tools.translate import code_translations, extract_spreadsheet_terms

from odoo.addons.one_entrance.tests.dialogue.register import RegisterCase
from odoo.addons.spreadsheet.utils.validate_data import fields_in_spreadsheet, odoo_charts

from .reads import get_domain, get_reads


class DashboardCase(RegisterCase):
    """A municipality with something of everything, and a dashboard of its head of administration."""

    dashboard_id = "spreadsheet_dashboard_one_entrance.spreadsheet_dashboard_where_it_stands"
    addon = "spreadsheet_dashboard_one_entrance"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(cls.dashboard_id).with_user(cls.manager)
        cls.data = json.loads(cls.dashboard.spreadsheet_data)
        cls.charts = {chart["id"]: chart for chart in odoo_charts(cls.data)}

    def _get_env(self, user=None, companies=None):
        companies = companies or self.company
        return self.env(
            user=user or self.manager,
            context={"tz": "Europe/Copenhagen", "lang": "en_US", "allowed_company_ids": companies.ids},
        )

    def _count(self, name, user=None, companies=None):
        """What a plot shows: by the values of its groups, the number of records."""
        groups = get_reads(self._get_env(user, companies), self.dashboard)[name]()
        keys = self.charts[name]["metaData"]["groupBy"]
        found = {}
        for group in groups:
            if group["__count"]:
                values = tuple(value[0] if isinstance(value, tuple) else value for value in map(group.get, keys))
                found[values if len(values) > 1 else values[0]] = group["__count"]
        return found

    def _count_pivot(self, number, *path, companies=None):
        """What a cell of a pivot shows: the records whose fields have these values, all of them without any."""
        domain = get_domain(self._get_env(companies=companies), self.data["pivots"][number]["domain"])
        pivot = self.data["pivots"][number]
        env = self._get_env(companies=companies)
        wanted = Domain(domain) & Domain.AND([Domain(name, "=", value) for name, value in path])
        return env[pivot["model"]].search_count(wanted)

    def _check_every_read(self):
        """Each pivot and plot counts what its domain finds, in one query beside the names of who it is grouped by, and each
        group opens as many as it counts.
        """
        env = self._get_env()
        opened = 0
        for name, read in get_reads(env, self.dashboard).items():
            with self.subTest(read=name):
                read()
                self.env.invalidate_all()
                with self.assertQueryCount(5):
                    result = read()
                source = self.data["pivots"].get(name) or self.charts[name]
                model, domain = source.get("model"), source.get("domain")
                if not model:
                    model, domain = source["metaData"]["resModel"], source["searchParams"]["domain"]
                domain = Domain(get_domain(env, domain))
                found = env[model].search_count(domain)
                for groups in result if name in self.data["pivots"] else [result]:
                    self.assertEqual(sum(group["__count"] for group in groups), found)
                    for group in groups:
                        own = domain & Domain(group.get("__extra_domain", []))
                        self.assertEqual(env[model].search_count(own), group["__count"])
                        opened += bool(group["__count"])
        self.assertGreater(opened, 8, "the test needs something to open")

    def _check_json(self):
        """What the JSON names is there: fields, filters, menus, actions, the pivots in its formulas."""
        env = self._get_env()
        filters = {one["id"]: one for one in self.data["globalFilters"]}
        sources = [*self.data["pivots"].values(), *self.charts.values()]
        for source in sources:
            model = source.get("model") or source["metaData"]["resModel"]
            chains = [match["chain"] for match in source["fieldMatching"].values()]
            self.assertLessEqual(source["fieldMatching"].keys(), filters.keys())
            for chain in [*chains, *fields_in_spreadsheet(self.data).get(model, ())]:
                field, owner = None, env[model]
                for part in chain.split("."):
                    field = owner._fields[part]
                    self.assertTrue(owner._has_field_access(field, "read"), chain)
                    owner = env[field.comodel_name] if field.relational else owner
            self.assertEqual(self.env.ref(source["actionXmlId"]).res_model, model)
        menus = env["ir.ui.menu"]._visible_menu_ids()
        for menu in self.data["chartOdooMenusReferences"].values():
            self.assertIn(self.env.ref(menu).id, menus)
        cells = "\n".join(cell for sheet in self.data["sheets"] for cell in sheet["cells"].values())
        self.assertEqual(set(re.findall(r"PIVOT(?:\.\w+)?\((\d+)", cells)), set(self.data["pivots"]))
        self.assertEqual({one["type"] for one in filters.values()}, {"date", "relation", "selection"})

    def _check_terms(self):
        """Every word of the dashboard and of its sample has a Danish one."""
        messages = code_translations.get_web_translations(self.addon, "da_DK")["messages"]
        danish = {message["id"]: message["string"] for message in messages}
        sample = json.dumps(self.dashboard._get_sample_dashboard())
        for text in (self.dashboard.spreadsheet_data, sample):
            terms = {term for _n, _f, term, _c in extract_spreadsheet_terms(io.StringIO(text), [], [], {})}
            self.assertFalse(terms - danish.keys())
        self.assertNotEqual(self.dashboard.with_context(lang="da_DK").name, self.dashboard.name)

    def _check_readers(self):
        """Administrators of the scheme find it among their dashboards, and nobody else does."""
        self._assert_only(
            [self.manager],
            [self.colleague, self.director_user, self.consultant],
            lambda user: self.dashboard.with_user(user).search([("id", "=", self.dashboard.id)]),
        )
        published = self.dashboard.dashboard_group_id.published_dashboard_ids
        self.assertIn(self.dashboard, published)

    def _get_counter(self, records, name):
        return dict(Counter(record[name] for record in records))
