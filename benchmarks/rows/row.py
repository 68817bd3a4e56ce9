"""One row of the table: what is done with One Entrance, what vanilla Odoo does in its place, and what it may cost.

A row is a function that gets an environment, prepares, and returns what is to be measured:

    @row("Actors, list of 80", logins=("consultant",), most_queries=15)
    def actor_list(env):
        ...
        return lambda: env["res.partner"].web_search_read(...)

Vanilla Odoo does the same, unless ``@actor_list.instead`` names another function for it. What is
measured may return a ``Finding``: its text stands below the table, and where it is not ok the row is over.
"""

from collections import namedtuple

ROWS = []
WEB = {"bin_size": True}
# What a row found out: text for below the table, whether that is as it ought to be, and how many things were done.
Finding = namedtuple("Finding", "text ok count", defaults=(None,))


class Row:
    """One line of the table.

    :param more_queries: the bound on queries beyond those of vanilla Odoo
    :param most_queries: the bound on queries as such
    :param each: the bound on queries for each thing done, as the finding counts them
    :param times: the bound on time, in times of vanilla Odoo's; soft
    :param most_ms: the bound on time as such; hard, for rows that are promised to be done within a time
    :param a_second: how many things ought to be done in a second; soft
    :param where: the database the row runs in: ``ours``; ``large`` and ``quiet`` with as many actors as contacts; or ``whole``,
        with a million meetings too, and with all addons
    :param rounds: how often it is measured at most
    :param least: how often at least
    :param warm: whether it runs once before, to fill the caches
    """

    def __init__(self, name, login=None, where="ours", rounds=15, least=3, warm=True, **bounds):
        self.name = name
        self.login = login
        self.where = where
        self.rounds = rounds
        self.least = least
        self.warm = warm
        self.more_queries = bounds.pop("more_queries", None)
        self.most_queries = bounds.pop("most_queries", None)
        self.each = bounds.pop("each", None)
        self.times = bounds.pop("times", None)
        self.most_ms = bounds.pop("most_ms", None)
        self.a_second = bounds.pop("a_second", None)
        if bounds:
            raise TypeError(f"{name}: unknown bounds {', '.join(bounds)}")
        self.needs_server = False
        self.instead_in = "vanilla"
        self.ours = self.vanilla = None

    def instead(self, function=None, where="vanilla"):
        """What stands in the vanilla column of this row; ``None`` leaves the column empty."""
        if function is None:
            return lambda function: self.instead(function, where)
        self.vanilla = function
        self.instead_in = where
        return self

    def alone(self):
        """Vanilla Odoo has nothing like it."""
        self.vanilla = None
        return self

    def judge(self, ours, vanilla):
        """Compare what was measured with the bounds.

        :param ours: what was measured with One Entrance: ``count`` of queries, ``ms``, ``findings``
        :param vanilla: the same of vanilla Odoo, where it was measured
        :return: the bounds as text, whether the hard ones hold, whether the soft ones hold
        """
        bounds, hard, soft = [], all(finding.ok for finding in ours.findings), True
        done = sum(finding.count or 0 for finding in ours.findings)
        if self.most_queries is not None:
            bounds.append(f"≤{self.most_queries} q")
            hard = hard and ours.count <= self.most_queries
        if self.more_queries is not None:
            bounds.append(f"+{self.more_queries} q")
            hard = hard and ours.count <= vanilla.count + self.more_queries
        if self.each is not None:
            bounds.append(f"≤{self.each} q each")
            hard = hard and ours.count <= done * self.each
        if self.most_ms is not None:
            bounds.append(f"≤{self.most_ms / 1000:g} s" if self.most_ms >= 1000 else f"≤{self.most_ms} ms")
            hard = hard and ours.ms <= self.most_ms
        if self.times is not None:
            bounds.append(f"{self.times:.2f}x")
            soft = soft and ours.ms <= vanilla.ms * self.times
        if self.a_second is not None:
            bounds.append(f"≥{self.a_second}/s")
            soft = soft and done / ours.ms * 1000 >= self.a_second
        return " ".join(bounds), hard, soft


def row(name, logins=(None,), **bounds):
    """Add a row, or one for each login."""

    def add(function):
        made = []
        for login in logins:
            entry = Row(f"{name}, {login}" if len(logins) > 1 else name, login=login, **bounds)
            entry.ours = entry.vanilla = function
            made.append(entry)
        ROWS.extend(made)
        return made[0] if len(made) == 1 else made

    return add


# The companies that are actors in One Entrance's database, found in both.
KEY = [("company_registry", "!=", False)]


def key_partners(env):
    return env["res.partner"].search(KEY, order="id")


def actor_domain(env):
    """The register as its action and its default filter make it."""
    return [
        ("one_entrance_step", "!=", False),
        ("one_entrance_company_id", "in", [1]),
        ("one_entrance_step", "!=", "left"),
    ]
