from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty
from odoo.tools.mail import html_to_inner_content

from ..common.printable_html import PrintableHtml
from .one_entrance_sheet import SPEAKERS

# How many characters of a text a list shows.
EXCERPT_LENGTH = 100


class OneEntranceSheetSection(models.Model):
    """What there is to say to one actor on one theme, who wrote it, and when it was last changed (S8).

    A section is internal, or shared with the actor before the meeting; a theme may have one of each. Shared sections
    are printed by themselves, without anything else of the sheet.
    """

    _name = "one.entrance.sheet.section"
    _description = "Section of a Background Sheet"
    _order = "sequence, theme_id, audience, id"
    _rec_name = "theme_id"

    sheet_id = fields.Many2one("one.entrance.sheet", required=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(related="sheet_id.partner_id")
    sheet_state = fields.Selection(related="sheet_id.state")
    sequence = fields.Integer(default=10)
    theme_id = fields.Many2one("one.entrance.theme", required=True, ondelete="restrict", index=True)
    theme_description = fields.Html(related="theme_id.description", string="What the Municipality Says")
    audience = fields.Selection(
        [("internal", "Internal"), ("shared", "Shared with the actor beforehand")],
        string="Who Reads It",
        required=True,
        default="internal",
        help="Internal: only the municipality's own people. Shared with the actor beforehand: it is printed by itself for the "
        "actor, who reads it before the meeting.",
    )
    speaker = fields.Selection(
        SPEAKERS,
        string="Introduced By",
        help="Who of the two principals introduces the theme at the meeting with a mayor-led actor. Empty: it is not settled.",
    )
    mayor_led = fields.Boolean(related="sheet_id.mayor_led")
    body = PrintableHtml(string="For This Actor")
    is_empty = fields.Boolean(compute="_compute_is_empty")
    excerpt = fields.Char(string="Begins", compute="_compute_is_empty")
    consultant_id = fields.Many2one(
        "res.users",
        string="Business Consultant",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Who keeps this section.",
    )
    updated_date = fields.Date(string="Last Changed", readonly=True, help="The day the text was last changed.")
    revision = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Counts the changes of the text. Whoever writes a text together with the revision it is based on is told if "
        "somebody else was faster.",
    )

    _theme_unique = models.Constraint(
        "UNIQUE (sheet_id, theme_id, audience)",
        "This theme has a section on the sheet already. Write in that one; beside an internal section a theme may have one that "
        "is shared with the actor beforehand.",
    )

    @api.depends("body")
    def _compute_is_empty(self):
        for section in self:
            section.is_empty = is_html_empty(section.body)
            section.excerpt = shorten(html_to_inner_content(section.body or ""), EXCERPT_LENGTH, placeholder="…")

    @api.constrains("sheet_id", "theme_id", "audience", "body", "speaker", "consultant_id", "sequence", "updated_date")
    def _check_sheet_is_draft(self):
        self.sheet_id._check_is_draft()

    @api.model_create_multi
    def create(self, vals_list):
        sheets = self.env["one.entrance.sheet"]
        return super().create(
            [
                vals
                if vals.get("updated_date") or is_html_empty(vals.get("body"))
                else {**vals, "updated_date": sheets.browse(vals.get("sheet_id")).company_id._get_one_entrance_today()}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """A changed text gets today's date. With a ``revision`` given, nobody's change since then is overwritten."""
        if "sheet_id" in vals:
            self._check_sheet_is_draft()  # nothing is moved out of a sheet that does not change
        if "body" not in vals:
            result = super().write({name: value for name, value in vals.items() if name != "revision"})
            self._check_access_after(vals)
            return result
        for section in self:
            section._check_revision(vals.get("revision", section.revision))
            super(OneEntranceSheetSection, section).write(
                {
                    "updated_date": section.sheet_id.company_id._get_one_entrance_today(),
                    **vals,
                    "revision": section.revision + 1,
                }
            )
        self._check_access_after(vals)
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_not_draft(self):
        self.sheet_id._check_is_draft()

    def action_open(self):
        """Open this section alone, to write in it."""
        self.ensure_one()
        return self._get_records_action(target="new", context={})

    def _check_access_after(self, vals):
        """Nobody puts a section on a sheet that is not theirs to write."""
        if "sheet_id" in vals:
            self.check_access("write")

    def _check_revision(self, revision):
        """:raise UserError: where the text was changed after this revision, naming by whom"""
        self.ensure_one()
        if revision != self.revision:
            raise UserError(
                self.env._(
                    "%(user)s has changed the section “%(theme)s” of %(actor)s while you were writing. Nothing has been "
                    "overwritten, and your own text still stands in the window: copy it, reload the page, and add it to "
                    "the new text.",
                    user=self.write_uid.name,
                    theme=self.theme_id.name,
                    actor=self.sheet_id.partner_id.display_name,
                )
            )
