"""Print the demo's documents as PDF, Danish and English.

    tools/run python tools/demo.py DATABASE FOLDER

All records of a document go through the addon's own report in one call a language, as the
user who has the role for it.  Documents of addons that the database lacks are left out.
Nothing is kept in the database.
"""

import re
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

LANGUAGES = {"da_DK": "da", "en_US": "en"}
LETTERS = 20


def letters(text):
    """A text without what line breaks change."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def actors(env):
    return env["res.partner"].search([("one_entrance_step", "not in", (False, "left"))])


def find_sheets(env):
    return env["one.entrance.sheet"].search([("state", "=", "ready")], order="id")


def find_shared_sheets(env):
    return find_sheets(env).filtered(lambda sheet: "shared" in sheet.section_ids.mapped("audience"))


def find_letters(env):
    every = actors(env)
    return (every - every.browse(actor.id for actor in every._get_one_entrance_letter_problems()))[:LETTERS]


def find_minutes(env):
    return env["one.entrance.meeting"].search([("state", "=", "held"), ("point_ids", "!=", False)], order="id")


def find_handover(env):
    """The actors of the leader who holds most."""
    held = actors(env).filtered("one_entrance_leader_id")
    return max(held.grouped("one_entrance_leader_id").values(), key=len)


def find_mayor_led(env):
    return actors(env).filtered("one_entrance_mayor_led")


def find_evaluation(env):
    return env["one.entrance.evaluation"].search([], limit=1)


# file: its name without language; report: with its addon; records: what is printed; count: how many there are at least; names: what each record
# is found by on the pages; one: whether all of it is one document
Document = namedtuple("Document", "file report records count names one", defaults=("partner_id.name", False))
DOCUMENTS = (
    Document("background-sheets", "one_entrance.report_background_sheet", find_sheets, 1),
    Document("shared-sheets", "one_entrance.report_background_sheet_shared", find_shared_sheets, 1),
    Document("letters", "one_entrance.report_letter", find_letters, LETTERS, "name"),
    Document("annex", "one_entrance.report_actor_list", actors, LETTERS, "name", True),
    Document("annex-public", "one_entrance.report_actor_list_public", actors, LETTERS, "name", True),
    Document("handbook", "one_entrance.report_actor_list_handbook", find_mayor_led, 1, "name", True),
    Document("minutes", "one_entrance.report_minutes", find_minutes, 1),
    Document("handover", "one_entrance.report_handover", find_handover, 1, "name"),
    Document("evaluation", "one_entrance_evaluation.report_evaluation", find_evaluation, 1, "name"),
)


def is_installed(env, document):
    return env["ir.module.module"]._get(document.report.split(".")[0]).state == "installed"


def print_document(env, document, language, folder):
    records = document.records(env)
    if len(records) < document.count:
        raise SystemExit(
            f"Error: the demo has {len(records)} records for {document.report}, {document.count} are wanted."
        )
    report = env["ir.actions.report"]._get_report(document.report)
    report = report.with_context(lang=language, force_report_rendering=True)
    content, kind = report._render_qweb_pdf(document.report, records.ids)
    if kind != "pdf" or not content.startswith(b"%PDF"):
        raise SystemExit(f"Error: {document.report} made no PDF. Is wkhtmltopdf on PATH?")
    file = folder / f"{document.file}-{LANGUAGES[language]}.pdf"
    new = file.with_suffix(".new")
    new.write_bytes(content)
    pages = check(new, records.mapped(document.names), 1 if document.one else len(records))
    new.replace(file)
    return f"{file}: {len(records)} {'rows' if document.one else 'documents'}, {pages} pages"


def check(file, names, least):
    """The number of pages, once every name is found on them."""
    info = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    pages = int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])
    if pages < least:
        raise SystemExit(f"Error: {file} has {pages} pages for {least} documents.")
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    flowing = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, text=True).stdout
    printed = letters(text) + letters(flowing)
    missing = [name for name in names if letters(name) not in printed]
    if missing:
        raise SystemExit(f"Error: {file} lacks {', '.join(missing)}.")
    return pages


def main():
    database, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    config.parse_config(
        ["-d", database, "--db-filter", f"^{re.escape(database)}$", "--max-cron-threads=0", "--log-level=warn"]
    )
    Registry(database)
    for language in LANGUAGES:
        with Registry(database).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {"lang": language, "tz": "Europe/Copenhagen"})
            reader = env.ref("base.user_admin")
            # for this print only, see the rollback: letters are in the actors' language
            reader.lang = language
            actors(env).lang = language
            env.flush_all()
            lines = [
                print_document(env(user=reader), document, language, folder)
                for document in DOCUMENTS
                if is_installed(env, document)
            ]
            cr.rollback()
        print("\n".join(lines))


if __name__ == "__main__":
    main()
