from types import SimpleNamespace

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import remove_accents

from ..models.res_partner_rollout import ROLLOUT

# Danish letters come last in the alphabet, in this order, whatever order the database knows.
LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
# A row of the table stays on one page. An actor with more seats than these is told of in several rows.
ROW_SEATS = 12
# What is read of an actor at once.
PUBLIC_FIELDS = (
    "active",
    "complete_name",
    "city",
    "one_entrance_kind",
    "one_entrance_leader_id",
    "one_entrance_mayor_led",
    "one_entrance_company_id",
    "one_entrance_step",
)


class OneEntranceActorListMixin(models.AbstractModel):
    """A printed list of actors (S2): one document for all the actors of a municipality that it is given, in an order of its
    own, with the same number of queries for any number of them. It runs as the reader.

    What it gathers here may be published: who is in the scheme, who holds the entrance, and who sits where for the council.
    A list that says more adds it for itself.
    """

    _name = "one.entrance.actor.list.mixin"
    _description = "Actor List, Printed"
    _inherit = "one.entrance.paper.mixin"

    # Who the list is for, as the footer says it.
    _classification = "public"
    # Whether an actor that has left the scheme is in the list when it is asked for.
    _shows_left = False

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param list docids: the actors, or none for an empty list
        :raise AccessError: for an actor of a municipality that the reader does not work in now
        :raise ValidationError: for a contact who is no actor
        """
        actors = self.env["res.partner"].browse(dict.fromkeys(docids or ()))
        self._check_actors(actors)
        lang = self.env.lang or self.env.user.lang
        document = self.with_context(lang=lang)
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": actors,
            "lang": lang,
            "title": document._get_title(),
            "pages": document._get_pages(actors.with_context(lang=lang)),
        }

    def _check_actors(self, actors):
        actors.check_access("read")
        actors.fetch(PUBLIC_FIELDS)
        actors._check_one_entrance_in_scheme(or_left=True)
        others = actors.filtered(lambda actor: actor.one_entrance_company_id not in self.env.companies)
        if others:
            raise AccessError(
                self.env._(
                    "%(actors)s: in the scheme of another municipality than those you work in now. Switch that municipality "
                    "on, or leave the actors out.",
                    actors=others._get_one_entrance_names(),
                )
            )

    def _get_pages(self, actors):
        """Gather what the documents say, in the language of the environment.

        :param res.partner actors:
        :return: one document a municipality, by its name
        :rtype: list[SimpleNamespace]
        """
        companies = actors.one_entrance_company_id.sorted("name") or self.env.company
        actors = actors.filtered(self._is_listed).sorted(self._get_sort_key)
        totals = self._count_scheme(companies)
        seats = self._get_seats(actors)
        by_company = actors.grouped("one_entrance_company_id")
        return [
            self._get_page(company, by_company.get(company, actors.browse()), seats, totals.get(company, 0))
            for company in companies
        ]

    def _get_page(self, company, actors, seats, total):
        """:param dict seats: of all actors, what is said on their seats
        :param int total: how many actors the municipality's scheme has that could be in the list
        :return: one municipality's document
        :rtype: SimpleNamespace
        """
        letterhead = self._get_letterhead(company)
        print_date = self._format(fields.Date.context_today(self))
        return SimpleNamespace(
            letterhead=letterhead,
            print_date=print_date,
            mark=self._get_classification(self._classification),
            title=self._get_title(),
            name=self._get_name(),
            facts=[letterhead.name, print_date, self._get_scope(actors, total)],
            principals=[],
            counts=self._get_counts(actors),
            rollout=False,
            has_kinds=False,
            has_holders=True,
            is_internal=False,
            groups=self._get_groups(actors, seats),
            empty=self._get_empty(),
        )

    def _get_title(self):
        """:return: what kind of document it is, on every page"""
        return self.env._("Actor List")

    def _get_name(self):
        """:return: what is listed"""
        return self.env._("Actors in One Entrance")

    def _get_empty(self):
        """:return: what stands in the place of a list without actors"""
        return self.env._("There are no actors in this list.")

    def _get_scheme_domain(self):
        """:return: the actors that the list has where it has all
        :rtype: Domain
        """
        return Domain("one_entrance_step", "in", ROLLOUT)

    def _is_listed(self, actor):
        return self._shows_left or actor.one_entrance_step != "left"

    def _count_scheme(self, companies):
        """:return: by municipality, how many actors there are that the reader could have had in the list
        :rtype: dict[res.company, int]
        """
        domain = self._get_scheme_domain() & Domain("one_entrance_company_id", "in", companies.ids)
        Partner = self.env["res.partner"].with_context(active_test=True)
        return dict(Partner._read_group(domain, ["one_entrance_company_id"], ["__count"]))

    def _get_scope(self, actors, total):
        """:return: in words, which actors are in the list
        :rtype: str
        """
        if not all(actor.active for actor in actors):  # archived ones are no part of the total
            return self.env._("%(count)s chosen actors", count=len(actors))
        left = actors.filtered(lambda actor: actor.one_entrance_step == "left")
        values = {"count": len(actors - left), "total": total, "left": len(left)}
        if left:
            return self.env._(
                "%(count)s chosen of the %(total)s actors in the scheme, and %(left)s that left it", **values
            )
        if len(actors) < total:
            return self.env._("%(count)s chosen of the %(total)s actors in the scheme", **values)
        if len(actors) == 1:
            return self.env._("the one actor in the scheme")
        return self.env._("all %(count)s actors in the scheme", **values) if actors else self.env._("no actors")

    def _get_sort_key(self, actor):
        """:return: the place of an actor in its group: those that mayor and municipal director lead come first
        :rtype: tuple
        """
        name = (actor.complete_name or "").casefold().replace("aa", "å").translate(LAST_LETTERS)
        return not actor.one_entrance_mayor_led, remove_accents(name), actor.id

    def _get_kinds(self):
        """:return: the headings of the list, by kind in their order
        :rtype: dict
        """
        return {
            "company": self.env._("Companies"),
            "association": self.env._("Associations"),
            "institution": self.env._("Institutions"),
            "other": self.env._("Other actors"),
            False: self.env._("Kind not recorded"),
        }

    def _get_counts(self, actors):
        """:return: how many actors of each kind there are, as labels and numbers
        :rtype: list[SimpleNamespace]
        """
        by_kind = actors.grouped("one_entrance_kind")
        rows = [(title, len(by_kind[kind])) for kind, title in self._get_kinds().items() if kind in by_kind]
        if rows:
            rows.append((self.env._("Total"), len(actors)))
        return [SimpleNamespace(label=label, count=count) for label, count in rows]

    def _get_groups(self, actors, seats):
        """:return: the actors by kind, those of each kind as rows
        :rtype: list[SimpleNamespace]
        """
        by_kind = actors.grouped("one_entrance_kind")
        return [
            self._get_group(title, by_kind[kind], seats) for kind, title in self._get_kinds().items() if kind in by_kind
        ]

    def _get_group(self, title, actors, seats):
        return SimpleNamespace(
            title=title,
            count=len(actors),
            rows=[row for actor in actors for row in self._get_rows(actor, seats.get(actor, [[]]))],
        )

    def _get_rows(self, actor, seats):
        """:param list seats: what is said on the actor's seats, a list of lines for each row
        :return: the rows of the table for one actor: nearly always one
        :rtype: list[SimpleNamespace]
        """
        first, *others = seats
        row = self._describe_actor(actor)
        row.seats, row.continues = first, False
        name = self.env._("%(actor)s (continued)", actor=row.name)
        return [row, *(SimpleNamespace(name=name, seats=lines, continues=True) for lines in others)]

    def _describe_actor(self, actor):
        """:return: one actor's row
        :rtype: SimpleNamespace
        """
        mayor_led = actor.one_entrance_mayor_led
        return SimpleNamespace(
            name=actor.complete_name,
            town=actor.city,
            kind=self._label(actor, "one_entrance_kind"),
            holders=[] if mayor_led else self._get_holders(actor.one_entrance_leader_id),
            holder_text=mayor_led and self.env._("Led by the mayor and the municipal director"),
        )

    def _get_holders(self, leaders):
        """:return: who holds the entrance, each as name and title
        :rtype: list[SimpleNamespace]
        """
        return [
            SimpleNamespace(name=leader.name, title=leader.title or self._label(leader, "role")) for leader in leaders
        ]

    def _get_seats(self, actors):
        """:return: by actor, who sits for the council in which of its bodies, as lines, for each row of the table
        :rtype: dict[res.partner, list[list[str]]]
        """
        groups = actors._get_one_entrance_current_seats()
        roles = list(dict(self.env["one.entrance.seat"]._fields["role"]._description_selection(self.env)))
        result = {}
        for actor, group in groups.items():
            # sudo: who sits where is public, also where the politician's contact is not the reader's to open
            seats = group.sudo().sorted(lambda seat: (seat.body, roles.index(seat.role), seat.politician_id.name))
            result[actor] = [
                self._describe_seats(seats[start : start + ROW_SEATS]) for start in range(0, len(seats), ROW_SEATS)
            ]
        return result

    def _describe_seats(self, seats):
        """:return: a line for each body
        :rtype: list[str]
        """
        return [
            self.env._(
                "%(body)s: %(people)s",
                body=body,
                people=", ".join(
                    self.env._(
                        "%(politician)s (%(role)s)",
                        politician=seat.politician_id.name,
                        role=self._label(seat, "role").lower(),
                    )
                    for seat in group
                ),
            )
            for body, group in seats.grouped("body").items()
        ]


class ActorListDocument(models.AbstractModel):
    """The annex to the case (S2): the actors with who holds the entrance on which level, how far the rollout has come, the
    last and the next meeting, and who sits for the council; and the sums of it.
    """

    _name = "report.one_entrance.actor_list_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Annex of Actors, Printed"

    _classification = "internal"
    _shows_left = True

    def _get_title(self):
        return self.env._("Annex")

    def _get_pages(self, actors):
        actors.one_entrance_holder_ids.mapped("title")  # read for all actors at once
        return super()._get_pages(actors)

    def _get_page(self, company, actors, seats, total):
        page = super()._get_page(company, actors, seats, total)
        page.is_internal = True
        page.counts = []
        page.rollout = self._get_rollout(actors)
        return page

    def _get_rollout(self, actors):
        """Sum up how far the rollout has come, by step and kind (S16).

        :return: the steps with their share of the actors in the scheme, and the numbers by kind; empty without actors
        :rtype: SimpleNamespace | bool
        """
        if not actors:
            return False
        labels = dict(actors._fields["one_entrance_step"]._description_selection(self.env))
        by_step = actors.grouped("one_entrance_step")
        in_scheme = len(actors) - len(by_step.get("left", ()))
        steps = [
            SimpleNamespace(
                key=step,
                label=labels[step],
                count=len(by_step.get(step, ())),
                share=100 * len(by_step.get(step, ())) / in_scheme if in_scheme and step != "left" else 0,
                in_bar=step != "left",
            )
            for step in (*ROLLOUT, *(["left"] if "left" in by_step else []))
        ]
        by_kind = actors.grouped("one_entrance_kind")
        kinds = [
            SimpleNamespace(
                title=title,
                counts=[len(by_kind[kind] & by_step.get(step.key, actors.browse())) for step in steps],
                total=len(by_kind[kind]),
            )
            for kind, title in self._get_kinds().items()
            if kind in by_kind
        ]
        return SimpleNamespace(
            bar=[step for step in steps if step.in_bar and step.count], steps=steps, kinds=kinds, total=len(actors)
        )

    def _describe_actor(self, actor):
        row = super()._describe_actor(actor)
        left = actor.one_entrance_step == "left"
        mayor_led = actor.one_entrance_mayor_led and not left
        today = fields.Date.context_today(self)
        ahead = actor.one_entrance_next_meeting_date
        row.holders = [] if left else self._get_holders(actor.one_entrance_holder_ids)
        row.holder_text = len(row.holders) < 2 and actor.one_entrance_holder_text if mayor_led else False
        row.is_mayor_led = mayor_led
        row.level = not mayor_led and actor.one_entrance_level_id.number
        row.step = self._label(actor, "one_entrance_step")
        row.left_date = left and self._format(actor.one_entrance_left_date)
        row.last_meeting = self._format(actor.one_entrance_last_meeting_date)
        # the column is brought up to date by night: a meeting whose day has passed since is no next one
        row.next_meeting = ahead and ahead >= today and self._format(ahead)
        return row


class ActorListPublicDocument(models.AbstractModel):
    """The actors of the scheme for publication (S2): nothing in it is internal."""

    _name = "report.one_entrance.actor_list_public_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Actor List for Publication, Printed"


class ActorListHandbookDocument(models.AbstractModel):
    """The list in the council's handbook: the actors with whom the mayor and the municipal director lead the dialogue
    together (S10).
    """

    _name = "report.one_entrance.actor_list_handbook_document"
    _inherit = "one.entrance.actor.list.mixin"
    _description = "Actor List for the Council's Handbook, Printed"

    def _get_title(self):
        return self.env._("The council's handbook")

    def _get_name(self):
        return self.env._("Dialogue led by the mayor and the municipal director")

    def _get_empty(self):
        return self.env._("The mayor and the municipal director lead the dialogue with no actor in this list.")

    def _get_scheme_domain(self):
        return super()._get_scheme_domain() & Domain("one_entrance_mayor_led", "=", True)

    def _is_listed(self, actor):
        return super()._is_listed(actor) and actor.one_entrance_mayor_led

    def _get_page(self, company, actors, seats, total):
        page = super()._get_page(company, actors, seats, total)
        page.principals = self._get_principals(company)
        page.counts = []
        page.has_kinds = True
        page.has_holders = False
        return page

    def _get_scope(self, actors, total):
        if len(actors) < total:
            return self.env._(
                "%(count)s chosen of the %(total)s mayor-led actors in the scheme", count=len(actors), total=total
            )
        if len(actors) == 1:
            return self.env._("the one mayor-led actor in the scheme")
        if actors:
            return self.env._("all %(count)s mayor-led actors in the scheme", count=len(actors))
        return self.env._("no mayor-led actors")

    def _get_principals(self, company):
        """:return: who leads the dialogue, the mayor first, each with a title; who is not named yet, too
        :rtype: list[SimpleNamespace]
        """
        company = company.sudo()  # the two are for everybody to know, the company's settings are not
        mayor, municipal_director = company.one_entrance_mayor_id, company.one_entrance_municipal_director_id
        return [
            *(self._get_holders(mayor) or [SimpleNamespace(name=self.env._("mayor not set"), title=False)]),
            *(
                self._get_holders(municipal_director)
                or [SimpleNamespace(name=self.env._("municipal director not set"), title=False)]
            ),
        ]

    def _get_groups(self, actors, seats):
        """:return: all actors in one group: they are few"""
        return [self._get_group(self.env._("Actors"), actors, seats)] if actors else []
