from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..common import OneEntranceCase

TEXT = "Kajen skal udvides"


@tagged("post_install", "-at_install")
class TestPointWizard(OneEntranceCase):
    """A colleague hands a point over instead of calling on the actor: it is brought up at the next meeting, or given to who
    acts for the contact leader.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actor = cls._make_actor("Havnen")

    def _hand_over(self, actor=None, user=None, **values):
        Wizard = self.env["one.entrance.point.wizard"].with_user(user or self.colleague)
        form = Form(Wizard.with_context(default_partner_id=(actor or self.actor).id))
        form.text = TEXT
        for name, value in values.items():
            form[name] = value
        wizard = form.save()
        action = wizard.action_apply()
        self.assertEqual(action["tag"], "display_notification")
        return wizard, action["params"]["message"]

    def _plan(self, start="2024-06-03 08:00:00", actor=None, **values):
        return self.env["one.entrance.meeting"].create(
            {"partner_id": (actor or self.actor).id, "start": start, **values}
        )

    def _get_activities(self, actor=None):
        return self.env["mail.activity"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", (actor or self.actor).id)]
        )

    def test_it_is_put_on_the_next_meeting(self):
        self._plan("2024-07-01 08:00:00")
        meeting = self._plan()
        self._plan("2024-05-14 08:00:00")
        wizard, message = self._hand_over()
        self.assertEqual(meeting.point_ids.summary, TEXT)
        self.assertEqual(meeting.point_ids.raised_by_id, self.colleague)
        self.assertFalse(meeting.point_ids.commitment)
        self.assertEqual(message, "Your point will be brought up at the meeting with Havnen on June 3, 2024.")
        self.assertEqual(wizard.destination, "The point is put on the meeting with Havnen on June 3, 2024.")
        self.assertIn("Colleague has handed over a point", meeting.message_ids[0].body)
        self.assertFalse(self._get_activities())

    def test_a_meeting_that_lasts_all_day_today_is_still_ahead(self):
        meeting = self._plan("2024-05-15 00:00:00", allday=True)
        self._hand_over()
        self.assertTrue(meeting.point_ids)

    def test_the_giver_reads_nothing_of_the_meeting(self):
        meeting = self._plan()
        self._hand_over()
        self.env.invalidate_all()
        for record in (meeting, meeting.point_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.colleague).read(["display_name"])
        self.assertNotIn(self.colleague.partner_id, meeting.message_partner_ids)

    def test_a_confidential_meeting_takes_the_point_too(self):
        meeting = self._plan(confidential=True)
        _wizard, message = self._hand_over()
        self.assertEqual(meeting.point_ids.summary, TEXT)
        self.assertIn("June 3, 2024", message)
        self.assertNotIn(self.colleague.partner_id, meeting.message_partner_ids)

    def test_one_of_the_scheme_s_people_names_a_theme(self):
        meeting = self._plan()
        self._hand_over(user=self.delegate_user, theme_id=self.themes[0])
        self.assertEqual(meeting.point_ids.theme_id, self.themes[0])
        with self.assertRaises(AssertionError):
            self._hand_over(theme_id=self.themes[0])  # themes are not for every colleague to read

    def test_without_a_meeting_it_is_given_to_the_contact_leader(self):
        self._plan(state="cancelled", postpone_reason="other")
        wizard, message = self._hand_over()
        activity = self._get_activities()
        self.assertEqual(activity.user_id, self.director_user)
        self.assertEqual(activity.summary, "A point for Havnen from Colleague")
        self.assertIn(TEXT, activity.note)
        self.assertEqual(message, "Your point for Havnen has been given to Director.")
        self.assertIn("where your colleagues can read it", wizard.destination)

    def test_it_is_given_to_the_delegate_of_a_leader_without_login(self):
        actor = self._make_actor("Kattegatcentret", leader=self.head)
        self._hand_over(actor)
        self.assertEqual(self._get_activities(actor).user_id, self.delegate_user)

    def test_for_a_mayor_led_actor_it_is_given_to_one_of_the_principals(self):
        actor = self._make_actor("Letbanen", mayor_led=True)
        self.municipal_director.user_id = self._make_user("municipal_director", "one_entrance.group_leader")
        self._hand_over(actor)
        self.assertEqual(self._get_activities(actor).user_id, self.municipal_director.user_id)
        self.mayor.delegate_id = self.delegate_user
        self.env.invalidate_all()
        self._hand_over(actor)
        self.assertIn(self.delegate_user, self._get_activities(actor).user_id)

    def test_where_nobody_acts_it_is_given_to_the_consultant_and_else_to_the_administrators(self):
        actor = self._make_actor("Letbanen", mayor_led=True, consultant_id=self.consultant.id)
        self._hand_over(actor)
        self.assertEqual(self._get_activities(actor).user_id, self.consultant)
        other = self._make_actor("Lufthavnen", mayor_led=True)
        _wizard, message = self._hand_over(other)
        self.assertIn(self.manager, self._get_activities(other).user_id)
        self.assertNotIn(self.consultant, self._get_activities(other).user_id)
        self.assertIn("the administrators of the scheme", message)

    def test_an_archived_user_gets_nothing(self):
        self.actor.with_user(self.consultant).one_entrance_consultant_id = self.consultant
        self.director_user.active = False
        self._hand_over()
        self.assertEqual(self._get_activities().user_id, self.consultant)

    def test_a_contact_who_is_no_actor_is_refused_by_name(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        Wizard = self.env["one.entrance.point.wizard"].with_user(self.colleague)
        with self.assertRaisesRegex(ValidationError, "Stranger is not in the One Entrance scheme"):
            Wizard.create({"partner_id": stranger.id, "text": TEXT}).action_apply()

    def test_another_municipality_s_actor_is_refused_by_name(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        user = self._make_user("neighbour", "base.group_user", company_id=theirs.id, company_ids=[(6, 0, theirs.ids)])
        self._plan()
        Wizard = self.env["one.entrance.point.wizard"].with_user(user)
        with self.assertRaisesRegex(ValidationError, "Havnen is in the scheme of another municipality"):
            Wizard.create({"partner_id": self.actor.id, "text": TEXT}).action_apply()

    def test_a_colleague_s_words_are_nobody_else_s_to_read_before_they_are_given(self):
        wizard, _message = self._hand_over()
        self.env.invalidate_all()
        self.assertEqual(wizard.text, TEXT)
        for user in (self.consultant, self.director_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard.with_user(user).read(["text"])

    def test_what_is_written_comes_as_text(self):
        Wizard = self.env["one.entrance.point.wizard"].with_user(self.colleague)
        Wizard.create({"partner_id": self.actor.id, "text": "<script>alert(1)</script>"}).action_apply()
        self.assertNotIn("<script>", self._get_activities().note)
