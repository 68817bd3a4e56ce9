import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import OneEntranceCase

STATES = ("missing", "draft", "stale", "fresh")


@tagged("post_install", "-at_install")
class TestSheet(OneEntranceCase):
    """A background sheet is written as a draft, made ready, and never changes after that (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor(consultant_id=cls.consultant.id)

    # Drafts

    def test_a_new_sheet_has_a_section_for_every_theme_in_use(self):
        closed = self.env["one.entrance.theme"].create({"name": "Closed", "active": False})
        sheet = self.env["one.entrance.sheet"].with_user(self.director_user).create({"partner_id": self.actor.id})
        self.assertEqual(sheet.section_ids.theme_id, self.themes)
        self.assertNotIn(closed, sheet.section_ids.theme_id)
        self.assertEqual(sheet.state, "draft")
        self.assertEqual(sheet.consultant_id, self.consultant)
        self.assertEqual(sheet.version, 1)

    def test_the_button_makes_a_draft_for_each_actor_and_opens_them(self):
        other = self._make_actor("Letbanen", mayor_led=True)
        action = (self.actor | other).with_user(self.consultant).action_one_entrance_new_sheet()
        sheets = self.env["one.entrance.sheet"].search(action["domain"])
        self.assertEqual(sheets.partner_id, self.actor | other)
        action = self.actor.with_user(self.consultant).action_one_entrance_new_sheet()
        self.assertEqual(action["res_id"], self.actor.one_entrance_sheet_id.id)

    def test_a_new_sheet_starts_from_the_last_one(self):
        last = self._make_sheet(self.actor)
        first, second = last.section_ids[:2]
        first.consultant_id = self.manager
        with freeze_time("2024-05-20 10:00:00"):
            last.with_user(self.consultant).action_ready()
            last.with_user(self.consultant).action_new_version()
        draft = self.actor.one_entrance_sheet_ids.filtered(lambda sheet: sheet.state == "draft")
        for section in draft.section_ids:
            before = last.section_ids.filtered(lambda earlier, section=section: earlier.theme_id == section.theme_id)
            self.assertEqual(section.body, before.body)
            self.assertEqual(section.consultant_id, before.consultant_id)
            self.assertEqual(section.updated_date, self.today, "the day the text was changed, not copied")
        self.assertEqual(draft.section_ids[0].consultant_id, self.manager)
        self.assertEqual(draft.section_ids[1].consultant_id, second.consultant_id)
        self.assertEqual(draft.version, 2)
        self.assertEqual(last.state, "ready")

    def test_a_new_sheet_starts_from_the_last_one_that_was_archived_too(self):
        last = self._make_sheet(self.actor)
        last.with_user(self.consultant).action_archive_sheet()
        draft = self.env["one.entrance.sheet"].with_user(self.consultant)._make_drafts(self.actor)
        self.assertEqual(draft.section_ids.mapped("body"), last.section_ids.mapped("body"))

    def test_a_new_sheet_has_a_section_for_a_theme_that_came_since_and_none_for_one_that_went(self):
        last = self._make_sheet(self.actor, ready=True)
        gone = last.section_ids[0].theme_id
        gone.active = False
        new = self.env["one.entrance.theme"].create({"name": "Tourism"})
        draft = self.env["one.entrance.sheet"].with_user(self.consultant)._make_drafts(self.actor)
        self.assertIn(new, draft.section_ids.theme_id)
        self.assertNotIn(gone, draft.section_ids.theme_id)

    def test_an_actor_that_has_a_draft_keeps_it(self):
        draft = self._make_sheet(self.actor)
        draft.section_ids[0].body = "<p>Halvt færdig</p>"
        self.actor.with_user(self.consultant).action_one_entrance_new_sheet()
        self.assertEqual(self.actor.one_entrance_sheet_ids, draft)
        self.assertEqual(draft.section_ids[0].body, "<p>Halvt færdig</p>")

    def test_two_who_make_a_draft_at_once_make_one(self):
        self._make_sheet(self.actor)
        Sheet = self.env["one.entrance.sheet"].with_user(self.consultant)
        violation = psycopg2.errors.UniqueViolation
        with mute_logger("odoo.sql_db"), self.assertRaises(violation) as refusal, self.cr.savepoint():
            Sheet.create({"partner_id": self.actor.id})
        self.assertIn("one_entrance_sheet_one_draft", str(refusal.exception))
        message = self.env["one.entrance.sheet"]._sql_error_to_message(refusal.exception)
        self.assertIn("This actor has a draft sheet already", message)

    def test_no_sheet_is_made_for_a_contact_outside_the_scheme(self):
        outside = self.env["res.partner"].create({"name": "Andre"})
        left = self._make_actor("Borte")
        left.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-01", "one_entrance_left_reason": "Lukket"}
        )
        for partner in (outside, left):
            with self.subTest(partner=partner.name):
                with self.assertRaises(UserError) as refusal, self.cr.savepoint():
                    partner.with_user(self.consultant).action_one_entrance_new_sheet()
                self.assertIn(partner.name, str(refusal.exception))
                with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                    self.env["one.entrance.sheet"].with_user(self.consultant).create({"partner_id": partner.id})
                self.assertIn(partner.name, str(refusal.exception))

    # Ready

    def test_a_ready_sheet_is_dated_from_settings(self):
        for months, day in ((6, "2024-11-15"), (1, "2024-06-15"), (12, "2025-05-15")):
            self.company.one_entrance_sheet_validity = months
            sheet = self._make_sheet(self._make_actor(f"Aktør {months}"), ready=True)
            self.assertEqual(sheet.prepared_date, self.today)
            self.assertEqual(str(sheet.valid_until), day)

    def test_a_sheet_is_not_ready_with_an_empty_section(self):
        for empty in (False, "<p><br></p>", "<p>  </p>"):
            actor = self._make_actor("Tom")
            sheet = self._make_sheet(actor)
            sheet.section_ids[1:3].write({"body": empty})
            with self.subTest(body=empty), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                sheet.with_user(self.consultant).action_ready()
            for word in ("Tom", *sheet.section_ids[1:3].theme_id.mapped("name")):
                self.assertIn(word, str(refusal.exception))
            self.assertNotIn(sheet.section_ids[0].theme_id.name, str(refusal.exception))

    def test_a_sheet_is_not_ready_without_sections(self):
        sheet = self._make_sheet(self.actor)
        sheet.section_ids.with_user(self.consultant).unlink()
        with self.assertRaises(ValidationError) as refusal:
            sheet.with_user(self.consultant).action_ready()
        self.assertIn("Havnen", str(refusal.exception))

    def test_a_sheet_that_is_not_complete_leaves_the_one_before_as_it_is(self):
        ready = self._make_sheet(self.actor, ready=True)
        draft = self._make_sheet(self.actor)
        draft.section_ids[0].body = False
        with self.assertRaises(ValidationError), self.cr.savepoint():
            draft.with_user(self.consultant).action_ready()
        self.assertEqual(ready.state, "ready")

    def test_the_sheet_before_is_archived_and_its_activity_gone(self):
        before = self._make_sheet(self.actor, ready=True)
        self.assertTrue(before.activity_ids)
        after = self._make_sheet(self.actor, ready=True)
        self.assertEqual(before.state, "archived")
        self.assertFalse(before.activity_ids)
        self.assertEqual(self.actor.one_entrance_sheet_id, after)

    def test_the_reader_is_the_leader_the_delegate_or_the_principals(self):
        mayor_user = self._make_user("mayor", "one_entrance.group_leader")
        director_delegate = self._make_user("md_delegate", "one_entrance.group_leader")
        self.mayor.user_id = mayor_user
        self.municipal_director.delegate_id = director_delegate
        nobody = self._make_leader("Without Login", self.level_head)
        for actor, readers in (
            (self.actor, self.director_user),
            (self._make_actor("Delegeret", leader=self.head), self.delegate_user),
            (self._make_actor("Letbanen", mayor_led=True), mayor_user | director_delegate),
            (self._make_actor("Ingen", leader=nobody, consultant_id=self.consultant.id), self.consultant),
        ):
            with self.subTest(actor=actor.name):
                sheet = self._make_sheet(actor, ready=True)
                self.assertEqual(sheet.activity_ids.user_id, readers)
                self.assertEqual(
                    sheet.activity_ids.activity_type_id, self.env.ref("one_entrance.mail_activity_type_read_sheet")
                )
                self.assertEqual(len(sheet.activity_ids), len(readers))
                self.assertIn(actor.name, sheet.activity_ids[0].summary)

    def test_a_leader_makes_a_sheet_of_an_own_actor_ready(self):
        sheet = self._make_sheet(self.actor)
        sheet.with_user(self.director_user).action_ready()
        self.assertEqual(sheet.state, "ready")

    def test_a_reader_who_has_no_part_in_the_scheme_does_not_stop_a_sheet(self):
        self.director.user_id = self.colleague
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(sheet.activity_ids.user_id, self.colleague)

    def test_making_a_sheet_ready_again_changes_nothing(self):
        sheet = self._make_sheet(self.actor, ready=True)
        with freeze_time("2024-06-01 10:00:00"):
            sheet.with_user(self.consultant).action_ready()
        self.assertEqual(sheet.prepared_date, self.today)
        self.assertEqual(len(sheet.activity_ids), 1)

    # What is ready does not change

    def test_a_ready_or_archived_sheet_is_not_changed_by_anybody(self):
        ready = self._make_sheet(self.actor, ready=True)
        archived = self._make_sheet(self._make_actor("Gammel"), ready=True)
        archived.with_user(self.consultant).action_archive_sheet()
        theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
        for sheet in (ready, archived):
            section = sheet.section_ids[0]
            changes = (
                (sheet, {"partner_id": self._make_actor("Anden").id}),
                (sheet, {"company_id": self.env["res.company"].create({"name": sheet.state}).id}),
                (sheet, {"consultant_id": self.manager.id}),
                (sheet, {"prepared_date": "2024-01-01"}),
                (sheet, {"valid_until": "2030-01-01"}),
                (sheet, {"version": 9}),
                (sheet, {"section_ids": [Command.create({"theme_id": theme.id, "body": "<p>Ny</p>"})]}),
                (sheet, {"section_ids": [Command.update(section.id, {"body": "<p>Ny</p>"})]}),
                (sheet, {"section_ids": [Command.delete(section.id)]}),
                (sheet, {"section_ids": [Command.unlink(section.id)]}),
                (sheet, {"section_ids": [Command.clear()]}),
                (section, {"body": "<p>Ny</p>"}),
                (section, {"body": "<p>Ny</p>", "revision": section.revision}),
                (section, {"body": False}),
                (section, {"theme_id": theme.id}),
                (section, {"consultant_id": self.manager.id}),
                (section, {"updated_date": "2024-01-01"}),
                (section, {"sequence": 99}),
            )
            for user in (self.consultant, self.manager, self.env.user):
                for record, values in changes:
                    with self.subTest(state=sheet.state, user=user.login, record=record._name, values=values):
                        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                            record.with_user(user).write(values)
                        self.assertIn(sheet.partner_id.name, str(refusal.exception))
                with self.subTest(state=sheet.state, user=user.login):
                    with self.assertRaises(ValidationError), self.cr.savepoint():
                        section.with_user(user).unlink()
                    with self.assertRaises(ValidationError), self.cr.savepoint():
                        section.with_user(user).create({"sheet_id": sheet.id, "theme_id": theme.id})

    def test_no_section_is_moved_out_of_or_into_a_ready_sheet(self):
        ready = self._make_sheet(self.actor, ready=True)
        draft = self._make_sheet(self.actor)
        theme = self.env["one.entrance.theme"].create({"name": "Tourism"})
        extra = draft.section_ids.create({"sheet_id": draft.id, "theme_id": theme.id})
        draft.section_ids.filtered(lambda section: section.theme_id == self.themes[0]).unlink()
        out = ready.section_ids.filtered(lambda section: section.theme_id == self.themes[0])
        for section, sheet in ((out, draft), (extra, ready)):
            for values in ({}, {"body": "<p>Ny</p>"}):
                refused = self.assertRaises(ValidationError)
                with self.subTest(section=section, values=values), refused, self.cr.savepoint():
                    section.with_user(self.manager).write({"sheet_id": sheet.id, **values})

    def test_there_is_no_way_back(self):
        sheet = self._make_sheet(self.actor, ready=True)
        for state, refused in (("ready", ("draft",)), ("archived", ("draft", "ready"))):
            sheet.with_user(self.consultant).state = state
            for target in refused:
                for user in (self.consultant, self.manager, self.env.user):
                    with self.subTest(state=state, target=target, user=user.login):
                        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
                            sheet.with_user(user).write({"state": target})
                        self.assertIn("Havnen", str(refusal.exception))

    def test_no_sheet_is_made_ready_or_archived_at_once(self):
        for state in ("ready", "archived"):
            with self.subTest(state=state), self.assertRaises(ValidationError), self.cr.savepoint():
                self.env["one.entrance.sheet"].with_user(self.manager).create(
                    {"partner_id": self.actor.id, "state": state, "prepared_date": "2024-01-01"}
                )

    def test_a_form_shows_a_ready_sheet_as_read_only(self):
        sheet = self._make_sheet(self.actor, ready=True)
        with self.assertRaises(AssertionError):
            Form(sheet.with_user(self.consultant)).consultant_id = self.manager

    # What state an actor's sheet is in

    def _make_actors_in_every_state(self):
        outside = self.env["res.partner"].create({"name": "Udenfor"})
        actors = {False: outside}
        for name in ("missing", "archived", "draft", "fresh", "fresh and draft", "stale", "stale and draft", "left"):
            actors[name] = self._make_actor(name)
        with freeze_time("2023-01-10 10:00:00"):
            self._make_sheet(actors["stale"], ready=True)
            self._make_sheet(actors["stale and draft"], ready=True)
        self._make_sheet(actors["stale and draft"])
        for name in ("fresh", "fresh and draft", "left"):
            self._make_sheet(actors[name], ready=True)
        for name in ("draft", "fresh and draft"):
            self._make_sheet(actors[name])
        self._make_sheet(actors["archived"]).with_user(self.consultant).action_archive_sheet()
        actors["left"].with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Lukket"}
        )
        actors["forgotten"] = self._make_actor("forgotten")
        self._make_sheet(actors["forgotten"])
        actors["forgotten"].with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Fejl"}
        )
        actors["forgotten"].with_user(self.consultant).one_entrance_step = False
        return actors

    def test_the_state_says_what_there_is(self):
        actors = self._make_actors_in_every_state()
        expected = {
            False: False,
            "missing": "missing",
            "archived": "missing",
            "draft": "draft",
            "fresh": "fresh",
            "fresh and draft": "fresh",
            "stale": "stale",
            "stale and draft": "stale",
            "left": "fresh",
            "forgotten": False,
        }
        for name, actor in actors.items():
            with self.subTest(actor=name):
                self.assertEqual(actor.one_entrance_sheet_state, expected[name])

    def test_a_search_finds_the_actors_whose_state_says_so(self):
        actors = self.env["res.partner"].union(*self._make_actors_in_every_state().values())
        for user in (self.consultant, self.director_user, self.delegate_user):
            Partner = self.env["res.partner"].with_user(user)
            self.env.invalidate_all()
            state_of = {actor: actor.one_entrance_sheet_state for actor in actors.with_user(user)}
            for values in (
                [False],
                *([state] for state in STATES),
                ["stale", "missing"],
                ["draft", False],
                list(STATES),
            ):
                for operator in ("in", "not in"):
                    expected = {a.id for a, state in state_of.items() if (state in values) == (operator == "in")}
                    domain = [("one_entrance_sheet_state", operator, values), ("id", "in", actors.ids)]
                    with self.subTest(user=user.login, operator=operator, values=values):
                        self.assertEqual(set(Partner.search(domain).ids), expected)
            for state in STATES:
                for operator in ("=", "!="):
                    expected = {a.id for a, found in state_of.items() if (found == state) == (operator == "=")}
                    domain = [("one_entrance_sheet_state", operator, state), ("id", "in", actors.ids)]
                    with self.subTest(user=user.login, operator=operator, state=state):
                        self.assertEqual(set(Partner.search(domain).ids), expected)

    def test_a_sheet_is_good_on_its_last_day_and_outdated_on_the_day_after(self):
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(str(sheet.valid_until), "2024-11-15")
        actor = self.actor.with_user(self.consultant)
        # the reader's day decides: at 23:30 UTC it is the 16th in Denmark already
        for now, state in (
            ("2024-11-15 22:30:00", "fresh"),
            ("2024-11-15 23:30:00", "stale"),
            ("2024-11-16 08:00:00", "stale"),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.env.invalidate_all()
                found = actor.search([("one_entrance_sheet_state", "=", state), ("id", "=", actor.id)])
                self.assertEqual(found, actor)
                self.assertEqual(actor.one_entrance_sheet_state, state)
                self.assertEqual(sheet.with_user(self.consultant).is_outdated, state == "stale")

    def test_a_draft_or_archived_sheet_is_never_outdated(self):
        with freeze_time("2022-05-15"):
            sheet = self._make_sheet(self.actor, ready=True)
        sheet.invalidate_recordset()
        self.assertTrue(sheet.is_outdated)
        sheet.with_user(self.consultant).action_archive_sheet()
        self.assertFalse(sheet.is_outdated)

    def test_a_sheet_that_is_missing_is_not_printed(self):
        with self.assertRaises(UserError) as refusal:
            self.actor.with_user(self.consultant).action_one_entrance_print_sheet()
        self.assertIn("Havnen", str(refusal.exception))

    def test_another_leader_cannot_make_a_sheet_ready(self):
        sheet = self._make_sheet(self.actor)
        with self.assertRaises(AccessError):
            sheet.with_user(self.delegate_user).action_ready()
