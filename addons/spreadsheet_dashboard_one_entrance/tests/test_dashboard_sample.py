import json

from odoo.tests import HttpCase, tagged

from .common import DashboardCase


@tagged("post_install", "-at_install")
class TestDashboardSample(DashboardCase, HttpCase):
    """A register without a contact leader shows what a dashboard looks like, in the reader's language."""

    def _open(self, lang, user=None):
        user = user or self.manager
        user.lang = lang
        self.authenticate(user.login, user.login)
        return self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}").json()

    def test_a_register_in_use_shows_its_own(self):
        answer = self._open("da_DK")
        self.assertNotIn("is_sample", answer)
        self.assertEqual(answer["translation_namespace"], self.addon)

    def test_the_filters_are_named_in_danish_also_once_they_are_set(self):
        labels = [one["label"] for one in self._open("da_DK")["snapshot"]["globalFilters"]]
        self.assertEqual(labels, ["Periode", "Leder", "Aktørtype"])

    def test_an_empty_register_shows_a_sample_in_danish_and_in_english(self):
        theirs = self.env["res.company"].create({"name": "Nabokommunen"})
        newcomer = self._make_user(
            "newcomer", "one_entrance.group_manager", company_id=theirs.id, company_ids=theirs.ids
        )
        for lang, title in (("da_DK", "Udrulning efter trin"), ("en_US", "Rollout by Step")):
            answer = self._open(lang, newcomer)
            self.assertTrue(answer["is_sample"])
            text = json.dumps(answer["snapshot"], ensure_ascii=False)
            self.assertIn(title, text)
            self.assertNotIn("_t(" if lang == "da_DK" else "Udrulning", text)

    def test_the_samples_of_others_stay_as_they_are(self):
        self.dashboard.sudo().sample_dashboard_file_path = "spreadsheet_dashboard/tests/data/sample_dashboard.json"
        self.assertEqual(self.dashboard.with_context(lang="da_DK")._get_sample_dashboard(), {"sheets": []})
