from odoo import Command
from odoo.tests import Form, tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestNotice(OneEntranceCase):
    """Nobody calls on an actor unawares: what a colleague plans says who its one entrance is, when they meet next and when
    they last had contact.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen")
        cls.person = cls.env["res.partner"].create({"name": "Havnechef", "parent_id": cls.actor.id})
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger", "is_company": True})
        cls.held = cls.env["one.entrance.meeting"].create(
            {"partner_id": cls.actor.id, "state": "held", "start": "2024-04-02 08:00:00", "minutes": "<p>Hemmeligt</p>"}
        )
        cls.planned = cls.env["one.entrance.meeting"].create(
            {"partner_id": cls.actor.id, "start": "2024-06-03 08:00:00", "summary": "Hemmeligt"}
        )
        cls.line = (
            "Havnen is a key actor. Contact leader: Director, Technology. Next meeting: June 3, 2024. "
            "Last contact: April 2, 2024."
        )

    def _make_event(self, partners, user=None, **values):
        user = user or self.colleague
        return (
            self.env["calendar.event"]
            .with_user(user)
            .create(
                {
                    "name": "Snak",
                    "start": "2024-05-20 08:00:00",
                    "stop": "2024-05-20 09:00:00",
                    "partner_ids": [Command.set((partners | user.partner_id).ids)],
                    **values,
                }
            )
        )

    def test_an_event_with_an_actor_or_one_of_its_people_says_it(self):
        for partners, line in (
            (self.actor, self.line),
            (self.person, self.line),
            (self.actor | self.person, self.line),
            (self.stranger, False),
            (self.env["res.partner"], False),
        ):
            with self.subTest(partners=partners.mapped("name")):
                event = self._make_event(partners)
                self.assertEqual(event.one_entrance_notice, line)
                self.assertEqual(event.one_entrance_notice_actors, self.actor.ids if line else False)

    def test_the_line_stands_in_the_form_and_in_the_popup_while_the_guests_are_chosen(self):
        Event = self.env["calendar.event"].with_user(self.colleague)
        for view in ("calendar.view_calendar_event_form", "calendar.view_calendar_event_form_quick_create"):
            with self.subTest(view=view):
                form = Form(Event, view)
                self.assertFalse(form.one_entrance_notice)
                form.partner_ids.add(self.person)
                self.assertEqual(form.one_entrance_notice, self.line)

    def test_a_mayor_led_actor_names_both_principals(self):
        event = self._make_event(self._make_actor("Letbanen", mayor_led=True))
        self.assertEqual(
            event.one_entrance_notice,
            "Letbanen is a key actor. The dialogue is led by Mayor and Municipal Director.",
        )

    def test_an_actor_without_contact_leader_says_so(self):
        actor = self._make_actor("Nyt")
        actor.with_user(self.consultant).one_entrance_leader_id = False
        self.assertIn("Contact leader: nobody yet.", self._make_event(actor).one_entrance_notice)

    def test_a_meeting_day_that_has_passed_is_not_ahead(self):
        # such a day stands on the actor until the nightly job has been there
        self.actor.one_entrance_next_meeting_date = "2024-05-14"
        self.assertNotIn("Next meeting", self._make_event(self.actor).one_entrance_notice)

    def test_several_actors_have_a_line_each_three_at_most(self):
        actors = self.actor
        for n in range(4):
            actors |= self._make_actor(f"Actor {n}", leader=self.head)
        event = self._make_event(actors)
        lines = event.one_entrance_notice.split("\n")
        self.assertEqual(len(lines), 3)
        for line, actor in zip(lines, self.env["res.partner"].browse(event.one_entrance_notice_actors), strict=True):
            self.assertTrue(line.startswith(f"{actor.name} is a key actor."))

    def test_an_actor_that_left_is_nobodys(self):
        self.actor.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Closed"}
        )
        self.assertFalse(self._make_event(self.actor).one_entrance_notice)

    def test_its_own_people_are_told_nothing(self):
        self.actor.with_user(self.consultant).one_entrance_consultant_id = self.consultant
        self.mayor.user_id = self._make_user("mayor", "one_entrance.group_leader")
        mayor_led = self._make_actor("Letbanen", mayor_led=True)
        delegated = self._make_actor("Kattegatcentret", leader=self.head)
        for user, actor in (
            (self.director_user, self.actor),
            (self.consultant, self.actor),
            (self.delegate_user, delegated),
            (self.mayor.user_id, mayor_led),
        ):
            with self.subTest(user=user.login):
                self.assertFalse(self._make_event(actor, user=user).one_entrance_notice)
        self.assertTrue(self._make_event(self.actor, user=self.delegate_user).one_entrance_notice)

    def test_the_schemes_own_meeting_says_nothing_of_its_actor(self):
        self.planned.attendee_ids = self.actor | self.colleague.partner_id
        self.planned.action_add_to_calendar()
        event = self.planned.event_id.with_user(self.colleague)
        self.assertIn(self.actor, event.partner_ids)
        self.assertFalse(event.one_entrance_notice)
        other = self._make_actor("Kattegatcentret", leader=self.head)
        event.sudo().partner_ids |= other
        self.env.invalidate_all()
        self.assertEqual(event.one_entrance_notice_actors, other.ids)

    def test_whoever_plans_the_schemes_own_meeting_is_told_nothing_of_its_actor(self):
        context = self.actor.with_user(self.manager).action_one_entrance_plan_meeting()["context"]
        Event = self.env["calendar.event"].with_user(self.manager).with_context(**context)
        for view in ("calendar.view_calendar_event_form", "calendar.view_calendar_event_form_quick_create"):
            with self.subTest(view=view):
                form = Form(Event, view)
                self.assertTrue(form.partner_ids)
                self.assertFalse(form.one_entrance_notice)

    def test_the_guests_of_a_private_event_are_not_given_away(self):
        event = self._make_event(self.actor, user=self.consultant, privacy="private")
        self.env.invalidate_all()
        self.assertFalse(event.with_user(self.colleague).one_entrance_notice)
        self.env.invalidate_all()
        self.assertEqual(event.with_user(self.consultant).one_entrance_notice, self.line)
        busy = self._make_event(self.actor, user=self.consultant)
        self.consultant.with_user(self.consultant).calendar_default_privacy = "private"
        self.env.invalidate_all()
        self.assertFalse(busy.with_user(self.colleague).one_entrance_notice)

    def test_what_was_said_is_not_in_it(self):
        self.assertNotIn("Hemmeligt", self._make_event(self.actor).one_entrance_notice)

    def test_an_activity_on_an_actor_its_people_or_its_lead_says_it(self):
        lead = self.env["crm.lead"].create({"name": "Ny hal", "partner_id": self.person.id})
        salesman = self._make_user("salesman", "sales_team.group_sale_salesman_all_leads,base.group_partner_manager")
        for record, line in (
            (self.actor, self.line),
            (self.person, self.line),
            (lead, self.line),
            (self.stranger, False),
            (self.env["crm.lead"].create({"name": "Ingen"}), False),
        ):
            with self.subTest(record=record.display_name):
                record = record.with_user(salesman)
                activity = record.activity_schedule("mail.mail_activity_data_call", user_id=salesman.id)
                self.assertEqual(activity.one_entrance_notice, line)
                self.assertEqual(Form(activity, "mail.mail_activity_view_form_popup").one_entrance_notice, line)
                self.assertEqual(Form(activity, "mail.mail_activity_view_form").one_entrance_notice, line)

    def test_the_line_stands_where_an_activity_is_planned(self):
        salesman = self._make_user("salesman", "base.group_user,base.group_partner_manager")
        for partners, line in (
            (self.person, self.line),
            (self.actor | self.stranger, self.line),
            (self.stranger, False),
        ):
            with self.subTest(partners=partners.mapped("name")):
                Schedule = (
                    self.env["mail.activity.schedule"]
                    .with_user(salesman)
                    .with_context(active_model="res.partner", active_id=partners[0].id, active_ids=partners.ids)
                )
                form = Form(Schedule, "mail.mail_activity_schedule_view_form")
                self.assertEqual(form.one_entrance_notice, line)

    def test_an_activity_tells_nothing_about_a_record_one_may_not_read(self):
        lead = self.env["crm.lead"].create({"name": "Ny hal", "partner_id": self.actor.id})
        activity = lead.activity_schedule("mail.mail_activity_data_call", user_id=self.colleague.id)
        self.env.invalidate_all()
        self.assertFalse(activity.with_user(self.colleague).one_entrance_notice)

    def test_an_activity_on_nothing_or_on_what_is_gone_says_nothing(self):
        Activity = self.env["mail.activity"].with_user(self.colleague)
        self.assertFalse(Activity.create({"summary": "Ring", "user_id": self.colleague.id}).one_entrance_notice)
        gone = Activity.new({"res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": 2**31 - 1})
        self.assertFalse(gone.one_entrance_notice)

    def test_the_scheme_s_own_activities_say_nothing(self):
        activity = self.planned.activity_schedule("mail.mail_activity_data_todo", user_id=self.manager.id)
        self.assertFalse(activity.with_user(self.manager).one_entrance_notice)

    def test_a_lead_says_it_while_the_contact_is_chosen(self):
        salesman = self._make_user("salesman", "sales_team.group_sale_salesman")
        Lead = self.env["crm.lead"].with_user(salesman).with_context(default_type="opportunity")
        for view in ("crm.crm_lead_view_form", "crm.quick_create_opportunity_form"):
            with self.subTest(view=view):
                form = Form(Lead, view)
                form.partner_id = self.person
                self.assertEqual(form.one_entrance_notice, self.line)

    def test_another_municipality_s_actor_is_not_named(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        user = self._make_user("neighbour", "base.group_user", company_id=theirs.id, company_ids=[(6, 0, theirs.ids)])
        self.assertFalse(self._make_event(self.actor, user=user).one_entrance_notice)

    def test_it_is_said_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("da_DK")
        event = self._make_event(self.actor).with_context(lang="da_DK")
        self.assertIn("3. juni 2024", event.one_entrance_notice)

    def test_a_visitor_of_the_portal_does_not_read_it(self):
        portal = self._make_user("portal", "base.group_portal")
        fields = self.env["calendar.event"].with_user(portal).fields_get()
        self.assertNotIn("one_entrance_notice", fields)
        self.assertNotIn("one_entrance_notice_actors", fields)

    def test_it_costs_nothing_to_create_and_three_queries_to_look_where_nobody_is_an_actor(self):
        events = self._make_event(self.stranger)
        for n in range(20):
            events |= self._make_event(self.env["res.partner"].create({"name": f"Guest {n}"}))
        self.env.flush_all()
        self.assertFalse(events._fields["one_entrance_notice"]._get_all_cache_ids(self.env), "worked out on create")
        self.env.invalidate_all()
        events.mapped("partner_ids.name")  # the form reads its guests anyway
        before = self.env.cr.sql_log_count
        self.assertFalse(any(events.mapped("one_entrance_notice")))
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)
