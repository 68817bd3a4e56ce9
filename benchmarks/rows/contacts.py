"""What everybody looks at in Contacts."""

import screens

from .row import KEY, WEB, key_partners, row

EVERYBODY = ("colleague", "consultant")


@row("Contacts, list of 80", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_list(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_tree", "list")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read([], spec, limit=80, count_limit=10001)


@row("Contacts, list of 80 actors", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_list_of_actors(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_tree", "list")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read(KEY, spec, limit=80, count_limit=10001)


@row("Contacts, kanban of 40", logins=EVERYBODY, more_queries=2, times=1.25)
def contacts_kanban(env):
    spec = screens.specification(env, "res.partner", "base.res_partner_kanban_view", "kanban")
    partners = env["res.partner"].with_context(**WEB)
    return lambda: partners.web_search_read([], spec, limit=40, count_limit=10001)


@row("Contact form, no actor", logins=EVERYBODY, more_queries=2, times=1.25)
def contact_form(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_form", "form")
    company = env["res.partner"].search(
        [("is_company", "=", True), ("company_registry", "=", False)], order="id desc", limit=1
    )
    return lambda: company.with_context(**WEB).web_read(spec)


def read_actor_form(env):
    spec = screens.specification(env, "res.partner", "base.view_partner_form", "form")
    actor = key_partners(env)[7]
    return lambda: actor.with_context(**WEB).web_read(spec)


@row("Contact form, an actor", logins=("colleague",), more_queries=2, times=1.25)
def actor_form(env):
    return read_actor_form(env)


# Its own bound: the consultant's page shows sheet, commitments and appointments, and nothing of it is read otherwise.
@row("Contact form, an actor, all of it", logins=("consultant",), more_queries=10, times=1.25)
def actor_form_of_consultant(env):
    return read_actor_form(env)
