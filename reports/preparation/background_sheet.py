from types import SimpleNamespace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_list

from ..common.paper_html import fit_to_paper

# How many of the actor's people a sheet names.
CONTACTS = 8


class BackgroundSheetDocument(models.AbstractModel):
    """The printed background sheet (S8, S11): gathers what the pages say, with the same number of queries for any
    number of sheets. It runs as the reader, and says what the reader may know.

    With ``one_entrance_published`` in the context, others will read the document: it tells nothing confidential.
    """

    _name = "report.one_entrance.background_sheet_document"
    _description = "Background Sheet, Printed"
    _inherit = ["one.entrance.paper.mixin", "one.entrance.conflict.mixin"]
    _paper_model = "one.entrance.sheet"

    def _get_pages(self, sheets):
        gathered = self._gather(sheets)
        pages = [SimpleNamespace(**self._describe_sheet(sheet, gathered)) for sheet in sheets]
        for page in pages:
            confidential = any(row.confidential for row in self._get_marked_rows(page))
            page.mark = self._get_classification("internal", confidential)
        return pages

    def _gather(self, sheets):
        """Read what the pages of all these sheets need, into one namespace; later rooms add what they know."""
        people = self._get_people(sheets.partner_id)
        seats = sheets.partner_id._get_one_entrance_current_seats()
        return SimpleNamespace(
            people=people,
            contacts=self._get_contacts(people),
            seats=seats,
            conflicts=self._get_conflicts(sheets, seats, self._is_published()),
            texts=self._get_texts(sheets),
            letterheads={company: self._get_letterhead(company) for company in sheets.company_id},
        )

    def _describe_sheet(self, sheet, gathered):
        """:return: what the page of one sheet says, as a dict of its parts; later rooms add theirs"""
        actor = sheet.partner_id
        contacts = gathered.contacts.get(actor, [])
        return {
            "id": sheet.id,
            "status": self._get_status(sheet),
            "letterhead": gathered.letterheads[sheet.company_id],
            "name": actor.display_name,
            "facts": self._get_facts(actor, sheet.company_id),
            "contacts": contacts[:CONTACTS],
            "contacts_left": self._get_contacts_left(contacts),
            "mayor_led": actor.one_entrance_mayor_led,
            "holders": self._get_holders(actor),
            "holder_missing": self._get_holder_missing(actor),
            "scheme": self._get_scheme(actor),
            "seats": self._describe_seats(gathered.seats.get(actor, ())),
            "conflicts": gathered.conflicts.get(sheet, []),
            "speaking": self._get_speaking(sheet),
            "themes": self._describe_sections(sheet, gathered.texts),
        }

    def _get_marked_rows(self, page):
        """:return: the rows of a page that may tell something confidential; later rooms add theirs"""
        return list(page.conflicts)

    def _is_published(self):
        """Whether others will read the document than who prints it."""
        return bool(self.env.context.get("one_entrance_published"))

    def _describe_sections(self, sheet, texts):
        """The sections in their order; the municipality's line stands once over those on one theme."""
        described, told = [], set()
        for section in sheet.section_ids:
            theme = section.theme_id
            described.append(
                SimpleNamespace(
                    name=theme.name,
                    shared=self._get_shared_mark(section),
                    speaker=sheet.mayor_led and self._get_introduction(sheet, section),
                    line=theme not in told and texts[theme],
                    line_label=self._get_line_label(theme),
                    body=texts[section],
                    kept=", ".join(filter(None, [self._format(section.updated_date), section.consultant_id.name])),
                )
            )
            told.add(theme)
        return described

    def _get_shared_mark(self, section):
        return section.audience == "shared" and self._label(section, "audience")

    def _get_introduction(self, sheet, section):
        """Who introduces the theme, beside its heading; empty where that is not settled."""
        name = self._get_speaker(sheet, section.speaker)
        return name and self.env._("Introduced by %(name)s", name=name)

    def _get_speaking(self, sheet):
        """The order of speaking at a mayor-led actor: who opens, then who introduces which theme."""
        if not sheet.mayor_led:
            return []
        lines = [self.env._("%(name)s opens the meeting", name=self._get_speaker(sheet, sheet.first_speaker))]
        for theme, sections in sheet.section_ids.grouped("theme_id").items():
            speakers = dict.fromkeys(filter(None, sections.mapped("speaker")))
            names = [self._get_speaker(sheet, role) for role in speakers]
            if names:
                lines.append(self.env._("%(theme)s: %(names)s", theme=theme.name, names=format_list(self.env, names)))
        return lines

    def _get_speaker(self, sheet, role):
        """The name of the mayor or the municipal director; the role where nobody is named."""
        if not role:
            return False
        roles = dict(sheet._fields["first_speaker"]._description_selection(self.env))
        company = sheet.company_id.sudo()  # who the principals are is a setting, and their names are for everybody
        return company[f"one_entrance_{role}_id"].name or roles[role]

    def _get_status(self, sheet):
        """How far a reader may rely on the sheet, as a kind and a text for every page."""
        if sheet.state == "draft":
            return SimpleNamespace(kind="draft", text=self.env._("Draft, not approved for use"))
        if sheet.state == "archived":
            current = sheet.partner_id.one_entrance_sheet_id
            if current.state == "ready":
                return SimpleNamespace(
                    kind="archived",
                    text=self.env._("Replaced by the sheet of %(date)s", date=self._format(current.prepared_date)),
                )
            return SimpleNamespace(kind="archived", text=self.env._("Archived, no longer in use"))
        if sheet.is_outdated:
            return SimpleNamespace(
                kind="outdated",
                text=self.env._("Outdated: was valid until %(date)s", date=self._format(sheet.valid_until)),
            )
        return SimpleNamespace(
            kind="valid",
            text=self.env._(
                "Prepared %(prepared)s, valid until %(until)s",
                prepared=self._format(sheet.prepared_date),
                until=self._format(sheet.valid_until),
            ),
        )

    def _get_facts(self, actor, company):
        """What identifies the actor, without what is not known."""
        country = actor.country_id if actor.country_id != company.country_id else actor.country_id.browse()
        town = " ".join(filter(None, [actor.zip, actor.city]))
        number = actor.company_registry or actor.vat
        website = (actor.website or "").partition("://")[2].rstrip("/")
        return list(
            filter(
                None,
                [
                    self._label(actor, "one_entrance_kind"),
                    number and self.env._("Company no. %(number)s", number=number),
                    ", ".join(filter(None, [actor.street, actor.street2, town, country.name])),
                    actor.phone,
                    actor.email,
                    website,
                ],
            )
        )

    def _get_people(self, actors):
        """The people at each actor, the archived ones too."""
        people = (
            self.env["res.partner"]
            .with_context(active_test=False)
            .search_fetch(
                Domain("parent_id", "in", actors.ids)
                & Domain("type", "=", "contact")
                & Domain("is_company", "=", False),
                ["parent_id", "name", "function", "phone", "email", "active", "create_date", "write_date"],
                order="name, id",
            )
        )
        return people.grouped("parent_id")

    def _get_contacts(self, people):
        """Whom one meets at each actor, those with a function first."""
        return {
            actor: [
                SimpleNamespace(name=person.name, title=person.function, reach=self._get_reach(person))
                for person in group.filtered("active").sorted(lambda person: not person.function)
            ]
            for actor, group in people.items()
        }

    def _get_contacts_left(self, contacts):
        left = len(contacts) - CONTACTS
        return left > 0 and self.env._("and %(count)s more in the register", count=left)

    def _get_holders(self, actor):
        return [
            SimpleNamespace(
                name=leader.name,
                title=self._get_title(leader),
                reach=self._get_reach(leader),
            )
            for leader in actor.one_entrance_holder_ids
        ]

    def _get_title(self, leader):
        title = leader.title or self._label(leader, "role")
        level = leader.level_id.number
        return self.env._("%(title)s (level %(level)s)", title=title, level=level) if level else title

    def _get_holder_missing(self, actor):
        """Who holds the entrance in one line, where somebody is missing there."""
        holders = 2 if actor.one_entrance_mayor_led else 1
        return len(actor.one_entrance_holder_ids) < holders and actor.one_entrance_holder_text

    def _get_scheme(self, actor):
        """How far the scheme has come with the actor, as labels and known values."""
        rows = [
            (self.env._("Step"), self._label(actor, "one_entrance_step")),
            (self.env._("Letter"), self._format(actor.one_entrance_letter_date)),
            (self.env._("First contact"), self._format(actor.one_entrance_contact_date)),
            (self.env._("Plan agreed"), self._format(actor.one_entrance_plan_date)),
            (self.env._("Left"), self._format(actor.one_entrance_left_date)),
            (self.env._("Meetings"), self._get_interval(actor)),
            (self.env._("Relation"), self._label(actor, "one_entrance_relation")),
            (self.env._("Consultant"), actor.one_entrance_consultant_id.name),
        ]
        return [SimpleNamespace(label=label, value=value) for label, value in rows if value]

    def _get_interval(self, actor):
        months = actor.one_entrance_interval
        if not months:
            return False
        return self.env._("every month") if months == 1 else self.env._("every %(months)s months", months=months)

    def _describe_seats(self, seats):
        return [
            SimpleNamespace(
                politician=seat.sudo().politician_id.name,  # whom a contact belongs to hides no seat
                role=self._label(seat, "role"),
                body=seat.body,
                until=seat.date_to and self.env._("until %(date)s", date=self._format(seat.date_to)),
            )
            for seat in seats
        ]

    def _get_line_label(self, theme):
        if not theme.reviewed_date:
            return self.env._("The municipality says")
        return self.env._("The municipality says, reviewed %(date)s", date=self._format(theme.reviewed_date))

    def _get_texts(self, sheets):
        """The municipality's lines and the actors' texts, ready for paper, by theme and by section."""
        sections = sheets.section_ids
        themes = sections.theme_id
        sources = [theme.description for theme in themes] + [section.body for section in sections]
        return dict(zip([*themes, *sections], fit_to_paper(self.env, sources), strict=True))

    def _get_reach(self, person):
        return " · ".join(filter(None, [person.phone, person.email]))


class BackgroundSheetPartnerDocument(models.AbstractModel):
    """The current background sheets of some actors, printed from the actors."""

    _name = "report.one_entrance.background_sheet_partner_document"
    _inherit = "report.one_entrance.background_sheet_document"
    _description = "Background Sheets of Actors, Printed"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:raise UserError: where none of the actors has a sheet that the reader may read"""
        sheets = self.env["res.partner"].browse(docids)._get_one_entrance_current_sheets()
        return super()._get_report_values(sheets.ids, data)
