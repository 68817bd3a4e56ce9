from types import SimpleNamespace

from odoo import models
from odoo.tools import format_list


class OneEntranceConflictMixin(models.AbstractModel):
    """A politician with a seat on an actor's body may also be on the council's side of a matter: leads the dialogue, is
    invited to the next meeting for the municipality, has promised something, or handles a theme of the sheet in council or
    committee (S11). The seat is named, and no judgement made: whether there is a conflict of interest is for the readers to
    consider.

    The form of a sheet and the printed sheet say it in the same words, made here.
    """

    _name = "one.entrance.conflict.mixin"
    _description = "Seats on Both Sides of a Matter"

    def _get_conflicts(self, sheets, current, published):
        """Gather the notes, for any number of sheets with the same number of queries, as far as the reader may know.

        :param one.entrance.sheet sheets:
        :param dict current: by actor, the seats that are held today
        :param bool published: others will read it than who looks: leave out what is confidential
        :return: by sheet, a note for each politician, with its text and whether it tells of a confidential meeting
        :rtype: dict[one.entrance.sheet, list[SimpleNamespace]]
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
        """:return: that the politician leads the dialogue, with whether that is confidential
        :rtype: list[tuple]
        """
        if politician not in actor.one_entrance_holder_ids.partner_id:
            return []
        return [(self.env._("among those who lead the dialogue for the municipality"), False)]

    def _get_more_reasons(self, actors, held, published):
        """Find what else speaks of a conflict, for all these actors at once; later rooms add what they know.

        :param dict held: by actor, its seats by politician
        :return: texts, each with whether it is confidential, by actor and politician
        :rtype: dict[tuple, list[tuple]]
        """
        return {}

    def _get_theme_reasons(self, sheet, politician):
        themes = sheet.section_ids.theme_id.filtered(lambda theme: politician in theme.council_ids)
        if not themes:
            return []
        names = format_list(self.env, themes.mapped("name"))
        return [(self.env._("on the council's side of the theme %(themes)s", themes=names), False)]
