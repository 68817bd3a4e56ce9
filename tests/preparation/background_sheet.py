from lxml import html

from ..common import OneEntranceCase

REPORT = "one_entrance.report_background_sheet"
# An actor of whom much is known: far in the rollout, with all dates.
DIALOGUE = {
    "kind": "company",
    "step": "plan",
    "letter_date": "2024-01-10",
    "contact_date": "2024-02-11",
    "plan_date": "2024-03-12",
    "interval": 4,
    "relation": "professional",
}


class BackgroundSheetCase(OneEntranceCase):
    """An actor of whom much is known, and its background sheet as words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"name": "Nordby Kommune", "country_id": cls.env.ref("base.dk").id})
        cls.director.partner_id.write(
            {"function": "Director of Technology", "phone": "89 59 10 00", "email": "dir@example.com"}
        )
        cls.actor = cls._make_actor(
            "Færgehavnen A/S",
            **DIALOGUE,
            consultant_id=cls.consultant.id,
        )
        cls.actor.write(
            {
                "street": "Kajen 1",
                "zip": "8500",
                "city": "Grenaa",
                "country_id": cls.env.ref("base.dk").id,
                "company_registry": "12345678",
                "website": "https://www.faergehavnen.example/",
            }
        )

    def _make_contact(self, name, **values):
        return self.env["res.partner"].create({"name": name, "parent_id": self.actor.id, "type": "contact", **values})

    def _render(self, records, user=None, lang="en_US", report=REPORT):
        """Print as HTML; as the director who leads the actors, unless another user is named."""
        Report = self.env["ir.actions.report"].with_user(user or self.director_user).with_context(lang=lang)
        return Report._render_qweb_html(report, records.ids)[0].decode()

    def _read(self, *args, **kwargs):
        """:return: the words of the printed document, with single spaces"""
        document = html.fromstring(self._render(*args, **kwargs))
        for style in document.xpath("//style"):
            style.drop_tree()
        return " ".join(document.text_content().split())

    # Political representation, and seats on both sides of a matter

    def _make_seat(self, name="Ægir Ås", **values):
        return self.env["one.entrance.seat"].create(
            {
                "partner_id": self.actor.id,
                "politician_id": self.env["res.partner"].create({"name": name}).id,
                "body": "the board",
                "date_from": "2022-01-01",
                **values,
            }
        )

    def _get_notes(self, sheet, user=None, published=False):
        """:return: the notes of the form, which are those of the printed sheet"""
        self.env.invalidate_all()
        sheet = sheet.with_user(user or self.director_user)
        if published:
            sheet = sheet.with_context(one_entrance_published=True)
        return sheet.conflict_text or ""
