"""What the web client asks the server for when a dashboard is opened, from the dashboard's own JSON."""

import json

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools.safe_eval import safe_eval

from odoo.addons.spreadsheet.utils.validate_data import odoo_charts


def get_domain(env, text):
    """:return: a domain of the JSON, with the companies and the day of the user who looks
    :rtype: list
    """
    known = {
        "allowed_company_ids": env.companies.ids,
        "context_today": lambda: fields.Date.context_today(env.user),
        "relativedelta": relativedelta,
    }
    return safe_eval(text, known) if isinstance(text, str) else text


def _get_prefixes(dimensions):
    names = [
        f"{dimension['fieldName']}:{dimension['granularity']}" if "granularity" in dimension else dimension["fieldName"]
        for dimension in dimensions
    ]
    return [names[:length] for length in range(len(names) + 1)]


def get_reads(env, dashboard):
    """:return: by the pivot's or the chart's id, what it counts, as a call without arguments
    :rtype: dict
    """
    data, reads = json.loads(dashboard.spreadsheet_data), {}
    for name, pivot in data["pivots"].items():
        sets = [row + col for row in _get_prefixes(pivot["rows"]) for col in _get_prefixes(pivot["columns"])]
        reads[name] = lambda pivot=pivot, sets=sets: env[pivot["model"]].formatted_read_grouping_sets(
            get_domain(env, pivot["domain"]), sets, ["__count"]
        )
    for chart in odoo_charts(data):
        reads[chart["id"]] = lambda chart=chart: (
            env[chart["metaData"]["resModel"]]
            .with_context(fill_temporal=True)
            .formatted_read_group(
                get_domain(env, chart["searchParams"]["domain"]), chart["metaData"]["groupBy"], ["__count"]
            )
        )
    return reads
