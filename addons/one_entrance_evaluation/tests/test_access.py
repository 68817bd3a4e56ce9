from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.one_entrance.tests.test_access import AccessCase

# Who may do what, as in the core's table.
MODELS = {
    "one.entrance.measure": ("", "", "", "", "", "", "", "r", "rwcd"),
    "one.entrance.evaluation": ("", "", "", "", "", "", "", "r", "rwcd"),
    "one.entrance.evaluation.figure": ("", "", "", "", "", "", "", "", "r"),
    "one.entrance.interview.wizard": ("", "", "", "", "", "", "", "c", "c"),
    "one.entrance.interview.wizard.line": ("", "", "", "", "", "", "", "", ""),
}


@tagged("post_install", "-at_install")
class TestEvaluationAccess(AccessCase):
    """Who may read and write rounds, figures, interviews and measures."""

    addon, rights = "one_entrance_evaluation", MODELS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls.env["one.entrance.evaluation"].create({"name": "2023"})
        cls.env.flush_all()

    def _get_record(self, model, variant):
        figure = "one.entrance.evaluation.figure"
        return self.evaluation.figure_ids[0] if model == figure else super()._get_record(model, variant)

    def _prepare_values(self, model, variant):
        if model.startswith("one.entrance.interview"):
            return self._prepare_interview_values(model)
        values = {
            "one.entrance.evaluation": {"name": "2022"},
            "one.entrance.evaluation.figure": {
                "evaluation_id": self.evaluation.id,
                "code": "meetings",
                "key": "more",
                "res_model": "one.entrance.meeting",
            },
            "one.entrance.measure": {"name": "DI", "year": 2023, "place": 33},
        }
        return values[model] if model in values else super()._prepare_values(model, variant)

    def _prepare_interview_values(self, model):
        evaluation = self.env["one.entrance.evaluation"].create(
            {
                "name": "Evaluering",
                "date_from": "2023-07-01",
                "date_to": "2024-06-30",
                "actor_ids": [Command.set(self.actor.ids)],
            }
        )
        if model == "one.entrance.interview.wizard":
            return {"evaluation_id": evaluation.id}
        evaluation.action_make_interviews()
        wizard = self.env["one.entrance.interview.wizard"].create({"evaluation_id": evaluation.id})  # somebody else's
        return {"wizard_id": wizard.id, "interview_id": evaluation.interview_ids[:1].id}

    def _prepare_change(self, model):
        values = {
            "one.entrance.evaluation": {"name": "Changed"},
            "one.entrance.evaluation.figure": {"value": 7},
            "one.entrance.interview.wizard": {"scope": "new"},
            "one.entrance.interview.wizard.line": {"sequence": 7},
            "one.entrance.measure": {"place": 34},
        }
        return values[model] if model in values else super()._prepare_change(model)

    def test_every_role_reads_and_writes_every_model_as_the_table_says(self):
        self._check_table()

    def test_no_public_method_writes_or_tells_anything_for_a_colleague(self):
        self._check_refused(
            [
                *(
                    getattr(self.evaluation.with_user(user), f"action_{name}")
                    for user in (self.colleague, self.director_user, self.consultant)
                    for name in ("directorate", "political", "note", "reopen", "refresh_figures")
                ),
                *(
                    self.evaluation.figure_ids[0].with_user(user).action_open
                    for user in (self.colleague, self.director_user, self.consultant)
                ),
            ]
        )

    def test_no_method_is_public_but_those_tried_here(self):
        known = {
            "action_check",
            "action_directorate",
            "action_make_interviews",
            "action_note",
            "action_one_entrance_open",
            "action_open",
            "action_open_interviews",
            "action_open_missing",
            "action_political",
            "action_print_paper",
            "action_refresh_figures",
            "action_reopen",
            "action_send",
            "action_send_links",
            "create",
            "write",
        }
        self._check_public_methods(known)
