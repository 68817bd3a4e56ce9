from odoo import models


class EvaluationDocument(models.AbstractModel):
    """What the register says about new and known actors (S13), and about the mayor-led ones (S10)."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    def _find_relations(self, figures):
        title = self.env._("Meetings held, by the relation to the actor")
        rows = [
            (row.key_label or row.label, [(row.value, self._tell_relation(figures, row))])
            for row in figures.get_all("relation_meetings")
            if row.value is not None
        ]
        known = any(bars[0][0] for _label, bars in rows)
        return self._block(
            self.env._("New and professional relations"),
            self._tell_relations(figures) if known else "",
            plots=self._plot_rows(title, rows) if known else [],
        )

    def _tell_relation(self, figures, row):
        actors = figures.get_value("relation_actors", row.key)
        if actors is None:
            return self._number(row.value)
        return self.env._("%(meetings)s, %(actors)s", meetings=self._meetings(row.value), actors=self._actors(actors))

    def _tell_relations(self, figures):
        """What was held for each actor where the relation was there before, and where it is new."""
        professional, new = (figures.get_value("relation_average", key) for key in ("professional", "new"))
        if professional is None or new is None:
            return ""
        return self.env._(
            "Meetings held for each actor where a professional relation exists already: %(professional)s. Where the relation "
            "is new: %(new)s.",
            professional=self._number(professional, 1),
            new=self._number(new, 1),
        )

    def _find_mayor_led(self, figures):
        title = self.env._("Actors led by mayor and municipal director")
        count, meetings = figures.get_value("mayor_led_actors"), figures.get_value("mayor_led_meetings")
        if not count:
            return self._block(title)
        led = self.env._(
            "Mayor and municipal director jointly lead the dialogue with %(actors)s.", actors=self._actors(count)
        )
        if meetings is None:
            return self._block(title, led)
        return self._block(
            title,
            led,
            self._tell_led_meetings(meetings, figures.get_value("mayor_led_full")),
            self.env._("The figures above count these actors and meetings too."),
        )

    def _tell_led_meetings(self, meetings, full):
        values = {"meetings": self._meetings(meetings), "full": self._number(full)}
        if full is None or not meetings:
            return self.env._("In the period they held %(meetings)s.", **values)
        return self.env._(
            "In the period they held %(meetings)s, of which %(full)s with both of them or somebody who stood in.",
            **values,
        )
