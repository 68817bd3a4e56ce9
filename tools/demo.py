"""Print the demo's background sheets as PDF, Danish and English.

    tools/run python tools/demo.py DATABASE FOLDER

All ready sheets go through the addon's own report in one call a language.  Nothing is
kept in the database.
"""

import re
import subprocess
import sys
from pathlib import Path

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

REPORT = "one_entrance.report_background_sheet"
LANGUAGES = {"da_DK": "da", "en_US": "en"}


def letters(text):
    """A text without what line breaks change."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def print_sheets(env, language, folder):
    sheets = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id")
    if not sheets:
        raise SystemExit("Error: the demo has no background sheet in state ready.")
    report = env["ir.actions.report"]._get_report(REPORT).with_context(lang=language)
    content, kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(REPORT, sheets.ids)
    if kind != "pdf" or not content.startswith(b"%PDF"):
        raise SystemExit(f"Error: {REPORT} made no PDF. Is wkhtmltopdf on PATH?")
    file = folder / f"background-sheets-{LANGUAGES[language]}.pdf"
    new = file.with_suffix(".new")
    new.write_bytes(content)
    pages = check(new, sheets)
    new.replace(file)
    return file, pages, len(sheets)


def check(file, sheets):
    """The number of pages, once every actor's name is found on them."""
    info = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    pages = int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])
    if pages < len(sheets):
        raise SystemExit(f"Error: {file} has {pages} pages for {len(sheets)} sheets.")
    text = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    flowing = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, text=True).stdout
    printed = letters(text) + letters(flowing)
    missing = [sheet.partner_id.name for sheet in sheets if letters(sheet.partner_id.name) not in printed]
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
            reader.lang = language  # for this print only: see the rollback
            env.flush_all()
            file, pages, sheets = print_sheets(env(user=reader), language, folder)
            cr.rollback()
        print(f"{file}: {sheets} sheets, {pages} pages")


if __name__ == "__main__":
    main()
