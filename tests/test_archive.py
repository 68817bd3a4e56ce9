import psycopg2

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OneEntranceCase

PLAN = {
    "step": "plan",
    "letter_date": "2024-02-01",
    "contact_date": "2024-03-01",
    "plan_date": "2024-03-15",
    "interval": 6,
}
LEFT = {"one_entrance_step": "left", "one_entrance_left_date": "2024-05-10", "one_entrance_left_reason": "Lukket"}


@tagged("post_install", "-at_install")
class TestArchive(OneEntranceCase):
    """Nothing of an actor's history is lost when something is put away, deleted or copied (house rule 8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen", kind="company", relation="new", consultant_id=cls.consultant.id, **PLAN)
        cls.meeting = (
            cls.env["one.entrance.meeting"]
            .with_user(cls.consultant)
            .create(
                {
                    "partner_id": cls.actor.id,
                    "state": "held",
                    "start": "2024-04-02 08:00:00",
                    "minutes": "<p>Aftalt</p>",
                }
            )
        )
        cls.sheet = cls._make_sheet(cls.actor, ready=True)

    # Actors

    def test_an_archived_actor_keeps_its_place_and_its_history(self):
        self.actor.with_user(self.consultant).action_archive()
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self.assertEqual(self.actor.one_entrance_sheet_ids, self.sheet)
        self.assertEqual(self.actor.one_entrance_meeting_ids, self.meeting)
        self.assertNotIn(self.actor, self.env["res.partner"].search([("one_entrance_step", "!=", False)]))
        self.actor.with_user(self.consultant).action_unarchive()
        self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.assertEqual(len(self.actor.one_entrance_appointment_ids), 2)

    def test_an_actor_with_a_history_is_not_deleted(self):
        for user in (self.consultant, self.manager):
            with self.subTest(user=user.login), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self.actor.with_user(user).unlink()
            self.assertIn("Havnen", str(refusal.exception))
            self.assertIn("Archive", str(refusal.exception))

    def test_an_actor_with_nothing_but_a_sheet_or_a_meeting_is_not_deleted(self):
        only_sheet, only_meeting = self._make_actor("A", mayor_led=True), self._make_actor("B", mayor_led=True)
        self._make_sheet(only_sheet)
        self.env["one.entrance.meeting"].create({"partner_id": only_meeting.id})
        for actor in (only_sheet, only_meeting):
            with self.subTest(actor=actor.name), self.assertRaises(ValidationError), self.cr.savepoint():
                actor.with_user(self.consultant).unlink()

    def test_a_contact_outside_the_scheme_is_deleted_as_ever(self):
        partner_manager = self._make_user("partner_manager", "base.group_user,base.group_partner_manager")
        partner = self.env["res.partner"].create({"name": "Andre"})
        partner.with_user(partner_manager).unlink()
        self.assertFalse(partner.exists())

    def test_a_copy_of_an_actor_carries_nothing_of_the_scheme(self):
        for user in (self.consultant, self._make_user("pm", "base.group_user,base.group_partner_manager")):
            with self.subTest(user=user.login):
                copy = self.actor.with_user(user).copy().sudo()
                stored = [
                    name
                    for name, field in copy._fields.items()
                    if name.startswith("one_entrance_") and (field.store or field.type.endswith("2many"))
                ]
                self.assertFalse({name: copy[name] for name in stored if copy[name]})

    # Leaving and coming back

    def test_leaving_keeps_everything_and_rejoining_brings_it_back(self):
        before = self.actor.read(["one_entrance_step", "one_entrance_letter_date", "one_entrance_interval"])[0]
        self.actor.with_user(self.consultant).write(LEFT)
        appointment = self.actor.one_entrance_appointment_ids
        self.assertFalse(self.actor.one_entrance_leader_id)
        self.assertEqual(appointment.reason, "Lukket")
        self.assertEqual(self.actor.one_entrance_meeting_ids, self.meeting)
        self.assertEqual(self.actor.one_entrance_sheet_ids, self.sheet)
        self.assertEqual(self.sheet.state, "ready")
        self.actor.with_user(self.consultant).action_one_entrance_rejoin()
        self.assertEqual(self.actor.read(list(before))[0], before)
        self.assertEqual(self.actor.one_entrance_leader_id, self.director)
        self.assertEqual(self.actor.one_entrance_appointment_ids, appointment)
        self.assertFalse(appointment.date_to)
        self.assertFalse(self.actor.one_entrance_left_reason)

    def test_a_mayor_led_actor_leaves_and_rejoins(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        actor.with_user(self.consultant).write(LEFT)
        actor.with_user(self.consultant).action_one_entrance_rejoin()
        self.assertEqual(actor.one_entrance_step, "appointed")
        self.assertTrue(actor.one_entrance_mayor_led)

    def test_rejoining_with_a_leader_out_of_office_asks_for_another(self):
        self.actor.with_user(self.consultant).write(LEFT)
        self.director.with_user(self.manager).action_archive()
        with self.assertRaises(UserError) as refusal, self.cr.savepoint():
            self.actor.with_user(self.consultant).action_one_entrance_rejoin()
        self.assertIn("Director, Technology", str(refusal.exception))
        self.assertIn("Havnen", str(refusal.exception))

    # Leaders

    def test_a_leader_who_holds_actors_is_not_archived_and_the_way_on_is_offered(self):
        with self.assertRaises(RedirectWarning) as refusal, self.cr.savepoint():
            self.director.with_user(self.manager).action_archive()
        message, action, label = refusal.exception.args[:3]
        self.assertIn("Director, Technology", message)
        self.assertIn("Havnen", message)
        self.assertEqual(self._get_proposed(action), self.actor)
        self.assertTrue(label)

    def test_an_archived_actor_holds_its_leader_too(self):
        self.actor.with_user(self.consultant).action_archive()
        with self.assertRaises(RedirectWarning) as refusal:
            self.director.with_user(self.manager).active = False
        self.assertEqual(self._get_proposed(refusal.exception.args[1]), self.actor)

    def _get_proposed(self, action):
        """The actors that the handover proposes which a message opens."""
        Wizard = self.env[action["res_model"]].with_user(self.manager).with_context(**action["context"])
        return Form(Wizard).partner_ids[:]

    def test_a_leader_who_holds_no_actor_is_archived(self):
        self.head.with_user(self.manager).action_archive()
        self.assertFalse(self.head.active)

    def test_a_leader_whose_actors_have_left_is_archived_and_stays_in_the_history(self):
        self.actor.with_user(self.consultant).write(LEFT)
        self.director.with_user(self.manager).action_archive()
        self.assertFalse(self.director.active)
        self.assertEqual(self.actor.one_entrance_appointment_ids.leader_id, self.director)

    def test_a_principal_named_in_settings_is_not_archived_and_keeps_the_role(self):
        for values in ({"active": False}, {"role": "other"}):
            with self.subTest(values=values), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self.mayor.with_user(self.manager).write(values)
            self.assertIn("Mayor", str(refusal.exception))
        self.company.one_entrance_mayor_id = self._make_leader(
            "New Mayor", self.env["one.entrance.level"], role="mayor"
        )
        self.mayor.with_user(self.manager).action_archive()
        self.assertFalse(self.mayor.active)

    def test_an_archived_leader_is_not_appointed(self):
        self.head.with_user(self.manager).action_archive()
        with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
            self.actor.with_user(self.consultant).one_entrance_leader_id = self.head
        self.assertIn("Head of Culture", str(refusal.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._make_actor("Ny", leader=self.head)

    def test_a_leader_with_a_history_is_not_deleted(self):
        self.actor.with_user(self.consultant).write(LEFT)
        with self.assertRaises(ValidationError) as refusal:
            self.director.with_user(self.manager).unlink()
        self.assertIn("Director, Technology", str(refusal.exception))
        self.assertIn("Archive", str(refusal.exception))

    def test_a_leader_without_history_is_deleted(self):
        self.head.with_user(self.manager).unlink()
        self.assertFalse(self.head.exists())

    def test_a_leaders_contact_is_not_deleted(self):
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.head.partner_id.unlink()

    # What was written

    def test_a_held_meeting_is_not_deleted(self):
        for user in (self.consultant, self.manager):
            with self.subTest(user=user.login), self.assertRaises(UserError) as refusal, self.cr.savepoint():
                self.meeting.with_user(user).unlink()
            self.assertIn("Havnen", str(refusal.exception))

    def test_minutes_are_not_deleted_by_calling_the_meeting_planned(self):
        self.meeting.with_user(self.consultant).state = "planned"
        with self.assertRaises(UserError):
            self.meeting.with_user(self.consultant).unlink()

    def test_a_planned_meeting_is_deleted_and_the_next_date_with_it(self):
        planned = self.env["one.entrance.meeting"].create({"partner_id": self.actor.id, "start": "2024-06-03 08:00:00"})
        self.assertEqual(str(self.actor.one_entrance_next_meeting_date), "2024-06-03")
        planned.with_user(self.consultant).unlink()
        self.assertFalse(self.actor.one_entrance_next_meeting_date)

    def test_a_sheet_that_has_been_ready_is_not_deleted_and_a_draft_is(self):
        draft = self._make_sheet(self.actor)
        draft.with_user(self.consultant).unlink()
        self.assertFalse(draft.exists())
        for state in ("ready", "archived"):
            self.sheet.state = state
            with self.subTest(state=state), self.assertRaises(UserError) as refusal, self.cr.savepoint():
                self.sheet.with_user(self.manager).unlink()
            self.assertIn("Havnen", str(refusal.exception))

    def test_an_appointment_is_not_deleted_by_anybody(self):
        for user in (self.director_user, self.consultant, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.actor.one_entrance_appointment_ids.with_user(user).unlink()
        with self.assertRaises(ValidationError):
            self.actor.one_entrance_appointment_ids.unlink()

    # What the scheme stands on

    def test_a_theme_that_stands_on_a_sheet_is_archived_and_not_deleted(self):
        theme = self.sheet.section_ids[0].theme_id
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            theme.with_user(self.manager).unlink()
        theme.with_user(self.manager).action_archive()
        draft = self.env["one.entrance.sheet"].with_user(self.consultant).create({"partner_id": self.actor.id})
        self.assertNotIn(theme, draft.section_ids.theme_id)
        self.assertIn(theme, self.sheet.section_ids.theme_id)

    def test_a_level_with_leaders_on_it_is_not_deleted(self):
        with self.assertRaises(psycopg2.IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.level_director.with_user(self.manager).unlink()

    def test_a_deleted_user_leaves_leaders_actors_and_sheets_in_place(self):
        user = self._make_user("leaving", "one_entrance.group_consultant")
        self.head.write({"user_id": user.id, "delegate_id": user.id})
        self.actor.one_entrance_consultant_id = user
        draft = self._make_sheet(self.actor, consultant_id=user.id)
        self.env.flush_all()
        user.unlink()
        self.env.invalidate_all()
        self.assertTrue(self.head.exists())
        self.assertFalse(self.head.responsible_id)
        self.assertFalse(self.actor.one_entrance_consultant_id)
        self.assertFalse(draft.consultant_id)
        draft.with_user(self.consultant).action_ready()

    def test_a_leader_without_a_login_any_more_leaves_the_actor_to_the_delegate(self):
        self.director.delegate_id = self.delegate_user
        self.director.user_id = False
        self.assertEqual(self.director.responsible_id, self.delegate_user)
        self.assertTrue(self.sheet.with_user(self.delegate_user).read(["state"]))
