from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tests import HttpCase, TransactionCase, get_db_name, new_test_user
from odoo.tools.convert import convert_file

# A Wednesday with nothing special about it; every test of dates stands on it.
TODAY = "2024-05-15"
# What the web client loads in every tour.
SCRIPTS = ("web.assets_web", "web.assets_tests", "web.assets_emoji", "bus.websocket_worker_assets")
STYLES = ("web.assets_web", "web.assets_web_print")


def load_demo(env, **known):
    """Load the demo data of some addons.

    :param str known: by addon, the external id of one of its demo records: where the demo is installed its records stay as
        they are
    """
    env = env(context={**env.context, "no_reset_password": True})
    for module, name in known.items():
        mode = "update" if env.ref(f"{module}.{name}", raise_if_not_found=False) else "init"
        for file in Manifest.for_addon(module)["demo"]:
            convert_file(env, module, file, {}, mode=mode, noupdate=True)


class OneEntranceCase(TransactionCase):
    """A small municipality: one director, one head of department, the two principals, and users of every role.

    The tests create what they look at; no demo data is relied on. Time stands still on ``TODAY``.
    """

    # a browser and its server must agree on the time, so a test with a tour lets it run
    frozen = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._note_cleared_caches()
        if cls.frozen:
            cls.startClassPatcher(freeze_time(f"{TODAY} 10:00:00"))
        cls.today = fields.Date.today()
        cls.env = cls.env(
            context={**cls.env.context, "tracking_disable": False, "no_reset_password": True, "tz": "Europe/Copenhagen"}
        )
        # nothing runs in our documents once they are loaded, so there is nothing for the printer to wait for
        cls.env["ir.config_parameter"].set_param("report.print_delay", "0")
        cls.company = cls.env.company
        cls.level_top = cls.env.ref("one_entrance.one_entrance_level_1")
        cls.level_director = cls.env.ref("one_entrance.one_entrance_level_2")
        cls.level_head = cls.env.ref("one_entrance.one_entrance_level_3")
        cls.themes = cls.env["one.entrance.theme"].search([])

        cls.colleague, cls.director_user, cls.delegate_user, cls.consultant, cls.manager = cls._make_users(
            colleague="base.group_user",
            director="one_entrance.group_leader",
            delegate="one_entrance.group_leader",
            consultant="one_entrance.group_consultant",
            manager="one_entrance.group_manager",
        )

        cls.director = cls._make_leader("Director, Technology", cls.level_director, user_id=cls.director_user.id)
        cls.head = cls._make_leader(
            "Head of Culture", cls.level_head, role="head_of_department", delegate_id=cls.delegate_user.id
        )
        cls.mayor = cls._make_leader("Mayor", cls.env["one.entrance.level"], role="mayor")
        cls.municipal_director = cls._make_leader("Municipal Director", cls.level_top, role="municipal_director")
        cls.company.write(
            {
                "one_entrance_decision_date": "2019-12-17",
                "one_entrance_mayor_id": cls.mayor.id,
                "one_entrance_municipal_director_id": cls.municipal_director.id,
                "one_entrance_sheet_validity": 6,
                "one_entrance_interval": 6,
            }
        )

    @classmethod
    def _note_cleared_caches(cls):
        """Note which of Odoo's caches are cleared from now on, and by that what a test may have changed about them."""
        registry, cls.cleared_caches = cls.registry, set()
        clear, clear_all = registry.clear_cache, registry.clear_all_caches

        def note(*names):
            cls.cleared_caches.update(names or ("default",))
            clear(*names)

        def note_all():
            clear_all()
            cls.cleared_caches |= registry.cache_invalidated

        cls.startClassPatcher(patch.object(registry, "clear_cache", note))
        cls.startClassPatcher(patch.object(registry, "clear_all_caches", note_all))

    def setUp(self):
        """Odoo empties all caches after each test.  Here a test leaves those it has changed nothing about: compiled views
        and templates are most of what a test that opens one would wait for.
        """
        # what a browser asks for is answered, and noted, in another thread
        if isinstance(self, HttpCase):
            super().setUp()
            return
        with patch.object(self.registry, "clear_all_caches", self._clear_changed_caches):
            super().setUp()
        self.cleared_caches.clear()

    def _clear_changed_caches(self):
        if self.cleared_caches:
            self.registry.clear_cache(*self.cleared_caches)

    @classmethod
    def _make_users(cls, **groups):
        """Create users in one go, which takes a third of the time of one after the other; ``groups`` are by login."""
        users = [
            {
                "login": f"one_entrance_{login}",
                "password": f"one_entrance_{login}",
                "name": login.title(),
                "email": f"{login}@example.com",
                "group_ids": [Command.set(cls.env.ref(group).ids)],
            }
            for login, group in groups.items()
        ]
        return cls.env["res.users"].with_context(mail_create_nosubscribe=True, mail_notrack=True).create(users)

    @classmethod
    def _make_user(cls, login, group, **values):
        return new_test_user(cls.env, login=f"one_entrance_{login}", groups=group, name=login.title(), **values)

    @classmethod
    def _make_leader(cls, name, level, **values):
        partner = cls.env["res.partner"].create({"name": name, "function": name})
        return cls.env["one.entrance.leader"].create(
            {"partner_id": partner.id, "level_id": level.id, "role": "director", **values}
        )

    @classmethod
    def _make_actor(cls, name="Havnen", leader=None, **values):
        """Create an actor as the business consultant; ``values`` name scheme fields without their prefix."""
        scheme = {f"one_entrance_{key}": value for key, value in values.items()}
        if not scheme.get("one_entrance_mayor_led"):
            scheme["one_entrance_leader_id"] = (leader or cls.director).id
        return (
            cls.env["res.partner"]
            .with_user(cls.consultant)
            .create({"name": name, "is_company": True, **scheme})
            .with_user(cls.env.user)
        )

    @classmethod
    def _make_sheet(cls, actor, ready=False, **values):
        """Create a draft sheet with a text in every section, as the business consultant; make it ready on demand."""
        sheet = cls.env["one.entrance.sheet"].with_user(cls.consultant).create({"partner_id": actor.id, **values})
        for section in sheet.section_ids:
            section.body = f"<p>Om {section.theme_id.name}</p>"
        if ready:
            sheet.action_ready()
        return sheet.with_user(cls.env.user)

    def _get_days_around(self, dates):
        """:return: these dates, and the days before and after them"""
        return {date + timedelta(days=days) for date in dates if date for days in (-1, 0, 1)}

    def _assert_told_alike(self, records, name, days):
        """Assert that a state that is judged against today is one and the same on the record, in a search and in a grouping,
        on each of these days.

        :return: the states that were found
        :rtype: set
        """
        found = set()
        ours = [("id", "in", records.ids)]
        states = [False, *(state for state, _label in records._fields[name].selection)]
        for day in days:
            with self.subTest(field=name, day=day), freeze_time(f"{day} 10:00:00"):
                records.env.invalidate_all()
                judged = dict.fromkeys(states, records.browse()) | records.grouped(name)
                for state in states:
                    searched = records.search([*ours, (name, "=", state)])
                    self.assertEqual(judged[state], records & searched, f"the records and the search, {state}")
                    self.assertEqual(records - judged[state], records & records.search([*ours, (name, "!=", state)]))
                groups = records._read_group(ours, [name], ["id:recordset"])
                self.assertEqual({state: each & records for state, each in groups}, records.grouped(name))
                found |= {state for state, each in judged.items() if each}
        return found

    def _assert_only(self, allowed, others, operation):
        """Try ``operation(user)`` as everybody: some get something out of it, and nobody else does."""
        found = set()
        for user in (*allowed, *others):
            self.env.invalidate_all()
            try:
                if operation(user):
                    found.add(user)
            except AccessError:
                continue
        self.assertEqual(found, set(allowed))


class BrowserCase(OneEntranceCase, HttpCase):
    """Something that is looked at in a real browser."""

    frozen = False
    scripts = SCRIPTS

    @classmethod
    def setUpClass(cls):
        cls._make_bundles()
        super().setUpClass()

    @classmethod
    def _make_bundles(cls):
        """Make what the web client loads once and for all: a test takes back what it has made, so each would make it anew."""
        with Registry(get_db_name()).cursor() as cr:
            Qweb = api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]
            for bundle in cls.scripts:
                Qweb._get_asset_bundle(bundle, css=False, js=True).js()
            for bundle in STYLES:
                Qweb._get_asset_bundle(bundle, css=True, js=False).css()
