from markupsafe import Markup

from odoo import models
from odoo.tools.misc import formatLang

from .evaluation_figures import Figures


class EvaluationDocument(models.AbstractModel):
    """The sentences of the paper, in the words of the case paper; each is left out where no figure says it."""

    _inherit = "report.one_entrance_evaluation.evaluation_document"

    # Numbers

    def _number(self, value, digits=0):
        """:return: a number as one writes it; a dash where there is none"""
        if value is None:
            return "–"
        return formatLang(self.env, value, digits=digits, rounding_method="HALF-UP")

    def _decimal(self, value):
        """:return: a number with one decimal, or with none where it is whole"""
        return self._number(value, 0 if value is None or float(value).is_integer() else 1)

    def _percent(self, value):
        if value is None:
            return "–"
        return self.env._("%(number)s%%", number=self._number(value))

    def _signed(self, value):
        """:return: a difference with its sign; empty where there is none to show"""
        if value is None:
            return ""
        text = self._number(abs(value), 1)
        if round(value, 1) == 0:
            return self._number(0, 1)
        return f"+{text}" if value > 0 else f"−{text}"

    def _actors(self, value):
        number = self._number(value)
        return self.env._("1 actor") if value == 1 else self.env._("%(number)s actors", number=number)

    def _meetings(self, value):
        number = self._number(value)
        return self.env._("1 meeting") if value == 1 else self.env._("%(number)s meetings", number=number)

    def _days(self, value):
        number = self._decimal(value)
        return self.env._("1 day") if value == 1 else self.env._("%(number)s days", number=number)

    def _sentences(self, *sentences):
        """:return: one paragraph of those that have something to say"""
        return " ".join(filter(None, sentences))

    # Background

    def _tell_background(self, evaluation, figures, counts):
        """:return: why the scheme exists and how it was evaluated, where nobody has written it"""
        paragraphs = [
            self._tell_decision(evaluation._get_decision_date()),
            self.env._(
                "One Entrance is a way into dialogue with the municipality when challenges arise, or when a key actor needs "
                "a discussion outside the normal operational relation, including the municipality's role as an authority. "
                "The scheme is also to build good bilateral relations between the municipality and its companies and "
                "associations, and so to strengthen the municipality's cooperation with the world around it."
            ),
            self._sentences(
                self.env._(
                    "Each actor has been appointed a contact leader in the municipality, who is its entrance and sees to "
                    "meetings at a suitable frequency, so that the relation grows stronger. To prepare the meeting, the "
                    "contact leader and the business consultants work out relevant background material."
                ),
                self._tell_size(evaluation, figures),
            ),
            self._tell_way(evaluation, counts),
        ]
        return Markup("").join(Markup("<p>%s</p>") % paragraph for paragraph in paragraphs)

    def _tell_decision(self, decided):
        date = self._write_date(decided)
        if not date:
            return self.env._("The scheme One Entrance is for a set of companies, associations and other actors.")
        return self.env._(
            "At its meeting on %(date)s, the municipal council decided that the scheme One Entrance, for a set of companies, "
            "associations and actors, was to be started and evaluated.",
            date=date,
        )

    def _tell_size(self, evaluation, figures):
        count, led = figures.count_actors("end"), figures.get_value("mayor_led_actors")
        values = {"date": self._write_date(evaluation.date_to), "actors": self._actors(count)}
        if not count:
            return ""
        size = self.env._("On %(date)s the scheme had %(actors)s.", **values)
        if not led:
            return size
        return self._sentences(
            size,
            self.env._(
                "With %(number)s of them, mayor and municipal director lead the dialogue jointly.",
                number=self._number(led),
            ),
        )

    def _tell_way(self, evaluation, counts):
        values = {
            "date_from": self._write_date(evaluation.date_from),
            "date_to": self._write_date(evaluation.date_to),
            "discussed": self._write_date(evaluation.directorate_date),
        }
        asked = counts.actor[1] + counts.leader[1]
        if asked:
            how = self.env._(
                "The scheme has been evaluated for the period from %(date_from)s to %(date_to)s, by the figures of its "
                "register and by interviews with actors and their contact leaders.",
                **values,
            )
        else:
            how = self.env._(
                "The scheme has been evaluated for the period from %(date_from)s to %(date_to)s by the figures of its "
                "register.",
                **values,
            )
        if values["discussed"]:
            then = self.env._(
                "After discussion in the directorate on %(discussed)s, the case is put to the political level, so that the "
                "evaluation may be noted.",
                **values,
            )
        else:
            then = self.env._("The case is put to the political level, so that the evaluation may be noted.")
        return self._sentences(how, then)

    def _tell_economy(self):
        return Markup("<p>%s</p>") % self.env._("No economic consequences")

    def _tell_recommendation(self):
        return Markup("<p>%s</p><ol><li>%s</li></ol>") % (
            self.env._("The municipal director recommends that"),
            self.env._("the evaluation is noted."),
        )

    # Implementation

    def _tell_steps(self, figures):
        """:return: what the three steps are, and how many actors have come that far"""
        names = {
            1: self.env._("An official letter from mayor and municipal director goes out to the actor."),
            2: self.env._(
                "The responsible director or head of department contacts the actor for an introductory meeting."
            ),
            3: self.env._("A plan for the further dialogue is agreed, for example meetings at a suitable frequency."),
        }
        return [(names[number], self._tell_reached(figures, number)) for number in names]

    def _tell_reached(self, figures, number):
        count, before = figures.count_actors("end"), figures.count_reached("start", number)
        if not count:
            return ""
        values = {
            "done": self._number(figures.count_reached("end", number)),
            "actors": self._actors(count),
            "before": self._number(before),
        }
        if before is None:
            return self.env._("Reached by %(done)s of %(actors)s.", **values)
        return self.env._("Reached by %(done)s of %(actors)s; at the start of the period by %(before)s.", **values)

    def _tell_rollout(self, figures):
        count = figures.count_actors("end")
        if count is None:
            return ""
        if not count:
            return self.env._("There were no actors in the scheme at the end of the period.")
        whole = max((number for number in (1, 2, 3) if figures.count_reached("end", number) == count), default=0)
        values = {"planned": self._number(figures.count_reached("end", 3)), "actors": self._actors(count)}
        if whole == 3:
            return self.env._(
                "The scheme One Entrance is rolled out to step 3 for all actors: a plan for the further dialogue is agreed."
            )
        if whole == 2:
            return self.env._(
                "The scheme One Entrance is rolled out to step 2 for all actors: initial contact is made. A plan for the "
                "further dialogue, step 3, is agreed with %(planned)s of %(actors)s.",
                **values,
            )
        if whole == 1:
            return self.env._(
                "The scheme One Entrance is rolled out to step 1 for all actors: the official letter has been sent. A plan "
                "for the further dialogue, step 3, is agreed with %(planned)s of %(actors)s.",
                **values,
            )
        return self.env._("The scheme One Entrance is not yet rolled out to step 1 for all actors.")

    def _tell_left(self, figures):
        left = figures.get_value("rollout_end", "left")
        if not left:
            return ""
        if left == 1:
            return self.env._("1 actor has left the scheme, and is not counted here.")
        return self.env._(
            "%(number)s actors have left the scheme, and are not counted here.", number=self._number(left)
        )

    def _read_figures(self, evaluation):
        return Figures(evaluation._get_figures())
