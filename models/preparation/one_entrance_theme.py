from odoo import fields, models

from ..common.printable_html import PrintableHtml


class OneEntranceTheme(models.Model):
    """A strategic theme, and the municipality's line on it, written once for every sheet (S8, S15)."""

    _name = "one.entrance.theme"
    _description = "Theme"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", string="Municipality", index=True, help="Empty: the theme is every municipality's."
    )
    description = PrintableHtml(
        string="What the Municipality Says",
        translate=True,
        help="The municipality's line on this theme now. It is printed on every background sheet.",
    )
    owner_id = fields.Many2one(
        "res.users", domain="[('share', '=', False)]", tracking=True, help="Keeps the municipality's line up to date."
    )
    reviewed_date = fields.Date(
        string="Last Reviewed", tracking=True, help="The day the owner last read the line and found that it holds."
    )

    council_ids = fields.Many2many(
        "res.partner",
        "one_entrance_theme_council_rel",
        string="On the Council's Side",
        domain="[('is_company', '=', False)]",
        help="The politicians who handle this theme in the council or one of its committees. Where one of them has a seat at an "
        "actor, the actor's background sheet says so.",
    )

    def action_reviewed(self):
        """Record that the owner has read the municipality's line today and that it holds."""
        for company, themes in self.grouped("company_id").items():
            themes.write({"reviewed_date": company._get_one_entrance_today()})
