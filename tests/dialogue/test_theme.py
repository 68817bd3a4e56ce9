from odoo.tests import Form, tagged

from ..common import OneEntranceCase


@tagged("post_install", "-at_install")
class TestTheme(OneEntranceCase):
    """A theme's page shows what was said on it at meetings (S8)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theme = cls.themes[0]
        cls.actors = cls._make_actor("Aqua") | cls._make_actor("Banken")

    def _hold(self, actor, summary, date="2024-04-10", state="held", **values):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "start": f"{date} 08:00:00", "state": state, **values}
        )
        return self.env["one.entrance.meeting.point"].create(
            {"meeting_id": meeting.id, "summary": summary, "theme_id": self.theme.id}
        )

    def test_it_shows_points_the_latest_first(self):
        older, newer = self._hold(self.actors[0], "Kajen"), self._hold(self.actors[1], "Broen", date="2024-05-10")
        self._hold(self.actors[1], "Skal nævnes", date="2024-06-10", state="planned")
        theme = self.theme.with_user(self.consultant)
        self.assertEqual(list(theme.point_ids), [newer, older], "what is to be brought up has not been said")

    def test_each_reads_there_what_he_may_read(self):
        self._hold(self._make_actor("Andres", leader=self.head), "Andres sag")
        own = self._hold(self.actors[0], "Kajen")
        self.assertEqual(self.theme.with_user(self.director_user).point_ids, own)

    def test_the_form_opens_for_every_role(self):
        self._hold(self.actors[0], "Kajen")
        for user in (self.director_user, self.consultant, self.manager):
            with self.subTest(user=user.login), Form(self.theme.with_user(user)) as form:
                self.assertEqual(len(form.point_ids), 1)
