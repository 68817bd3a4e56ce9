from collections import namedtuple
from types import SimpleNamespace

from odoo import api, fields, models
from odoo.tools.misc import formatLang

from odoo.addons.one_entrance.models.common.notification import get_notification

Kind = namedtuple("Kind", "section unit res_model")
PARTNER, MEETING = "res.partner", "one.entrance.meeting"
APPOINTMENT = "one.entrance.appointment"
# The key of what is not stated on a record.
NOT_STATED = "none"
# Every figure: the section it stands in, its unit, and the model of the records behind it.
FIGURES = {
    "rollout_start": Kind("rollout", "count", PARTNER),
    "rollout_end": Kind("rollout", "count", PARTNER),
    "rollout_end_kind": Kind("rollout", "count", PARTNER),
    "contact_days": Kind("contact", "days", PARTNER),
    "contact_days_median": Kind("contact", "days", PARTNER),
    "meetings": Kind("dialogue", "count", MEETING),
    "meetings_planned_total": Kind("dialogue", "count", PARTNER),
    "meetings_held_total": Kind("dialogue", "count", MEETING),
    "meetings_planned": Kind("dialogue", "count", PARTNER),
    "meetings_held": Kind("dialogue", "count", MEETING),
    "meetings_without_plan": Kind("dialogue", "count", MEETING),
    "meetings_postponed": Kind("dialogue", "count", MEETING),
    "meetings_cancelled": Kind("dialogue", "count", MEETING),
    "meetings_open": Kind("dialogue", "count", MEETING),
    "never_met": Kind("dialogue", "count", PARTNER),
    "sheets_fresh": Kind("sheets", "percent", MEETING),
    "sheets_used": Kind("sheets", "percent", MEETING),
    "handovers": Kind("handovers", "count", APPOINTMENT),
    "relation_actors": Kind("relation", "count", PARTNER),
    "relation_meetings": Kind("relation", "count", MEETING),
    "relation_average": Kind("relation", "count", PARTNER),
    "mayor_led_actors": Kind("mayor_led", "count", PARTNER),
    "mayor_led_meetings": Kind("mayor_led", "count", MEETING),
    "mayor_led_full": Kind("mayor_led", "count", MEETING),
}
# The app's own action for the records of each model, so that a figure opens them as the app shows them.
ACTIONS = {
    "res.partner": "one_entrance.res_partner_action",
    "one.entrance.meeting": "one_entrance.one_entrance_meeting_action",
    "one.entrance.appointment": "one_entrance.one_entrance_appointment_action",
}


