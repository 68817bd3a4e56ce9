from odoo.tests import tagged

from .test_overview import OverviewCase

KINDS = ("company", "association", "institution", "other", "none")


@tagged("post_install", "-at_install")
class TestOverviewForgotten(OverviewCase):
    """Who was never reached is not forgotten on the page, and is told apart from who left without having been reached."""

    def _get(self, fate):
        return {kind: self.page[f"{fate}_{kind}_count"] for kind in KINDS}

    def test_who_is_in_the_scheme_and_was_never_reached_is_counted_by_kind(self):
        self.assertEqual(self._open(self.page, "unreached_count"), self.letter | self.appointed | self.led_new)
        self.assertEqual(
            self._get("unreached"), {"company": 1, "association": 1, "institution": 0, "other": 0, "none": 1}
        )
        self.assertEqual(self._open(self.page, "unreached_none_count"), self.led_new)

    def test_who_left_without_having_been_reached_stands_apart(self):
        self.assertEqual(self._open(self.page, "departed_count"), self.declined)
        self.assertEqual(
            self._get("departed"), {"company": 0, "association": 1, "institution": 0, "other": 0, "none": 0}
        )

    def test_who_was_met_before_the_rollout_had_come_so_far_is_not_forgotten(self):
        self._make_meeting(self.appointed, "2024-05-02 08:00:00", state="held", kind="ad_hoc")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.appointed.one_entrance_contact_date)
        self.assertEqual(self._open(self.page, "unreached_count"), self.letter | self.led_new)

    def test_by_postal_district_whatever_way_the_town_is_spelt(self):
        self.led_new.write({"zip": "8500", "city": "Grenå"})
        other = self._make_actor("Ørsted Brugs")
        self.env.flush_all()
        self.env.invalidate_all()
        districts = self.page.district_ids
        self.assertEqual(districts.mapped("name"), ["8500 Grenaa", "No postal code"])
        self.assertEqual(districts.mapped("unreached_count"), [3, 1])
        self.assertEqual(districts.mapped("departed_count"), [1, 0])
        self.assertEqual(self._open(districts[0], "unreached_count"), self.letter | self.appointed | self.led_new)
        self.assertEqual(self._open(districts[0], "departed_count"), self.declined)
        self.assertEqual(self._open(districts[1], "unreached_count"), other)

    def test_districts_without_a_forgotten_actor_are_none(self):
        self.overdue.zip = "8570"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn("8570", self.page.district_ids.mapped("zip"))

    def test_the_register_finds_them_too(self):
        view = self.env.ref("one_entrance.res_partner_actor_view_search")
        self.assertIn('name="unreached"', self.env["res.partner"].get_view(view.id, "search")["arch"])
        domain = self.env["res.partner"]._get_one_entrance_unreached_domain()
        found = self.env["res.partner"].with_user(self.consultant).search(domain)
        self.assertEqual(found, self.letter | self.appointed | self.led_new | self.declined)
