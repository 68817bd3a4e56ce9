from itertools import accumulate

from odoo import models

from ..actor.actor_list_sheets import split_seats


class OneEntranceActorListMixin(models.AbstractModel):
    """Each printed list says who sits for the council in an actor's bodies (S11)."""

    _inherit = "one.entrance.actor.list.mixin"

    def _get_seats(self, actors):
        result = super()._get_seats(actors)
        groups = actors._get_one_entrance_current_seats()
        roles = [role for role, _label in self.env["one.entrance.seat"]._fields["role"].selection]
        for actor, group in groups.items():
            # sudo: who sits where is public, also where the politician's contact is not the reader's to open
            seats = group.sudo().sorted(lambda seat: (seat.body, roles.index(seat.role), seat.politician_id.name))
            parts = split_seats(["".join(self._describe_seats(seat)) for seat in seats], self._widths["seats"])
            result[actor] = [
                self._describe_seats(seats[end - length : end])
                for length, end in zip(parts, accumulate(parts), strict=True)
            ]
        return result

    def _describe_seats(self, seats):
        """A line for each body."""
        return [
            self.env._(
                "%(body)s: %(people)s",
                body=body,
                people="; ".join(
                    self.env._(
                        "%(politician)s (%(role)s)",
                        politician=seat.politician_id.name,
                        role=self._label(seat, "role").lower(),
                    )
                    for seat in group
                ),
            )
            for body, group in seats.grouped("body").items()
        ]
