from collections import defaultdict
from types import SimpleNamespace

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ..interview.one_entrance_evaluation import SIDES

# What the answers to a type of question are; of other types nothing is counted.
KINDS = {
    "scale": "scale",
    "numerical_box": "number",
    "simple_choice": "choice",
    "multiple_choice": "choice",
    "text_box": "text",
    "char_box": "text",
}
# A contact leader answers about many actors: the answers of one alone are that one's, however many they are.
FEWEST_LEADERS = 2


def _round(average):
    return average if average is None else round(average, 1)


class OneEntranceEvaluation(models.Model):
    """What both sides answer, and how far apart they are (S12).

    Answers are given in confidence. A side shows nothing of a question that fewer than the minimum group have answered,
    and the contact leaders' side nothing that one of them alone has answered, the municipal director about the
    mayor-led actors included. The gap is shown where both sides are. Words are quoted, without name, of those who
    agreed.
    """

    _inherit = "one.entrance.evaluation"

    # what was kept is nobody's to write
    kept_answers = fields.Json(groups=fields.NO_ACCESS, copy=False)
    answers_html = fields.Html(
        string="Answers", compute="_compute_answers_html", sanitize=False, export_string_translation=False
    )

    @api.depends("interview_ids.state", "survey_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_answers_html(self):
        for evaluation in self:
            if not evaluation._origin:
                evaluation.answers_html = False
                continue
            answers = evaluation._origin._get_answers()
            values = {
                "answers": [evaluation._prepare_shown_answer(answer) for answer in answers],
                "note": self.env._(
                    "Nothing is shown of a question that fewer than %(minimum)s on a side have answered, or one contact leader "
                    "alone about several actors. The gap is the actors' average minus the contact leaders'.",
                    minimum=evaluation._origin._get_minimum_group(),
                ),
            }
            evaluation.answers_html = self.env["ir.qweb"]._render("one_entrance_evaluation.evaluation_answers", values)

    def _freeze(self):
        result = super()._freeze()
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        counts = self._read_interview_counts()
        for evaluation in self:
            # sudo: written by the system only
            evaluation.sudo().kept_answers = {
                "counts": {side: counts.get((evaluation.id, side), (0, 0)) for side in SIDES},
                "minimum": evaluation._get_minimum_group(),
                "answers": {code: evaluation.with_context(lang=code)._gather_answers() for code in languages},
            }
            evaluation.sudo().interview_ids._withdraw_one_entrance_activities()
        return result

    def _unfreeze(self):
        result = super()._unfreeze()
        self.sudo().kept_answers = False  # sudo: written by the system only
        return result

    def _get_kept(self):
        """:return: what was kept when the round was noted, or nothing"""
        return self.sudo().kept_answers or None  # sudo: what is shown of it is for whoever reads the round

    def _get_kept_counts(self):
        return (self._get_kept() or {}).get("counts", {})

    def _get_minimum_group(self):
        """:return: the fewest answers that are shown: as in Settings, or as it was when the round was noted"""
        kept = self._get_kept()
        # sudo: a setting that all obey
        return (kept and kept.get("minimum")) or self.sudo().company_id.one_entrance_minimum_group

    def _get_answers(self):
        """What both sides have answered, by question; it stands still once the round is noted.

        :return: ``title``; ``kind`` (scale, number, choice, text); ``use`` (of the question, or None); ``low``,
            ``high``, ``low_label``, ``high_label`` (of a scale, or None); ``actor`` and ``leader`` (each None where it
            is not shown, else ``count``, ``average`` (None for choice and text) and ``distribution``, pairs of label
            and count); ``gap`` (the actors' average minus the contact leaders', or None); ``quotes`` (``text`` and
            ``side``)
        :rtype: list[SimpleNamespace]
        """
        self.ensure_one()
        kept = self._get_kept()
        if kept:
            answers = kept["answers"]
            # a language that came later has no words of then
            rows = answers.get(self.env.lang) or answers.get("en_US") or next(iter(answers.values()), [])
        else:
            rows = self._gather_answers()
        return [self._make_answer(row) for row in rows]

    def _gather_answers(self):
        """:return: as ``_get_answers``, of what may be kept as JSON"""
        self.ensure_one()
        # sudo: no single answer leaves here that its giver did not agree to, and the figures are the same for every reader
        evaluation = self.sudo()
        minimum = evaluation._get_minimum_group()
        lines = (
            self.env["survey.user_input.line"]
            .sudo()
            .search_fetch(
                Domain("user_input_id.one_entrance_evaluation_id", "=", self.id)
                & Domain("user_input_id.state", "=", "done")
                & Domain("skipped", "=", False),
                [
                    "user_input_id",
                    "question_id",
                    "answer_type",
                    "value_scale",
                    "value_numerical_box",
                    "value_text_box",
                    "value_char_box",
                    "suggested_answer_id",
                ],
            )
        )
        by_question = lines.grouped("question_id")
        agreed = (
            lines.browse()
            .concat(*(found for question, found in by_question.items() if question.one_entrance_use == "consent"))
            .filtered("suggested_answer_id.one_entrance_agrees")
            .user_input_id
        )
        rows = []
        for question in evaluation.survey_id.question_ids:
            kind = KINDS.get(question.question_type)
            if not kind or question.one_entrance_use == "consent":
                continue
            found = by_question.get(question, lines.browse())
            by_side = found.grouped(lambda line: line.user_input_id.one_entrance_side)
            sides = {
                side: self._count_side(side, question, kind, by_side.get(side, found.browse()), minimum)
                for side in SIDES
            }
            # to the decimal that is read: nobody finds a gap between two averages that look the same
            averages = [sides[side] and _round(sides[side]["average"]) for side in SIDES]
            is_scale = kind == "scale"
            rows.append(
                {
                    "title": question.title,
                    "kind": kind,
                    "use": question.one_entrance_use or None,
                    "low": question.scale_min if is_scale else None,
                    "high": question.scale_max if is_scale else None,
                    "low_label": (is_scale and question.scale_min_label) or None,
                    "high_label": (is_scale and question.scale_max_label) or None,
                    **sides,
                    "gap": None if None in averages else _round(averages[0] - averages[1]),
                    "quotes": self._gather_quotes(found.filtered(lambda line: line.user_input_id in agreed)),
                }
            )
        return rows

    @api.model
    def _count_side(self, side, question, kind, lines, minimum):
        """:return: a side's figures for one question; ``None`` where somebody could be told from them"""
        if kind == "choice":
            lines = lines.filtered("suggested_answer_id")
            count = len(lines.user_input_id)
            distribution = [
                [answer.value, sum(line.suggested_answer_id == answer for line in lines)]
                for answer in question.suggested_answer_ids
            ]
            average = None
        elif kind == "text":
            count, average, distribution = len(lines), None, []
        else:
            field = "value_scale" if kind == "scale" else "value_numerical_box"
            lines = lines.filtered(lambda line: line.answer_type == question.question_type)
            values, count = lines.mapped(field), len(lines)
            average = sum(values) / count if count else None
            counts = defaultdict(int, dict.fromkeys(range(question.scale_min, question.scale_max + 1), 0))
            if kind == "number":
                counts.clear()
            for value in values:
                counts[value] += 1
            distribution = [[self._format_number(value), counts[value]] for value in sorted(counts)]
        if count < minimum:
            return None
        if side == "leader" and len(lines.user_input_id.one_entrance_leader_id.partner_id) < FEWEST_LEADERS:
            return None
        return {"count": count, "average": average, "distribution": distribution}

    @api.model
    def _gather_quotes(self, lines):
        """:return: what was written, in an order that tells nothing about who wrote it"""
        quotes = [
            {"text": text.strip(), "side": line.user_input_id.one_entrance_side}
            for line in lines
            for text in (line.value_text_box or line.value_char_box,)
            if text and text.strip()
        ]
        return sorted(quotes, key=lambda quote: (SIDES.index(quote["side"]), quote["text"].casefold()))

    @api.model
    def _make_answer(self, row):
        sides = {
            side: row[side]
            and SimpleNamespace(**{**row[side], "distribution": [tuple(pair) for pair in row[side]["distribution"]]})
            for side in SIDES
        }
        return SimpleNamespace(**{**row, **sides, "quotes": [SimpleNamespace(**quote) for quote in row["quotes"]]})

    @api.model
    def _format_number(self, value, digits=1):
        """:return: a number as it is written in the language of the environment, without decimals where it has none"""
        return formatLang(self.env, value, digits=0 if float(value).is_integer() else digits)

    def _prepare_shown_answer(self, answer):
        """:return: a question for the page, with the width of each bar and all numbers as text"""
        labels = dict(self.env["survey.user_input"]._fields["one_entrance_side"]._description_selection(self.env))
        averages = [shown.average for shown in (answer.actor, answer.leader) if shown and shown.average is not None]
        top = answer.high if answer.kind == "scale" else max(averages, default=0)
        sides = []
        for side in SIDES:
            shown = getattr(answer, side)
            average = shown and shown.average
            largest = max((count for _label, count in shown.distribution), default=0) if shown else 0
            sides.append(
                SimpleNamespace(
                    side=side,
                    label=labels[side],
                    shown=bool(shown),
                    count=shown and shown.count,
                    average=None if average is None else formatLang(self.env, average, digits=1),
                    width=round(100 * average / top) if average and top else 0,
                    distribution=[
                        SimpleNamespace(label=label, count=count, width=round(100 * count / largest) if largest else 0)
                        for label, count in (shown.distribution if shown and answer.kind == "choice" else ())
                    ],
                )
            )
        gap = None
        if answer.gap is not None:
            # a gap that rounds to nothing has no sign
            rounded = round(answer.gap, 1) or 0.0
            gap = f"{'+' if rounded > 0 else ''}{formatLang(self.env, rounded, digits=1)}"
        return SimpleNamespace(
            title=answer.title,
            kind=answer.kind,
            low=answer.low_label,
            high=answer.high_label,
            ends=(answer.low, answer.high),
            sides=sides,
            gap=gap,
            quotes=[SimpleNamespace(text=quote.text, label=labels[quote.side]) for quote in answer.quotes],
        )
