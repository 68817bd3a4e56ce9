"""The page for the head of administration, at 100,000 actors and a million meetings, beside a pivot of as many events."""

from datetime import date

import screens
from dateutil.relativedelta import relativedelta

from .row import WEB, Finding, row

PAGE = "one_entrance_overview.one_entrance_overview_view_form"


@row(
    "The overview, 100,000 actors, 1,000,000 meetings", logins=("admin",), where="whole", most_queries=30, most_ms=1000
)
def overview(env):
    """All that the web client asks for when the menu is clicked: the action, its views, and the page itself."""
    page = env["one.entrance.overview"]
    spec = screens.specification(env, page._name, PAGE, "form")
    action = env.ref("one_entrance_overview.one_entrance_overview_action")
    meetings = env["one.entrance.meeting"].search_count([])

    def run():
        loaded = env[action._name].browse(action.id).sudo()._get_action_dict()
        page.get_views([*loaded["views"], (False, "search")], {"load_filters": True, "toolbar": True})
        values = page.browse(loaded["res_id"]).with_context(**WEB).web_read(spec)[0]
        actors, held = values["overview_actor_count"], sum(quarter["held_count"] for quarter in values["quarter_ids"])
        text = f"the overview: {actors:,} actors in the scheme, {held:,} of {meetings:,} meetings held in two years"
        return Finding(text, actors > 90_000 and meetings == 1_000_000)

    return run


@overview.instead(where="whole")
def pivot_of_events(env):
    """Odoo's own pivot of a million calendar events of two years, by quarter and availability."""
    events = env["calendar.event"]
    domain = [("start", ">=", date.today() - relativedelta(months=24))]
    sets = [[], ["start:quarter"], ["show_as"], ["start:quarter", "show_as"]]
    return lambda: events.formatted_read_grouping_sets(domain, sets, ["__count"])
