from odoo.tests import Form, tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestLeaderInquiries(OneEntranceCase):
    """What actors have raised stands on the page of the leader who sees to it (S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen", consultant_id=cls.consultant.id)
        cls.page = cls.director.with_user(cls.director_user)

    def _log(self, deadline, actor=None, **values):
        return self.env["one.entrance.inquiry"].create(
            {
                "partner_id": (actor or self.actor).id,
                "name": "Støj",
                "received_date": "2024-05-01",
                "answer_deadline": deadline,
                **values,
            }
        )

    def test_those_that_wait_for_a_first_answer_come_first_and_late_ones_are_counted(self):
        answered = {"answer": "<p>Ja</p>", "answered_date": "2024-05-02", "first_answer_date": "2024-05-02"}
        self._log("2024-05-10", state="answered", **answered)
        heard = self._log("2024-05-02", state="dialogue", first_answer_date="2024-05-02")
        soon, today, late = self._log("2024-05-20"), self._log("2024-05-15"), self._log("2024-05-14")
        self.assertEqual(list(self.page.inquiry_ids), [late, today, soon, heard])
        self.assertEqual((self.page.inquiry_count, self.page.late_inquiry_count), (4, 1))
        self.assertEqual(self.page.inquiry_ids.mapped("is_late"), [True, False, False, False])

    def test_both_principals_see_those_of_the_mayor_led_actors(self):
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        inquiry = self._log("2024-05-20", self._make_actor("Letbanen", mayor_led=True))
        for leader in self.mayor | self.municipal_director:
            self.assertEqual(leader.with_user(office).inquiry_ids, inquiry)
        self.assertNotIn(inquiry, self.page.inquiry_ids)

    def test_each_reads_there_what_he_may_read(self):
        inquiry, secret = self._log("2024-05-20"), self._log("2024-05-21", confidential=True)
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        self.assertEqual(self.director.with_user(other).inquiry_ids, inquiry)
        self.assertFalse(self.director.with_user(self.delegate_user).inquiry_ids)
        self.assertEqual(self.page.inquiry_ids, inquiry | secret)

    def test_the_page_shows_them(self):
        inquiry = self._log("2024-05-14")
        form = Form(self.page, view="one_entrance.one_entrance_leader_view_page")
        self.assertEqual(form.inquiry_ids[:], inquiry)
        self.assertEqual(form.late_inquiry_count, 1)

    def test_the_pages_of_all_leaders_cost_the_same_as_one(self):
        for leader in (self.director, self.head):
            for number in range(5):
                self._log("2024-05-14", self._make_actor(f"{leader.name} {number}", leader=leader))
        leaders = self.director | self.head | self.mayor | self.municipal_director
        counts = []
        for some in (leaders[:1], leaders):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.manager).browse(some.ids).mapped("late_inquiry_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
