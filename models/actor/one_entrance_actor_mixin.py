from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OneEntranceActorMixin(models.AbstractModel):
    """A record about one actor, in the municipality whose scheme the actor is in."""

    _name = "one.entrance.actor.mixin"
    _description = "Kept About an Actor"

    # Whether a new record may be about an actor that has left the scheme.
    _allows_left = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Actor",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('one_entrance_step', 'not in', (False, 'left'))]",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        precompute=True,
    )

    @api.depends("partner_id")
    def _compute_company_id(self):
        for record in self:
            record.company_id = record.company_id or record.partner_id.one_entrance_company_id or self.env.company

    @api.constrains("partner_id", "company_id")
    def _check_partner_in_scheme(self):
        """The actor is of the record's own municipality, so that one municipality sees nothing of another's."""
        for record in self:
            partner = record.partner_id.sudo()  # a rule about the actor, also where the writer may not read it
            partner._check_one_entrance_in_scheme(or_left=self._allows_left)
            if partner.one_entrance_company_id != record.company_id:
                raise ValidationError(
                    self.env._(
                        "%(actor)s is not in the scheme of %(company)s. Choose an actor of that municipality.",
                        actor=partner.display_name,
                        company=record.company_id.sudo().name,
                    )
                )
