from odoo.tests import Form, tagged

from .common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestActing(OneEntranceCase):
    """Who acts for a leader is told in one place (house rule 9): a leader's closed login acts no more, the delegate does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director.delegate_id = cls.delegate_user
        cls.actor = cls._make_actor("Havnen")
        cls.director_user.active = False

    def _search(self, *domain):
        return self.env["one.entrance.leader"].search([*domain, ("company_id", "=", self.company.id)])

    def _hand_over(self, to_leader):
        form = Form(
            self.env["one.entrance.handover.wizard"]
            .with_user(self.consultant)
            .with_context(**self.actor.action_one_entrance_hand_over()["context"])
        )
        form.to_leader_id = to_leader
        form.reason = "New post"
        wizard = form.save()
        count = wizard.activity_count
        wizard.action_hand_over()
        return count

    def _promise(self, user):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": self.actor.id, "start": "2024-04-02 08:00:00", "state": "held"}
        )
        values = {"summary": "Kajen", "commitment": "Svar", "deadline": "2024-06-01", "responsible_id": user.id}
        return self.env["one.entrance.meeting.point"].create({"meeting_id": meeting.id, **values})

    def test_the_delegate_acts_for_whose_login_is_closed(self):
        self.assertEqual(self.director.responsible_id, self.delegate_user)
        self.assertEqual(self.director.acting_user_ids, self.delegate_user)
        self.director_user.active = True
        self.assertEqual(self.director.responsible_id, self.director_user)

    def test_leaders_are_found_by_who_acts(self):
        self.assertEqual(self._search(("responsible_id", "=", self.delegate_user.id)), self.director | self.head)
        self.assertFalse(self._search(("responsible_id", "=", self.director_user.id)))
        self.assertNotIn(self.director, self._search(("responsible_id", "=", False)))
        self.assertIn(self.mayor, self._search(("responsible_id", "=", False)))
        self.delegate_user.active = False
        self.assertIn(self.director, self._search(("responsible_id", "=", False)))
        self.assertFalse(self.director.responsible_id)

    def test_a_closed_mayors_office_acts_for_nobody(self):
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        self.assertEqual(self.mayor.acting_user_ids, office)
        office.active = False
        self.env.invalidate_all()
        self.assertFalse(self.mayor.acting_user_ids)

    def test_the_delegate_is_asked_to_read_the_sheet(self):
        sheet = self._make_sheet(self.actor, ready=True)
        self.assertEqual(sheet.activity_ids.user_id, self.delegate_user)

    def test_the_delegate_gets_what_is_handed_over_to_whose_login_is_closed(self):
        self.actor.one_entrance_leader_id = self.head
        self.head.delegate_id = self.manager
        activity = self.actor.activity_schedule("mail.mail_activity_data_todo", user_id=self.manager.id)
        self.assertEqual(self._hand_over(self.director), 1)
        self.assertEqual(activity.user_id, self.delegate_user)

    def test_what_a_closed_login_has_promised_passes_on(self):
        point, own = self._promise(self.director_user), self._promise(self.delegate_user)
        self.head.delegate_id = self.manager
        self.assertEqual(self._hand_over(self.head), 2)
        self.assertEqual((point | own).responsible_id, self.manager)
        self.assertEqual((point | own).activity_ids.user_id, self.manager)

    def test_the_current_user_holds_an_actor(self):
        """As the leader or the delegate; of a mayor-led actor for one of the principals; whatever is archived."""
        office = self._make_user("office", "one_entrance.group_leader")
        self.company.one_entrance_mayor_office_id = office
        self.municipal_director.delegate_id = self.manager
        led, plain = self._make_actor("Letbanen", mayor_led=True), self.env["res.partner"].create({"name": "Ikke med"})
        actors = self.actor | led | plain
        self.director_user.active = True
        held = {self.director_user: self.actor, self.delegate_user: self.actor, office: led, self.manager: led}
        for archived in (self.env["res.partner"], self.actor | led):
            archived.active = False
            for user in (*held, self.consultant, self.colleague):
                with self.subTest(user=user.login, archived=bool(archived)):
                    self.env.invalidate_all()
                    looking = actors.with_user(user).with_context(active_test=False)
                    mine = looking.browse(held.get(user, plain.browse()).ids)
                    self.assertEqual(looking.filtered("one_entrance_is_held"), mine)
                    among = [("id", "in", actors.ids)]
                    self.assertEqual(looking.search([*among, ("one_entrance_is_held", "=", True)]), mine)
                    self.assertEqual(looking.search([*among, ("one_entrance_is_held", "=", False)]), looking - mine)

    def test_a_consultant_whose_login_is_closed_is_asked_for_nothing(self):
        """Where nobody acts for the leader, neither a sheet nor an activity waits for somebody who has gone."""
        (self.delegate_user | self.consultant).active = False
        self.actor.one_entrance_consultant_id = self.consultant
        sheet = self.env["one.entrance.sheet"].create(
            {"partner_id": self.actor.id, "consultant_id": self.consultant.id}
        )
        self.assertFalse(sheet._get_readers())
        self.assertFalse(self.env["one.entrance.appointment"]._get_heir(self.actor, self.director))
