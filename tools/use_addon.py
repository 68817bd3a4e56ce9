"""Use the addon a little on partners that were there before it.

    tools/run python tools/use_addon.py DATABASE

What is written must not outlive an uninstall; see tools/oe/uninstall.py.
"""

import sys

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config


def main():
    config.parse_config(["-d", sys.argv[1], "--no-http", "--max-cron-threads=0", "--log-level=warn"])
    with Registry(sys.argv[1]).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        partners = env["res.partner"].search(
            [("is_company", "=", True), ("id", "not in", env["res.company"].search([]).partner_id.ids)],
            order="id",
            limit=3,
        )
        partners.write({"one_entrance_kind": "company"})
        if "one_entrance_interval" in partners._fields:
            partners.write({"one_entrance_interval": 6})


if __name__ == "__main__":
    main()
