from odoo.tests import Form, tagged

from .common import SignalCase


@tagged("post_install", "-at_install")
class TestThemeRaised(SignalCase):
    """A theme's page, and a section on a sheet, show what actors say about the theme (S8, S9, S15)."""

    def _hold(self, actor, summary, date="2024-04-10", state="held", **values):
        meeting = self.env["one.entrance.meeting"].create(
            {"partner_id": actor.id, "start": f"{date} 08:00:00", "state": state, **values}
        )
        return self.env["one.entrance.meeting.point"].create(
            {"meeting_id": meeting.id, "summary": summary, "theme_id": self.theme.id}
        )

    # The theme's page

    def test_it_shows_inquiries_and_points_the_latest_first(self):
        first, second = self._raise(self.actors[0], date="2024-03-01"), self._raise(self.actors[1], date="2024-05-01")
        self._raise(self.actors[2], theme=self.other_theme)
        older, newer = self._hold(self.actors[0], "Kajen"), self._hold(self.actors[1], "Broen", date="2024-05-10")
        self._hold(self.actors[1], "Skal nævnes", date="2024-06-10", state="planned")
        theme = self.theme.with_user(self.consultant)
        self.assertEqual(list(theme.inquiry_ids), [second, first])
        self.assertEqual((theme.inquiry_count, theme.raising_actor_count), (2, 2))
        self.assertEqual(list(theme.point_ids), [newer, older], "what is to be brought up has not been said")
        action = theme.action_open_inquiries()
        self.assertEqual(self.env["one.entrance.inquiry"].search(action["domain"]), first | second)

    def test_each_reads_there_what_he_may_read(self):
        theirs = self._make_actor("Andres", leader=self.head, consultant_id=self.consultant.id)
        self._raise(theirs)
        self._hold(theirs, "Andres sag")
        own = self._raise(self.actors[0])
        secret = self._raise(self.actors[1], confidential=True)
        other = self._make_user("other_consultant", "one_entrance.group_consultant")
        as_leader, as_consultant = self.theme.with_user(self.director_user), self.theme.with_user(other)
        self.assertEqual(as_leader.inquiry_ids, own | secret)
        self.assertFalse(as_leader.point_ids)
        self.assertEqual(as_leader.inquiry_count, 2)
        self.assertNotIn(secret, as_consultant.inquiry_ids)
        self.assertEqual(as_consultant.inquiry_count, 2)

    def test_it_leads_to_its_signals(self):
        self._raise_all()
        theme = self.theme.with_user(self.consultant)
        self.assertEqual(theme.open_signal_count, 1)
        action = theme.action_open_signals()
        self.assertEqual(self.env["one.entrance.signal"].search(action["domain"]), self._find())
        self._answer(self._find())
        self.env.invalidate_all()
        self.assertEqual(theme.open_signal_count, 0)

    def test_the_forms_open_for_every_role(self):
        self._raise_all()
        sheet = self._make_sheet(self.actors[0])
        for user in (self.director_user, self.consultant, self.manager):
            with self.subTest(user=user.login):
                with Form(self.theme.with_user(user)) as form:
                    self.assertEqual(form.inquiry_count, 3)
                with Form(sheet.section_ids[0].with_user(user)) as form:
                    self.assertIn("directorate", form.raised_text)

    def test_themes_in_a_list_take_the_same_queries_as_one(self):
        self._raise_all()
        themes, counts = self.themes.with_user(self.consultant), []
        (
            themes.mapped("inquiry_count"),
            themes.mapped("open_signal_count"),
        )  # fills the caches that a server in use has filled
        for some in (themes[:1], themes):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.browse(some.ids).mapped("inquiry_count")
            some.browse(some.ids).mapped("open_signal_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, [2, 2])

    # The section's hint

    def _get_section(self, actor, user=None):
        sheet = actor.one_entrance_sheet_id or self._make_sheet(actor)
        section = sheet.section_ids.filtered(lambda section: section.theme_id == self.theme)
        self.env.invalidate_all()
        return section.with_user(user or self.director_user)

    def test_the_actors_own_inquiries_and_how_many_others_raise_the_theme(self):
        own = self._raise(self.actors[0])
        self._raise(self.actors[0], theme=self.other_theme)
        for actor in self.actors[1:]:
            self._raise(actor)
            self._raise(actor)
        section = self._get_section(self.actors[0])
        self.assertEqual(section.raised_inquiry_ids, own)
        self.assertEqual(
            section.raised_text,
            "Other actors that have raised this theme since 11/15/2023: 3. "
            "The directorate has been asked, and has not answered yet.",
        )
        self._answer(self._find())
        self.env.invalidate_all()
        self.assertIn("The directorate answered on 05/15/2024.", section.raised_text)

    def test_a_leader_learns_the_number_and_no_names_of_others(self):
        theirs = self._make_actor("Andres", leader=self.head, consultant_id=self.consultant.id)
        self._raise(theirs)
        self._raise(theirs, confidential=True)
        section = self._get_section(self.actors[0])
        self.assertFalse(section.raised_inquiry_ids)
        self.assertIn(": 1.", section.raised_text)
        self.assertNotIn("Andres", section.raised_text)

    def test_what_is_long_past_and_answered_is_not_there(self):
        values = {"state": "answered", "answer": "<p>Ja</p>", "answered_date": "2023-05-02"}
        self._raise(self.actors[0], date="2023-05-01", first_answer_date="2023-05-02", **values)
        waiting = self._raise(self.actors[0], date="2023-05-01")
        self._raise(self.actors[1], date="2023-05-01")
        section = self._get_section(self.actors[0])
        self.assertEqual(section.raised_inquiry_ids, waiting, "what is not answered is not past")
        self.assertFalse(section.raised_text)

    def test_a_number_of_confidential_inquiries_is_not_told(self):
        self._raise(self._make_actor("Andres", leader=self.head, consultant_id=self.consultant.id), confidential=True)
        self.assertFalse(self._get_section(self.actors[0]).raised_text)

    def test_all_sections_of_a_sheet_take_the_same_queries_as_one(self):
        self._raise_all()
        sections = self._make_sheet(self.actors[0]).section_ids.with_user(self.consultant)
        counts = []
        for some in (sections[:1], sections):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("body")
            before = self.env.cr.sql_log_count
            some.browse(some.ids).mapped("raised_text")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
