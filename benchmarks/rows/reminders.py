"""The nightly job, at 100,000 actors."""

from functools import partial

from .row import Finding, row


def open_reminders(env):
    return env["mail.activity"].search_count([("one_entrance_reason_date", "!=", False)])


def remind(env):
    """Give, move and withdraw the reminders."""
    reminder = env["one.entrance.reminder"]
    for model in ("res.partner", "one.entrance.meeting"):
        for _processed in reminder._remind_about(model):
            pass


def counted(env, expected, work):
    before = open_reminders(env)

    def run():
        work()
        env.flush_all()
        given = open_reminders(env) - before
        return Finding(f"{given:,} reminders given", expected(given), given)

    return run


@row("Reminders: nothing due, 100,000 actors", where="quiet", most_queries=5)
def nothing_due(env):
    return partial(remind, env)


@row("Reminders: 10,000 due, 100,000 actors", where="large", each=1.2, a_second=800, rounds=3, warm=False)
def many_due(env):
    return counted(env, lambda given: given > 10_000, partial(remind, env))


@row("Reminders: a second run", where="large", rounds=1, least=1, warm=False)
def second_run(env):
    remind(env)
    return counted(env, lambda given: given == 0, partial(remind, env))


# --- all of the night's work: handovers that are due, reminders, and the week's digests


def whole_night(env):
    return env["one.entrance.reminder"]._remind


@row("The whole night, 1,000 actors", rounds=3)
def night(env):
    return whole_night(env)


@row("The whole night, nothing due, 100,000 actors", where="quiet", most_queries=7)
def quiet_night(env):
    # everybody has had the week's digest
    env["res.users"].search([]).one_entrance_digest_date = env.cr.now().date()
    return whole_night(env)


@row("The whole night, 10,000 due, 100,000 actors", where="large", rounds=1, least=1, warm=False)
def busy_night(env):
    return counted(env, lambda given: given > 10_000, whole_night(env))


for entry in (nothing_due, many_due, second_run, night, quiet_night, busy_night):
    entry.alone()
