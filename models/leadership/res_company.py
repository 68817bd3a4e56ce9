from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResCompany(models.Model):
    """The municipality's set-up: what the council decided, and who leads the mayor-led dialogue (S1, S10)."""

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
    one_entrance_mayor_office_id = fields.Many2one(
        "res.users",
        string="Mayor's Office",
        ondelete="restrict",
        domain="[('share', '=', False)]",
        help="The user who acts for mayor and municipal director together: reads and writes the sheets and meetings of the "
        "mayor-led actors, and gets the reminders about them. Empty: who acts for the mayor, or else for the municipal "
        "director, gets them.",
    )

    one_entrance_is_led = fields.Boolean(
        string="I Act for the Principals",
        compute="_compute_one_entrance_is_led",
        search="_search_one_entrance_is_led",
        compute_sudo=True,
        help="For the mayor, for the municipal director, or as the mayor's office for both.",
    )

    @api.depends(
        "one_entrance_mayor_id.is_mine", "one_entrance_municipal_director_id.is_mine", "one_entrance_mayor_office_id"
    )
    @api.depends_context("uid")
    def _compute_one_entrance_is_led(self):
        for company in self:
            led = any(company._get_one_entrance_principals().mapped("is_mine"))
            company.one_entrance_is_led = led or company.one_entrance_mayor_office_id.id == self.env.uid

    def _search_one_entrance_is_led(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("is_mine", "=", True)
        return (
            Domain("one_entrance_mayor_id", "any!", mine)
            | Domain("one_entrance_municipal_director_id", "any!", mine)
            | Domain("one_entrance_mayor_office_id", "=", self.env.uid)
        )

    @api.constrains("one_entrance_mayor_id", "one_entrance_municipal_director_id")
    def _check_one_entrance_principals(self):
        """The principals are this municipality's own mayor and municipal director."""
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
        """The mayor's office must be able to read what it is reminded of."""
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
            # what lies ahead goes too, and nothing follows any more: what follows would be looked up by fields that Odoo has
            # taken out of the registry already, or by triggers it still keeps of them
            return super().write(vals)
        former = {}
        if not vals.keys().isdisjoint(("one_entrance_mayor_id", "one_entrance_municipal_director_id")):
            former = {company: company._get_one_entrance_principals() for company in self}
        result = super().write(vals)
        if former:
            self._push_one_entrance_principals(former)
        return result

    def _get_one_entrance_principals(self):
        return self.one_entrance_mayor_id | self.one_entrance_municipal_director_id

    def _push_one_entrance_principals(self, former):
        """Hand what is planned with mayor-led actors to the new principals; meetings that were held keep theirs.

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
