from itertools import groupby

from odoo import models

from .svg_charts import plot_line

# A trend that is longer has no room for its numbers.
MOST_YEARS = 8


class EvaluationDocument(models.AbstractModel):
    """What others measure of the municipality, beside the figures of the round (S15)."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    def _get_measures(self, evaluation):
        """:return: a block a measure: its last year as a sentence, and place and score over the years"""
        blocks = []
        for name, group in groupby(evaluation._get_measures(), key=lambda measure: measure.name):
            rows = list(group)[-MOST_YEARS:]
            blocks.append(
                self._block(
                    name,
                    self._tell_measure(rows[-1]),
                    plots=[
                        *self._plot_years(self.env._("Place, the best at the top"), rows, "place", inverted=True),
                        *self._plot_years(self.env._("Score"), rows, "score"),
                    ],
                )
            )
        return blocks

    def _tell_measure(self, row):
        values = {"year": row.year, "place": row.place, "number": row.place_of, "score": self._score(row)}
        if row.place and row.place_of:
            place = self.env._("Place %(place)s of %(number)s in %(year)s.", **values)
        elif row.place:
            place = self.env._("Place %(place)s in %(year)s.", **values)
        else:
            place = ""
        if row.score and place:
            score = self.env._("Score: %(score)s.", **values)
        elif row.score:
            score = self.env._("Score in %(year)s: %(score)s.", **values)
        else:
            score = ""
        source = self.env._("Source: %(publisher)s", publisher=row.source) if row.source else ""
        return self._sentences(place, score, source)

    def _score(self, row):
        score = self._score_number(row.score)
        if row.unit:
            score = f"{score} {row.unit}"
        if row.scale_from or row.scale_to:
            return self.env._(
                "%(score)s (scale %(low)s to %(high)s)",
                score=score,
                low=self._score_number(row.scale_from),
                high=self._score_number(row.scale_to),
            )
        return score

    def _score_number(self, value):
        digits = next(digits for digits in (0, 1, 2) if digits == 2 or round(value, digits) == round(value, 2))
        return self._number(value, digits)

    def _plot_years(self, title, rows, name, inverted=False):
        """:return: the trend, where there are two years or more to draw a line between"""
        points = [(str(row["year"]), row[name], self._score_number(row[name])) for row in map(vars, rows) if row[name]]
        return [self._plot(title, plot_line(title, points, inverted=inverted))] if len(points) > 1 else []
