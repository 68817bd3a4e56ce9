from lxml import html

from ..common import OneEntranceCase

REPORT = "one_entrance.report_background_sheet_shared"


class SharedSheetCase(OneEntranceCase):
    """An actor whose sheet has something that it reads before the meeting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Nordby Kommune"
        cls.company.partner_id.tz = "Europe/Copenhagen"
        cls.consultant.partner_id.write({"phone": "89 59 20 00", "email": "konsulent@example.org"})
        cls.director.partner_id.write(
            {"function": "Director of Technology", "phone": "89 59 10 00", "email": "dir@example.org"}
        )
        cls.actor = cls._make_actor("Færgehavnen A/S", consultant_id=cls.consultant.id)
        cls.sheet = cls._make_sheet(cls.actor)
        cls.theme = cls.sheet.section_ids[0].theme_id
        cls.shared = cls._share(cls.sheet, "<p>Det vil vi gerne <strong>tale</strong> om.</p>")

    @classmethod
    def _share(cls, sheet, body, theme=None):
        theme = theme or sheet.section_ids[0].theme_id
        return (
            cls.env["one.entrance.sheet.section"]
            .with_user(cls.consultant)
            .create({"sheet_id": sheet.id, "theme_id": theme.id, "audience": "shared", "body": body})
        )

    def _ready(self):
        self.sheet.with_user(self.consultant).action_ready()

    def _render(self, records=None, report=REPORT, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant).with_context(lang=lang)
        return Report._render_qweb_html(report, (records or self.sheet).ids)[0].decode()

    def _read(self, *args, **kwargs):
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def _print(self, records=None, report=REPORT, user=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(user or self.consultant)
        Report = Report.with_context(force_report_rendering=True, lang=lang)
        content, kind = Report._render_qweb_pdf(report, (records or self.sheet).ids)
        self.assertEqual(kind, "pdf")
        return content
