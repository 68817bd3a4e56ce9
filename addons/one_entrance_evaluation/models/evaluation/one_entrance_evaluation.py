from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list, is_html_empty

from odoo.addons.one_entrance.models.common.printable_html import PrintableHtml

# The way of a round, in the order it goes.
WAY = ("open", "directorate", "political", "noted")


class OneEntranceEvaluation(models.Model):
    """A round of evaluation: what the register says about a period, and what actors and their contact leaders answer to
    the same questions (S12). It is discussed in the directorate, put to the political level, and noted.

    Evidence moves it, as it moves an actor (house rule 1): each state needs its date and what the states before it
    need, and *noted* the text of the decision. A noted round stands still until somebody opens it again, which its log
    tells.
    """

    _name = "one.entrance.evaluation"
    _description = "Evaluation Round"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True, default=lambda self: self._get_proposed_name())
    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(
        string="From", required=True, tracking=True, default=lambda self: self._get_proposed_period()[0]
    )
    date_to = fields.Date(
        string="To",
        required=True,
        tracking=True,
        default=lambda self: self._get_proposed_period()[1],
        help="The last day of the period.",
    )
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

    @api.constrains("state", "directorate_date", "council_date", "decision")
    def _check_state_evidence(self):
        """No state without its evidence, and none of the states before it skipped."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for evaluation in self:
            missing = evaluation._get_missing(evaluation.state)
            if missing:
                raise ValidationError(
                    self.env._(
                        "“%(evaluation)s” cannot stand on “%(state)s”. Missing: %(missing)s. Fill it in first.",
                        evaluation=evaluation.name,
                        state=labels[evaluation.state],
                        missing=format_list(self.env, missing),
                    )
                )

    @api.constrains("date_to", "directorate_date", "council_date")
    def _check_way_dates(self):
        """The directorate discusses a period that has ended, and before the political level does."""
        names = ("date_to", "directorate_date", "council_date")
        labels = {
            "date_to": self.env._("the end of the period"),
            "directorate_date": self.env._("the directorate's discussion"),
            "council_date": self.env._("the political meeting"),
        }
        for evaluation in self:
            dated = [(labels[name], evaluation[name]) for name in names if evaluation[name]]
            for (earlier, first), (later, second) in zip(dated, dated[1:], strict=False):
                if first > second:
                    raise ValidationError(
                        self.env._(
                            "“%(evaluation)s”: %(earlier)s (%(first)s) comes after %(later)s (%(second)s). Correct one of the "
                            "dates.",
                            evaluation=evaluation.name,
                            earlier=earlier,
                            first=format_date(self.env, first),
                            later=later,
                            second=format_date(self.env, second),
                        )
                    )

    @api.constrains("state", "directorate_date")
    def _check_discussed_has_happened(self):
        for evaluation in self.filtered(lambda evaluation: evaluation.state != "open"):
            if (
                evaluation.directorate_date
                and evaluation.directorate_date > evaluation.company_id._get_one_entrance_today()
            ):
                raise ValidationError(
                    self.env._(
                        "“%(evaluation)s” has not been discussed yet: the directorate's discussion is on %(date)s. Move it on "
                        "when it has been held, or correct the date.",
                        evaluation=evaluation.name,
                        date=format_date(self.env, evaluation.directorate_date),
                    )
                )

    @api.constrains("state", "council_date")
    def _check_noted_has_happened(self):
        for evaluation in self.filtered(lambda evaluation: evaluation.state == "noted"):
            # without a day it cannot be noted either, and the other rule says so
            if evaluation.council_date and evaluation.council_date > evaluation.company_id._get_one_entrance_today():
                raise ValidationError(
                    self.env._(
                        "“%(evaluation)s” cannot be noted yet: the political meeting is on %(date)s. Note it when it has been "
                        "held, or correct the date.",
                        evaluation=evaluation.name,
                        date=format_date(self.env, evaluation.council_date),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        evaluations = super().create(vals_list)
        evaluations.filtered(lambda evaluation: evaluation.state == "noted")._freeze()
        return evaluations

    def write(self, vals):
        noted = self.filtered(lambda evaluation: evaluation.state == "noted")
        if vals.get("state", "noted") == "noted":
            noted._check_not_noted(vals)
        result = super().write(vals)
        self._follow_change(set(vals))
        now_noted = self.filtered(lambda evaluation: evaluation.state == "noted")
        (noted - now_noted)._unfreeze()
        (now_noted - noted)._freeze()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_not_noted([field_name])
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_noted(self):
        self._check_not_noted(self._get_locked_fields())

    def action_directorate(self):
        """Record that these rounds were discussed in the directorate; a missing day raises a ValidationError."""
        self._move_to("directorate")

    def action_political(self):
        """Record that these rounds were put to the political level; a missing day raises a ValidationError."""
        self._move_to("political")

    def action_note(self):
        """Record that these rounds were noted: what they say stands still from now on.

        :raise ValidationError: where the text of the decision is missing, or the political meeting lies ahead
        """
        self._move_to("noted")

    def action_reopen(self):
        """Open these rounds again, so that they can be corrected. Dates and decision stay; the figures are counted anew."""
        self.write({"state": "open"})

    def _move_to(self, state):
        """:raise UserError: where a round does not stand on the state before this one"""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        before = WAY[WAY.index(state) - 1]
        for evaluation in self:
            if evaluation.state != before:
                raise UserError(
                    self.env._(
                        "“%(evaluation)s” stands on “%(state)s”, and goes to “%(next)s” from “%(before)s”. Take one step at a "
                        "time.",
                        evaluation=evaluation.name,
                        state=labels[evaluation.state],
                        next=labels[state],
                        before=labels[before],
                    )
                )
        self.write({"state": state})

    def _get_missing(self, state):
        """:return: what this round lacks to stand on a state, in the user's language"""
        self.ensure_one()
        reached = WAY.index(state)
        missing = []
        if reached >= 1 and not self.directorate_date:
            missing.append(self.env._("the day it was discussed in the directorate"))
        if reached >= 2 and not self.council_date:
            missing.append(self.env._("the day of the political meeting"))
        if reached >= 3 and is_html_empty(self.decision):
            missing.append(self.env._("the text of the decision"))
        return missing

    def _check_not_noted(self, names):
        """:raise ValidationError: where one of these fields of a noted round would change"""
        noted = self.filtered(lambda evaluation: evaluation.state == "noted")
        if noted and not self._get_locked_fields().isdisjoint(names):
            raise ValidationError(
                self.env._(
                    "“%(evaluation)s” has been noted, and stands as it was noted. Open it again with “Reopen” to correct it.",
                    evaluation=noted[0].name,
                )
            )

    @api.model
    def _get_proposed_period(self):
        """:return: the first and the last day of the calendar year that ended last"""
        start = self.env.company._get_one_entrance_today() + relativedelta(years=-1, month=1, day=1)
        return start, start + relativedelta(month=12, day=31)

    @api.model
    def _get_proposed_name(self):
        return self.env._("Evaluation of One Entrance %(year)s", year=self._get_proposed_period()[0].year)

    @api.model
    def _get_locked_fields(self):
        """:return: the fields of a round that do not change once it is noted"""
        return {
            "name",
            "company_id",
            "date_from",
            "date_to",
            "directorate_date",
            "council_date",
            "decision",
            "background",
            "assessment",
            "economy",
            "recommendation",
        }

    def _follow_change(self, names):
        """Update what depends on these written fields (set of names), before a noted round is kept: a hook."""

    def _freeze(self):
        """Keep what these rounds say as they are noted, so that it stands still whatever happens to the records later."""

    def _unfreeze(self):
        """Let go of what was kept where a round is opened again."""
