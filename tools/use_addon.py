"""Use the addon a little on partners that were there before it.

    tools/run python tools/use_addon.py DATABASE

What is written must not outlive an uninstall; see tools/oe/uninstall.py.
"""

import sys
from datetime import date

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

MAIL = """\
Message-ID: <{number}@used.example>
From: {sender}
To: {to}
Subject: The way to the harbour
Content-Type: text/plain; charset=utf-8

Lorries wait for an hour.
"""


def use(env, partners):
    """A company that becomes an actor, and all that the scheme then holds about it.

    :param res.partner partners: companies that are no actors yet
    """
    today = date.today()
    partners.write({"one_entrance_kind": "company", "one_entrance_interval": 6})
    level = env["one.entrance.level"].search([("may_be_contact", "=", True)], limit=1)
    person = env["res.partner"].create({"name": "A director of an uninstalled scheme"})
    leader = env["one.entrance.leader"].create(
        {"partner_id": person.id, "level_id": level.id, "role": "director", "user_id": SUPERUSER_ID}
    )
    actors = env["res.partner"].create([{"name": f"Used {number}"} for number in range(3)])
    return leader, actors, today


def main():
    config.parse_config(["-d", sys.argv[1], "--no-http", "--max-cron-threads=0", "--log-level=warn"])
    with Registry(sys.argv[1]).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        partners = env["res.partner"].search(
            [("is_company", "=", True), ("id", "not in", env["res.company"].search([]).partner_id.ids)],
            order="id",
            limit=3,
        )
        use(env, partners)


if __name__ == "__main__":
    main()
