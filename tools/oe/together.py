"""Several jobs side by side, as many at a time as there are cores."""

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from .paths import StopError

#: Each may hold an Odoo and a browser in memory.
MOST = 4


class Jobs:
    """Named functions that run side by side; what each says comes in one piece when it has ended."""

    def __init__(self, say=print):
        self.say = say
        self.jobs = {}
        self.ended = {}

    def add(self, name, function):
        """A function that gets ``say``; they begin in this order."""
        self.jobs[name] = function
        self.ended[name] = threading.Event()

    def wait_for(self, name):
        """For a job that needs another one, which was added before it."""
        self.ended[name].wait()

    def has_ended(self, name):
        return self.ended[name].is_set()

    def run(self):
        """Run all of them; returns what went wrong, one line a job."""
        wrong = []
        pool = ThreadPoolExecutor(min(len(os.sched_getaffinity(0)), MOST))
        try:
            futures = [pool.submit(self._run, name) for name in self.jobs]
            for future in as_completed(futures):
                name, lines, seconds, error = future.result()
                for line in [*lines, *([f"FAILED: {error}"] if error else []), f"{name}: {seconds:.0f} s"]:
                    self.say(line)
                sys.stdout.flush()
                if error:
                    wrong.append(str(error))
        finally:
            # Whatever ends us early, the workplace ends what was started.
            pool.shutdown(wait=False, cancel_futures=True)
        return wrong

    def _run(self, name):
        lines, began, error = [], time.monotonic(), None
        try:
            self.jobs[name](lines.append)
        except StopError as stop:
            error = stop
        finally:
            self.ended[name].set()
        return name, lines, time.monotonic() - began, error
