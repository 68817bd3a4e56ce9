from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.test_query_count import ACTORS, LOG_LINE, QueryCountCase


@tagged("post_install", "-at_install")
class TestInquiryQueryCount(QueryCountCase):
    """What inquiries and signals cost: lists, groupings and batches take a number of queries that does not grow with them."""

    def _raise_themes(self, actors, **values):
        """Two inquiries of each of these actors, on the first two themes."""
        return (
            self.env["one.entrance.inquiry"]
            .with_user(self.consultant)
            .create(
                [
                    {
                        "partner_id": actor.id,
                        "name": f"Sag {n}",
                        "received_date": "2024-05-01",
                        "theme_ids": [Command.set(self.themes[:2].ids)],
                        **values,
                    }
                    for actor in actors
                    for n in range(2)
                ]
            )
        )

    def _make_inquiries(self, actors, **values):
        """An inquiry of each of these actors, with two themes."""
        return (
            self.env["one.entrance.inquiry"]
            .with_user(self.consultant)
            .create(
                [
                    {"partner_id": actor.id, "name": "Kajen", "theme_ids": self.themes[:2].ids, **values}
                    for actor in actors
                ]
            )
        )

    def test_list_of_inquiries(self):
        inquiries = self._make_inquiries(self.actors)
        for view in ("one_entrance_inquiry_view_list", "one_entrance_inquiry_view_list_unknown"):
            spec = self._get_spec(inquiries, f"one_entrance_inquiry.{view}", "list")
            self._assert_list_does_not_grow(inquiries.browse(), inquiries, spec)

    def test_kanban_of_inquiries_by_state(self):
        inquiries = self._make_inquiries(self.actors)
        inquiries[::2].action_dialogue()
        spec = self._get_spec(inquiries, "one_entrance_inquiry.one_entrance_inquiry_view_kanban", "kanban")
        self._assert_does_not_grow(
            lambda n: inquiries.web_read_group(
                [("id", "in", inquiries[:n].ids)], ["state"], auto_unfold=True, unfold_read_specification=spec
            ),
            ACTORS // 10,
            ACTORS,
            slack=0,
        )

    def test_pivot_of_inquiries(self):
        inquiries = self._make_inquiries(self.actors)
        sets = [[], ["theme_ids"], ["kind"], ["theme_ids", "kind"]]
        aggregates = ["__count", "days_to_answer:avg"]
        queries = self._count(
            lambda: inquiries.formatted_read_grouping_sets([("id", "in", inquiries.ids)], sets, aggregates)
        )
        self.assertLessEqual(queries, 6)

    def test_a_batch_of_inquiries_takes_a_number_of_queries_for_the_leaders_and_not_for_the_inquiries(self):
        actors = self.actors[:8]
        self._assert_does_not_grow(lambda n: self._make_inquiries(list(actors) * n), 1, 10, each=8 * LOG_LINE)

    def test_open_inquiries_of_many_actors(self):
        self._make_inquiries(self.actors)
        outside = self.env["res.partner"].with_user(self.consultant).create({"name": "No actor"})
        self._assert_does_not_grow(
            lambda n: self.actors[:n].mapped("one_entrance_open_inquiry_count"), 8, ACTORS, slack=0
        )
        outside.mapped("one_entrance_step")
        with self.assertQueryCount(0):
            self.assertFalse(outside.one_entrance_open_inquiry_count)

    def test_handing_over_many_actors_with_inquiries(self):
        """Beside the log lines of the actor and its two inquiries."""
        old, new = self.director, self.leaders[-1]
        actors = self.actors.filtered(
            lambda actor: not actor.one_entrance_mayor_led and actor.one_entrance_leader_id != new
        )
        actors.write({"one_entrance_leader_id": old.id})
        self._raise_themes(actors)
        Appointment = self.env["one.entrance.appointment"].with_user(self.consultant)
        for day, each in ((date(2024, 5, 15), 3 * LOG_LINE), (date(2024, 6, 1), 0)):
            with self.subTest(day=day):
                self._assert_does_not_grow(
                    lambda n, day=day: Appointment._hand_over(actors[:n], new, day, "New post"), 8, 48, each=each
                )

    def test_printing_many_sheets_with_inquiries_as_html(self):
        report = "one_entrance.report_background_sheet"
        self._raise_themes(self.actors)
        self._raise_themes(self.actors[::2], state="referred", referred_to="Byggesag", referred_date="2024-05-02")
        Report = self.env["ir.actions.report"].with_user(self.consultant)
        self._assert_does_not_grow(lambda n: Report._render_qweb_html(report, self.ready[:n].ids), 1, len(self.ready))

    def test_logging_many_inquiries_that_make_signals(self):
        """What the signals add to logging them: the same for many as for few."""
        Inquiry = type(self.env["one.entrance.inquiry"])

        def count_more(n):
            with_signals = self._count(lambda: self._raise_themes(self.actors[:n]))
            with patch.object(Inquiry, "_sync_signals", lambda self, before=None: None):
                return with_signals - self._count(lambda: self._raise_themes(self.actors[:n]))

        few, many = count_more(8), count_more(ACTORS)
        self.assertLessEqual(many, few + 1, "a larger batch is inserted in two parts")

    def test_changing_what_many_inquiries_are_about(self):
        inquiries = self._raise_themes(self.actors)
        theme = self.themes[2:3]
        self._assert_does_not_grow(
            lambda n: inquiries[:n].write({"theme_ids": [Command.set(theme.ids)]}), 8, ACTORS, slack=0
        )

    def test_answering_a_signal_of_many_inquiries(self):
        """Beside the change of the inquiries in their logs, each is an activity, and its users look at all at once."""

        def answer(n):
            self._raise_themes(self.actors[:n])
            signal = self.env["one.entrance.signal"].search([("theme_id", "=", self.themes[0].id)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            signal.with_user(self.manager).write({"answer": "<p>Ja</p>"})
            signal.with_user(self.manager).action_answer()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)

        counts = []
        for n in (8, ACTORS):
            self._count(lambda n=n: answer(n))
        self.assertLessEqual(counts[3], counts[1] + (ACTORS - 8) * 2 * LOG_LINE + 10, counts)

    def test_list_of_signals(self):
        themes = self.themes | self.themes.create([{"name": f"Theme {n}"} for n in range(ACTORS - len(self.themes))])
        for actor in self.actors[:3]:
            self.env["one.entrance.inquiry"].create(
                {"partner_id": actor.id, "name": "Sag", "theme_ids": [Command.set(themes.ids)]}
            )
        signals = self.env["one.entrance.signal"].search([("theme_id", "in", themes.ids)]).with_user(self.manager)
        self.assertEqual(len(signals), ACTORS)
        spec = self._get_spec(signals, "one_entrance_inquiry.one_entrance_signal_view_list", "list")
        self.assertIn("said", spec)
        self._assert_list_does_not_grow(signals, signals, spec)
