import textwrap
from itertools import groupby, zip_longest
from types import SimpleNamespace

from odoo import models

from .svg_charts import FULL, cut_in_plots, plot_gaps, plot_mirrored

SIDES = ("actor", "leader")
# A quote says what it has to in this many characters, and a paper of few pages has room for so many of them.
QUOTE_LENGTH = 280
MOST_QUOTES = 8
QUOTES_OF_A_QUESTION = 3


class EvaluationDocument(models.AbstractModel):
    """What actors and contact leaders answered, side by side; ``_get_answers`` hides what could tell on anybody."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    def _get_interviews(self, evaluation, counts):
        answers = evaluation._get_answers()
        measured = [answer for answer in answers if answer.kind in ("scale", "number", "choice")]
        shown = [answer for answer in measured if self._has_sides(answer)]
        quotes, more = self._get_quotes(answers)
        return self._block(
            self.env._("The interviews"),
            self._tell_counts(counts),
            self._tell_widest_gap(shown),
            plots=[*self._plot_scales(shown), *self._plot_choices(shown)],
            numbers=self._get_numbers(shown),
            hidden=self._tell_hidden(evaluation, measured) if any((*counts.actor, *counts.leader)) else "",
            quotes=quotes,
            more_quotes=more,
        )

    def _has_sides(self, answer):
        return any(self._get_shown(answer, side) is not None for side in SIDES)

    def _get_shown(self, answer, side):
        return getattr(answer, side)

    def _tell_counts(self, counts):
        (actors, all_actors), (leaders, all_leaders) = counts.actor, counts.leader
        if not all_actors and not all_leaders:
            return self.env._("No interviews were arranged.")
        return self.env._(
            "The same questions were answered by %(actors)s of %(all_actors)s, and by their contact leaders about %(leaders)s "
            "of %(all_leaders)s.",
            actors=self._number(actors),
            all_actors=self._actors(all_actors),
            leaders=self._number(leaders),
            all_leaders=self._actors(all_leaders),
        )

    def _tell_widest_gap(self, answers):
        gaps = [answer for answer in answers if self._is_scale(answer) and answer.gap is not None]
        widest = max(gaps, key=lambda answer: abs(answer.gap), default=None)
        if widest is None or round(widest.gap, 1) == 0:
            return ""
        values = {
            "question": widest.title,
            "actor": self._number(widest.actor.average, 1),
            "leader": self._number(widest.leader.average, 1),
        }
        return self.env._(
            "The two sides differ most on “%(question)s”: on average %(actor)s from the actors and %(leader)s from the contact "
            "leaders.",
            **values,
        )

    def _tell_hidden(self, evaluation, answers):
        """:return: why figures are missing, where some are"""
        missing = [answer for answer in answers if any(self._get_shown(answer, side) is None for side in SIDES)]
        if not missing:
            return ""
        reason = self.env._(
            "No figure is shown from fewer than %(minimum)s answers, nor from one contact leader alone, so that nobody can be "
            "told from it.",
            minimum=self._number(evaluation._get_minimum_group()),
        )
        titles = [answer.title for answer in missing if not self._has_sides(answer)]
        if not titles:
            return reason
        quoted = ", ".join(self.env._("“%(question)s”", question=title) for title in titles)
        return self._sentences(reason, self.env._("Therefore not shown: %(questions)s.", questions=quoted))

    def _get_names(self):
        return (self.env._("Actors"), self.env._("Contact leaders"))

    def _is_scale(self, answer):
        return answer.kind == "scale" and answer.low is not None and answer.high is not None

    def _plot_scales(self, answers):
        """:return: the questions answered on a scale, those on the same scale together"""
        plots = []
        scales = [answer for answer in answers if self._is_scale(answer)]
        for (low, high), group in groupby(scales, key=lambda answer: (answer.low, answer.high)):
            title = self.env._(
                "Average answers on a scale from %(low)s to %(high)s", low=self._decimal(low), high=self._decimal(high)
            )
            rows = [
                (answer.title, [self._describe_average(answer, side) for side in SIDES], self._signed(answer.gap))
                for answer in group
            ]
            plots += [
                self._plot(
                    title if not number else "",
                    plot_gaps(title, piece, self._get_names(), low, high, self.env._("Gap")),
                    FULL,
                )
                for number, piece in enumerate(cut_in_plots(rows))
            ]
        return plots

    def _describe_average(self, answer, side):
        shown = self._get_shown(answer, side)
        if shown is None or shown.average is None:
            return None
        return shown.average, self._number(shown.average, 1)

    def _plot_choices(self, answers):
        plots = []
        for answer in answers:
            if answer.kind != "choice":
                continue
            sides = [self._get_distribution(answer, side) for side in SIDES]
            labels = list(dict.fromkeys(label for side in sides if side for label in side))
            rows = [(label, [side and side.get(label, (0, self._percent(0))) for side in sides]) for label in labels]
            names = [
                name if side else self.env._("%(side)s: not shown", side=name)
                for name, side in zip(self._get_names(), sides, strict=True)
            ]
            plots += [
                self._plot(answer.title if not number else "", plot_mirrored(answer.title, piece, names), FULL)
                for number, piece in enumerate(cut_in_plots(rows))
            ]
        return plots

    def _get_distribution(self, answer, side):
        """:return: by answer, its share of this side with a text, or None where the side is not shown"""
        shown = self._get_shown(answer, side)
        if shown is None:
            return None
        count = shown.count or 1
        return {label: (number / count, self._percent(100 * number / count)) for label, number in shown.distribution}

    def _get_numbers(self, answers):
        """:return: the questions answered with a number, as rows of a table"""
        return [
            SimpleNamespace(
                title=answer.title,
                cells=[side[1] if side else "–" for side in (self._describe_average(answer, side) for side in SIDES)],
                gap=self._signed(answer.gap),
            )
            for answer in answers
            if answer.kind in ("scale", "number") and not self._is_scale(answer)
        ]

    def _get_quotes(self, answers):
        """:return: quotes by question, as many as a paper has room for, and a line about the others"""
        names = {"actor": self.env._("An actor"), "leader": self.env._("A contact leader")}
        room, blocks = MOST_QUOTES, []
        for answer in answers:
            chosen = self._take_turns(answer.quotes)[: min(room, QUOTES_OF_A_QUESTION)]
            room -= len(chosen)
            if chosen:
                lines = [SimpleNamespace(text=self._shorten(quote.text), side=names[quote.side]) for quote in chosen]
                blocks.append(SimpleNamespace(title=answer.title, lines=lines))
        left = sum(len(answer.quotes) for answer in answers) - (MOST_QUOTES - room)
        if not left:
            return blocks, ""
        if left == 1:
            return blocks, self.env._("1 more quote stands with the answers of the round.")
        return blocks, self.env._(
            "%(number)s more quotes stand with the answers of the round.", number=self._number(left)
        )

    def _take_turns(self, quotes):
        """:return: the quotes, those of the two sides by turns: neither is crowded out by the other"""
        sides = [[quote for quote in quotes if quote.side == side] for side in SIDES]
        return [quote for pair in zip_longest(*sides) for quote in pair if quote]

    def _shorten(self, text):
        return textwrap.shorten(text, QUOTE_LENGTH, placeholder=" […]")
