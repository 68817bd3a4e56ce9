import re
from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# No measure of a municipality is older than the municipal reform that made most of them.
FIRST_YEAR = 1970
# What the database says of the values that are there already: “(…)=(1, the name, 2023) …”.
TWIN = re.compile(r"=\(\d+, (?P<name>.*), (?P<year>\d+)\)", re.DOTALL)


def tell_twin(env, diagnostics):
    """:return: why a second figure of a year is refused; named where the database's diagnostics do"""
    twin = TWIN.search((diagnostics and diagnostics.message_detail) or "")
    if not twin:
        return env._("This measure is registered for this year already. Change the one there is instead.")
    return env._(
        "“%(measure)s” is registered for %(year)s already. Change the one there is instead.",
        measure=twin["name"],
        year=twin["year"],
    )


class OneEntranceMeasure(models.Model):
    """What others measure of the municipality once a year: its place among the municipalities, and a score, such as
    Dansk Industri's local business climate (S15). It stands beside the figures, which it does not come from.
    """

    _name = "one.entrance.measure"
    _description = "External Measure"
    _order = "name, year desc, id desc"

    name = fields.Char(string="What Is Measured", required=True, index=True)
    company_id = fields.Many2one(
        "res.company",
        string="Municipality",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: self.env.company._get_one_entrance_today().year,
        help="The year the measure is published for.",
    )
    place = fields.Integer(
        string="Rank", aggregator="avg", help="The municipality's place; 1 is the best. 0: there is none."
    )
    place_of = fields.Integer(
        string="Of How Many", aggregator=None, help="The number of municipalities that were measured. 0: not known."
    )
    score = fields.Float(digits=(16, 2), aggregator="avg", help="0: there is none.")
    scale_from = fields.Float(digits=(16, 2), aggregator=None, help="The lowest possible score.")
    scale_to = fields.Float(digits=(16, 2), aggregator=None, help="The highest possible score. Both 0: not known.")
    unit = fields.Char(help="What the score counts, for example points.")
    source = fields.Char(help="Who published it, and where or when.")

    _name_year_unique = models.UniqueIndex("(company_id, lower(name), year)", tell_twin)

    @api.depends("name", "year")
    def _compute_display_name(self):
        for measure in self:
            measure.display_name = self.env._("%(measure)s %(year)s", measure=measure.name or "", year=measure.year)

    @api.constrains("year")
    def _check_year(self):
        for measure in self:
            last = measure.company_id._get_one_entrance_today().year + 1
            if not FIRST_YEAR <= measure.year <= last:
                raise ValidationError(
                    self.env._(
                        "“%(measure)s”: the year is between %(first)s and %(last)s, not %(year)s. Write it with four digits.",
                        measure=measure.name,
                        first=FIRST_YEAR,
                        last=last,
                        year=measure.year,
                    )
                )

    @api.constrains("place", "place_of", "score")
    def _check_place(self):
        for measure in self:
            name = measure.display_name
            if measure.place < 0 or measure.place_of < 0:
                raise ValidationError(
                    self.env._("%(measure)s: a place and the number of places are 1 or more.", measure=name)
                )
            if measure.place_of and measure.place > measure.place_of:
                raise ValidationError(
                    self.env._(
                        "%(measure)s: place %(place)s of %(number)s cannot be. Perhaps the two have changed places.",
                        measure=name,
                        place=measure.place,
                        number=measure.place_of,
                    )
                )
            if not measure.place and not measure.score:
                raise ValidationError(
                    self.env._("%(measure)s has neither a place nor a score. Fill in one of them.", measure=name)
                )

    @api.constrains("score", "scale_from", "scale_to")
    def _check_score(self):
        for measure in self:
            name = measure.display_name
            if not measure.scale_from and not measure.scale_to:
                continue
            if measure.scale_from >= measure.scale_to:
                raise ValidationError(
                    self.env._(
                        "%(measure)s: the scale goes from its lowest to its highest score. Correct one of them.",
                        measure=name,
                    )
                )
            if measure.score and not measure.scale_from <= measure.score <= measure.scale_to:
                raise ValidationError(
                    self.env._(
                        "%(measure)s: the score lies outside its scale. Correct the score, or the scale.", measure=name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy(vals))

    @api.model
    def _tidy(self, vals):
        """Put single spaces into the name, so that it is written in one way; refuse a score that is no number."""
        for name in ("score", "scale_from", "scale_to"):
            if isinstance(vals.get(name), float) and not isfinite(vals[name]):
                raise ValidationError(self.env._("The score and its scale are numbers. Correct what is written there."))
        return {**vals, "name": " ".join(vals["name"].split())} if vals.get("name") else vals
