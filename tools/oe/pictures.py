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
# Who sees where the whole stands, and makes the evaluation.
MANAGER = "manager"
# Who looks at the page on a phone.
LEADER = "director"
# An actor that is not mayor-led, so that its picture shows a contact leader.
ACTOR = "Aqua Djurs A/S"
# The documents that README shows: the picture's name by the file's, and the dots an inch.
DOCUMENTS = {
    "background-sheets": ("sheet", 90),
    "shared-sheets": ("shared_sheet", 70),
    "letters": ("letter", 70),
    "annex": ("annex", 70),
    "annex-public": ("annex_public", 70),
    "handbook": ("handbook", 70),
    "minutes": ("minutes", 70),
    "handover": ("handover", 70),
    "evaluation": ("paper", 70),
}


def screenshots(place, args=(), say=print):
    """Serve the demo database for a moment and take the pictures, in Danish; of a document its first page."""
    need("pdftoppm", "poppler-utils")
    demo.demo(place, say=say)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    actor = place.psql(
        demo.DATABASE, f"SELECT id FROM res_partner WHERE name = '{ACTOR}' AND one_entrance_step IS NOT NULL"
    )
    evaluation = place.psql(demo.DATABASE, "SELECT min(id) FROM one_entrance_evaluation")
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
            "inquiries=/odoo/action-one_entrance_inquiry.one_entrance_inquiry_action@1280x720#.o_kanban_record",
        )
        place.run(
            *(sys.executable, TOOLS / "screenshots.py", address, MANAGER, MANAGER, DESCRIPTION),
            "overview=/odoo/one-entrance-overview@1280x1000#.o-figure",
            f"evaluation=/odoo/action-one_entrance_evaluation.one_entrance_evaluation_action/{evaluation}@1280x1000#.o_form_view",
        )
        place.run(
            *(sys.executable, TOOLS / "screenshots.py", address, LEADER, LEADER, DESCRIPTION),
            "page=/odoo/action-one_entrance.one_entrance_home_action@390x1080#.o_kanban_record",
        )
    finally:
        child.terminate()
        place.wait(child)
    for file, (picture, resolution) in DOCUMENTS.items():
        place.run(
            *("pdftoppm", "-png", "-singlefile", "-r", resolution, "-f", 1, "-l", 1),
            *(DEMO / f"{file}-da.pdf", DESCRIPTION / picture),
        )
        say(DESCRIPTION / f"{picture}.png")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
