from odoo import api, fields, models


class ResCompany(models.Model):
    """The municipality's address for inquiries: a mail to it becomes an inquiry (S9)."""

    _inherit = "res.company"

    one_entrance_alias_id = fields.Many2one(
        "mail.alias", string="Address for Inquiries", ondelete="set null", copy=False, readonly=True
    )
    one_entrance_alias_name = fields.Char(
        string="Name of the Address for Inquiries",
        compute="_compute_one_entrance_alias_name",
        inverse="_inverse_one_entrance_alias_name",
        help="What stands before the @ of the address. Empty: no inquiries are received by mail.",
    )
    one_entrance_alias_email = fields.Char(
        related="one_entrance_alias_id.alias_full_name", string="Whole Address for Inquiries"
    )

    @api.depends("one_entrance_alias_id.alias_name")
    def _compute_one_entrance_alias_name(self):
        for company in self:
            company.one_entrance_alias_name = company.one_entrance_alias_id.alias_name

    def _inverse_one_entrance_alias_name(self):
        for company in self:
            # sudo: whoever keeps the municipality's settings need not keep all addresses
            alias = company.sudo().one_entrance_alias_id
            name = company.one_entrance_alias_name
            if not name:
                alias.unlink()
            elif alias:
                alias.alias_name = name
            else:
                company.sudo().one_entrance_alias_id = alias.create(company._prepare_one_entrance_alias_values(name))

    def write(self, vals):
        result = super().write(vals)
        if "alias_domain_id" in vals:
            for company in self:
                # sudo: the address moves along with the municipality's domain, whoever changes it
                company.sudo().one_entrance_alias_id.alias_domain_id = company.alias_domain_id
        return result

    def _prepare_one_entrance_alias_values(self, name):
        """:param str name: what stands before the @"""
        self.ensure_one()
        get_id = self.env["ir.model"]._get_id
        return {
            "alias_name": name,
            "alias_domain_id": self.alias_domain_id.id,
            "alias_model_id": get_id("one.entrance.inquiry"),
            "alias_defaults": repr({"company_id": self.id}),
            "alias_parent_model_id": get_id(self._name),
            "alias_parent_thread_id": self.id,
            "alias_contact": "everyone",
        }
