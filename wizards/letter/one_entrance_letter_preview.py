from odoo import api, fields, models

from ...models.actor.res_partner import ROLLOUT

REPORT = "one_entrance.report_letter"


class OneEntranceLetterPreview(models.TransientModel):
    """Shows the official letter as one actor would get it (S4): the very document that is printed."""

    _name = "one.entrance.letter.preview"
    _description = "Preview of the Official Letter"

    partner_id = fields.Many2one(
        "res.partner",
        string="Actor",
        default=lambda self: self._get_default_actor(),
        domain=lambda self: self._get_actor_domain(),
    )
    problem = fields.Text(compute="_compute_page", export_string_translation=False)
    page = fields.Html(compute="_compute_page", sanitize=False, export_string_translation=False)

    @api.depends("partner_id")
    def _compute_page(self):
        """The letter's page in the actor's language, or why there is none."""
        Report = self.env["ir.actions.report"]
        for preview in self:
            preview.problem = preview.page = False
            partner = preview.partner_id
            if not partner:
                continue
            problem = partner._get_one_entrance_letter_problems().get(partner)
            if not problem:
                langs = [partner._get_one_entrance_letter_lang()]
                problem = partner.one_entrance_company_id._get_one_entrance_letter_obstacle(langs)
            preview.problem = problem
            if not preview.problem:
                preview.page = Report._render_qweb_html(REPORT, partner.ids)[0].decode()

    def action_print_letter(self):
        """Open the letter as PDF. Raises UserError where the actor has a problem."""
        self.ensure_one()
        # the letter has a layout of its own: no use in asking an administrator for one first
        return self.env.ref(REPORT).report_action(self.partner_id, config=False)

    @api.model
    def _get_actor_domain(self):
        return [("one_entrance_step", "in", ROLLOUT), ("one_entrance_company_id", "in", self.env.companies.ids)]

    @api.model
    def _get_default_actor(self):
        """The first actor that a letter can be printed for, or else the first one."""
        actors = self.env["res.partner"].search(
            [("one_entrance_step", "in", ROLLOUT), ("one_entrance_company_id", "=", self.env.company.id)], limit=80
        )
        problems = actors._get_one_entrance_letter_problems()
        return actors.filtered(lambda actor: actor not in problems)[:1] or actors[:1]
