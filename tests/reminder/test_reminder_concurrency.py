from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

import psycopg2
from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

MODELS = "odoo.addons.one_entrance.models.reminder"
ACTORS = 5


@tagged("post_install", "-at_install")
class TestReminderConcurrency(TransactionCase):
    """Killed at any moment and run twice at once, the nightly job ends with exactly the right reminders (S7).

    The tests work in connections of their own, as servers do, on actors that are committed and taken away again. The job
    is kept to these.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls._connect() as env:
            today = fields.Date.context_today(env["res.partner"])
            level = env["one.entrance.level"].search([("may_be_contact", "=", True)], limit=1)
            person = env["res.partner"].create({"name": "Director of the Concurrency Test"})
            leader = env["one.entrance.leader"].create(
                {"partner_id": person.id, "level_id": level.id, "user_id": env.ref("base.user_admin").id}
            )
            actors = env["res.partner"].create(
                [
                    {
                        "name": f"Actor {number} of the Concurrency Test",
                        "is_company": True,
                        "one_entrance_leader_id": leader.id,
                        "one_entrance_step": "plan",
                        "one_entrance_letter_date": today - relativedelta(months=9),
                        "one_entrance_contact_date": today - relativedelta(months=8),
                        "one_entrance_plan_date": today - relativedelta(months=7),
                        "one_entrance_interval": 6,
                    }
                    for number in range(ACTORS)
                ]
            )
            cls.actor_ids, cls.leader_id, cls.person_id = actors.ids, leader.id, person.id
            env.cr.commit()  # pylint: disable=invalid-commit
        cls.addClassCleanup(cls._take_away)

    @classmethod
    def _take_away(cls):
        with cls._connect() as env:
            env = env(context={"_force_unlink": True, "active_test": False})  # history is not deleted otherwise
            actors = env["res.partner"].browse(cls.actor_ids)
            env["one.entrance.appointment"].search([("partner_id", "in", actors.ids)]).unlink()
            actors.unlink()
            env["one.entrance.leader"].browse(cls.leader_id).unlink()
            env["res.partner"].browse(cls.person_id).unlink()
            env.cr.commit()  # pylint: disable=invalid-commit

    @classmethod
    @contextmanager
    def _connect(cls):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def setUp(self):
        super().setUp()
        reminder = type(self.env["one.entrance.reminder"])
        reason = type(self.env["one.entrance.reminder.reason"])
        find_open, in_scheme = reminder._find_open, reason._get_in_scheme_domain
        ours = Domain("id", "in", self.actor_ids)
        for model, name, method in (
            (reminder, "_get_parts", lambda this: [partial(this._remind_about, "res.partner")]),
            (reason, "_get_in_scheme_domain", lambda this: in_scheme(this) & ours),
            (
                reminder,
                "_find_open",
                lambda this, model, scope: find_open(this, model, scope & Domain("res_id", "in", self.actor_ids)),
            ),
        ):
            self.patch(model, name, api.model(method))
        patcher = patch(f"{MODELS}.one_entrance_reminder.BATCH", 2)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.addCleanup(self._forget)

    def _forget(self):
        with self._connect() as env:
            self._find(env).unlink()
            env.cr.commit()  # pylint: disable=invalid-commit

    def _find(self, env):
        return env["mail.activity"].search([("res_model", "=", "res.partner"), ("res_id", "in", self.actor_ids)])

    def _get_reminded(self):
        """:return: the ids of the actors that somebody has been reminded of, once for each reminder"""
        with self._connect() as env:
            return sorted(self._find(env).mapped("res_id"))

    def _run(self):
        with self._connect() as env:
            env["one.entrance.reminder"]._cron_remind()

    def test_it_gives_each_reminder_once(self):
        self._run()
        self.assertEqual(self._get_reminded(), self.actor_ids)
        self._run()
        self.assertEqual(self._get_reminded(), self.actor_ids)

    @mute_logger(f"{MODELS}.one_entrance_reminder")
    def test_killed_in_the_middle_and_begun_again(self):
        reminder = type(self.env["one.entrance.reminder"])
        reconcile = reminder._reconcile
        batches = []

        def fail_in_the_second(this, model, records, scope, give=True):
            batches.append(records)
            changed = reconcile(this, model, records, scope, give)
            if len(batches) == 2:
                raise KeyboardInterrupt  # as a worker is ended
            return changed

        with patch.object(reminder, "_reconcile", api.model(fail_in_the_second)), self.assertRaises(KeyboardInterrupt):
            self._run()
        self.assertEqual(self._get_reminded(), self.actor_ids[:2], "what was committed stays, nothing else is there")
        self._run()
        self.assertEqual(self._get_reminded(), self.actor_ids)

    @mute_logger(f"{MODELS}.one_entrance_reminder")
    def test_a_part_that_fails_does_not_hold_up_the_others(self):
        def fail(this):
            yield 0
            this.env.cr.execute("SELECT 1 / 0")

        reminder = type(self.env["one.entrance.reminder"])
        self.patch(
            reminder, "_get_parts", lambda this: [partial(fail, this), partial(this._remind_about, "res.partner")]
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.DivisionByZero):
            self._run()
        self.assertEqual(self._get_reminded(), self.actor_ids)

    def test_odoo_runs_the_job_once_at_a_time_also_by_hand(self):
        job_id = self.env.ref("one_entrance.ir_cron_reminders").id
        with self._connect() as env, self._connect() as other:
            self.assertTrue(env["ir.cron"]._acquire_one_job(env.cr, job_id, include_not_ready=True))
            with self.assertRaises(UserError):
                other["ir.cron"].browse(job_id).method_direct_trigger()
        self.assertFalse(self._get_reminded())

    def _run_in_the_middle_of_another(self):
        """Let a second run begin and end while the first one is between two batches."""
        reminder = type(self.env["one.entrance.reminder"])
        find_candidates = reminder._find_candidates
        runs = []

        def begin_another(this, model, after=0, among=None):
            if not runs and after:
                runs.append("second")
                self._run()
                runs.append("over")
            return find_candidates(this, model, after, among)

        with patch.object(reminder, "_find_candidates", api.model(begin_another)):
            self._run()
        self.assertEqual(runs, ["second", "over"])

    def test_a_second_run_in_the_middle_of_the_first(self):
        """As nobody can start one but by calling the method itself."""
        self._run_in_the_middle_of_another()
        self.assertEqual(self._get_reminded(), self.actor_ids)

    def test_the_database_takes_no_reminder_twice(self):
        """A run that has looked before another has written cannot write the same."""
        with self._connect() as env:
            reminder = env["one.entrance.reminder"]
            self.assertFalse(self._find(env))
            self._run()
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
                reminder._remind()
                env.flush_all()
            env.cr.rollback()
        self.assertEqual(self._get_reminded(), self.actor_ids)
