from odoo import api, models

from .one_entrance_evaluation_figure import MEETING, PARTNER

# The key of what is not stated on a record.
NOT_STATED = "none"


class OneEntranceEvaluationFigure(models.Model):
    """The words for a figure: what is measured, and of which part. They follow the reader's language, also where the
    number stands still.
    """

    _inherit = "one.entrance.evaluation.figure"

    @api.model
    def _get_labels(self):
        """:return: what each figure measures, by its code
        :rtype: dict
        """
        _ = self.env._
        return {
            "rollout_start": _("Actors at the start of the period"),
            "rollout_end": _("Actors at the end of the period"),
            "rollout_end_kind": _("Actors at the end of the period, by kind"),
            "contact_days": _("From letter to first contact, on average, of the actors first contacted in the period"),
            "contact_days_median": _("From letter to first contact, median"),
            "meetings": _("Meetings and calls held, of all in the register with their day in the period"),
            "meetings_planned_total": _("Meetings that the dialogue plans called for"),
            "meetings_held_total": _(
                "Meetings and calls held under a dialogue plan, against what the plans called for"
            ),
            "meetings_planned": _("Called for by plans with a meeting"),
            "meetings_held": _("Held under plans with a meeting"),
            "meetings_without_plan": _("Meetings and calls held before a dialogue plan was agreed, or without one"),
            "meetings_postponed": _("Meetings postponed"),
            "meetings_cancelled": _("Meetings cancelled"),
            "meetings_open": _("Meetings whose day has passed, with no word of what became of them"),
            "never_met": _("Actors never met by the end of the period"),
            "sheets_fresh": _("Held meetings and calls on whose day the background sheet was up to date"),
            "sheets_used": _("Held meetings and calls at which the background sheet was used"),
            "handovers": _("Actors handed over from one contact leader to another"),
            "inquiries_received": _("Inquiries received"),
            "inquiries_answered": _("Inquiries answered"),
            "inquiries_referred": _("Inquiries referred to where they belong"),
            "inquiry_days": _("From inquiry to first answer, on average, of those first answered in the period"),
            "inquiries_late": _("Inquiries without a first answer by their deadline in the period"),
            "inquiries_open": _("Inquiries not answered at the end of the period"),
            "inquiries_unknown": _("Inquiries received from senders whose actor is not known"),
            "relation_actors": _("Actors at the end of the period, by relation"),
            "relation_meetings": _("Meetings and calls held, by relation"),
            "relation_average": _("Meetings and calls held for each actor, by relation"),
            "mayor_led_actors": _("Mayor-led actors at the end of the period, who are in the figures above too"),
            "mayor_led_meetings": _("Meetings and calls led by mayor and municipal director, likewise"),
            "mayor_led_full": _("Of these held in full: with both, or with somebody who stood in"),
        }

    @api.model
    def _get_section_labels(self):
        """:return: the headings by section
        :rtype: dict
        """
        return {
            "rollout": self.env._("Rollout"),
            "contact": self.env._("First Contact"),
            "dialogue": self.env._("Dialogue"),
            "sheets": self.env._("Background Sheets"),
            "handovers": self.env._("Handovers"),
            "inquiries": self.env._("Inquiries"),
            "relation": self.env._("Relation"),
            "mayor_led": self.env._("Mayor-Led"),
        }

    @api.model
    def _get_key_label(self, code, key):
        """:return: the words for the part of a figure; ``False`` where the figure is whole
        :rtype: str | bool
        """
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
        """:param dict labels: see ``_get_labels``
        :return: what is measured and of which part, as one text
        :rtype: str
        """
        if not key:
            return labels[code]
        return self.env._("%(figure)s: %(part)s", figure=labels[code], part=self._get_key_label(code, key))
