"""The register of actors, and the lists of what was said with them."""

import screens

from .contacts import contacts_list
from .row import KEY, WEB, Finding, actor_domain, row


@row("Actors, list of 80", logins=("consultant",), most_queries=15)
def actor_list(env):
    spec = screens.specification(env, "res.partner", "one_entrance.res_partner_actor_view_list", "list")
    partners = env["res.partner"].with_context(**WEB)
    domain = actor_domain(env)

    def run():
        partners.web_search_read(domain, spec, limit=80, count_limit=10001)
        return Finding("the list of actors reads no application_statistics", "application_statistics" not in spec)

    return run


@actor_list.instead
def contacts_list_beside(env):
    return contacts_list[1].ours(env)


def grouped_kanban(env, view, domain, group):
    spec = screens.specification(env, "res.partner", view, "kanban")
    bar = screens.progress_bar(env, "res.partner", view)
    partners = env["res.partner"].with_context(read_group_expand=True, **WEB)

    def run():
        partners.web_read_group(
            domain, [group], [], auto_unfold=True, unfold_read_specification=spec, unfold_read_default_limit=40
        )
        if bar:
            partners.read_progress_bar(domain, group, bar)

    return run


@row("Actors, kanban by step", logins=("consultant",), more_queries=1, times=1.25)
def actor_kanban(env):
    view = "one_entrance.res_partner_actor_view_kanban"
    return grouped_kanban(env, view, [("one_entrance_step", "!=", False)], "one_entrance_step")


@actor_kanban.instead
def contacts_by_industry(env):
    return grouped_kanban(env, "base.res_partner_kanban_view", KEY, "industry_id")


@row("Actors, pivot", logins=("consultant",), more_queries=1, times=1.25)
def actor_pivot(env):
    row_field, column = "one_entrance_leader_id", "one_entrance_step"
    sets = [[], [row_field], [column], [row_field, column]]
    return lambda: env["res.partner"].formatted_read_grouping_sets(actor_domain(env), sets, ["__count"])


@actor_pivot.instead
def contacts_pivot(env):
    sets = [[], ["country_id"], ["industry_id"], ["country_id", "industry_id"]]
    return lambda: env["res.partner"].formatted_read_grouping_sets(KEY, sets, ["__count"])


@row("Actors, graph", logins=("consultant",), more_queries=1, times=1.25)
def actor_graph(env):
    groups = ["one_entrance_step", "one_entrance_kind"]
    return lambda: env["res.partner"].formatted_read_group(actor_domain(env), groups, ["__count"])


@actor_graph.instead
def contacts_graph(env):
    return lambda: env["res.partner"].formatted_read_group(KEY, ["industry_id", "type"], ["__count"])


@row("Actors overdue, list of 80, 100,000 actors", logins=("consultant",), where="large", most_queries=15)
def overdue_list(env):
    spec = screens.specification(env, "res.partner", "one_entrance.res_partner_actor_view_list", "list")
    partners = env["res.partner"].with_context(**WEB)
    domain = [*actor_domain(env), ("one_entrance_dialogue_state", "=", "overdue")]
    return lambda: partners.web_search_read(domain, spec, limit=80, count_limit=10001)


@overdue_list.instead
def list_of_contacts(env):
    return contacts_list[1].ours(env)


# --- the dialogue


def leader_page(env):
    spec = screens.specification(env, "one.entrance.leader", "one_entrance.one_entrance_leader_view_page", "form")
    leader = env["one.entrance.leader"].search([("delegate_id", "=", env.uid)], order="id desc", limit=1)
    return lambda: leader.with_context(**WEB).web_read(spec)


@row("A leader's own page, 20 actors", logins=("delegate5",), most_queries=25)
def page(env):
    return leader_page(env)


@row("A leader's own page, 2,600 actors", logins=("delegate5",), where="large", most_queries=35)
def large_page(env):
    return leader_page(env)


page.alone()
large_page.alone()


def dialogue_list(model, view, domain):
    def function(env):
        spec = screens.specification(env, model, view, "list")
        records = env[model].with_context(**WEB)
        return lambda: records.web_search_read(domain, spec, limit=80, count_limit=10001)

    return function


@row("Meetings, list of 80", logins=("consultant",), most_queries=15)
def meeting_list(env):
    return dialogue_list("one.entrance.meeting", "one_entrance.one_entrance_meeting_view_list", [])(env)


@row("Commitments, list of 80", logins=("consultant",), most_queries=15)
def commitment_list(env):
    view = "one_entrance.one_entrance_meeting_point_view_list"
    open_points = [("commitment", "!=", False), ("state", "in", ("open", "late"))]
    return dialogue_list("one.entrance.meeting.point", view, open_points)(env)


def events_list(env):
    return dialogue_list("calendar.event", "calendar.view_calendar_event_tree", [])(env)


meeting_list.instead(events_list)
commitment_list.instead(events_list)
