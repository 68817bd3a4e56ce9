from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.one_entrance.tests.common import OneEntranceCase

EVIDENCE = {
    "directorate_date": "2024-02-24",
    "council_date": "2024-03-12",
    "decision": "<p>Kommunalbestyrelsen tog evalueringen til efterretning.</p>",
}

TEXTS = ("background", "assessment", "policies", "economy", "recommendation")


@tagged("post_install", "-at_install")
class TestEvaluationWay(OneEntranceCase):
    """A round goes from open over the directorate and the political level to noted, each with its evidence, and stands as
    it was noted until it is opened again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rounds = cls.env["one.entrance.evaluation"].with_user(cls.manager)
        cls.evaluation = cls.rounds.create({"name": "2023", "date_from": "2023-01-01", "date_to": "2023-12-31"})

    def _note(self):
        self.evaluation.write(EVIDENCE)
        for move in ("directorate", "political", "note"):
            getattr(self.evaluation, f"action_{move}")()

    def test_a_new_round_proposes_the_year_that_ended_last_and_a_name(self):
        with Form(self.rounds) as form:
            self.assertEqual(str(form.date_from), "2023-01-01")
            self.assertEqual(str(form.date_to), "2023-12-31")
            self.assertIn("2023", form.name)
        self.assertEqual(form.record.state, "open")

    def test_a_round_goes_its_way_with_dates_and_decision(self):
        for move, state, values in (
            ("directorate", "directorate", {"directorate_date": "2024-02-24"}),
            ("political", "political", {"council_date": "2024-03-12"}),
            ("note", "noted", {"decision": EVIDENCE["decision"]}),
        ):
            with self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                getattr(self.evaluation, f"action_{move}")()
            self.assertIn("2023", str(refusal.exception))
            self.assertIn("Missing", str(refusal.exception))
            self.evaluation.write(values)
            getattr(self.evaluation, f"action_{move}")()
            self.assertEqual(self.evaluation.state, state)

    def test_no_state_is_reached_by_import_or_rpc_without_the_evidence_of_all_before_it(self):
        for values in (
            {"state": "directorate"},
            {"state": "political", "council_date": "2024-03-12"},
            {"state": "noted", "decision": EVIDENCE["decision"], "directorate_date": "2024-02-24"},
            {"state": "noted", **EVIDENCE, "decision": "<p><br></p>"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.cr.savepoint():
                self.evaluation.write(values)
        names = ["name", "date_from", "date_to", "state"]
        result = self.rounds.load(names, [["2022", "2022-01-01", "2022-12-31", "noted"]])
        self.assertFalse(result["ids"])
        self.assertIn("Missing", result["messages"][0]["message"])
        names += ["directorate_date", "council_date", "decision"]
        row = ["2022", "2022-01-01", "2022-12-31", "noted", "2023-02-01", "2023-03-01", "Taget til efterretning"]
        result = self.rounds.load(names, [row])
        self.assertTrue(result["ids"], result["messages"])
        self.assertTrue(self.rounds.browse(result["ids"]).figure_ids)

    def test_evidence_is_not_taken_away_from_under_a_state(self):
        self.evaluation.write(EVIDENCE)
        self.evaluation.action_directorate()
        self.evaluation.action_political()
        for name in ("directorate_date", "council_date"):
            with self.subTest(name=name), self.assertRaises(ValidationError), self.cr.savepoint():
                self.evaluation[name] = False

    def test_a_button_takes_no_two_steps(self):
        self.evaluation.write(EVIDENCE)
        for move in ("political", "note"):
            with self.subTest(move=move), self.assertRaises(UserError) as refusal, self.cr.savepoint():
                getattr(self.evaluation, f"action_{move}")()
            self.assertIn("2023", str(refusal.exception))
        self.evaluation.action_directorate()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.evaluation.action_directorate()

    def test_the_dates_come_in_the_order_of_the_way(self):
        for values in (
            {"directorate_date": "2023-12-30"},
            {"council_date": "2023-12-30"},
            {"directorate_date": "2024-03-13", "council_date": "2024-03-12"},
            {"date_to": "2024-02-25", **EVIDENCE},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self.evaluation.write(values)
            self.assertIn("2023", str(refusal.exception))
        self.evaluation.write({"directorate_date": "2023-12-31", "council_date": "2023-12-31"})

    def test_a_round_is_not_noted_before_the_political_meeting(self):
        self.evaluation.write({**EVIDENCE, "council_date": "2024-05-16"})
        self.evaluation.action_directorate()
        self.evaluation.action_political()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.evaluation.action_note()
        with freeze_time("2024-05-16 10:00:00"):
            self.evaluation.action_note()

    def test_a_round_was_not_discussed_in_the_directorate_on_a_day_ahead(self):
        self.evaluation.write({"directorate_date": "2024-05-16", "council_date": "2024-05-20"})
        for values in ({"state": "directorate"}, {"state": "political"}):
            with self.subTest(values=values), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                self.evaluation.write(values)
            self.assertIn("the directorate", str(refusal.exception))
        with freeze_time("2024-05-16 10:00:00"):
            self.evaluation.action_directorate()
            self.evaluation.action_political()  # put to a meeting that is to come
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.evaluation.directorate_date = "2024-05-17"

    def test_nothing_of_a_noted_round_changes(self):
        self._note()
        for values in (
            {"name": "Andet"},
            {"date_from": "2023-02-01"},
            {"date_to": "2023-11-01"},
            {"directorate_date": "2024-02-25"},
            {"council_date": "2024-03-13"},
            {"decision": "<p>Noget andet</p>"},
            *({name: "<p>Noget andet</p>"} for name in TEXTS),
            {"survey_id": False},
            {"actor_ids": [(5,)]},
            {"interview_ids": [(5,)]},
            {"actor_interview_ids": [(5,)]},
            {"state": "noted", "name": "Andet"},
        ):
            for user in (self.manager, self.env.user):
                with self.subTest(values=values), self.assertRaises(ValidationError) as refusal, self.cr.savepoint():
                    self.evaluation.with_user(user).write(values)
                self.assertIn("Reopen", str(refusal.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.evaluation.unlink()
        self.evaluation.message_post(body="Sendt til aktørerne")  # talking about it is no change

    def test_no_text_of_a_noted_round_is_translated_afterwards(self):
        self.env["res.lang"]._activate_lang("da_DK")
        self.evaluation.write(dict.fromkeys(TEXTS, "<p>As it was noted</p>"))
        self._note()
        danish = {"da_DK": {"As it was noted": "Noget andet"}}
        for name in TEXTS:
            with self.subTest(name=name), self.assertRaises(ValidationError), self.cr.savepoint():
                self.evaluation.update_field_translations(name, danish)
            with self.subTest(name=name), self.assertRaises(ValidationError), self.cr.savepoint():
                self.evaluation.with_context(lang="da_DK")[name] = "<p>Noget andet</p>"
        self.evaluation.action_reopen()
        self.evaluation.update_field_translations("policies", danish)
        self.assertIn("Noget andet", self.evaluation.with_context(lang="da_DK").policies)

    def test_the_form_of_a_noted_round_takes_nothing_that_would_be_refused(self):
        self._note()
        form = Form(self.evaluation)
        shown = self.evaluation._get_locked_fields() & form._view["fields"].keys()
        self.assertLessEqual({*TEXTS, "survey_id", "actor_ids"}, shown)
        for name in shown:
            self.assertTrue(form._get_modifier(name, "readonly"), name)

    def test_a_round_that_is_opened_again_can_be_corrected_and_its_log_tells(self):
        self._note()
        self.flush_tracking()
        self.evaluation.action_reopen()
        self.flush_tracking()
        self.assertEqual(self.evaluation.state, "open")
        self.assertEqual(self.evaluation.decision, EVIDENCE["decision"])
        tracked = self.evaluation.sudo().message_ids.tracking_value_ids
        changes = [(each.old_value_char, each.new_value_char) for each in tracked if each.field_id.name == "state"]
        self.assertIn(("Noted", "Open"), changes)
        self.evaluation.name = "Rettet"
        for move in ("directorate", "political", "note"):
            getattr(self.evaluation, f"action_{move}")()
        self.assertEqual(self.evaluation.state, "noted")

    def test_a_consultant_reads_a_round_and_changes_nothing_of_it(self):
        with Form(self.evaluation.with_user(self.consultant)) as form:
            self.assertEqual(form.name, "2023")
            self.assertNotIn("figure_ids", form._view["fields"])
            # no page is empty, and none asks for what only others may write
            pages = {page.get("string"): page.get("invisible") for page in form._view["tree"].iter("page")}
            self.assertEqual(pages.keys(), {"Interviews", "Answers", "Paper for the Council", "Decision"})
            self.assertEqual(pages["Decision"], "not decision")
            self.assertIn("not (background or assessment", pages["Paper for the Council"])
        with self.assertRaises(AccessError):
            self.evaluation.with_user(self.consultant).name = "Andet"

    def test_only_managers_move_a_round(self):
        self.evaluation.write(EVIDENCE)
        for user in (self.consultant, self.director_user, self.colleague):
            evaluation = self.evaluation.with_user(user)
            for name in ("directorate", "political", "note", "reopen", "refresh_figures"):
                with self.subTest(user=user.login, move=name), self.assertRaises(AccessError), self.cr.savepoint():
                    self.env.invalidate_all()
                    getattr(evaluation, f"action_{name}")()

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()
