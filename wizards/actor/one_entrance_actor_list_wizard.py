from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain

DOCUMENTS = {
    "annex": "one_entrance.report_actor_list",
    "public": "one_entrance.report_actor_list_public",
    "handbook": "one_entrance.report_actor_list_handbook",
}


class OneEntranceActorListWizard(models.TransientModel):
    """Prints a list (S2, S10) of the chosen actors, of all that the filter shows, or of all in the scheme.

    The actors are a domain, so that none is cut off. One that has left is printed only where chosen for the annex.
    """

    _name = "one.entrance.actor.list.wizard"
    _description = "Print an Actor List"

    document = fields.Selection(
        [
            ("annex", "Annex to a case: with steps and meetings, internal"),
            ("public", "For publication: nothing internal"),
            ("handbook", "For the council's handbook: the mayor-led actors, nothing internal"),
        ],
        string="List",
        required=True,
        default="annex",
    )
    scope = fields.Selection(
        [("chosen", "Chosen"), ("filter", "Filter"), ("all", "All")],
        required=True,
        default="all",
        export_string_translation=False,
    )
    domain = fields.Char(required=True, default="[]", export_string_translation=False)
    actors_text = fields.Char(string="Actors", compute="_compute_actors_text")
    note = fields.Char(compute="_compute_actors_text", export_string_translation=False)

    @api.depends("document", "scope", "domain")
    @api.depends_context("allowed_company_ids")
    def _compute_actors_text(self):
        """Say which actors these are, and which of them the list will be without."""
        for wizard in self:
            actors = wizard._get_actors()
            left = actors.filtered(lambda actor: actor.one_entrance_step == "left")
            wizard.actors_text = wizard._describe_actors(actors)
            wizard.note = " ".join(filter(None, [wizard._describe_left(left), wizard._describe_others(actors - left)]))

    def _describe_actors(self, actors):
        self.ensure_one()
        if not actors:
            return self.env._("No actors")
        if self.scope == "chosen":
            if len(actors) == 1:
                return actors.display_name
            return self.env._("The %(count)s actors chosen", count=len(actors))
        if len(actors) == 1:
            return self.env._("One actor: %(actor)s", actor=actors.display_name)
        if self.scope == "filter":
            return self.env._("All %(count)s actors that the filter shows", count=len(actors))
        return self.env._("All %(count)s actors in the scheme", count=len(actors))

    def _describe_left(self, left):
        if not left or (self.scope == "chosen" and self.document == "annex"):
            return False
        if self.document == "annex":
            return self.env._(
                "Left the scheme and not printed: %(count)s. Choose them in the list to have them in the annex.",
                count=len(left),
            )
        return self.env._("Left the scheme and not printed: %(count)s.", count=len(left))

    def _describe_others(self, actors):
        if self.document != "handbook" or not actors:
            return False
        mayor_led = actors.filtered("one_entrance_mayor_led")
        return self.env._("Mayor-led and printed: %(count)s.", count=len(mayor_led))

    def action_print(self):
        """Print the list."""
        self.ensure_one()
        actors = self._get_actors()
        if self.scope != "chosen":
            actors = actors.filtered(lambda actor: actor.one_entrance_step != "left")
        # the document has a layout of its own: no use in asking an administrator for one first
        action = self.env.ref(DOCUMENTS[self.document]).report_action(actors, config=False)
        # also where there are none: else the page would be about whatever was active before
        return {**action, "context": {"active_ids": actors.ids}, "close_on_report_download": True}

    def _get_actors(self):
        """The actors that the list is about, also those it will be without."""
        self.ensure_one()
        domain = Domain(literal_eval(self.domain or "[]"))
        domain &= Domain("one_entrance_company_id", "in", self.env.companies.ids)
        domain &= Domain("one_entrance_step", "not in", (False, "left") if self.scope == "all" else (False,))
        # an archived actor is printed where it was chosen
        Partner = self.env["res.partner"].with_context(active_test=self.scope != "chosen")
        return Partner.search_fetch(domain, ["one_entrance_step", "one_entrance_mayor_led"]).with_env(self.env)
