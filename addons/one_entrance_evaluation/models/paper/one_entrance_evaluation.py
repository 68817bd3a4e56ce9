from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import is_html_empty

from odoo.addons.one_entrance.models.common.file_name import get_file_name
from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

# A trend takes some years before the period.
YEARS_BEFORE = 4


class OneEntranceEvaluation(models.Model):
    """The paper for the council: what people write in it, and the external measures beside its figures (S12, S15)."""

    _inherit = "one.entrance.evaluation"

    policies = PrintableHtml(
        string="Connection to Other Policies",
        translate=True,
        help="Which of the municipality's policies, strategies and fields the scheme is connected to.",
    )
    assessment_missing = fields.Boolean(compute="_compute_assessment_missing")
    measure_ids = fields.Many2many(
        "one.entrance.measure",
        string="External Measures",
        compute="_compute_measure_ids",
        help="Of the years of the period, and of those before it.",
    )
    # what else the paper said when the round was noted: nobody's to write
    kept_paper = fields.Json(groups=fields.NO_ACCESS, copy=False)

    @api.depends("assessment")
    def _compute_assessment_missing(self):
        for evaluation in self:
            evaluation.assessment_missing = is_html_empty(evaluation.assessment)

    @api.depends("company_id", "date_from", "date_to")
    def _compute_measure_ids(self):
        measures = self.env["one.entrance.measure"].search([("company_id", "in", self.company_id.ids)])
        for evaluation in self:
            evaluation.measure_ids = measures.filtered(evaluation._covers_measure)

    def _get_locked_fields(self):
        return super()._get_locked_fields() | {"policies"}

    def _covers_measure(self, measure):
        """:return: whether a measure stands beside this round's figures"""
        self.ensure_one()
        if measure.company_id != self.company_id or not (self.date_from and self.date_to):
            return False
        return self.date_from.year - YEARS_BEFORE <= measure.year <= self.date_to.year

    def _get_measures(self):
        """:return: the external measures, by name and year: as now, or as they were when the round was noted"""
        self.ensure_one()
        kept = self._get_kept_paper()
        rows = kept["measures"] if kept else self._read_measures()
        return [SimpleNamespace(**row) for row in rows]

    def _get_decision_date(self):
        """:return: the day the council decided on the scheme: as in Settings, or as when the round was noted"""
        self.ensure_one()
        kept = self._get_kept_paper()
        # sudo: it stands in every paper, whoever prints it
        date = kept["decision_date"] if kept else self.sudo().company_id.one_entrance_decision_date
        return fields.Date.to_date(date) or False

    def _get_kept_paper(self):
        return self.state == "noted" and self.sudo().kept_paper  # sudo: whoever reads the round reads what it says

    def _read_measures(self):
        names = ("name", "year", "place", "place_of", "score", "unit", "source", "scale_from", "scale_to")
        measures = self.measure_ids.sorted(lambda measure: (measure.name.casefold(), measure.year))
        return [{name: measure[name] for name in names} for measure in measures]

    def _freeze(self):
        result = super()._freeze()
        for evaluation in self:
            # sudo: written by the system only, and a setting
            decided = evaluation.sudo().company_id.one_entrance_decision_date
            evaluation.sudo().kept_paper = {
                "measures": evaluation._read_measures(),
                "decision_date": fields.Date.to_string(decided),
            }
        return result

    def _unfreeze(self):
        result = super()._unfreeze()
        self.sudo().kept_paper = False  # sudo: written by the system only
        return result

    def action_print_paper(self):
        """Print the papers of these rounds as one PDF.

        :raise AccessError: where the user may not read figures
        """
        self._check_may_print()
        # the paper has a layout of its own: no use in asking an administrator for one first
        return self.env.ref("one_entrance_evaluation.report_evaluation").report_action(self, config=False)

    @api.model
    def _check_may_print(self):
        """The figures of a round come from all actors, also from what is confidential: they are the administrators'."""
        if not self.env["one.entrance.evaluation.figure"].has_access("read"):
            raise AccessError(
                self.env._(
                    "The paper for the council shows the figures of all actors, which administrators of One Entrance read. "
                    "Ask one of them to print it."
                )
            )

    def _get_paper_name(self):
        self.ensure_one()
        return get_file_name(self.env._("%(evaluation)s, paper for the council", evaluation=self.name))
