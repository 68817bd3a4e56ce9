"""Printing: many documents in one go."""

from odoo.tools import split_every

from .row import Finding, actor_domain, key_partners, row

ACTORS = 500
SHEETS = 50
MINUTES = 50
LETTERS = 200
PLAIN_AT_ONCE = 50
LETTERS_HTML = 50


@row(f"{SHEETS} sheets as HTML, beside 1", logins=("consultant",), more_queries=5, rounds=5)
def sheets_html(env):
    sheets = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=SHEETS)
    report = "one_entrance.report_background_sheet"
    return lambda: env["ir.actions.report"]._render_qweb_html(report, sheets.ids)


@sheets_html.instead(where="ours")
def one_sheet_html(env):
    sheet = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=1)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_background_sheet", sheet.ids)


@row(f"{MINUTES} minutes as HTML, beside 1", logins=("consultant",), more_queries=5, rounds=5)
def minutes_html(env):
    meetings = env["one.entrance.meeting"].search([("minutes", "!=", False)], order="id", limit=MINUTES)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_minutes", meetings.ids)


@minutes_html.instead(where="ours")
def one_minutes_html(env):
    meeting = env["one.entrance.meeting"].search([("minutes", "!=", False)], order="id", limit=1)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_minutes", meeting.ids)


@row(f"Annex of {ACTORS} actors as HTML, beside 10", logins=("consultant",), more_queries=5, rounds=5)
def annex_html(env):
    actors = env["res.partner"].search(actor_domain(env), order="id", limit=ACTORS)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_actor_list", actors.ids)


@annex_html.instead(where="ours")
def short_annex_html(env):
    actors = env["res.partner"].search(actor_domain(env), order="id", limit=10)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_actor_list", actors.ids)


def printed(env, report, records, at_once=None):
    """:param int at_once: how many documents a call of the printer makes; all of them where none is given"""

    def run():
        for ids in split_every(at_once or len(records), records.ids):
            content, kind = env["ir.actions.report"]._render_qweb_pdf(report, ids)
            if kind != "pdf" or not content.startswith(b"%PDF"):
                return Finding(f"{report} made no PDF", False)
        return None

    return run


@row(f"{SHEETS} sheets as one PDF", logins=("consultant",), times=1.15, rounds=3)
def sheets_pdf(env):
    sheets = env["one.entrance.sheet"].search([("state", "=", "ready")], order="id", limit=SHEETS)
    return printed(env, "one_entrance.report_background_sheet", sheets)


@sheets_pdf.instead
def plain_pdf(env):
    return printed(env, "bench.plain_document", key_partners(env)[:SHEETS])


sheets_pdf.needs_server = True


def receivers(env, count):
    """Actors whom the official letter is written to: those that have not left the scheme."""
    return key_partners(env).filtered(lambda partner: partner.one_entrance_step != "left")[:count]


@row(f"{LETTERS_HTML} letters as HTML, beside 1", logins=("consultant",), more_queries=5, rounds=5)
def letters_html(env):
    actors = receivers(env, LETTERS_HTML)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_letter", actors.ids)


@letters_html.instead(where="ours")
def one_letter_html(env):
    actor = receivers(env, 1)
    return lambda: env["ir.actions.report"]._render_qweb_html("one_entrance.report_letter", actor.ids)


@row(f"{LETTERS} letters as one PDF", logins=("consultant",), times=1.15, rounds=3)
def letters_pdf(env):
    return printed(env, "one_entrance.report_letter", receivers(env, LETTERS))


@letters_pdf.instead
def plain_letters_pdf(env):
    # the printer falls over 200 of Odoo's own documents in one call
    return printed(env, "bench.plain_document", key_partners(env)[:LETTERS], at_once=PLAIN_AT_ONCE)


letters_pdf.needs_server = True
