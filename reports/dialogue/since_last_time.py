from types import SimpleNamespace

from odoo import models
from odoo.fields import Domain

# How many promises of each kind, and how many people, a page names.
PROMISES = 8
PEOPLE = 8


class OneEntranceSinceLastTimeMixin(models.AbstractModel):
    """What has happened with an actor since the last meeting: promises kept and open, and who is new (S14).

    A person registered together with the actor is not new. When a contact was archived is not recorded: its last change
    stands for it.
    """

    _name = "one.entrance.since.last.time.mixin"
    _description = "Since Last Time, Printed"

    def _get_since_last_time(self, actors, held, people, published):
        """Gather what has happened, for any number of actors with the same number of queries.

        :param dict held: by actor, the meetings held that the document may tell of, latest first
        :param dict people: by actor, its people, the archived ones too
        :param bool published: leave out what is confidential, because others will read the document
        :return: by actor, where there is something to tell, ``title`` and ``rows``
        """
        last = {actor: meetings[0].date for actor, meetings in held.items()}
        promises = self._get_promises(actors, last, published)
        raised = self._get_raised(actors, last, published)
        leaders = self._get_leader_changes(actors, last)
        result = {}
        for actor in actors:
            rows = [
                *promises.get(actor, []),
                *raised.get(actor, []),
                *leaders.get(actor, []),
                *self._get_people_changes(actor, people.get(actor, actor.browse()), last.get(actor)),
            ]
            if rows:
                title = self._get_since_title(last.get(actor), bool(promises.get(actor)), bool(raised.get(actor)))
                result[actor] = SimpleNamespace(title=title, rows=rows)
        return result

    def _get_since_title(self, day, promised, raised):
        if day:
            return self.env._("Since last time, %(date)s", date=self._format(day))
        return self.env._("Open commitments")

    def _make_since_row(self, kind, label, text, who="", when="", confidential=False):
        return SimpleNamespace(kind=kind, label=label, text=text, who=who, when=when, confidential=confidential)

    def _get_promises(self, actors, last, published):
        """By actor, rows for the open promises, late ones first, and for those kept since the last meeting."""
        Point = self.env["one.entrance.meeting.point"]
        wanted = Point._get_open_domain()
        if last:
            kept = Domain("done", "=", True) & Domain("done_date", ">=", min(last.values()))
            wanted |= Domain("commitment", "!=", False) & kept
        domain = Domain("partner_id", "in", actors.ids) & wanted
        if published:
            domain &= Domain("meeting_id.confidential", "=", False)
        points = Point.search_fetch(
            domain,
            ["partner_id", "meeting_id", "commitment", "responsible_id", "deadline", "done", "done_date", "outcome"],
            order="deadline, id",
        )
        result = {}
        # read for all actors at once: records do not know any more, once grouped, which others are wanted
        points.meeting_id.mapped("confidential")
        points.responsible_id.mapped("name")
        for actor, group in points.grouped("partner_id").items():
            day = last.get(actor)
            shown = group.filtered(lambda point, day=day: not point.done or (day and point.done_date >= day))
            by_state = shown.grouped("state")
            result[actor] = [
                row for state in ("late", "open", "done") for row in self._describe_promises(by_state.get(state, Point))
            ]
        return result

    def _describe_promises(self, points):
        """The rows of promises that are all late, all open or all kept."""
        rows = []
        state, label = points[:1].state, self._label(points[:1], "state")
        for point in points[:PROMISES]:
            if point.done:
                when = self._format(point.done_date)
            else:
                when = self.env._("by %(date)s", date=self._format(point.deadline))
            text = f"{point.commitment} – {point.outcome}" if point.outcome else point.commitment
            confidential = point.meeting_id.confidential
            text = self._mark(text, confidential)
            rows.append(self._make_since_row(state, label, text, point.responsible_id.name, when, confidential))
        if len(points) > PROMISES:
            left = self.env._("and %(count)s more in the register", count=len(points) - PROMISES)
            rows.append(self._make_since_row(state, label, left))
        for row in rows[1:]:
            row.label = ""
        return rows

    def _get_raised(self, actors, last, published):
        """:return: by actor, rows for what it has raised, printed after the promises; addons fill it in"""
        return {}

    def _get_leader_changes(self, actors, last):
        """By actor, rows for the contact leaders appointed after the last meeting."""
        known = actors.filtered(lambda actor: actor in last)
        appointments = self.env["one.entrance.appointment"].search_fetch(
            Domain("partner_id", "in", known.ids) & Domain("origin", "=", False),
            ["partner_id", "leader_id", "date_from"],
            order="date_from, id",
        )
        result = {}
        appointments.leader_id.mapped("name")  # read for all actors at once
        for actor, periods in appointments.grouped("partner_id").items():
            # an actor's first contact leader is no change
            for before, period in zip(periods, periods[1:], strict=False):
                if period.date_from <= last[actor]:
                    continue
                text = self.env._(
                    "%(leader)s, before %(former)s", leader=period.leader_id.name, former=before.leader_id.name
                )
                when = self.env._("from %(date)s", date=self._format(period.date_from))
                rows = result.setdefault(actor, [])
                rows.append(self._make_since_row("leader", self.env._("Contact leader"), text, when=when))
        return result

    def _get_people_changes(self, actor, people, day):
        """A row for the actor's people that are new since the last meeting, and one for those that are gone."""
        if not day:
            return []
        get_day = actor.one_entrance_company_id._get_one_entrance_day
        start = max(day, get_day(actor.create_date))
        new = people.filtered(lambda person: person.active and get_day(person.create_date) > start)
        gone = people.filtered(
            lambda person: (
                not person.active and get_day(person.write_date) > day and get_day(person.create_date) <= start
            )
        )
        rows = ((self.env._("New people"), "new", new), (self.env._("No longer there"), "gone", gone))
        return [
            self._make_since_row(kind, label, self._describe_people(changed))
            for label, kind, changed in rows
            if changed
        ]

    def _describe_people(self, people):
        names = [", ".join(filter(None, [person.name, person.function])) for person in people[:PEOPLE]]
        if len(people) > PEOPLE:
            names.append(self.env._("and %(count)s more in the register", count=len(people) - PEOPLE))
        return "; ".join(names)
