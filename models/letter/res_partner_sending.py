from odoo import models
from odoo.tools import format_date

from ..actor.res_partner_rollout import ROLLOUT


class ResPartner(models.Model):
    """The official letter goes out to an actor once (S4)."""

    _inherit = "res.partner"

    def action_one_entrance_letters(self):
        """Open the dialogue that sends the official letter to these actors, in this order."""
        return self.env["one.entrance.letter.wizard"]._make(self)._get_open_action()

    def _get_one_entrance_sending_problems(self, company):
        """Say why it is not for this municipality to send this actor the letter now, whatever the letter would say.

        :param res.company company:
        :return: in the user's language; empty where nothing is in the way
        :rtype: list[str]
        """
        self.ensure_one()
        if self.one_entrance_step not in ROLLOUT:
            return [self.env._("It is not in the scheme.")]
        if self.one_entrance_company_id != company:
            return [
                self.env._(
                    "It is in the scheme of %(company)s. Send it the letter from there.",
                    company=self.one_entrance_company_id.sudo().name,  # the name of a municipality is no secret
                )
            ]
        if self.one_entrance_letter_date:
            return [self.env._("Already sent on %(date)s.", date=format_date(self.env, self.one_entrance_letter_date))]
        if not self.active:
            return [self.env._("The contact is archived.")]
        return []
