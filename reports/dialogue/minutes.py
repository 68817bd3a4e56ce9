from itertools import chain, zip_longest
from types import SimpleNamespace

from odoo import models

from ...models.dialogue.principals.one_entrance_meeting import PRINCIPALS
from ..common.paper_html import fit_to_paper
from ..common.paper_rows import split_rows

# How many characters stand on a line of what was said, and of what was promised.
LINE_LENGTH = 55
PROMISE_LENGTH = 33


class MinutesDocument(models.AbstractModel):
    """The printed minutes of meetings (S7), gathered with the same number of queries for any number of meetings. It
    runs as the reader, and says what the reader may know.
    """

    _name = "report.one_entrance.minutes_document"
    _inherit = "one.entrance.paper.mixin"
    _description = "Minutes, Printed"
    _paper_model = "one.entrance.meeting"

    def _get_pages(self, meetings):
        meetings = meetings.with_context(active_test=False)  # who has left since was there all the same
        municipal = self._get_municipal_people(meetings.attendee_ids)
        # read for all meetings at once: points do not know any more, once grouped by theme, which others are wanted
        points = meetings.point_ids
        (points.responsible_id | points.raised_by_id).mapped("name")
        points.theme_id.mapped("name")
        minutes = fit_to_paper(self.env, meetings.mapped("minutes"))
        letterheads = {company: self._get_letterhead(company) for company in meetings.company_id}
        pages = []
        for meeting, text in zip(meetings, minutes, strict=True):
            letterhead = letterheads[meeting.company_id]
            points = self._get_points(meeting)
            pages.append(
                SimpleNamespace(
                    id=meeting.id,
                    lang=self.env.lang,
                    letterhead=letterhead,
                    status=self._get_status(meeting),
                    mark=self._get_mark(meeting),
                    name=meeting.partner_id.name,
                    title=meeting._get_event_name(),
                    facts=self._get_facts(meeting, letterhead.name, municipal),
                    points=points,
                    has_themes=any(point.theme for point in points),
                    has_promises=any(point.promise for point in points),
                    minutes=text,
                )
            )
        return pages

    def _get_status(self, meeting):
        """Who the document is for, as a kind and a text for every page."""
        mark = self._get_mark(meeting)
        if meeting.state == "held":
            return SimpleNamespace(kind="confidential" if meeting.confidential else "valid", text=mark)
        text = self.env._("%(state)s, not held", state=self._label(meeting, "state"))
        return SimpleNamespace(kind="draft", text=f"{text} · {mark}")

    def _get_mark(self, meeting):
        return self._get_classification("internal", meeting.confidential)

    def _get_facts(self, meeting, municipality, municipal):
        """When and where it was, and who was there, as labels with lines."""
        rows = [
            (self.env._("Time"), [meeting._get_time_text()]),
            (self.env._("Place"), [meeting.location]),
            (self.env._("Attendees"), self._get_attendees(meeting, municipality, municipal)),
            (self.env._("Held by"), [self._name_with_title(leader) for leader in meeting._get_present_holders()]),
            (self.env._("Stood in"), self._get_stand_ins(meeting)),
            *self._get_internal_facts(meeting),
        ]
        return [
            SimpleNamespace(label=label, lines=[line for line in lines if line]) for label, lines in rows if any(lines)
        ]

    def _get_internal_facts(self, meeting):
        """What only the municipality needs to know."""
        return [
            (self.env._("Participation"), self._get_fullness(meeting)),
            (self.env._("Background sheet"), [self._get_sheet(meeting)]),
            (self.env._("About"), [meeting.summary]),
            (self.env._("Reason"), [self._label(meeting, "postpone_reason"), meeting.reason_note]),
        ]

    def _name_with_title(self, leader):
        return ", ".join(filter(None, [leader.name, self._get_title_beside(leader.name, leader.title)]))

    def _get_stand_ins(self, meeting):
        roles = dict(meeting.mayor_id._fields["role"]._description_selection(self.env))
        return [
            self.env._(
                "%(person)s for %(principal)s",
                person=self._name_with_function(meeting[f"{role}_stand_in_id"]),
                principal=meeting[f"{role}_id"].name or roles[role],
            )
            for role in PRINCIPALS
            if meeting[f"{role}_stand_in_id"]
        ]

    def _name_with_function(self, person):
        return ", ".join(filter(None, [person.name, person.function]))

    def _get_fullness(self, meeting):
        return [self._label(meeting, "fullness"), meeting.fullness == "partial" and meeting.missing_text]

    def _get_sheet(self, meeting):
        date = self._format(meeting.sheet_id.prepared_date)
        if not date:
            return False
        if meeting.sheet_used:
            return self.env._("of %(date)s, used at the meeting", date=date)
        return self.env._("of %(date)s, not used at the meeting", date=date)

    def _get_municipal_people(self, people):
        """Those who are of the municipality: users, and leaders without login."""
        leaders = (
            self.env["one.entrance.leader"].with_context(active_test=False).search([("partner_id", "in", people.ids)])
        )
        return people.filtered(lambda person: not person.partner_share) | leaders.partner_id

    def _get_attendees(self, meeting, municipality, municipal):
        """A line for each side: the actor's people first, then the municipality's, then others."""
        actor = meeting.partner_id
        sides = {actor.name: [], municipality: []}
        for person in meeting.attendee_ids.sorted("name"):
            if person == actor:
                continue  # invited for want of a person: its name says nothing of who was there
            if person in municipal:
                side = municipality
            elif person.commercial_partner_id == actor.commercial_partner_id:
                side = actor.name
            else:
                side = person.parent_id.name or ""
            sides.setdefault(side, []).append(self._name_with_function(person))
        return [f"{side}: {'; '.join(names)}" if side else "; ".join(names) for side, names in sides.items() if names]

    def _get_points(self, meeting):
        """The points in the order of the meeting, those on one theme together and those on none last."""
        by_theme = self._get_readable_points(meeting).grouped("theme_id")
        without = by_theme.pop(self.env["one.entrance.theme"], [])
        other = self.env._("Other matters") if by_theme else False
        groups = chain(((theme.name, points) for theme, points in by_theme.items()), [(other, without)])
        return [
            row
            for theme, points in groups
            for number, point in enumerate(points)
            for row in self._describe_point(point, theme, is_first=number == 0)
        ]

    def _get_readable_points(self, meeting):
        return meeting.point_ids

    def _describe_point(self, point, theme, is_first):
        """The rows of a point, most often one; ``is_first``: it is the first one under its theme."""
        texts = split_rows(point.summary, LINE_LENGTH)
        notes = [""] * (len(texts) - 1) + split_rows(self._get_notes(point), LINE_LENGTH)
        promises = split_rows(point.commitment, PROMISE_LENGTH)
        rows = [
            SimpleNamespace(
                theme="", is_first=False, text=text, notes=note, promise=promise, keeping="", continues=True
            )
            for text, note, promise in zip_longest(texts, notes, promises, fillvalue="")
        ]
        rows[0].theme, rows[0].is_first = theme, is_first
        rows[-1].continues = False
        if point.commitment:
            rows[len(promises) - 1].keeping = self.env._(
                "%(name)s, by %(date)s", name=point.responsible_id.name, date=self._format(point.deadline)
            )
        return rows

    def _get_notes(self, point):
        """What only the municipality needs to know of a point."""
        raised_by = point.raised_by_id.name
        kept = point.done and self.env._("Kept on %(date)s", date=self._format(point.done_date))
        return ". ".join(
            filter(
                None,
                [
                    point.internal and self.env._("Not for the attendees"),
                    raised_by and self.env._("Raised by %(name)s", name=raised_by),
                    kept and ": ".join(filter(None, [kept, point.outcome])),
                ],
            )
        )


class MinutesAttendeesDocument(models.AbstractModel):
    """The minutes as those who were there get them: in their language, and without anything internal."""

    _name = "report.one_entrance.minutes_attendees_document"
    _inherit = "report.one_entrance.minutes_document"
    _description = "Minutes for the Attendees, Printed"

    def _get_page_lang(self, meeting):
        return meeting._get_attendees_lang()

    def _get_mark(self, meeting):
        return self._get_classification("attendees", meeting.confidential)

    def _get_internal_facts(self, meeting):
        return []

    def _get_readable_points(self, meeting):
        return meeting._get_points_for_attendees()

    def _get_notes(self, point):
        return ""
