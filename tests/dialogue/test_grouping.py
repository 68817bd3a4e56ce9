from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .register import RegisterCase


@tagged("post_install", "-at_install")
class TestGrouping(RegisterCase):
    """What is computed against today can be grouped by: PostgreSQL judges as the records themselves do."""

    def _group(self, records, name):
        groups = records._read_group([("id", "in", records.ids)], [name], ["__count"])
        self.assertEqual(dict(groups), dict(Counter(records.mapped(name))))
        return dict(groups)

    def test_actors_are_grouped_by_the_status_of_the_dialogue(self):
        groups = self._group(self.actors.with_user(self.consultant), "one_entrance_dialogue_state")
        self.assertEqual(set(groups), {False, "no_plan", "on_track", "planned", "due", "overdue"})

    def test_actors_are_grouped_by_the_status_of_the_sheet(self):
        outside = self.env["res.partner"].create({"name": "Ikke med"})
        actors = (self.actors | outside).with_user(self.consultant)
        groups = self._group(actors, "one_entrance_sheet_state")
        self.assertEqual(set(groups), {False, "missing", "draft", "stale", "fresh"})

    def test_an_actor_with_a_ready_sheet_and_a_draft_of_the_next_is_counted_once(self):
        self.env["one.entrance.sheet"]._make_drafts(self.overdue)
        self.assertEqual(self._group(self.overdue.with_user(self.consultant), "one_entrance_sheet_state"), {"fresh": 1})

    def test_commitments_are_grouped_by_their_status(self):
        self.env["one.entrance.meeting.point"].create({"meeting_id": self.held.id, "summary": "Kun snak"})
        points = self.env["one.entrance.meeting.point"].search([]).with_user(self.consultant)
        self.assertEqual(set(self._group(points, "state")), {"talk", "open", "late", "done"})

    def test_a_state_is_told_alike_on_the_days_around_each_edge(self):
        outside = self.env["res.partner"].create({"name": "Ikke med"})
        actors = (self.actors | outside).with_user(self.consultant)
        due, ahead = actors.mapped("one_entrance_due_date"), actors.mapped("one_entrance_next_meeting_date")
        soon = [date - relativedelta(days=30) for date in due if date]
        days = self._get_days_around([*due, *ahead, *soon])
        found = self._assert_told_alike(actors, "one_entrance_dialogue_state", days)
        self.assertEqual(found, {False, "no_plan", "on_track", "planned", "due", "overdue"})
        days = self._get_days_around(actors.one_entrance_sheet_ids.mapped("valid_until"))
        found = self._assert_told_alike(actors, "one_entrance_sheet_state", days)
        self.assertEqual(found, {False, "missing", "draft", "stale", "fresh"})
        self.env["one.entrance.meeting.point"].create({"meeting_id": self.held.id, "summary": "Kun snak"})
        points = self.env["one.entrance.meeting.point"].search([]).with_user(self.consultant)
        found = self._assert_told_alike(points, "state", self._get_days_around(points.mapped("deadline")))
        self.assertEqual(found, {"talk", "open", "late", "done"})

    def test_the_day_that_decides_is_the_municipalitys(self):
        points = self.env["one.entrance.meeting.point"].search([])
        early = points.with_context(tz="Pacific/Kiritimati")
        late = self._group(points, "state")["late"]
        self.assertEqual(self._group(early, "state")["late"], late)
        self.company.partner_id.tz = "Pacific/Kiritimati"
        self.env.invalidate_all()
        self.assertEqual(self._group(points, "state")["late"], late + 1)

    def test_odoo_s_own_pivot_and_list_offer_it(self):
        actors = self.env["res.partner"].with_user(self.consultant)
        for name in ("one_entrance_dialogue_state", "one_entrance_sheet_state"):
            with self.subTest(field=name):
                self.assertTrue(actors.fields_get([name], ["groupable"])[name]["groupable"])
                groups = actors.formatted_read_group([("id", "in", self.actors.ids)], [name], ["__count"])
                for group in groups:
                    domain = [("id", "in", self.actors.ids), *group["__extra_domain"]]
                    self.assertEqual(actors.search_count(domain), group["__count"])

    def test_steps_and_statuses_stand_in_the_order_they_are_reached(self):
        actors = self.env["res.partner"].with_user(self.consultant)
        for name in ("one_entrance_step", "one_entrance_dialogue_state", "one_entrance_sheet_state"):
            with self.subTest(field=name):
                keys = actors._fields[name].get_values(self.env)
                domain = [("id", "in", self.actors.ids)]
                found = [key for (key,) in actors._read_group(domain, [name]) if key]
                self.assertEqual(found, [key for key in keys if key in found])
                groups = actors.formatted_read_grouping_sets(domain, [[], [name], ["one_entrance_leader_id", name]])
                self.assertEqual([group[name] for group in groups[1] if group[name]], found)
                backwards = [key for (key,) in actors._read_group(domain, [name], order=f"{name} desc") if key]
                self.assertEqual(backwards, found[::-1])

    def test_what_is_not_said_is_told_in_words(self):
        labels = self.env["res.partner"].with_context(lang="da_DK").fields_get(attributes=["falsy_value_label"])
        self.assertEqual(labels["one_entrance_leader_id"]["falsy_value_label"], "Ingen kontaktperson")
        self.assertEqual(labels["one_entrance_kind"]["falsy_value_label"], "Ikke angivet")

    def test_who_may_not_read_a_status_may_not_group_by_it(self):
        actors = self.env["res.partner"].with_user(self.colleague)
        for name in ("one_entrance_dialogue_state", "one_entrance_sheet_state"):
            with self.subTest(field=name):
                self.assertNotIn(name, actors.fields_get(attributes=["groupable"]))
                with self.assertRaises(AccessError):
                    actors._read_group([], [name], ["__count"])
