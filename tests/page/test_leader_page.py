from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

PAGE = (
    "held_actor_ids",
    "held_count",
    "due_actor_ids",
    "due_count",
    "overdue_count",
    "next_meeting_ids",
    "commitment_ids",
    "commitment_count",
    "late_count",
    "open_activity_count",
)


@tagged("post_install", "-at_install")
class TestLeaderPage(OneEntranceCase):
    """The contact leader's own page: whom to call, what comes next, what was promised, and all actors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.overdue = cls._make_planned("Havnen", "2023-08-15")
        cls.due = cls._make_planned("Aqua", "2023-12-01")
        cls.long_overdue = cls._make_planned("Reno", "2023-02-15")
        cls.on_track = cls._make_planned("Banken", "2024-05-01")
        cls.waiting = cls._make_actor("Nyt")
        cls.others = cls._make_planned("Kattegatcentret", "2023-08-15", leader=cls.head)
        cls.mayor_led = cls._make_actor("Letbanen", mayor_led=True)
        cls.page = cls.director.with_user(cls.director_user)

    @classmethod
    def _make_planned(cls, name, date, leader=None):
        """An actor with a plan agreed on a day, to be met every six months."""
        return cls._make_actor(
            name,
            leader,
            step="plan",
            letter_date="2023-01-01",
            contact_date="2023-01-15",
            plan_date=date,
            interval=6,
        )

    def _make_meeting(self, actor, start, **values):
        return self.env["one.entrance.meeting"].create({"partner_id": actor.id, "start": start, **values})

    def _promise(self, meeting, commitment, deadline, user=None):
        return self.env["one.entrance.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "summary": commitment,
                "commitment": commitment,
                "deadline": deadline,
                "responsible_id": (user or self.director_user).id,
            }
        )

    def test_the_overdue_come_first_then_the_due(self):
        self.assertEqual(self.page.due_actor_ids, self.long_overdue + self.overdue + self.due)
        self.assertEqual(list(self.page.due_actor_ids), [self.long_overdue, self.overdue, self.due])
        self.assertEqual((self.page.due_count, self.page.overdue_count), (3, 2))

    def test_who_has_a_meeting_ahead_or_had_one_is_not_due(self):
        self._make_meeting(self.overdue, "2024-06-03 08:00:00")
        self._make_meeting(self.due, "2024-05-14 08:00:00", state="held")
        self.env.invalidate_all()
        self.assertEqual(self.page.due_actor_ids, self.long_overdue)

    def test_all_own_actors_are_there_and_no_others(self):
        own = self.overdue | self.due | self.long_overdue | self.on_track | self.waiting
        self.assertEqual(self.page.held_actor_ids, own.sorted("complete_name"))
        self.waiting.with_user(self.consultant).write(
            {"one_entrance_step": "left", "one_entrance_left_date": self.today, "one_entrance_left_reason": "Closed"}
        )
        self.env.invalidate_all()
        self.assertNotIn(self.waiting, self.page.held_actor_ids)

    def test_both_principals_hold_the_mayor_led_actors(self):
        self.mayor.delegate_id = self._make_user("office", "one_entrance.group_leader")
        meeting = self._make_meeting(self.mayor_led, "2024-06-03 08:00:00")
        for leader in self.mayor | self.municipal_director:
            page = leader.with_user(self.mayor.delegate_id)
            self.assertEqual(page.held_actor_ids, self.mayor_led)
            self.assertEqual(page.next_meeting_ids, meeting)
        self.assertNotIn(self.mayor_led, self.page.held_actor_ids)

    def test_the_next_three_meetings_and_how_well_they_are_prepared(self):
        later = self._make_meeting(self.on_track, "2024-09-01 08:00:00")
        third = self._make_meeting(self.due, "2024-06-20 08:00:00")
        second = self._make_meeting(self.overdue, "2024-06-03 08:00:00")
        first = self._make_meeting(self.waiting, "2024-05-15 00:00:00", allday=True)
        self._make_meeting(self.overdue, "2024-05-14 08:00:00")
        self._make_meeting(self.overdue, "2024-05-16 08:00:00", state="cancelled", postpone_reason="other")
        self._make_meeting(self.others, "2024-05-16 08:00:00")
        self.assertEqual(list(self.page.next_meeting_ids), [first, second, third])
        self.assertNotIn(later, self.page.next_meeting_ids)
        sheet = self._make_sheet(self.overdue, ready=True)
        self.env.invalidate_all()
        meetings = self.page.next_meeting_ids
        self.assertEqual(meetings.mapped("sheet_state"), ["missing", "fresh", "missing"])
        self.assertEqual(meetings[1].action_open_sheet()["res_id"], sheet.id)
        self.assertEqual(meetings[1].action_print_sheet()["context"]["active_ids"], sheet.ids)
        with self.assertRaisesRegex(UserError, "There is no background sheet yet for Nyt"):
            meetings[0].action_open_sheet()

    def test_what_was_promised_late_first_until_it_is_kept(self):
        meeting = self._make_meeting(self.overdue, "2024-04-02 08:00:00", state="held")
        soon = self._promise(meeting, "Kajplads", "2024-06-01")
        late = self._promise(meeting, "Tilladelse", "2024-05-01")
        self._promise(meeting, "En andens", "2024-05-01", self.manager)
        self.assertEqual(list(self.page.commitment_ids), [late, soon])
        self.assertEqual((self.page.commitment_count, self.page.late_count), (2, 1))
        self.assertEqual(self.page.open_activity_count, 2)
        self.page.commitment_ids[0].action_done()
        self.env.invalidate_all()
        self.assertEqual(self.page.commitment_ids, soon)
        self.assertEqual((self.page.late_count, self.page.open_activity_count), (0, 1))

    def test_the_delegate_s_commitments_stand_on_the_page_of_the_leader_without_login(self):
        meeting = self._make_meeting(self.others, "2024-04-02 08:00:00", state="held")
        point = self._promise(meeting, "Billetter", "2024-06-01", self.delegate_user)
        self.assertEqual(self.head.with_user(self.delegate_user).commitment_ids, point)

    def test_another_leader_sees_no_meeting_and_no_commitment_on_it(self):
        meeting = self._make_meeting(self.overdue, "2024-04-02 08:00:00", state="held")
        self._promise(meeting, "Kajplads", "2024-06-01")
        self._make_meeting(self.overdue, "2024-06-03 08:00:00")
        page = self.director.with_user(self.delegate_user)
        self.assertFalse(page.next_meeting_ids)
        self.assertFalse(page.commitment_ids)
        self.assertEqual(page.commitment_count, 0)

    def test_a_confidential_meeting_stays_off_the_page_for_other_consultants(self):
        self._make_meeting(self.overdue, "2024-06-03 08:00:00", confidential=True)
        self.assertTrue(self.page.next_meeting_ids)
        self.assertFalse(self.director.with_user(self.consultant).next_meeting_ids)
        self.assertTrue(self.director.with_user(self.manager).next_meeting_ids)

    def test_a_colleague_reads_nothing_of_the_page(self):
        for name in PAGE:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.director.with_user(self.colleague).read([name])
        view = self.env.ref("one_entrance.one_entrance_leader_view_page")
        arch = self.env["one.entrance.leader"].with_user(self.colleague).get_view(view.id, "form")["arch"]
        self.assertFalse(etree.fromstring(arch).findall(".//field"))

    def test_the_page_is_for_reading(self):
        view = self.env.ref("one_entrance.one_entrance_leader_view_page")
        arch = etree.fromstring(self.page.get_view(view.id, "form")["arch"])
        self.assertEqual([arch.get(name) for name in ("create", "edit", "delete")], ["0"] * 3)
        form = Form(self.page, view)
        self.assertEqual(form.overdue_count, 2)
        with self.assertRaises(AssertionError):
            form.due_actor_ids.clear()

    def test_the_page_of_all_leaders_costs_the_same_for_one_as_for_many(self):
        leaders = self.env["one.entrance.leader"].with_user(self.manager)
        many = leaders.search([])
        for n in range(6):
            many |= self._make_leader(f"Leader {n}", self.level_director).with_user(self.manager)
            self._make_planned(f"Actor {n}", "2023-08-15", many[-1])
        counts = []
        for some in (self.page.with_user(self.manager), many):
            for _run in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                some.read(PAGE)
                count = self.env.cr.sql_log_count - before
            counts.append(count)
        self.assertLessEqual(counts[1], counts[0] + 5, counts)

    def _get_home(self, user, action="one_entrance_home_action"):
        return self.env.ref(f"one_entrance.{action}").with_user(user).run()

    def test_a_leader_and_a_delegate_of_one_begin_on_that_page(self):
        for user, leader in ((self.director_user, self.director), (self.delegate_user, self.head)):
            for name in ("one_entrance_home_action", "one_entrance_my_page_action"):
                with self.subTest(user=user.login, action=name):
                    action = self._get_home(user, name)
                    self.assertEqual((action["res_model"], action["res_id"]), ("one.entrance.leader", leader.id))
                    view = self.env.ref("one_entrance.one_entrance_leader_view_page")
                    self.assertEqual(action["views"], [(view.id, "form")])

    def test_a_delegate_of_several_chooses_among_them(self):
        self.mayor.delegate_id = self.delegate_user
        action = self._get_home(self.delegate_user)
        self.assertEqual(action["views"][0][1], "kanban")
        self.assertEqual(self.env["one.entrance.leader"].search(action["domain"]), self.mayor | self.head)

    def test_everybody_else_begins_with_the_actors(self):
        register = self.env.ref("one_entrance.res_partner_action")
        for user in (self.consultant, self.manager):
            with self.subTest(user=user.login):
                self.assertEqual(self._get_home(user)["id"], register.id)
                pages = self._get_home(user, "one_entrance_my_page_action")
                self.assertEqual(pages["id"], self.env.ref("one_entrance.one_entrance_leader_page_action").id)
                self.assertFalse(fields.Domain(pages["domain"] or []).is_false())
        self.assertEqual(register.path, "one-entrance")

    def test_the_home_action_is_for_the_scheme_s_people(self):
        with self.assertRaises(AccessError):
            self._get_home(self.colleague)

    def test_the_app_opens_with_it(self):
        menus = self.env["ir.ui.menu"].with_user(self.director_user).load_menus(False)
        app = menus[self.env.ref("one_entrance.one_entrance_menu").id]
        self.assertEqual(app["action_id"], self.env.ref("one_entrance.one_entrance_home_action").id)
        first = menus[app["children"][0]]
        self.assertEqual(first["xmlid"], "one_entrance.one_entrance_my_page_menu")
