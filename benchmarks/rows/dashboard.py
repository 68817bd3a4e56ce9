"""The dashboard for the head of administration, at 100,000 actors and a million meetings, beside a pivot of as many events.

It needs the addon spreadsheet_dashboard_one_entrance.
"""

from datetime import date

from dateutil.relativedelta import relativedelta

from .row import WEB, Finding, row

DASHBOARD = "spreadsheet_dashboard_one_entrance.spreadsheet_dashboard_where_it_stands"


@row(
    "The dashboard, 100,000 actors, 1,000,000 meetings", logins=("admin",), where="whole", most_queries=40, most_ms=1000
)
def dashboard(env):
    """All that the web client asks for when it is opened and scrolled to its end: the JSON, each pivot, each plot."""
    from odoo.addons.spreadsheet_dashboard_one_entrance.tests.reads import get_reads  # noqa: PLC0415

    meetings = env["one.entrance.meeting"].search_count([])

    def run():
        opened = env.ref(DASHBOARD).with_context(**WEB)
        opened._get_serialized_readonly_dashboard()
        counted = {name: read() for name, read in get_reads(opened.env, opened).items()}
        actors, held = counted["1"][0][0]["__count"], counted["4"][0][0]["__count"]
        text = (
            f"the dashboard: {actors:,} actors in the scheme, {held:,} of {meetings:,} meetings held in eight quarters"
        )
        return Finding(text, actors > 90_000 and meetings == 1_000_000)

    return run


@dashboard.instead(where="whole")
def pivot_of_events(env):
    """Odoo's own pivot of a million calendar events of two years, by quarter and availability."""
    events = env["calendar.event"]
    domain = [("start", ">=", date.today() - relativedelta(months=24))]
    sets = [[], ["start:quarter"], ["show_as"], ["start:quarter", "show_as"]]
    return lambda: events.formatted_read_grouping_sets(domain, sets, ["__count"])
