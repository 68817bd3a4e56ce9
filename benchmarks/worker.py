"""One database under measurement: reads the rows to run from standard input, answers with figures.

python benchmarks/worker.py DATABASE
"""

import gc
import json
import sys
import time

from rows import ROWS
from session import Session


def measure(session, entry, part):
    """Run one row once.

    :param str part: ``ours`` or ``vanilla``, which of the row's two functions
    :return: queries, milliseconds, and what the function found
    """
    with session.environment(entry.login, force_report_rendering=True) as env:
        function = getattr(entry, part)(env)
        env.cr.flush()  # what it prepared, and the messages of that
        env.invalidate_all()
        # what every request has read before it gets to its method
        env.user.has_group("base.group_user")
        env.company, env.companies, env.lang  # noqa: B018
        gc.collect()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        result = function()
        env.cr.flush()  # with the messages of changed fields, which are written at the end of a request
        milliseconds = (time.perf_counter() - began) * 1000
        queries = env.cr.sql_log_count - queries
    finding = result if type(result).__name__ == "Finding" else None
    return {"queries": queries, "ms": milliseconds, "finding": finding}


def main():
    answers = sys.stdout
    sys.stdout = sys.stderr
    session = Session(sys.argv[1])
    rows = {entry.name: entry for entry in ROWS}
    serves = False
    for line in sys.stdin:
        name, part = json.loads(line)
        if rows[name].needs_server and not serves:
            serves = True
            session.serve()
        try:
            answer = measure(session, rows[name], part)
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
    session.end()


if __name__ == "__main__":
    main()
