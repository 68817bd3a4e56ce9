from odoo import models

from .svg_charts import FULL, HALF, cut_in_plots, plot_bars


class EvaluationDocument(models.AbstractModel):
    """What the register says about the period, a paragraph and its plots for each matter."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    def _get_findings(self, figures):
        """:return: what was found, in the order of the case paper; matters of which nothing is known are left out"""
        blocks = [
            self._find_contact(figures),
            self._find_dialogue(figures),
            self._find_preparation(figures),
            self._find_handovers(figures),
            self._find_relations(figures),
            self._find_mayor_led(figures),
        ]
        return [block for block in blocks if block.text or block.rows]

    # Contact

    def _find_contact(self, figures):
        return self._block(
            self.env._("From letter to first contact"), self._tell_contact(figures), self._tell_never_met(figures)
        )

    def _tell_contact(self, figures):
        row, middle = figures.get("contact_days"), figures.get_value("contact_days_median")
        if row.value is None:
            return ""
        values = {"days": self._days(row.value), "actors": self._actors(row.count), "median": self._decimal(middle)}
        if middle is None:
            return self.env._(
                "From the letter to the first contact it took %(days)s on average, measured on %(actors)s.", **values
            )
        return self.env._(
            "From the letter to the first contact it took %(days)s on average (median: %(median)s), measured on %(actors)s.",
            **values,
        )

    def _tell_never_met(self, figures):
        count = figures.get_value("never_met")
        if count is None or not figures.count_actors("end"):
            return ""
        if not count:
            return self.env._("There is no actor that has never been met.")
        if count == 1:
            return self.env._("1 actor has never been met.")
        return self.env._("%(number)s actors have never been met.", number=self._number(count))

    # Dialogue

    def _find_dialogue(self, figures):
        return self._block(
            self.env._("The dialogue"),
            self._tell_held(figures),
            self._tell_plans(figures),
            self._tell_postponed(figures),
            plots=[*self._plot_intervals(figures), *self._plot_reasons(figures)],
        )

    def _tell_held(self, figures):
        count = figures.get_value("meetings")
        if count is None:
            return ""
        if not count:
            return self.env._("No meetings or calls were held in the period.")
        if count == 1:
            return self.env._("1 meeting or call was held in the period.")
        return self.env._("%(number)s meetings and calls were held in the period.", number=self._number(count))

    def _tell_plans(self, figures):
        """What the agreed plans called for, against what was held under them."""
        planned, held = figures.get_sum("meetings_planned"), figures.get_sum("meetings_held")
        if planned is None and held is None:
            return ""
        planned, held = planned or 0, held or 0
        if not planned and not held:
            return self.env._("No dialogue plan called for a meeting in the period.")
        values = {"planned": self._meetings(planned), "held": self._number(held)}
        if held > planned:
            return self.env._(
                "The dialogue plans called for %(planned)s, and %(held)s took place under them.", **values
            )
        return self.env._(
            "The dialogue plans called for %(planned)s, and %(held)s took place under them (%(percent)s).",
            percent=self._percent(100 * held / planned),
            **values,
        )

    def _tell_postponed(self, figures):
        count, cancelled = figures.get_sum("meetings_postponed"), figures.get_value("meetings_cancelled")
        if count is None:
            return ""
        if not count:
            text = self.env._("No meetings were postponed.")
        elif count == 1:
            text = self.env._("1 meeting was postponed.")
        else:
            text = self.env._("%(number)s meetings were postponed.", number=self._number(count))
        if not cancelled:
            return text
        if cancelled == 1:
            return self._sentences(text, self.env._("1 meeting was cancelled."))
        return self._sentences(text, self.env._("%(number)s meetings were cancelled.", number=self._number(cancelled)))

    def _plot_intervals(self, figures):
        """:return: the meetings held against those planned, by the agreed months between them"""
        labels = {}
        for code in ("meetings_planned", "meetings_held"):
            for row in figures.get_all(code):
                labels.setdefault(row.key or False, row.key_label or row.label)
        rows = []
        for key, label in sorted(labels.items(), key=lambda item: self._sort_interval(item[0])):
            values = [figures.get_value(code, key) for code in ("meetings_planned", "meetings_held")]
            if any(values):
                rows.append((label, [(value, self._number(value)) for value in values]))
        names = (self.env._("Called for by the plans"), self.env._("Held under them"))
        return self._plot_rows(self.env._("Meetings by agreed interval"), rows, names)

    def _sort_interval(self, key):
        text = str(key or "")
        return (0, int(text)) if text.isdigit() and int(text) else (1, 0)

    def _plot_reasons(self, figures):
        rows = [row for row in figures.get_all("meetings_postponed") if row.key and row.value]
        return self._plot_single(self.env._("Why meetings were postponed"), rows)

    # Preparation, handovers

    def _find_preparation(self, figures):
        fresh, used = figures.get("sheets_fresh"), figures.get("sheets_used")
        rows = [
            (words, [(row.value, self._tell_share(row))])
            for words, row in (
                (self.env._("The background sheet was up to date"), fresh),
                (self.env._("The background sheet was used"), used),
            )
            if row.value is not None
        ]
        title = self.env._("Preparation of the meetings held")
        plots = [self._plot("", plot_bars(title, rows, most=100, width=FULL), FULL)] if rows else []
        nothing = not rows and figures.get_sum("meetings_held") == 0
        return self._block(
            self.env._("Preparation"),
            self.env._("No meetings were held, so there was nothing to prepare.") if nothing else "",
            plots=plots,
        )

    def _tell_share(self, row):
        if not row.base:
            return self._percent(row.value)
        return self.env._(
            "%(percent)s of %(meetings)s", percent=self._percent(row.value), meetings=self._meetings(row.base)
        )

    def _find_handovers(self, figures):
        return self._block(self.env._("Handovers"), self._tell_handovers(figures))

    def _tell_handovers(self, figures):
        count = figures.get_sum("handovers")
        if count is None:
            return ""
        if not count:
            return self.env._("No actor was handed over from one contact leader to another.")
        if count == 1:
            return self.env._("There was 1 handover from one contact leader to another.")
        return self.env._(
            "There were %(number)s handovers from one contact leader to another.", number=self._number(count)
        )

    # Plots

    def _plot_single(self, title, figures):
        rows = [
            (row.key_label or row.label, [(row.value, self._number(row.value))])
            for row in figures
            if row.value is not None
        ]
        return self._plot_rows(title, rows) if any(bars[0][0] for _label, bars in rows) else []

    def _plot_rows(self, title, rows, names=()):
        """:return: the plots of these rows, each of which stands on one page"""
        most = max((value or 0 for _label, bars in rows for value, _words in bars), default=0)
        return [
            self._plot(title if not number else "", plot_bars(title, piece, names, most=most, width=HALF))
            for number, piece in enumerate(cut_in_plots(rows))
        ]
