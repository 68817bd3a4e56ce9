from types import SimpleNamespace

from odoo import fields, models
from odoo.fields import Domain
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
        invitations = self._get_invitations(actors, published)
        promises = self._get_open_promises(actors, published)
        # read for all sheets at once: records do not know any more, once grouped, which others are wanted
        sheets.section_ids.theme_id.mapped("council_ids")
        # sudo: whether a politician belongs to the actor is asked of all of them
        politicians = self.env["one.entrance.seat"].concat(*current.values()).sudo().politician_id
        (actors.sudo() | politicians).mapped("commercial_partner_id")
        result = {}
        for sheet in sheets:
            actor = sheet.partner_id
            for politician, seats in held[actor].items():
                reasons = [
                    *self._get_leading_reasons(actor, politician),
                    *self._get_invitation_reasons(invitations.get(actor), politician),
                    *self._get_promise_reasons(promises.get(actor, ()), politician),
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

    def _get_invitations(self, actors, published):
        """:return: by actor, its next planned meeting
        :rtype: dict[res.partner, one.entrance.meeting]
        """
        domain = (
            Domain("partner_id", "in", actors.ids)
            & Domain("state", "=", "planned")
            & Domain("date", ">=", fields.Date.context_today(self))
        )
        if published:
            domain &= Domain("confidential", "=", False)
        meetings = self.env["one.entrance.meeting"].search_fetch(
            domain, ["partner_id", "date", "confidential", "attendee_ids"], order="date, id"
        )
        return {actor: group[:1] for actor, group in meetings.grouped("partner_id").items()}

    def _get_invitation_reasons(self, meeting, politician):
        """:return: that the politician is invited for the municipality; who belongs to the actor comes for the actor"""
        # sudo: who takes part is compared by contact, whoever may read that
        if not meeting or politician.sudo() not in meeting.sudo().attendee_ids:
            return []
        if politician.sudo().commercial_partner_id == meeting.sudo().partner_id.commercial_partner_id:
            return []
        text = self.env._("invited for the municipality to the meeting on %(date)s", date=self._format(meeting.date))
        return [(self._mark(text, meeting.confidential), meeting.confidential)]

    def _get_open_promises(self, actors, published):
        """:return: by actor, what was promised and is not kept
        :rtype: dict[res.partner, one.entrance.meeting.point]
        """
        Point = self.env["one.entrance.meeting.point"]
        domain = Domain("partner_id", "in", actors.ids) & Point._get_open_domain()
        if published:
            domain &= Domain("confidential", "=", False)
        points = Point.search_fetch(
            domain, ["partner_id", "commitment", "responsible_id", "deadline", "confidential"], order="deadline, id"
        )
        # sudo: who has promised is compared by contact; read for all actors at once
        points.sudo().responsible_id.mapped("partner_id")
        return points.grouped("partner_id")

    def _get_promise_reasons(self, points, politician):
        # sudo: as above
        mine = points and points.filtered(lambda point: point.sudo().responsible_id.partner_id == politician.sudo())
        return [
            (
                self._mark(
                    self.env._(
                        "responsible for “%(commitment)s” by %(date)s",
                        commitment=point.commitment,
                        date=self._format(point.deadline),
                    ),
                    point.confidential,
                ),
                point.confidential,
            )
            for point in mine
        ]

    def _get_theme_reasons(self, sheet, politician):
        themes = sheet.section_ids.theme_id.filtered(lambda theme: politician in theme.council_ids)
        if not themes:
            return []
        names = format_list(self.env, themes.mapped("name"))
        return [(self.env._("on the council's side of the theme %(themes)s", themes=names), False)]
