from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..common.res_partner import PREFETCH

_lt = LazyTranslate(__name__)
NOT_SAID = _lt("Not Said")
# The steps of the rollout in the order they are reached; *left* stands outside it.
ROLLOUT = ("appointed", "letter", "contact", "plan")


class ResPartner(models.Model):
    """The register of actors (S2). An empty step means that a contact is not in the scheme."""

    _inherit = "res.partner"

    one_entrance_step = fields.Selection(
        [
            ("appointed", "Contact Leader Appointed"),
            ("letter", "1. Letter Sent"),
            ("contact", "2. Contact Made"),
            ("plan", "3. Dialogue Plan Agreed"),
            ("left", "Left the Scheme"),
        ],
        string="Rollout Step",
        group_expand=True,
        copy=False,
        tracking=True,
        help="Empty: not in the scheme.",
        prefetch=PREFETCH,
    )
    one_entrance_kind = fields.Selection(
        [
            ("company", "Company"),
            ("association", "Association"),
            ("institution", "Institution"),
            ("other", "Other"),
        ],
        string="Kind of Actor",
        falsy_value_label=NOT_SAID,
        copy=False,
        prefetch=PREFETCH,
    )
    one_entrance_consultant_id = fields.Many2one(
        "res.users",
        string="Business Consultant",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        copy=False,
        help="Prepares the background material for this actor's meetings.",
        prefetch=PREFETCH,
    )
    one_entrance_relation = fields.Selection(
        [("new", "New"), ("known", "Known"), ("professional", "Professional")],
        string="Relation",
        copy=False,
        groups="one_entrance.group_leader",
        help="A professional relation exists already through the daily work. A new one takes time and special effort.",
        prefetch=PREFETCH,
    )
    one_entrance_left_date = fields.Date(string="Left On", copy=False, tracking=True, prefetch=PREFETCH)
    one_entrance_left_reason = fields.Char(
        string="Reason for Leaving",
        copy=False,
        tracking=True,
        groups="one_entrance.group_leader",
        prefetch=PREFETCH,
    )
    one_entrance_warning = fields.Char(compute="_compute_one_entrance_warning", export_string_translation=False)
    one_entrance_may_edit = fields.Boolean(compute="_compute_one_entrance_may_edit", export_string_translation=False)
    one_entrance_is_mine = fields.Boolean(
        string="My Actor",
        compute="_compute_one_entrance_is_mine",
        search="_search_one_entrance_is_mine",
    )

    _one_entrance_step_idx = models.Index("(one_entrance_step) WHERE one_entrance_step IS NOT NULL")
    # in the order of the lists: without it PostgreSQL walks through all contacts by name until it has met 80 actors
    _one_entrance_name_idx = models.Index("(complete_name, id DESC) WHERE one_entrance_step IS NOT NULL")

    @api.depends_context("uid")
    @api.depends("one_entrance_leader_id", "one_entrance_mayor_led", "one_entrance_step", "one_entrance_company_id")
    def _compute_one_entrance_warning(self):
        """What to mend about who holds the entrance, for those who can; empty when all is well."""
        if not self.env.user.has_group("one_entrance.group_consultant"):
            self.one_entrance_warning = False
            return
        self._read_one_entrance_holders()  # a list shows them too
        for partner in self:
            leader = partner.one_entrance_leader_id.sudo()  # the warning is about the leader, not for reading it
            company = (partner.one_entrance_company_id or self.env.company).sudo()
            warning = False
            if partner.one_entrance_step in (False, "left"):
                pass
            elif partner.one_entrance_mayor_led:
                if not (company.one_entrance_mayor_id and company.one_entrance_municipal_director_id):
                    warning = self.env._(
                        "The mayor or the municipal director is not named. Set both under One Entrance > Configuration > "
                        "Settings."
                    )
            elif not leader:
                warning = self.env._("Nobody is contact leader. Appoint one.")
            else:
                warning = leader.warning
            partner.one_entrance_warning = warning

    @api.depends_context("uid")
    def _compute_one_entrance_may_edit(self):
        self.one_entrance_may_edit = self.env.user.has_group("one_entrance.group_consultant")

    @api.depends_context("uid")
    @api.depends("one_entrance_is_held", "one_entrance_consultant_id")
    def _compute_one_entrance_is_mine(self):
        mine = self.filtered_domain(self._get_one_entrance_mine_domain())
        for partner in self:
            partner.one_entrance_is_mine = partner in mine

    def _search_one_entrance_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_one_entrance_mine_domain()

    @api.constrains("one_entrance_step")
    def _check_one_entrance_holder(self):
        """An actor in the scheme has somebody who holds its entrance (S3, S10)."""
        for partner in self:
            held = partner.one_entrance_leader_id or partner.one_entrance_mayor_led
            if partner.one_entrance_step in ROLLOUT and not held:
                raise ValidationError(
                    self.env._(
                        "%(actor)s has no contact leader. Appoint one, or mark the actor as mayor-led.",
                        actor=partner.display_name,
                    )
                )
            if not partner.one_entrance_step and held:
                raise ValidationError(
                    self.env._(
                        "%(actor)s has a contact leader or is mayor-led, and so is in the scheme. Let it leave the scheme "
                        "instead of clearing its step.",
                        actor=partner.display_name,
                    )
                )

    @api.constrains("one_entrance_step", "one_entrance_left_date", "one_entrance_left_reason")
    def _check_one_entrance_left(self):
        for partner in self.sudo().filtered(lambda partner: partner.one_entrance_step == "left"):
            if not partner.one_entrance_left_date or not (partner.one_entrance_left_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(actor)s can leave the scheme with a date and a reason. Record both.",
                        actor=partner.display_name,
                    )
                )

    def _prepare_one_entrance_values(self, vals):
        """A first holder means step *appointed*; leaving the scheme ends the leader's appointment."""
        extra = super()._prepare_one_entrance_values(vals)
        step = vals.get("one_entrance_step", self.one_entrance_step)
        if not step and (vals.get("one_entrance_leader_id") or vals.get("one_entrance_mayor_led")):
            step = extra["one_entrance_step"] = "appointed"
        if step:
            extra |= self._prepare_one_entrance_company(vals)
        if step == "left" and self.one_entrance_step != "left":
            extra |= self._prepare_one_entrance_farewell(vals)
        return extra

    def _prepare_one_entrance_end(self, appointment, today):
        if self.one_entrance_step != "left":
            return super()._prepare_one_entrance_end(appointment, today)
        return {
            "date_to": max(self.one_entrance_left_date or today, appointment.date_from),
            "reason": self.one_entrance_left_reason,
        }

    def _check_one_entrance_in_scheme(self, or_left=False):
        """Raise ValidationError for a contact outside the scheme; with ``or_left``, one that has left it will do."""
        outside = (False,) if or_left else (False, "left")
        for partner in self:
            if partner.one_entrance_step in outside:
                raise ValidationError(
                    self.env._(
                        "%(partner)s is not in the One Entrance scheme. Appoint a contact leader first.",
                        partner=partner.display_name,
                    )
                )

    @api.model
    def _get_one_entrance_mine_domain(self):
        """The actors that the current user holds, or prepares as business consultant."""
        return Domain.OR(self._get_one_entrance_held_domains()) | Domain(
            "one_entrance_consultant_id", "=", self.env.uid
        )

    def _get_one_entrance_actor(self):
        """The actor in the scheme that a contact speaks for, itself or its company, or none."""
        self.ensure_one()
        candidates = self | self.commercial_partner_id
        return candidates.filtered(lambda partner: partner.one_entrance_step not in (False, "left"))[:1]
