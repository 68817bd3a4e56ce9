from odoo import api, models
from odoo.tools import format_date


class ResUsers(models.Model):
    """Who answers for the directorate finds the signals that wait in the weekly mail (S9)."""

    _inherit = "res.users"

    @api.model
    def _get_one_entrance_waited_for(self, users):
        waiting = super()._get_one_entrance_waited_for(users)
        signals = self.env["one.entrance.signal"]._read_group([("state", "=", "open")], ["company_id"])
        managers = self.env["one.entrance.leader"]._get_managers() if signals else {}
        return waiting | self.browse({user_id for (company,) in signals for user_id in managers.get(company.id, ())})

    def _get_one_entrance_digest_parts(self):
        return [
            *super()._get_one_entrance_digest_parts(),
            (
                self.env._("Signals for the directorate to answer"),
                self._get_one_entrance_signals(),
                self._prepare_one_entrance_signal_lines,
            ),
        ]

    def _get_one_entrance_signals(self):
        """:return: the signals that the user may answer, and nobody has answered yet"""
        Signal = self.env["one.entrance.signal"]
        if not self.has_group("one_entrance.group_manager"):
            return Signal
        return Signal.search([("state", "=", "open")])

    def _prepare_one_entrance_signal_lines(self, signals):
        return [
            {
                "text": signal.theme_id.name,
                "detail": self.env._("Actors: %(count)s", count=signal.actor_count),
                "day": self.env._("since %(date)s", date=format_date(self.env, signal.date_from)),
                "late": False,
                "url": self._get_one_entrance_url(signal),
            }
            for signal in signals
        ]