class OneEntranceEvaluationFigure(models.Model):
    """A figure of an evaluation round, and the records it was counted from (S12).

    A round under way keeps its figures as last counted: counting a large register takes a moment, a form should not
    change under the reader's eyes, and a button needs a record. Opening a figure counts anew, so that number and
    records agree; so does the paper. The figures of a noted round stand still.
    """

    _name = "one.entrance.evaluation.figure"
    _description = "Figure of an Evaluation"
    _order = "evaluation_id, sequence, id"
    _rec_name = "code"

    evaluation_id = fields.Many2one("one.entrance.evaluation", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    sequence = fields.Integer()
    code = fields.Char(required=True, help="What is measured.")
    key = fields.Char(help="The part of it, for example a step, a kind of actor or an interval.")
    value = fields.Float(digits=False)
    is_measured = fields.Boolean(default=True, help="Not set where there was nothing to measure.")
    base = fields.Integer(help="The number of records it is measured against.")
    has_base = fields.Boolean(help="It is measured against a number of records.")
    count = fields.Integer(string="Records", help="The number of records behind the figure.")
    res_model = fields.Char(required=True)
    # many for a figure of a large register, and wanted only by who opens one
    res_ids = fields.Json(prefetch=False)

    section_text = fields.Char(string="About", compute="_compute_section_text")
    label = fields.Char(string="Figure", compute="_compute_label")
    value_text = fields.Char(string="Result", compute="_compute_value_text")

    _one_a_code = models.UniqueIndex("(evaluation_id, code, COALESCE(key, ''))", "A round has each figure once.")

    @api.depends("evaluation_id.figure_ids.sequence")
    @api.depends_context("lang")
    def _compute_section_text(self):
        """The heading of the section, on its first figure only: a list inside a form has no groups."""
        labels = self._get_section_labels()
        for evaluation, figures in self.grouped("evaluation_id").items():
            first = {}
            for figure in evaluation.figure_ids:
                first.setdefault(figure._get_section(), figure)
            for figure in figures:
                section = figure._get_section()
                figure.section_text = labels[section] if first.get(section) == figure else False

    @api.depends("code", "key")
    @api.depends_context("lang")
    def _compute_label(self):
        labels = self._get_labels()
        for figure in self:
            figure.label = self._get_whole_label(labels, figure.code, figure.key)

    @api.depends("value", "base", "count", "is_measured", "has_base")
    @api.depends_context("lang")
    def _compute_value_text(self):
        for figure in self:
            figure.value_text = figure._get_value_text()

    def action_open(self):
        """Open the records behind this figure: those of now, or of a noted round those counted then. Where some of
        these are gone the reader is told, and the figure still stands.
        """
        self.ensure_one()
        self.check_access("read")
        evaluation, code, key = self.evaluation_id, self.code, self.key
        if evaluation.state != "noted":
            found = evaluation._refresh_figures().get((code, key or False))
            domain = list(found.domain) if found else [("id", "in", [])]
            return self._get_open_action(domain)
        ids = self.res_ids or []
        action = self._get_open_action([("id", "in", ids)])
        left = self.env[self.res_model].with_context(active_test=False).search_count([("id", "in", ids)])
        if left == len(ids):
            return action
        message = self.env._(
            "%(count)s records were counted when the round was noted, and %(left)s of them are left to open. The "
            "figure stands as it was.",
            count=len(ids),
            left=left,
        )
        return get_notification(message, action, warning=True)

    def _get_open_action(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(self._get_actions()[self.res_model])
        action["name"] = action["display_name"] = self.label
        action["domain"] = domain
        # no filter of the action's own, and the archived ones too: they were counted
        action["context"] = {"active_test": False, "create": False}
        if self.res_model == "res.partner":
            action["context"]["one_entrance_app"] = True
            action["view_mode"] = "list,kanban,form"
            action["views"] = [
                (self.env.ref("one_entrance.res_partner_actor_view_list").id, "list"),
                (self.env.ref("one_entrance.res_partner_actor_view_kanban").id, "kanban"),
                (self.env.ref("one_entrance.res_partner_actor_view_form").id, "form"),
            ]
        return action

    def _get_section(self):
        return self._get_kinds()[self.code].section

    def _get_value_text(self):
        """:return: the value with its unit, as it is read"""
        self.ensure_one()
        if not self.is_measured:
            return self.env._("Nothing to measure yet")
        unit = self._get_kinds()[self.code].unit
        if unit == "percent":
            return self._get_share_text(self.count, self.base)
        digits = 0 if self.value == int(self.value) else 1
        value = formatLang(self.env, self.value, digits=digits)
        if unit == "days":
            return self.env._("1 day") if self.value == 1 else self.env._("%(count)s days", count=value)
        return self._get_share_text(self.value, self.base) if self.has_base and self.base else value

    def _get_share_text(self, part, whole):
        """:return: for example “12 of 18 (67 %)”"""
        return self.env._(
            "%(part)s of %(whole)s (%(share)s)",
            part=formatLang(self.env, part, digits=0),
            whole=formatLang(self.env, whole, digits=0),
            share=f"{formatLang(self.env, 100 * part / whole, digits=0)}\N{NO-BREAK SPACE}%",
        )

    def _to_namespace(self):
        """:return: this figure as it was kept, in the form in which figures are counted"""
        self.ensure_one()
        return SimpleNamespace(
            code=self.code,
            key=self.key or False,
            value=self.value if self.is_measured else None,
            base=self.base if self.has_base else None,
            count=self.count,
        )

    @api.model
    def _get_labels(self):
        """:return: what each figure measures, by its code"""
        return {
            "rollout_start": self.env._("Actors at the start of the period"),
            "rollout_end": self.env._("Actors at the end of the period"),
            "rollout_end_kind": self.env._("Actors at the end of the period, by kind"),
            "contact_days": self.env._(
                "From letter to first contact, on average, of the actors first contacted in the period"
            ),
            "contact_days_median": self.env._("From letter to first contact, median"),
            "meetings": self.env._("Meetings and calls held, of all in the register with their day in the period"),
            "meetings_planned_total": self.env._("Meetings that the dialogue plans called for"),
            "meetings_held_total": self.env._(
                "Meetings and calls held under a dialogue plan, against what the plans called for"
            ),
            "meetings_planned": self.env._("Called for by plans with a meeting"),
            "meetings_held": self.env._("Held under plans with a meeting"),
            "meetings_without_plan": self.env._(
                "Meetings and calls held before a dialogue plan was agreed, or without one"
            ),
            "meetings_postponed": self.env._("Meetings postponed"),
            "meetings_cancelled": self.env._("Meetings cancelled"),
            "meetings_open": self.env._("Meetings whose day has passed, with no word of what became of them"),
            "never_met": self.env._("Actors never met by the end of the period"),
            "sheets_fresh": self.env._("Held meetings and calls on whose day the background sheet was up to date"),
            "sheets_used": self.env._("Held meetings and calls at which the background sheet was used"),
            "handovers": self.env._("Actors handed over from one contact leader to another"),
            "relation_actors": self.env._("Actors at the end of the period, by relation"),
            "relation_meetings": self.env._("Meetings and calls held, by relation"),
            "relation_average": self.env._("Meetings and calls held for each actor, by relation"),
            "mayor_led_actors": self.env._(
                "Mayor-led actors at the end of the period, who are in the figures above too"
            ),
            "mayor_led_meetings": self.env._("Meetings and calls led by mayor and municipal director, likewise"),
            "mayor_led_full": self.env._("Of these held in full: with both, or with somebody who stood in"),
        }

    @api.model
    def _get_section_labels(self):
        """:return: the headings by section"""
        return {
            "rollout": self.env._("Rollout"),
            "contact": self.env._("First Contact"),
            "dialogue": self.env._("Dialogue"),
            "sheets": self.env._("Background Sheets"),
            "handovers": self.env._("Handovers"),
            "relation": self.env._("Relation"),
            "mayor_led": self.env._("Mayor-Led"),
        }

    @api.model
    def _get_key_label(self, code, key):
        """:return: the words for the part of a figure; ``False`` where the figure is whole"""
        if not key:
            return False
        if code == "rollout_end_kind":
            kind, step = key.split("/")
            return self.env._(
                "%(kind)s, %(step)s",
                kind=self._get_selection_label(PARTNER, "one_entrance_kind", kind),
                step=self._get_selection_label(PARTNER, "one_entrance_step", step),
            )
        if code.startswith("rollout"):
            return self._get_selection_label(PARTNER, "one_entrance_step", key)
        if code.startswith("relation"):
            return self._get_selection_label(PARTNER, "one_entrance_relation", key)
        if code == "meetings_postponed":
            return self._get_selection_label(MEETING, "postpone_reason", key)
        return self.env._("every month") if key == "1" else self.env._("every %(months)s months", months=key)

    @api.model
    def _get_selection_label(self, model, name, key):
        # sudo: the words of a selection are no secret, the field may be
        options = dict(self.env[model].sudo()._fields[name]._description_selection(self.env))
        return options.get(key) or (self.env._("Not stated") if key == NOT_STATED else key)

    @api.model
    def _get_whole_label(self, labels, code, key):
        """:return: what is measured and of which part, as one text"""
        if not key:
            return labels[code]
        return self.env._("%(figure)s: %(part)s", figure=labels[code], part=self._get_key_label(code, key))

    @api.model
    def _get_kinds(self):
        """:return: what each figure is, by its code; an addon adds its own"""
        return FIGURES

    @api.model
    def _get_actions(self):
        """:return: the app's own action for the records of each model"""
        return ACTIONS
