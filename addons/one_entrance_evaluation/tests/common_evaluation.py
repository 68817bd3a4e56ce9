from lxml import html

from odoo.addons.one_entrance.tests.common import OneEntranceCase

REPORT = "one_entrance_evaluation.report_evaluation"


class EvaluationCase(OneEntranceCase):
    """A round of the year before, and its paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Nordby Kommune"
        cls.evaluation = cls._make_round()

    @classmethod
    def _make_round(cls, **values):
        return cls.env["one.entrance.evaluation"].create(
            {
                "name": "Evaluation of the Scheme",
                "date_from": "2023-01-01",
                "date_to": "2023-12-31",
                "directorate_date": "2024-02-24",
                "council_date": "2024-03-19",
                **values,
            }
        )

    @classmethod
    def _speak_danish(cls):
        cls.env["res.lang"]._activate_lang("da_DK")
        cls.env.ref("base.module_one_entrance_evaluation")._update_translations(["da_DK"], overwrite=True)

    def _render(self, evaluations=None, lang="en_US", user=None):
        """Print as HTML; as the manager, unless another user is named."""
        Report = self.env["ir.actions.report"].with_user(user or self.manager).with_context(lang=lang)
        return Report._render_qweb_html(REPORT, (evaluations or self.evaluation).ids)[0].decode()

    def _read(self, *args, **kwargs):
        """:return: the words of the paper, with single spaces; of its plots what is seen in them"""
        document = html.fromstring(self._render(*args, **kwargs))
        for hidden in document.xpath("//style | //*[local-name() = 'desc' or local-name() = 'title']"):
            hidden.drop_tree()
        return " ".join(" ".join(document.itertext()).split())

    def _print(self, evaluations=None, lang="en_US"):
        Report = self.env["ir.actions.report"].with_user(self.manager)
        Report = Report.with_context(force_report_rendering=True, lang=lang)
        content, kind = Report._render_qweb_pdf(REPORT, (evaluations or self.evaluation).ids)
        self.assertEqual(kind, "pdf")
        return content
