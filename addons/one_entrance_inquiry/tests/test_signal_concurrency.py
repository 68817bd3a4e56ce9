import threading
from contextlib import contextmanager

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestSignalConcurrency(TransactionCase):
    """Two who save at once make one signal, with both inquiries in it (S9).

    The tests work in connections of their own, as servers do, on records that are committed and taken away again.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._take_away)
        with cls._connect() as env:
            level = env["one.entrance.level"].search([("may_be_contact", "=", True)], limit=1)
            person = env["res.partner"].create({"name": "Director of the Concurrency Test"})
            leader = env["one.entrance.leader"].create({"partner_id": person.id, "level_id": level.id})
            actors = env["res.partner"].create(
                [
                    {
                        "name": f"Actor {number} of the Concurrency Test",
                        "is_company": True,
                        "one_entrance_leader_id": leader.id,
                    }
                    for number in range(4)
                ]
            )
            theme = env["one.entrance.theme"].create({"name": "Theme of the Concurrency Test"})
            company = leader.company_id
            company.write({"one_entrance_signal_actors": 3, "one_entrance_signal_months": 6})
            cls.actor_ids, cls.leader_id, cls.person_id, cls.theme_id = actors.ids, leader.id, person.id, theme.id
            env.cr.commit()  # pylint: disable=invalid-commit

    @classmethod
    def _take_away(cls):
        with cls._connect() as env:
            env = env(context={"_force_unlink": True, "active_test": False})  # history is not deleted otherwise
            env["one.entrance.signal"].search([("theme_id", "=", cls.theme_id)]).unlink()
            env["one.entrance.inquiry"].search([("partner_id", "in", cls.actor_ids)]).unlink()
            env["one.entrance.signal"].search([("theme_id", "=", cls.theme_id)]).unlink()
            env["one.entrance.appointment"].search([("partner_id", "in", cls.actor_ids)]).unlink()
            env["res.partner"].browse(cls.actor_ids).unlink()
            env["one.entrance.leader"].browse(cls.leader_id).unlink()
            env["one.entrance.theme"].browse(cls.theme_id).unlink()
            env["res.partner"].browse(cls.person_id).unlink()
            env.cr.commit()  # pylint: disable=invalid-commit

    @classmethod
    @contextmanager
    def _connect(cls):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _raise(self, env, number):
        today = fields.Date.context_today(env["res.partner"])
        return env["one.entrance.inquiry"].create(
            {
                "partner_id": self.actor_ids[number],
                "name": "Støj",
                "received_date": today - relativedelta(days=1),
                "theme_ids": [(6, 0, [self.theme_id])],
            }
        )

    def test_whoever_saves_second_sees_what_the_first_has_saved(self):
        with self._connect() as env:
            self._raise(env, 0)
            env.cr.commit()  # pylint: disable=invalid-commit
        ready, tries, failures = threading.Barrier(2, timeout=20), [], []

        def save(number):
            try:
                with self._connect() as env:

                    def work():
                        tries.append(number)
                        env["one.entrance.theme"].search([], limit=1)  # the snapshot of the transaction
                        if tries.count(number) == 1:
                            ready.wait()
                        self._raise(env, number)

                    retrying(work, env)
            except Exception as failure:  # a thread's failure is told by the test
                failures.append(failure)

        with mute_logger("odoo.service.model", "odoo.sql_db"):
            threads = [threading.Thread(target=save, args=(number,)) for number in (1, 2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertFalse(failures)
        self.assertEqual(len(tries), 3, "the second waited, and began again")
        with self._connect() as env:
            signal = env["one.entrance.signal"].search([("theme_id", "=", self.theme_id), ("state", "=", "open")])
            self.assertEqual(len(signal), 1)
            self.assertEqual(sorted(signal.actor_ids.ids), self.actor_ids[:3])
