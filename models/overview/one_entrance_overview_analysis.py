from odoo import models

# What each of the page's parts opens in Odoo's own pivot or graph: the number it is about, the kind of view, rows and
# columns, or the axis and the bars.
ANALYSES = {
    "step": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_step"]),
    "dialogue": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_dialogue_state"]),
    "sheet": ("overview_actor_count", "pivot", ["one_entrance_leader_id"], ["one_entrance_sheet_state"]),
    "commitment": ("overview_commitment_count", "pivot", ["responsible_id"], ["deadline:month"]),
    "inquiry": ("overview_inquiry_count", "pivot", ["leader_id"], ["state"]),
    "unreached": ("unreached_count", "pivot", ["zip", "city"], ["one_entrance_kind"]),
    "departed": ("departed_count", "pivot", ["zip", "city"], ["one_entrance_kind"]),
    "held": ("meeting_count", "graph", ["date:quarter", "state"], []),
    "used": ("held_count", "graph", ["date:quarter", "sheet_used"], []),
    "received": ("received_count", "graph", ["received_date:quarter", "state"], []),
    "contact": ("contact_count", "graph", ["one_entrance_contact_date:quarter", "one_entrance_kind"], []),
}


class OneEntranceOverview(models.Model):
    """Each part of the page opens in Odoo's own pivot or graph, where it can be turned and filtered (S16)."""

    _inherit = "one.entrance.overview"

    def action_analyse(self):
        """Open a part of the page as pivot or graph: its name is in the context, ``one_entrance_analysis``.

        :raise AccessError: for who may not read the page
        """
        self.ensure_one()
        self.check_access("read")
        name, view_type, rows, columns = ANALYSES[self.env.context.get("one_entrance_analysis")]
        owner = self if name in self._fields else self.quarter_ids
        model, domain = owner._get_overview_domain(name)
        action = self._get_overview_action(model, domain, owner._fields[name]._description_string(self.env))
        shown = {kind: view_id for view_id, kind in action["views"]}
        kinds = sorted(("pivot", "graph", "list", "form"), key=lambda kind: kind != view_type)
        action["views"] = [(shown.get(kind, False), kind) for kind in kinds]
        if view_type == "pivot":
            action["context"].update(pivot_row_groupby=rows, pivot_column_groupby=columns)
        else:
            action["context"].update(graph_groupbys=rows)
        return action
