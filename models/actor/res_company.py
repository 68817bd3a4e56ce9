from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class ResCompany(models.Model):
    """The municipality's set-up of the scheme (S1)."""

    _inherit = "res.company"

    one_entrance_decision_date = fields.Date(
        string="Council's Decision", help="The day the municipal council decided on the scheme."
    )
    one_entrance_mayor_id = fields.Many2one(
        "one.entrance.leader", string="Mayor", ondelete="restrict", domain="[('role', '=', 'mayor')]"
    )
    one_entrance_municipal_director_id = fields.Many2one(
        "one.entrance.leader",
        string="Municipal Director",
        ondelete="restrict",
        domain="[('role', '=', 'municipal_director')]",
    )
    one_entrance_interval = fields.Integer(
        string="Usual Months Between Meetings",
        default=6,
        help="Proposed when a dialogue plan is agreed. Changing it changes no plan that is agreed already.",
    )
    one_entrance_sheet_validity = fields.Integer(
        string="Months a Sheet Is Valid",
        default=6,
        help="A background sheet is outdated this many months after it was made ready.",
    )

    one_entrance_preparation_days = fields.Integer(
        string="Days to Prepare a Meeting",
        default=14,
        help="This many days before a planned meeting the business consultant is asked to bring the sheet up to date.",
    )
    one_entrance_new_relation_factor = fields.Float(
        string="Interval of a New Relation",
        default=0.5,
        help="An actor with a new relation is due after this share of the agreed interval: 0.5 means twice as often, 1 means "
        "no earlier.",
    )
    one_entrance_election_date = fields.Date(
        string="End of the Council's Term",
        help="The last day of the municipal council's term. Political seats end on it unless said otherwise. Where the day is "
        "corrected, by a year at most and before it has passed, the seats that end on it move along; where it is filled in for "
        "the first time, those without an end get it. Seats that have ended, and seats that end with the present term when "
        "the end of the next one is entered, stay as they are: renew them under Political Seats.",
    )
    one_entrance_mayor_office_id = fields.Many2one(
        "res.users",
        string="Mayor's Office",
        ondelete="restrict",
        domain="[('share', '=', False)]",
        help="The user who acts for mayor and municipal director together: reads and writes the sheets and meetings of the "
        "mayor-led actors, and gets the reminders about them. Empty: who acts for the mayor, or else for the municipal "
        "director, gets them.",
    )

    @api.constrains("one_entrance_preparation_days", "one_entrance_new_relation_factor")
    def _check_one_entrance_dialogue(self):
        for company in self:
            if company.one_entrance_preparation_days < 0:
                raise ValidationError(
                    self.env._("%(company)s: the days to prepare a meeting are 0 or more.", company=company.name)
                )
            if not 0 < company.one_entrance_new_relation_factor <= 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: the interval of a new relation is a share of the agreed one, above 0 and at most 1.",
                        company=company.name,
                    )
                )

    @api.constrains("one_entrance_election_date", "one_entrance_decision_date")
    def _check_one_entrance_election_date(self):
        """The term is the present council's, which the scheme was decided by or before (S1)."""
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

    @api.constrains("one_entrance_interval", "one_entrance_sheet_validity")
    def _check_one_entrance_months(self):
        for company in self:
            if company.one_entrance_interval < 1 or company.one_entrance_sheet_validity < 1:
                raise ValidationError(
                    self.env._(
                        "%(company)s: the months between meetings and the months a sheet is valid are 1 or more.",
                        company=company.name,
                    )
                )

    @api.constrains("one_entrance_mayor_id", "one_entrance_municipal_director_id")
    def _check_one_entrance_principals(self):
        """The principals are this municipality's own mayor and municipal director (S10)."""
        for company in self:
            for leader, role in (
                (company.one_entrance_mayor_id, "mayor"),
                (company.one_entrance_municipal_director_id, "municipal_director"),
            ):
                if leader and (leader.role != role or leader.company_id != company):
                    roles = dict(leader._fields["role"]._description_selection(self.env))
                    raise ValidationError(
                        self.env._(
                            "%(leader)s is not registered as %(role)s of %(company)s. Correct the leader, or choose another.",
                            leader=leader.name,
                            role=roles[role],
                            company=company.name,
                        )
                    )

    @api.constrains("one_entrance_mayor_office_id")
    def _check_one_entrance_mayor_office(self):
        """The mayor's office may read what it is reminded of (S10)."""
        for company in self.sudo():  # a rule about the user, also where the writer does not see all of it
            user = company.one_entrance_mayor_office_id
            if user and not user.has_group("one_entrance.group_leader"):
                raise ValidationError(
                    self.env._(
                        "%(user)s has no role in One Entrance and cannot be the mayor's office of %(company)s. Give the user "
                        "the role “Contact Leader: Own Actors” first, or choose another.",
                        user=user.name,
                        company=company.name,
                    )
                )
            if user and company not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in %(company)s and cannot be its mayor's office. Allow the user that company "
                        "first, or choose another.",
                        user=user.name,
                        company=company.name,
                    )
                )

    def write(self, vals):
        if self.env.context.get("one_entrance_uninstall"):
            # meetings and seats go too, and nothing follows any more: what follows would be looked up by fields that Odoo
            # has taken out of the registry already, or by triggers it still keeps of them
            return super().write(vals)
        principals, terms = {}, {}
        if not vals.keys().isdisjoint(("one_entrance_mayor_id", "one_entrance_municipal_director_id")):
            principals = {company: company._get_one_entrance_principals() for company in self}
        if "one_entrance_election_date" in vals:
            terms = {company: company.one_entrance_election_date for company in self}
        result = super().write(vals)
        if principals:
            self._push_one_entrance_principals(principals)
        for company, term_end in terms.items():
            if company.one_entrance_election_date != term_end:
                # sudo: a correction of the setting moves every seat that ends with the term
                self.env["one.entrance.seat"].sudo()._follow_term(company)
        if "one_entrance_new_relation_factor" in vals:
            # sudo: a change of the setting moves every due date that follows from it
            actors = self.env["res.partner"].sudo().with_context(active_test=False)
            actors.search(
                [("one_entrance_company_id", "in", self.ids), ("one_entrance_relation", "=", "new")]
            )._push_one_entrance_due_dates()
        return result

    def _get_one_entrance_principals(self):
        """:return: the mayor and the municipal director of these municipalities
        :rtype: one.entrance.leader
        """
        return self.one_entrance_mayor_id | self.one_entrance_municipal_director_id

    def _push_one_entrance_principals(self, former):
        """Let what lies ahead with mayor-led actors be the new mayor's or municipal director's: meetings that were held keep
        who it was (S10).

        :param dict former: by municipality, who the principals were until now
        """
        changed = self.filtered(lambda company: company._get_one_entrance_principals() != former[company])
        if not changed:
            return
        # sudo: what is planned follows the setting, whoever changes it
        actors = self.env["res.partner"].sudo().with_context(active_test=False)
        led = actors.search([("one_entrance_company_id", "in", changed.ids), ("one_entrance_mayor_led", "=", True)])
        held = {actor: former[actor.one_entrance_company_id] for actor in led}
        self.env["res.partner"]._follow_one_entrance_holders(held)
