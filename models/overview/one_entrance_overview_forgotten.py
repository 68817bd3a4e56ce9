from odoo import api, fields, models
from odoo.fields import Domain

# The kinds of actor; None is for those of whom nobody has said what they are.
KINDS = ("company", "association", "institution", "other", None)
# How many postal districts the page shows, those with the most first.
DISTRICTS = 12


class OneEntranceOverview(models.Model):
    """The forgotten actors: those that were never reached, by kind and postal district, apart from those that declined or
    left without ever having been reached (S16).
    """

    _inherit = "one.entrance.overview"

    unreached_count = fields.Integer(
        string="Never Reached",
        compute="_compute_unreached",
        help="Actors in the scheme with whom no first contact is recorded and no meeting was held.",
    )
    unreached_company_count = fields.Integer(string="Companies Never Reached", compute="_compute_unreached")
    unreached_association_count = fields.Integer(string="Associations Never Reached", compute="_compute_unreached")
    unreached_institution_count = fields.Integer(string="Institutions Never Reached", compute="_compute_unreached")
    unreached_other_count = fields.Integer(string="Other Actors Never Reached", compute="_compute_unreached")
    unreached_none_count = fields.Integer(string="Never Reached, Kind Not Said", compute="_compute_unreached")
    departed_count = fields.Integer(
        string="Left Without Having Been Reached",
        compute="_compute_unreached",
        help="Actors that declined or left the scheme, with whom no first contact is recorded and no meeting was held.",
    )
    departed_company_count = fields.Integer(string="Companies That Left Unreached", compute="_compute_unreached")
    departed_association_count = fields.Integer(string="Associations That Left Unreached", compute="_compute_unreached")
    departed_institution_count = fields.Integer(string="Institutions That Left Unreached", compute="_compute_unreached")
    departed_other_count = fields.Integer(string="Other Actors That Left Unreached", compute="_compute_unreached")
    departed_none_count = fields.Integer(string="Left Unreached, Kind Not Said", compute="_compute_unreached")
    district_ids = fields.Many2many("one.entrance.district", string="Postal Districts", compute="_compute_district_ids")

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_unreached(self):
        groups = self.env["res.partner"]._read_group(
            self._get_forgotten_domain(), ["one_entrance_kind", "one_entrance_step"], ["__count"]
        )
        for page in self:
            for fate in ("unreached", "departed"):
                of_fate = [
                    (kind or None, count) for kind, step, count in groups if (step == "left") == (fate == "departed")
                ]
                page[f"{fate}_count"] = sum(count for _kind, count in of_fate)
                for kind in KINDS:
                    page[f"{fate}_{kind or 'none'}_count"] = sum(count for which, count in of_fate if which == kind)

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_district_ids(self):
        self.district_ids = self.env["one.entrance.district"].search_fetch(
            [("company_id", "=", self.env.company.id)], limit=DISTRICTS
        )

    @api.model
    def _get_forgotten_domain(self):
        """:return: the actors of the municipality the user works in that were never reached, whether they left or not
        :rtype: Domain
        """
        return (
            Domain("one_entrance_company_id", "=", self.env.company.id)
            & self.env["res.partner"]._get_one_entrance_unreached_domain()
        )

    def _get_overview_domain(self, name):
        fate, _underscore, rest = (name or "").partition("_")
        if fate not in ("unreached", "departed"):
            return super()._get_overview_domain(name)
        domain = self._get_forgotten_domain() & Domain("one_entrance_step", "=" if fate == "departed" else "!=", "left")
        if rest != "count":
            kind = rest.removesuffix("_count")
            domain &= Domain("one_entrance_kind", "=", False if kind == "none" else kind)
        return "res.partner", domain
