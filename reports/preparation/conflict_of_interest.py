from types import SimpleNamespace

from odoo import models
from odoo.tools import format_list


class OneEntranceConflictMixin(models.AbstractModel):
    """Notes on politicians with a seat at an actor who are also on the council's side of a matter: who lead the
    dialogue, are invited for the municipality, have promised something, or handle a theme of the sheet (S11).

    Form and printed sheet get the same words here. The seat is named and not judged: whether there is a conflict of
    interest is for the readers to consider.
    """

    _name = "one.entrance.conflict.mixin"
    _description = "Seats on Both Sides of a Matter"

    def _get_conflicts(self, sheets, current, published):
        """Gather the notes that the reader may know, with the same number of queries for any number of sheets.

        :param dict current: by actor, the seats that are held today
        :param bool published: leave out what is confidential, because others will read it
        :return: by sheet, a note for each politician, with its ``text`` and whether it is ``confidential``
        """
        sheets = sheets.filtered(lambda sheet: sheet.partner_id in current)
        if not sheets:
            return {}
        actors = sheets.partner_id
        held = {actor: seats.grouped("politician_id") for actor, seats in current.items()}
        more = self._get_more_reasons(actors, held, published)
        # read for all sheets at once: records do not know any more, once grouped, which others are wanted
        sheets.section_ids.theme_id.mapped("council_ids")
        result = {}
        for sheet in sheets:
            actor = sheet.partner_id
            for politician, seats in held[actor].items():
                reasons = [
                    *self._get_leading_reasons(actor, politician),
                    *more.get((actor, politician), []),
                    *self._get_theme_reasons(sheet, politician),
                ]
                if reasons:
                    note = SimpleNamespace(
                        text=self._get_conflict_text(politician, seats, [text for text, _confidential in reasons]),
                        confidential=any(confidential for _text, confidential in reasons),
                    )
                    result.setdefault(sheet, []).append(note)
        return result

    def _get_conflict_text(self, politician, seats, reasons):
        return self.env._(
            "%(politician)s, %(posts)s, is also %(reasons)s. Consider whether there is a conflict of interest.",
            politician=politician.sudo().name,  # whom a contact belongs to hides no seat
            posts=seats._get_held_text(),
            reasons=format_list(self.env, reasons),
        )

    def _get_leading_reasons(self, actor, politician):
        if politician not in actor.one_entrance_holder_ids.partner_id:
            return []
        return [(self.env._("among those who lead the dialogue for the municipality"), False)]

    def _get_more_reasons(self, actors, held, published):
        """Find further reasons, for all these actors at once; later rooms add what they know.

        :param dict held: by actor, its seats by politician
        :return: by actor and politician, pairs of a text and whether it is confidential
        """
        return {}

    def _get_theme_reasons(self, sheet, politician):
        themes = sheet.section_ids.theme_id.filtered(lambda theme: politician in theme.council_ids)
        if not themes:
            return []
        names = format_list(self.env, themes.mapped("name"))
        return [(self.env._("on the council's side of the theme %(themes)s", themes=names), False)]
