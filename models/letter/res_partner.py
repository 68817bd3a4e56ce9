from odoo import models
from odoo.tools import format_date, format_list

from ..actor.res_partner import ROLLOUT
from ..common.file_name import get_file_name


class ResPartner(models.Model):
    """To whom the official letter can be printed, and that it goes out to an actor once (S4)."""

    _inherit = "res.partner"

    def action_one_entrance_letters(self):
        """Open the dialogue that sends the official letter to these actors, in this order."""
        return self.env["one.entrance.letter.wizard"]._make(self)._get_open_action()

    def _get_one_entrance_letter_name(self):
        return get_file_name(self.env._("Official letter, %(actor)s", actor=self.name or ""))

    def _get_one_entrance_letter_lang(self):
        """The actor's own language, or the user's where that is not in use."""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        return self.lang if self.lang in installed else self.env.lang or self.env.user.lang or "en_US"

    def _get_one_entrance_letter_problems(self):
        """By actor, why no letter can be printed for it, obstacles of the whole municipality apart."""
        problems = {}
        for partner in self:
            if partner.one_entrance_step not in ROLLOUT:
                problems[partner] = self.env._("It is not in the scheme.")
                continue
            reasons = []
            if not partner.one_entrance_mayor_led and not partner.one_entrance_leader_id:
                reasons.append(self.env._("It has no contact leader. Appoint one."))
            missing = [
                label
                for name, label in (
                    ("street", self.env._("street")),
                    ("zip", self.env._("zip")),
                    ("city", self.env._("city")),
                )
                if not (partner[name] or "").strip()
            ]
            if missing:
                reasons.append(
                    self.env._(
                        "Its postal address lacks %(parts)s. Write it on the contact.",
                        parts=format_list(self.env, missing),
                    )
                )
            if reasons:
                problems[partner] = " ".join(reasons)
        return problems

    def _get_one_entrance_sending_problems(self, company):
        """Why it is not for this municipality to send the letter now; empty where nothing is in the way."""
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
