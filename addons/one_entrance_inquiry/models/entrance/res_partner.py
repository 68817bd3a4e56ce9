from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What an actor has raised, on the actor."""

    _inherit = "res.partner"

    # in the app's own form only: the form of every contact must not look for inquiries (house rule 3)
    one_entrance_open_inquiry_count = fields.Integer(
        string="Open Inquiries",
        compute="_compute_one_entrance_open_inquiry_count",
        groups="one_entrance.group_leader",
        help="What the actor has raised and has no answer to yet.",
    )

    @api.depends("one_entrance_step")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_one_entrance_open_inquiry_count(self):
        self.one_entrance_open_inquiry_count = 0
        actors = self.filtered("one_entrance_step")
        if not actors:
            return
        Inquiry = self.env["one.entrance.inquiry"]
        domain = Inquiry._get_open_domain() & Domain("partner_id", "in", actors.ids)
        counts = dict(Inquiry._read_group(domain, ["partner_id"], ["__count"]))
        for actor in actors:
            actor.one_entrance_open_inquiry_count = counts.get(actor._origin, 0)

    def action_one_entrance_inquiries(self):
        """Open what these actors have raised."""
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance_inquiry.one_entrance_inquiry_action")
        action["domain"] = [("partner_id", "in", self.ids)]
        action["context"] = {"default_partner_id": self.id if len(self) == 1 else False}
        return action

    def action_one_entrance_log_inquiry(self):
        """Ask what this actor raises: subject, text, themes."""
        self.ensure_one()
        return self.env["one.entrance.inquiry"]._get_log_action(self, {"default_channel": "phone"})

    def _find_one_entrance_history(self):
        # sudo: the history counts also where the user may not read it, archived or not
        Inquiry = self.env["one.entrance.inquiry"].sudo().with_context(active_test=False)
        return (
            super()._find_one_entrance_history() or Inquiry.search([("partner_id", "in", self.ids)], limit=1).partner_id
        )

    @api.model
    def _follow_one_entrance_holders(self, former):
        moved = super()._follow_one_entrance_holders(former)
        self.env["one.entrance.inquiry"]._follow_holders(former)
        return moved
