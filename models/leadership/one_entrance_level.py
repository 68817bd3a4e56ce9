from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OneEntranceLevel(models.Model):
    """A leadership level. Its tick, not its number, says whether leaders on it may be contact leaders (S3)."""

    _name = "one.entrance.level"
    _description = "Leadership Level"
    _order = "number"

    number = fields.Integer(required=True, aggregator=None, help="1 is the top of the leadership system.")
    name = fields.Char(required=True, translate=True)
    may_be_contact = fields.Boolean(
        string="May Be Contact Leader",
        help="Leaders on this level can be appointed contact leader of an actor.",
    )
    leader_ids = fields.One2many("one.entrance.leader", "level_id", string="Leaders")

    _number_unique = models.Constraint("UNIQUE (number)", "There is a leadership level with this number already.")

    @api.depends("number", "name")
    def _compute_display_name(self):
        for level in self:
            level.display_name = self.env._("%(number)s %(name)s", number=level.number, name=level.name or "")

    @api.constrains("may_be_contact")
    def _check_may_be_contact(self):
        """Refuse to close a level to contact leaders while leaders on it hold actors."""
        closed = self.filtered(lambda level: not level.may_be_contact)
        # sudo: a level is the same for every municipality, also for those the user does not see
        leaders = self.env["one.entrance.leader"].sudo().with_context(active_test=False)
        leaders.search([("level_id", "in", closed.ids)])._check_level_of_holders()

    @api.model
    def _get_contact_levels_text(self):
        """The names of the levels that may be contact; raises ValidationError where there is none."""
        levels = self.sudo().search([("may_be_contact", "=", True)])  # names of levels only, the same for everyone
        if not levels:
            raise ValidationError(
                self.env._(
                    "No leadership level may be contact leader. Tick “May Be Contact Leader” on at least one level under "
                    "Configuration > Leadership Levels."
                )
            )
        return ", ".join(levels.mapped("display_name"))
