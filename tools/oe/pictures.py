"""``make screenshots``: the pictures of README and of Odoo's app list, from the demo database."""

import socket
import subprocess
import sys
import time

from . import demo
from .odoo import need
from .paths import DEMO, LOGS, ROOT, TOOLS, StopError

DESCRIPTION = ROOT / "static" / "description"
USER = "consultant"
# Who looks at the page on a phone.
LEADER = "director"
# An actor that is not mayor-led, so that its picture shows a contact leader.
ACTOR = "Aqua Djurs A/S"
SHEET_RESOLUTION = 90


def screenshots(place, args=(), say=print):
    """Serve the demo database for a moment and take the pictures, in Danish; the printed sheet is a page of the PDF."""
    need("pdftoppm", "poppler-utils")
    demo.demo(place, say=say)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    actor = place.psql(
        demo.DATABASE, f"SELECT id FROM res_partner WHERE name = '{ACTOR}' AND one_entrance_step IS NOT NULL"
    )
    child = place.start(
        *place.odoo_command(
            *("-d", demo.DATABASE, f"--db-filter=^{demo.DATABASE}$", "--no-database-list", f"--http-port={port}"),
            *("--http-interface=127.0.0.1", "--max-cron-threads=0", f"--logfile={LOGS / 'screenshots.log'}"),
        ),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while not demo.answers(address):
            if child.poll() is not None or time.monotonic() > deadline:
                raise StopError(f"the server does not start. See {LOGS / 'screenshots.log'}.")
            time.sleep(0.3)
        place.run(
            *(sys.executable, TOOLS / "screenshots.py", address, USER, USER, DESCRIPTION),
            "kanban=/odoo/one-entrance@1280x800#.o_kanban_record",
            f"form=/odoo/one-entrance/{actor}@1280x1040#.o_form_view",
        )
        place.run(
            *(sys.executable, TOOLS / "screenshots.py", address, LEADER, LEADER, DESCRIPTION),
            "page=/odoo/action-one_entrance.one_entrance_home_action@390x1080#.o_kanban_record",
        )
    finally:
        child.terminate()
        place.wait(child)
    place.run(
        *("pdftoppm", "-png", "-singlefile", "-r", SHEET_RESOLUTION, "-f", 1, "-l", 1),
        *(DEMO / "background-sheets-da.pdf", DESCRIPTION / "sheet"),
    )
    say(DESCRIPTION / "sheet.png")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
