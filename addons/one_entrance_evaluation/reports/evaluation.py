from types import SimpleNamespace

from odoo import models
from odoo.tools import format_date

from odoo.addons.one_entrance.reports.common.paper_html import fit_to_paper

from .evaluation_figures import STEPS
from .svg_charts import FULL, HALF, plot_bars

# What people write in the paper.
TEXTS = ("background", "assessment", "policies", "economy", "recommendation", "decision")


class EvaluationDocument(models.AbstractModel):
    """The paper for the council about an evaluation round, in the order of the case paper (S12). It gathers what the
    pages say, and holds no query of its own.
    """

    _name = "report.one_entrance_evaluation.evaluation_document"
    _inherit = "one.entrance.paper.mixin"
    _description = "Paper for the Council, Printed"
    _paper_model = "one.entrance.evaluation"

    def _get_paper_records(self, docids):
        """:raise AccessError: where the reader may not read the figures that stand in it"""
        self.env["one.entrance.evaluation"]._check_may_print()
        return super()._get_paper_records(docids)

    def _get_pages(self, evaluations):
        """:return: one document a round, with texts, plots, and dates as texts, in the language of the environment"""
        sources = [evaluation[name] for evaluation in evaluations for name in TEXTS]
        texts = iter(fit_to_paper(self.env, sources))
        letterheads = {company: self._get_letterhead(company) for company in evaluations.company_id}
        pages = []
        for evaluation in evaluations:
            written = SimpleNamespace(**{name: next(texts) for name in TEXTS})
            pages.append(
                SimpleNamespace(
                    id=evaluation.id,
                    lang=self.env.lang,
                    letterhead=letterheads[evaluation.company_id],
                    status=self._get_status(evaluation),
                    mark=self._get_mark(evaluation),
                    name=evaluation.name,
                    facts=self._get_facts(evaluation),
                    **self._get_content(evaluation, written),
                )
            )
        return pages

    def _get_content(self, evaluation, written):
        """:param SimpleNamespace written: what people wrote, ready for paper, and ``False`` where they wrote nothing"""
        figures, counts = self._read_figures(evaluation), evaluation._get_interview_counts()
        return {
            "background": written.background or self._tell_background(evaluation, figures, counts),
            "rollout": self._get_rollout(evaluation, figures),
            "findings": self._get_findings(figures),
            "interviews": self._get_interviews(evaluation, counts),
            "measures": self._get_measures(evaluation),
            "assessment": written.assessment,
            "policies": written.policies,
            "economy": written.economy or self._tell_economy(),
            "recommendation": written.recommendation or self._tell_recommendation(),
            "decision": written.decision,
            "proposed": {name for name in ("economy", "recommendation") if not getattr(written, name)},
        }

    def _get_status(self, evaluation):
        """:return: how far the case has come and who the paper is for, as ``kind`` and ``text``, for every page"""
        kind = "valid" if evaluation.state == "noted" else "draft"
        return SimpleNamespace(kind=kind, text=f"{self._label(evaluation, 'state')} · {self._get_mark(evaluation)}")

    def _get_mark(self, evaluation):
        """The paper is the house's own until it goes to the political level, whose papers are public."""
        return self._get_classification("public" if evaluation.state in ("political", "noted") else "internal")

    def _get_facts(self, evaluation):
        """:return: which round it is and where its case stands, as labels with values"""
        period = self.env._(
            "%(date_from)s to %(date_to)s",
            date_from=self._write_date(evaluation.date_from),
            date_to=self._write_date(evaluation.date_to),
        )
        rows = [
            (self.env._("For"), self.env._("The municipal council")),
            (self.env._("Period"), period),
            (self.env._("Discussed in the directorate"), self._write_date(evaluation.directorate_date)),
            (self.env._("At the political level"), self._write_date(evaluation.council_date)),
            (self.env._("Status"), self._label(evaluation, "state")),
        ]
        return [SimpleNamespace(label=label, value=value) for label, value in rows if value]

    def _write_date(self, date):
        """:return: a date as it stands in running text, with the month's name"""
        return format_date(self.env, date, date_format="long") if date else False

    def _plot(self, title, image, width=HALF):
        return SimpleNamespace(title=title, image=image, is_wide=width == FULL)

    def _block(self, title, *sentences, plots=(), **values):
        """:return: a matter of the paper; a single narrow plot stands beside the text, others in rows below"""
        wide = [[plot] for plot in plots if plot.is_wide]
        narrow = [plot for plot in plots if not plot.is_wide]
        rows = [narrow[i : i + 2] for i in range(0, len(narrow), 2)] + wide
        return SimpleNamespace(
            title=title,
            text=self._sentences(*sentences),
            rows=rows,
            is_beside=len(narrow) == 1 and not wide,
            **values,
        )

    def _get_rollout(self, evaluation, figures):
        """:return: the steps, how many have come how far, and which kinds of actors stand where"""
        names = self._get_words("one_entrance_step")
        rows = [
            (
                names[step],
                [
                    (value, self._number(value))
                    for value in (figures.get_value(f"rollout_{moment}", step) for moment in ("start", "end"))
                ],
            )
            for step in STEPS
        ]
        title = self.env._("Actors by step")
        moments = (self._write_date(evaluation.date_from), self._write_date(evaluation.date_to))
        known = figures.count_actors("start") or figures.count_actors("end")
        return SimpleNamespace(
            steps=self._tell_steps(figures),
            plots=[self._plot(title, plot_bars(title, rows, moments))] if known else [],
            conclusion=self._tell_rollout(figures),
            left=self._tell_left(figures),
            **self._get_kinds(evaluation, figures),
        )

    def _get_kinds(self, evaluation, figures):
        """:return: a table of the kinds of actors and the steps they stand on at the end of the period"""
        names = self._get_words("one_entrance_kind")
        kinds = {}
        for row in figures.get_all("rollout_end_kind"):
            kind, _slash, step = (row.key or "").partition("/")
            if row.value and step in STEPS:
                kinds.setdefault(kind if kind in names else False, dict.fromkeys(STEPS, 0))[step] += row.value
        rows = [
            SimpleNamespace(
                label=names[kind] if kind else self.env._("Kind not stated"),
                cells=[self._number(kinds[kind][step]) for step in STEPS],
                total=self._number(sum(kinds[kind].values())),
            )
            for kind in (*names, False)
            if kind in kinds
        ]
        return {
            "kinds": rows,
            "kind_steps": [
                self.env._("Appointed"),
                self.env._("1. Letter"),
                self.env._("2. Contact"),
                self.env._("3. Plan"),
            ],
            "kind_title": self.env._("Actors by kind on %(date)s", date=self._write_date(evaluation.date_to)),
        }

    def _get_words(self, name):
        """:return: the words for the values of a selection on an actor"""
        return dict(self.env["res.partner"]._fields[name]._description_selection(self.env))
