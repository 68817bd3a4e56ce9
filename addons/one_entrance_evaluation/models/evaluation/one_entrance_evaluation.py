from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml


class OneEntranceEvaluation(models.Model):
    """A round of evaluation: what the register says about a period, and what actors and their contact leaders answer when
    they are asked the same questions (S12). It is discussed in the directorate, put to the political level, and noted.
    """

    _name = "one.entrance.evaluation"
    _description = "Evaluation Round"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="To", required=True, tracking=True, help="The last day of the period.")
    survey_id = fields.Many2one(
        "survey.survey", string="Questions", ondelete="restrict", index="btree_not_null", copy=True
    )
    interview_ids = fields.One2many("survey.user_input", "one_entrance_evaluation_id", string="Interviews", copy=False)
    state = fields.Selection(
        [("open", "Open"), ("directorate", "Directorate"), ("political", "Political Level"), ("noted", "Noted")],
        required=True,
        default="open",
        copy=False,
        tracking=True,
    )
    directorate_date = fields.Date(
        string="Discussed in the Directorate", copy=False, tracking=True, help="The day the directorate discussed it."
    )
    council_date = fields.Date(
        string="At the Political Level",
        copy=False,
        tracking=True,
        help="The day of the political meeting it was put to.",
    )
    decision = PrintableHtml(copy=False, help="The text of the political decision.")

    # What people write in the paper for the council
    background = PrintableHtml(help="Why the scheme exists, and why it is evaluated.", translate=True)
    assessment = PrintableHtml(help="What the administration makes of the findings.", translate=True)
    economy = PrintableHtml(string="Economic Consequences", translate=True)
    recommendation = PrintableHtml(help="What the political level is asked to decide.", translate=True)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for evaluation in self:
            if evaluation.date_to < evaluation.date_from:
                raise ValidationError(
                    self.env._(
                        "“%(evaluation)s” ends before it begins. Correct one of the dates.", evaluation=evaluation.name
                    )
                )

    @api.model
    def _get_locked_fields(self):
        """:return: the fields of a round that do not change once it is noted
        :rtype: set[str]
        """
        return {
            "name",
            "company_id",
            "date_from",
            "date_to",
            "survey_id",
            "interview_ids",
            "directorate_date",
            "council_date",
            "decision",
            "background",
            "assessment",
            "economy",
            "recommendation",
        }

    def _freeze(self):
        """Keep what these rounds say as they are noted, so that it stands still whatever happens to the records later."""

    def _unfreeze(self):
        """Let go of what was kept where a round is opened again."""
