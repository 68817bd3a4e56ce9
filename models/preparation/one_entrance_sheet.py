from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from ..common.activity import prepare_activity
from ..common.file_name import get_file_name

READ_SHEET = "one_entrance.mail_activity_type_read_sheet"
# The states a sheet can go to from each state: nothing comes back from the archive, and what is ready stays as it is.
TRANSITIONS = {"draft": ("ready", "archived"), "ready": ("archived",), "archived": ()}
# What a reader of a ready sheet relies on.
CONTENT = (
    "partner_id",
    "company_id",
    "version",
    "consultant_id",
    "prepared_date",
    "valid_until",
    "section_ids",
    "first_speaker",
)
# Who speaks for the municipality at a meeting with a mayor-led actor.
SPEAKERS = [("mayor", "Mayor"), ("municipal_director", "Municipal Director")]


class OneEntranceSheet(models.Model):
    """The background sheet for the meetings with one actor, in versions (S8).

    A sheet is written as a draft, with a section for each theme. Made ready, it is dated and fixed, and replaces the
    version before; a new version starts from its texts. For a mayor-led actor it says in which order mayor and
    municipal director speak (S10).
    """

    _name = "one.entrance.sheet"
    _description = "Background Sheet"
    _inherit = ["one.entrance.actor.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["partner_id"]
    _check_company_auto = True
    _allows_left = False

    version = fields.Integer(readonly=True, default=1, aggregator=None, copy=False)
    consultant_id = fields.Many2one(
        "res.users",
        string="Business Consultant",
        domain="[('share', '=', False)]",
        compute="_compute_consultant_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Keeps the sheet as a whole up to date.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("ready", "Ready"), ("archived", "Archived")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    prepared_date = fields.Date(string="Prepared On", readonly=True, copy=False)
    valid_until = fields.Date(readonly=True, copy=False, tracking=True)
    first_speaker = fields.Selection(
        SPEAKERS,
        string="Who Opens",
        compute="_compute_first_speaker",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Who of the two principals opens the meeting with a mayor-led actor. It is printed in the order of speaking.",
    )
    section_ids = fields.One2many("one.entrance.sheet.section", "sheet_id", string="Sections", copy=True)
    is_outdated = fields.Boolean(compute="_compute_is_outdated")
    conflict_text = fields.Text(
        string="To Consider",
        compute="_compute_conflict_text",
        exportable=False,
        help="Where a politician with a seat at the actor is also on the council's side of a matter.",
    )
    leader_id = fields.Many2one(related="partner_id.one_entrance_leader_id")
    holder_text = fields.Char(related="partner_id.one_entrance_holder_text")
    mayor_led = fields.Boolean(related="partner_id.one_entrance_mayor_led")

    _one_draft = models.UniqueIndex(
        "(partner_id) WHERE state = 'draft'", "This actor has a draft sheet already. Write in that one."
    )
    _one_ready = models.UniqueIndex(
        "(partner_id) WHERE state = 'ready'", "This actor has a sheet that is ready. Archive it first."
    )

    @api.depends("partner_id", "version", "prepared_date", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            if sheet.prepared_date:
                sheet.display_name = self.env._(
                    "%(actor)s, background sheet %(date)s",
                    actor=sheet.partner_id.name,
                    date=format_date(self.env, sheet.prepared_date),
                )
            else:
                sheet.display_name = self.env._("%(actor)s, background sheet (draft)", actor=sheet.partner_id.name)

    @api.depends("partner_id")
    def _compute_consultant_id(self):
        for sheet in self:
            sheet.consultant_id = sheet.consultant_id or sheet.partner_id.one_entrance_consultant_id or self.env.user

    @api.depends("partner_id")
    def _compute_first_speaker(self):
        """Propose who opened on the actor's last sheet, else the mayor."""
        last = self._get_last_sheets()
        for sheet in self:
            sheet.first_speaker = last.get(sheet.partner_id._origin, sheet.browse()).first_speaker or "mayor"

    @api.depends("state", "valid_until")
    def _compute_is_outdated(self):
        self.is_outdated = False
        self.filtered_domain(self._get_outdated_domain()).is_outdated = True

    @api.depends("partner_id", "section_ids.theme_id")
    @api.depends_context("uid", "lang", "allowed_company_ids", "one_entrance_published")
    def _compute_conflict_text(self):
        """The same notes as on the printed sheet."""
        published = bool(self.env.context.get("one_entrance_published"))
        seats = self.partner_id._get_one_entrance_current_seats()
        document = self.env["report.one_entrance.background_sheet_document"]
        conflicts = document._get_conflicts(self, seats, published)
        for sheet in self:
            sheet.conflict_text = "\n".join(note.text for note in conflicts.get(sheet, ())) or False

    @api.constrains(*CONTENT)
    def _check_is_draft(self):
        """A sheet that is ready or archived does not change: somebody may have printed it."""
        for sheet in self:
            if sheet.state != "draft":
                raise ValidationError(
                    self.env._(
                        "“%(sheet)s” is not a draft any more and does not change. Make a new version with “New sheet”.",
                        sheet=sheet.display_name,
                    )
                )

    @api.constrains("state")
    def _check_ready_is_complete(self):
        for sheet in self.filtered(lambda sheet: sheet.state == "ready"):
            empty = sheet.section_ids.filtered("is_empty")
            if empty:
                raise ValidationError(
                    self.env._(
                        "“%(sheet)s” cannot be ready: nothing is written under %(themes)s. Write it, or remove the section.",
                        sheet=sheet.display_name,
                        themes=format_list(self.env, empty.mapped("theme_id.name")),
                    )
                )
            if not sheet.section_ids or not sheet.prepared_date or not sheet.valid_until:
                raise ValidationError(
                    self.env._(
                        "“%(sheet)s” cannot be ready: it has no section. Add one for each theme of the meeting.",
                        sheet=sheet.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A draft without sections gets one for each theme, with the texts of the actor's last sheet."""
        self.flush_model(["partner_id", "state"])  # an actor's sheet that has just got ready makes room for a draft
        wants_sections = [not vals.get("section_ids") for vals in vals_list]
        sheets = super().create(vals_list)
        sheets.browse(
            sheet.id for sheet, wants in zip(sheets, wants_sections, strict=True) if wants
        )._prefill_sections()
        return sheets

    def write(self, vals):
        if not vals.keys().isdisjoint(CONTENT):
            self._check_is_draft()
        moving = self.filtered(lambda sheet: "state" in vals and sheet.state != vals["state"])
        for sheet in moving:
            if vals["state"] not in TRANSITIONS[sheet.state]:
                raise UserError(
                    self.env._(
                        "“%(sheet)s” cannot go back. Make a new version with “New sheet”.", sheet=sheet.display_name
                    )
                )
        if moving and vals["state"] == "ready":
            moving._before_ready()
        result = super().write(vals)
        if "partner_id" in vals:
            self.check_access("write")  # nobody hands a sheet to an actor whose sheets are not theirs to write
        if moving:
            moving.flush_recordset(["state"])  # before another version takes this one's place
            if vals["state"] == "ready":
                moving._after_ready()
            else:
                moving.activity_unlink([READ_SHEET])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ready(self):
        for sheet in self:
            if sheet.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(sheet)s” has been ready and is part of the actor's history. It can be archived, not deleted.",
                        sheet=sheet.display_name,
                    )
                )

    def action_ready(self):
        """Make these drafts ready: dated, fixed, in place of the version before, and announced to who reads them."""
        self.write({"state": "ready"})

    def action_archive_sheet(self):
        """Put these sheets away; they stay in the actor's history."""
        self.write({"state": "archived"})

    def action_new_version(self):
        """Make the next version of these sheets, with their texts, and open it."""
        return self._make_drafts(self.partner_id)._get_open_action()

    def action_print(self):
        """Print these sheets as one PDF."""
        # the sheet has a layout of its own: no use in asking an administrator for one first
        return self.env.ref("one_entrance.report_background_sheet").report_action(self, config=False)

    def action_print_shared(self):
        """Print as one PDF what these sheets share with their actors beforehand, without the rest of the sheets.

        :raise UserError: where a sheet shares nothing
        """
        self._check_shared()
        return self.env.ref("one_entrance.report_background_sheet_shared").report_action(self, config=False)

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        # the sheet is internal: the chatter does not propose the actor as the one to write to
        return []

    @api.model
    def _get_outdated_domain(self):
        """The ready sheets that are not valid any more."""
        return Domain("state", "=", "ready") & self.env["res.company"]._get_one_entrance_today_domain(
            lambda today: Domain("valid_until", "<", today)
        )

    def _before_ready(self):
        """Date the sheets and archive the versions before them. A draft with a date keeps it, and is outdated the
        sooner: it was written before it was entered here.
        """
        for (company, written), sheets in self.grouped(lambda sheet: (sheet.company_id, sheet.prepared_date)).items():
            today = company._get_one_entrance_today()
            validity = company.sudo().one_entrance_sheet_validity  # a setting, for every writer of a sheet to obey
            prepared = min(written or today, today)
            sheets.write({"prepared_date": prepared, "valid_until": prepared + relativedelta(months=validity)})
        previous = self.search([("partner_id", "in", self.partner_id.ids), ("state", "=", "ready")])
        if previous:
            previous.write({"state": "archived"})

    def _after_ready(self):
        """Ask the reader to read the sheet, and keep the document as it was on the day."""
        activities = []
        for sheet in self:
            today = sheet.company_id._get_one_entrance_today()
            for reader in sheet._get_readers():
                env = self.with_context(lang=reader.lang).env
                summary = env._("Read the background sheet for %(actor)s", actor=sheet.partner_id.display_name)
                activities.append(prepare_activity(sheet, READ_SHEET, reader, today, summary))
        self.env["mail.activity"].create(activities)
        self._attach_document()

    def _get_readers(self):
        """Who is asked to read the sheet: whoever acts for the contact leader; of a mayor-led actor the mayor's office,
        else whoever acts for the principals. Where there is nobody, the consultant.
        """
        self.ensure_one()
        actor = self.partner_id.sudo()  # who acts for whom is looked up for the writer, who need not read the settings
        Leader = self.env["one.entrance.leader"]
        acting = Leader._get_mayor_office(actor) or actor.one_entrance_holder_ids.sudo().responsible_id
        return acting.sudo(False) or Leader._filter_acting(self.consultant_id)

    def _attach_document(self):
        """Keep the printed sheet as an attachment of each sheet, in one call of the printer.

        Without a PDF printer the sheets get ready all the same, with a note. ``one_entrance_keep_document=False`` in
        the context spares the printing where many sheets are made, such as the demo data.
        """
        if not self.env.context.get("one_entrance_keep_document", True):
            return
        Report = self.env["ir.actions.report"]
        if Report.get_wkhtmltopdf_state() in ("install", "broken"):
            for sheet in self:
                sheet.message_post(
                    body=self.env._("No PDF was kept: the server has no PDF printer (wkhtmltopdf) that works.")
                )
            return
        report = "one_entrance.report_background_sheet"
        # who reads the attachment may be another than who makes the sheet ready: nothing confidential goes into it
        Report = Report.with_context(one_entrance_published=True)
        streams, kind = Report._pre_render_qweb_pdf(report, res_ids=self.ids)
        if kind != "pdf":  # inside tests Odoo prints HTML, unless told otherwise
            return
        for sheet in self:
            stream = streams.get(sheet.id, {}).get("stream")
            if stream:
                sheet.message_post(
                    body=self.env._("The background sheet is ready."),
                    attachments=[(self.env._("%(sheet)s.pdf", sheet=sheet.display_name), stream.getvalue())],
                )

    @api.model
    def _make_drafts(self, partners):
        """Find or make the draft sheet of each of these actors.

        :raise ValidationError: for a partner who is not in the scheme
        """
        partners._check_one_entrance_in_scheme()
        drafts = self.search([("partner_id", "in", partners.ids), ("state", "=", "draft")])
        return drafts | self.create([{"partner_id": partner.id} for partner in partners - drafts.partner_id])

    def _prefill_sections(self):
        """Give each sheet a section for every theme in use, copied from the actor's last sheet where that has some."""
        last = self._get_last_sheets()
        themes = self.env["one.entrance.theme"].search([])
        sections = []
        for sheet in self:
            previous = last.get(sheet.partner_id, self.browse())
            sheet.version = previous.version + 1
            written = previous.section_ids.sorted("audience").grouped("theme_id")
            own = themes.filtered(
                lambda theme, sheet=sheet: theme.company_id in (sheet.company_id, theme.company_id[:0])
            )
            for theme in own | previous.section_ids.theme_id.filtered("active"):
                common = {"sheet_id": sheet.id, "theme_id": theme.id, "sequence": theme.sequence}
                if theme not in written:
                    sections.append({**common, "consultant_id": sheet.consultant_id.id})
                    continue
                sections += [
                    {
                        **common,
                        "audience": section.audience,
                        "body": section.body,
                        "speaker": section.speaker,
                        "consultant_id": section.consultant_id.id,
                        "updated_date": section.updated_date,
                    }
                    for section in written[theme]
                ]
        self.env["one.entrance.sheet.section"].create(sections)

    def _get_last_sheets(self):
        """The last sheet of each actor, other than these."""
        earlier = self.search(
            [("partner_id", "in", self.partner_id.ids), ("id", "not in", self.ids)], order="version, id"
        )
        return {sheet.partner_id: sheet for sheet in earlier}

    def _get_shared_sections(self):
        """The sections with a text for the actor to read beforehand."""
        return self.section_ids.filtered(lambda section: section.audience == "shared" and not section.is_empty)

    def _check_shared(self):
        """:raise UserError: naming the actors whose sheet has no text for them"""
        without = self - self._get_shared_sections().sheet_id
        if without:
            raise UserError(
                self.env._(
                    "%(actors)s: nothing on the background sheet is to be shared with the actor beforehand. Add a section on the "
                    "sheet, choose “Shared with the actor beforehand” for it, and write its text.",
                    actors=without.partner_id._get_one_entrance_names(),
                )
            )

    def _get_shared_name(self):
        """The name of the file that the actor gets."""
        self.ensure_one()
        name = self.env._("Themes for our meeting, %(actor)s", actor=self.partner_id.name)
        return get_file_name(name)

    def _get_open_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("one_entrance.one_entrance_sheet_action")
        action["domain"] = [("id", "in", self.ids)]
        action["context"] = {}
        if len(self) == 1:
            action.update(res_id=self.id, views=[(False, "form")])
        return action
