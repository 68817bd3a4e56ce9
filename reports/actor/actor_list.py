from types import SimpleNamespace

from odoo import models
from odoo.fields import Domain

from ...models.actor.res_partner import ROLLOUT


class ActorListDocument(models.AbstractModel):
    """The annex to the case (S2): the actors, who holds the entrance on which level, their steps, and the sums."""

    _name = "report.one_entrance.actor_list_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Annex of Actors, Printed"

    _classification = "internal"
    _shows_left = True
    _widths = {"name": 26, "holders": 25, "level": 5, "step": 19.5, "seats": 24.5}

    def _get_title(self):
        return self.env._("Annex")

    def _add_top(self, page, company, actors):
        page.rollout = self._get_rollout(actors)

    def _get_rollout(self, actors):
        """How far the rollout is by step, with shares of the actors in the scheme, and by kind (S16)."""
        if not actors:
            return False
        labels = dict(actors._fields["one_entrance_step"]._description_selection(self.env))
        by_step = actors.grouped("one_entrance_step")
        in_scheme = len(actors) - len(by_step.get("left", ()))
        steps = [
            SimpleNamespace(
                key=step,
                label=labels[step],
                count=len(by_step.get(step, ())),
                share=100 * len(by_step.get(step, ())) / in_scheme if in_scheme and step != "left" else 0,
                in_bar=step != "left",
            )
            for step in (*ROLLOUT, *(["left"] if "left" in by_step else []))
        ]
        by_kind = actors.grouped("one_entrance_kind")
        kinds = [
            SimpleNamespace(
                title=title,
                counts=[len(by_kind[kind] & by_step.get(step.key, actors.browse())) for step in steps],
                total=len(by_kind[kind]),
            )
            for kind, title in self._get_kinds().items()
            if kind in by_kind
        ]
        return SimpleNamespace(
            bar=[step for step in steps if step.in_bar and step.count], steps=steps, kinds=kinds, total=len(actors)
        )

    def _describe_actor(self, actor):
        row = super()._describe_actor(actor)
        left = actor.one_entrance_step == "left"
        mayor_led = actor.one_entrance_mayor_led and not left
        row.holders = self._get_principals(actor.one_entrance_company_id) if mayor_led else row.holders
        row.holder_text = False
        row.is_mayor_led = mayor_led
        row.level = not mayor_led and actor.one_entrance_level_id.number
        row.step = self._label(actor, "one_entrance_step")
        row.left_date = left and self._format(actor.one_entrance_left_date)
        return row


class ActorListPublicDocument(models.AbstractModel):
    """The actors of the scheme for publication (S2): nothing in it is internal."""

    _name = "report.one_entrance.actor_list_public_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Actor List for Publication, Printed"


class ActorListHandbookDocument(models.AbstractModel):
    """The list in the council's handbook: the actors that mayor and municipal director lead (S10)."""

    _name = "report.one_entrance.actor_list_handbook_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Actor List for the Council's Handbook, Printed"

    _widths = {"name": 34, "kind": 16, "seats": 50}

    def _get_title(self):
        return self.env._("The council's handbook")

    def _get_name(self):
        return self.env._("Dialogue led by the mayor and the municipal director")

    def _get_empty(self):
        return self.env._("The mayor and the municipal director lead the dialogue with no actor in this list.")

    def _get_scheme_domain(self):
        return super()._get_scheme_domain() & Domain("one_entrance_mayor_led", "=", True)

    def _is_listed(self, actor):
        return super()._is_listed(actor) and actor.one_entrance_mayor_led

    def _add_top(self, page, company, actors):
        page.principals = self._get_principals(company)

    def _get_scope(self, actors, total):
        if len(actors) < total:
            return self.env._(
                "%(count)s chosen of the %(total)s mayor-led actors in the scheme", count=len(actors), total=total
            )
        if len(actors) == 1:
            return self.env._("the one mayor-led actor in the scheme")
        if actors:
            return self.env._("all %(count)s mayor-led actors in the scheme", count=len(actors))
        return self.env._("no mayor-led actors")

    def _get_groups(self, actors, seats):
        """All actors in one group: they are few."""
        return [self._get_group(self.env._("Actors"), actors, seats)] if actors else []
