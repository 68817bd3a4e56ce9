from odoo import api, models

MANAGER = "one_entrance.group_manager"
# The actions whose views show what was counted.
ACTIONS = {
    "res.partner": "one_entrance.res_partner_action",
    "one.entrance.meeting": "one_entrance.one_entrance_meeting_action",
    "one.entrance.meeting.point": "one_entrance.one_entrance_meeting_point_action",
}


class OneEntranceOverviewNumberMixin(models.AbstractModel):
    """Every number on the page for the head of administration is told twice, as a count and as the domain of the records
    behind it, so that a button opens exactly what was counted (S16).
    """

    _name = "one.entrance.overview.number.mixin"
    _description = "Numbers That Open What They Count"

    def action_open_overview(self):
        """Open the records behind one of the numbers: its field is in the context, ``one_entrance_count``.

        :raise AccessError: for who may not read the number
        """
        self.ensure_one()
        name = self.env.context.get("one_entrance_count")
        self.check_access("read")
        self._check_field_access(self._fields[name], "read")
        model, domain = self._get_overview_domain(name)
        return self._get_overview_action(
            model,
            domain,
            self.env._(
                "%(what)s: %(number)s", what=self.display_name, number=self._fields[name]._description_string(self.env)
            ),
        )

    @api.model
    def _get_overview_action(self, model, domain, name):
        """:return: the window action that shows these records in Odoo's own views, and no others
        :rtype: dict
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(self._get_actions()[model])
        action.update(name=name, display_name=name, domain=list(domain), context={"one_entrance_app": True})
        # a list tells more of many than cards do
        action["views"] = sorted(action["views"], key=lambda view: view[1] != "list")
        return action

    @api.model
    def _get_actions(self):
        """:return: by model, the action whose views show what was counted
        :rtype: dict[str, str]
        """
        return ACTIONS

    def _get_overview_domain(self, name):
        """:return: the model and the domain of the records that a number counts
        :rtype: tuple[str, Domain]
        """
        raise NotImplementedError
