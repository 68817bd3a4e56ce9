from itertools import chain, zip_longest
from types import SimpleNamespace

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..common.paper_html import fit_to_paper
from ..common.paper_rows import split_rows

# How many of the last meetings are told of.
LAST_MEETINGS = 5
CONTACTS = 8
# How many characters stand on a line of why a period ended, and of what was promised.
REASON_LENGTH = 45
COMMITMENT_LENGTH = 55


class HandoverDocument(models.AbstractModel):
    """What the next contact leader should know about some actors (S14): who they are, who held the entrance when, what
    was said and promised, and the background sheet. It gathers with the same number of queries for any number of
    actors, runs as the reader, and says what the reader may know.
    """

    _name = "report.one_entrance.handover_document"
    _inherit = "report.one_entrance.background_sheet_document"
    _description = "Handover, Printed"
    _paper_model = "res.partner"

    def _get_paper_records(self, docids):
        """:raise AccessError: for who may not read what was said with one of the actors
        :raise ValidationError: for a contact who is no actor
        """
        actors = super()._get_paper_records(docids)
        self._check_reader(actors)
        actors._check_one_entrance_in_scheme(or_left=True)
        return actors

    def _check_reader(self, actors):
        """Refuse a document that would leave out what was said, because it is not the reader's to know."""
        self.env["one.entrance.appointment"].check_access("read")
        others = actors.filtered(lambda actor: actor.one_entrance_company_id not in self.env.companies)
        if not self.env.user.has_group("one_entrance.group_consultant"):
            others |= actors.filtered(lambda actor: not actor.one_entrance_is_mine)
        if others:
            raise AccessError(
                self.env._(
                    "%(actors)s: what was said with them is for their contact leader. Ask a business consultant to print the "
                    "handover.",
                    actors=others._get_one_entrance_names(),
                )
            )

    def _get_pages(self, actors):
        contacts = self._get_contacts(self._get_people(actors))
        appointments = self._get_appointments(actors)
        held, planned = self._get_dialogue(actors)
        points = self._get_points(self.env["one.entrance.meeting"].concat(*held.values()))
        commitments = self._get_commitments(actors)
        more = self._get_more(actors)
        seats = actors._get_one_entrance_current_seats()
        sheets = actors.one_entrance_sheet_id
        texts = self._get_all_texts(held, points, sheets)
        letterheads = {company: self._get_letterhead(company) for company in actors.one_entrance_company_id}
        pages = []
        for actor in actors:
            sheet, company = actor.one_entrance_sheet_id, actor.one_entrance_company_id
            meetings = self._describe_held(held.get(actor, []), points, texts)
            ahead = self._describe_meetings(planned.get(actor, []))
            promised, rest = commitments.get(actor, []), more.get(actor, {})
            confidential = any(row.confidential for row in chain(meetings, ahead, promised, *rest.values()))
            pages.append(
                SimpleNamespace(
                    id=actor.id,
                    status=self._get_holder_status(appointments.get(actor, [])),
                    letterhead=letterheads[company],
                    name=actor.display_name,
                    facts=self._get_facts(actor, company),
                    contacts=contacts.get(actor, [])[:CONTACTS],
                    contacts_left=self._get_contacts_left(contacts.get(actor, [])),
                    mayor_led=actor.one_entrance_mayor_led,
                    holders=self._get_holders(actor),
                    holder_missing=self._get_holder_missing(actor),
                    scheme=self._get_scheme(actor),
                    agreed=actor.one_entrance_plan_note,
                    seats=self._describe_seats(seats.get(actor, ())),
                    appointments=self._describe_appointments(appointments.get(actor, [])),
                    planned=ahead,
                    meetings=meetings,
                    commitments=promised,
                    sheet=self._get_status(sheet) if sheet else False,
                    themes=[
                        SimpleNamespace(
                            name=section.theme_id.name, body=texts[section], shared=self._get_shared_mark(section)
                        )
                        for section in sheet.section_ids
                        if texts[section]
                    ],
                    mark=self._get_classification("internal", confidential),
                    **rest,
                )
            )
        return pages

    def _get_appointments(self, actors):
        """By actor, all periods, the latest first; those of merged contacts last."""
        appointments = self.env["one.entrance.appointment"].search_fetch(
            Domain("partner_id", "in", actors.ids),
            ["partner_id", "leader_id", "company_id", "date_from", "date_to", "reason", "note", "origin"],
            order="date_from desc, id desc",
        )
        return appointments.sorted(lambda period: bool(period.origin)).grouped("partner_id")

    def _get_holder_status(self, periods):
        """Who holds the entrance or is about to, as a kind and a text for every page."""
        for period in periods:
            today = period.company_id._get_one_entrance_today()
            if period.origin or (period.date_to and period.date_to <= today):
                continue
            values = {"leader": period.leader_id.name, "date": self._format(period.date_from)}
            if period.date_from > today:
                text = self.env._("%(leader)s takes over on %(date)s", **values)
            else:
                text = self.env._("%(leader)s, contact leader since %(date)s", **values)
            return SimpleNamespace(kind="valid", text=text)
        return False

    def _describe_appointments(self, periods):
        return [row for period in periods for row in self._describe_appointment(period)]

    def _describe_appointment(self, period):
        reasons = split_rows(period.reason, REASON_LENGTH)
        notes = [""] * (len(reasons) - 1) + split_rows(period.note, REASON_LENGTH)
        rows = [
            SimpleNamespace(
                leader="", title="", date_from="", date_to="", reason=reason, note=note, origin="", continues=True
            )
            for reason, note in zip_longest(reasons, notes, fillvalue="")
        ]
        rows[0].leader, rows[0].title = period.leader_id.name, period.leader_id.title
        rows[0].date_from, rows[0].date_to = self._format(period.date_from), self._format(period.date_to)
        rows[-1].origin = period.origin and self.env._("with %(actor)s, merged since", actor=period.origin)
        rows[-1].continues = False
        return rows

    def _get_dialogue(self, actors):
        """By actor, the last meetings held, latest first, and those planned from today, soonest first."""
        held, planned = self._get_meetings(actors, False)
        shown = {actor: meetings[:LAST_MEETINGS] for actor, meetings in held.items()}
        self.env["one.entrance.meeting"].concat(*shown.values()).fetch(
            ["leader_id", "summary", "minutes", "mayor_led", "mayor_id", "municipal_director_id", "attendee_ids"]
        )
        return shown, planned

    def _get_points(self, meetings):
        points = self.env["one.entrance.meeting.point"].search_fetch(
            Domain("meeting_id", "in", meetings.ids),
            ["meeting_id", "theme_id", "summary", "commitment", "responsible_id", "deadline", "done", "outcome"],
            order="sequence, id",
        )
        return points.grouped("meeting_id")

    def _get_commitments(self, actors):
        """By actor, what was promised and is not kept, at whatever meeting, overdue first."""
        Point = self.env["one.entrance.meeting.point"]
        points = Point.search_fetch(
            Domain("partner_id", "in", actors.ids) & Point._get_open_domain(),
            ["partner_id", "meeting_id", "commitment", "responsible_id", "deadline", "date"],
            order="deadline, id",
        )
        return {
            actor: [row for point in group for row in self._describe_commitment(point)]
            for actor, group in points.grouped("partner_id").items()
        }

    def _describe_commitment(self, point):
        """The rows of a commitment, most often one."""
        confidential = point.meeting_id.confidential
        rows = [
            SimpleNamespace(
                text=text, responsible="", deadline="", late=False, said="", confidential=confidential, continues=True
            )
            for text in split_rows(self._mark(point.commitment, confidential), COMMITMENT_LENGTH)
        ]
        rows[0].responsible, rows[0].said = point.responsible_id.name, self._format(point.date)
        rows[0].deadline, rows[0].late = self._format(point.deadline), point.state == "late"
        rows[-1].continues = False
        return rows

    def _get_more(self, actors):
        """:return: by actor, further tables of its document by name, each a list of rows; addons fill it in"""
        return {}

    def _get_all_texts(self, held, points, sheets):
        """The sheets' texts, and the minutes of meetings without points, ready for paper, by section and meeting."""
        meetings = self.env["one.entrance.meeting"].concat(*held.values())
        meetings = meetings.filtered(lambda meeting: meeting not in points and not is_html_empty(meeting.minutes))
        sections = sheets.section_ids
        sources = [section.body for section in sections] + [meeting.minutes for meeting in meetings]
        return dict(zip([*sections, *meetings], fit_to_paper(self.env, sources), strict=True))

    def _describe_held(self, meetings, points, texts):
        """The last meetings: their points, or the minutes where there are none."""
        return [
            SimpleNamespace(
                date=self._format(meeting.date),
                kind=self._mark(self._label(meeting, "kind"), meeting.confidential),
                leader=", ".join(meeting._get_present_holders().mapped("name")),
                summary=meeting.summary,
                points=[self._describe_point(point) for point in points.get(meeting, [])],
                minutes=texts.get(meeting),
                confidential=meeting.confidential,
            )
            for meeting in meetings
        ]

    def _describe_point(self, point):
        commitment = False
        if point.commitment:
            values = {
                "commitment": point.commitment,
                "responsible": point.responsible_id.name,
                "date": self._format(point.deadline),
            }
            if point.done:
                commitment = self.env._("Kept: %(commitment)s (%(responsible)s)", **values)
            else:
                commitment = self.env._("Agreed: %(commitment)s (%(responsible)s, by %(date)s)", **values)
        return SimpleNamespace(
            theme=point.theme_id.name,
            text=point.summary,
            commitment=commitment,
            outcome=point.done and point.outcome,
        )
