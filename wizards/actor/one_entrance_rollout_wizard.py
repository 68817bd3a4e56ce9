from odoo import api, fields, models

from ...models.actor.res_partner import ROLLOUT


class OneEntranceRolloutWizard(models.TransientModel):
    """Records the evidence of a rollout step, or why actors leave, for all of them or for none (S4–S6)."""

    _name = "one.entrance.rollout.wizard"
    _description = "Record a Rollout Step"

    partner_ids = fields.Many2many("res.partner", string="Actors", required=True, context={"active_test": False})
    step = fields.Selection(
        [
            ("letter", "1. The official letter was sent"),
            ("contact", "2. The first contact was made"),
            ("plan", "3. A dialogue plan was agreed"),
            ("left", "The actor leaves the scheme"),
        ],
        required=True,
    )
    date = fields.Date(required=True, default=lambda self: self.env.company._get_one_entrance_today())
    interval = fields.Integer(
        string="Months Between Meetings",
        default=lambda self: self.env.company.sudo().one_entrance_interval,  # a proposal; settings are the manager's
    )
    reason = fields.Char()

    @api.onchange("step")
    def _onchange_step(self):
        """Propose the date that is recorded already."""
        recorded = self.step and self.step in ("letter", "contact", "plan") and len(self.partner_ids) == 1
        known = recorded and self.partner_ids[f"one_entrance_{self.step}_date"]
        if known:
            self.date = known

    def action_apply(self):
        """Record the evidence and move the step.

        :raise ValidationError: outside the scheme, without an earlier step's evidence, or where dates are reversed
        """
        self.ensure_one()
        self.partner_ids._check_one_entrance_in_scheme(or_left=True)
        getattr(self, f"_apply_{self.step}")()
        return {"type": "ir.actions.act_window_close"}

    def _apply_letter(self):
        self._write_step({"one_entrance_letter_date": self.date})

    def _apply_contact(self):
        self._write_step({"one_entrance_contact_date": self.date})

    def _apply_plan(self):
        self._write_step(self._prepare_plan_values())

    def _apply_left(self):
        self.partner_ids.write(
            {
                "one_entrance_step": "left",
                "one_entrance_left_date": self.date,
                "one_entrance_left_reason": self.reason,
            }
        )

    def _write_step(self, values):
        """Write the evidence on all actors, and move those that are not further already."""
        there = ROLLOUT[ROLLOUT.index(self.step) :]
        behind = self.partner_ids.filtered(lambda partner: partner.one_entrance_step not in there)
        behind.write({**values, "one_entrance_step": self.step})
        (self.partner_ids - behind).write(values)

    def _prepare_plan_values(self):
        """Hook: the values that record what was agreed with the actors."""
        return {"one_entrance_plan_date": self.date, "one_entrance_interval": self.interval}
