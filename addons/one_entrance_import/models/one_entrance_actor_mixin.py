from odoo import models


class OneEntranceActorMixin(models.AbstractModel):
    """What is kept about an actor is imported strictly."""

    _name = "one.entrance.actor.mixin"
    _inherit = ["one.entrance.actor.mixin", "one.entrance.import.mixin"]
