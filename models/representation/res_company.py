from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class ResCompany(models.Model):
    """The council's term: political seats end with it unless said otherwise (S1, S11)."""

    _inherit = "res.company"

    one_entrance_election_date = fields.Date(
        string="End of the Council's Term",
        help="The last day of the municipal council's term. Political seats end on it unless said otherwise. Where the day is "
        "corrected, by a year at most and before it has passed, the seats that end on it move along; where it is filled in for "
        "the first time, those without an end get it. Seats that have ended, and seats that end with the present term when "
        "the end of the next one is entered, stay as they are: renew them under Political Seats.",
    )

    @api.constrains("one_entrance_election_date", "one_entrance_decision_date")
    def _check_one_entrance_election_date(self):
        """The term is of the council that decided on the scheme, or of a later one."""
        for company in self:
            decision, term_end = company.one_entrance_decision_date, company.one_entrance_election_date
            if decision and term_end and term_end < decision:
                raise ValidationError(
                    self.env._(
                        "%(company)s: the council's term ends on %(end)s, before the day the council decided on the scheme "
                        "(%(decision)s). Correct one of the dates.",
                        company=company.name,
                        end=format_date(self.env, term_end),
                        decision=format_date(self.env, decision),
                    )
                )

    def write(self, vals):
        terms = {}
        if "one_entrance_election_date" in vals:
            terms = {company: company.one_entrance_election_date for company in self}
        result = super().write(vals)
        for company, term_end in terms.items():
            if company.one_entrance_election_date != term_end:
                # sudo: a correction of the setting moves every seat that ends with the term
                self.env["one.entrance.seat"].sudo()._follow_term(company)
        return result
