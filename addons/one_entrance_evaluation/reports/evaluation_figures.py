from types import SimpleNamespace

# The steps of the rollout that an actor stands on while it is in the scheme, and those on which each of the three numbered
# ones has been reached.
STEPS = ("appointed", "letter", "contact", "plan")
REACHED = {1: STEPS[1:], 2: STEPS[2:], 3: STEPS[3:]}


class Figures:
    """The figures of one round, found by what they measure. A figure that is not there has no value."""

    def __init__(self, rows):
        """:param list[SimpleNamespace] rows: as ``one.entrance.evaluation._get_figures`` returns them"""
        self._rows = {}
        for row in rows:
            self._rows.setdefault(row.code, []).append(row)

    def get_all(self, code):
        """:return: the figures of a code, in printing order, a key each"""
        return self._rows.get(code, [])

    def get(self, code, key=False):
        """:return: one figure; an empty one where there is none"""
        for row in self.get_all(code):
            if (row.key or False) == key:
                return row
        return SimpleNamespace(
            code=code, key=key, label="", key_label=False, value=None, unit="count", count=0, base=None
        )

    def get_value(self, code, key=False):
        return self.get(code, key).value

    def get_sum(self, code):
        """:return: the sum over all keys, or ``None`` where nothing is known"""
        values = [row.value for row in self.get_all(code) if row.value is not None]
        return sum(values) if values else None

    def count_actors(self, moment):
        """:return: the number of actors in the scheme at the ``start`` or ``end`` of the period, or ``None``"""
        return self._add(moment, STEPS)

    def count_reached(self, moment, number):
        """:return: as ``count_actors``, those that have come to this numbered step (1 to 3) or further"""
        return self._add(moment, REACHED[number])

    def _add(self, moment, steps):
        values = [self.get_value(f"rollout_{moment}", step) for step in steps]
        known = [value for value in values if value is not None]
        return sum(known) if known else None
