from types import SimpleNamespace

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import remove_accents

from ...models.actor.res_partner import ROLLOUT
from .actor_list_sheets import fill_sheets, measure_top

# Danish letters come last in the alphabet, in this order, whatever order the database knows.
LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
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
    """A printed list of actors (S2), one document a municipality. It runs as the reader, by a fixed number of queries.

    What it gathers here may be published; a list that says more adds it for itself.
    """

    _name = "one.entrance.actor.list.mixin"
    _description = "Actor List, Printed"
    _inherit = "one.entrance.paper.mixin"

    # Who the list is for, as the footer says it.
    _classification = "public"
    # Whether an actor that has left the scheme is in the list when it is asked for.
    _shows_left = False
    # The columns, in percent of the width of the page.
    _widths = {"name": 34, "holders": 30, "seats": 36}

    @api.model
    def _get_report_values(self, docids, data=None):
        """Print the actors of ``docids``, or an empty list where there are none.

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
        """One document a municipality, by its name, in the language of the environment."""
        companies = actors.one_entrance_company_id.sorted("name") or self.env.company
        actors = actors.filtered(self._is_listed).sorted(self._get_sort_key)
        actors.one_entrance_leader_id.mapped("title")  # read for all actors at once
        totals = self._count_scheme(companies)
        seats = self._get_seats(actors)
        by_company = actors.grouped("one_entrance_company_id")
        return [
            self._get_page(company, by_company.get(company, actors.browse()), seats, totals.get(company, 0))
            for company in companies
        ]

    def _get_page(self, company, actors, seats, total):
        """One municipality's document, with the seats of all actors and how many could be in the list."""
        letterhead = self._get_letterhead(company)
        page = SimpleNamespace(
            letterhead=letterhead,
            mark=self._get_classification(self._classification),
            title=self._get_title(),
            name=self._get_name(),
            facts=[letterhead.name, letterhead.print_date, self._get_scope(actors, total)],
            principals=[],
            counts=[],
            rollout=False,
            widths=self._widths,
            empty=not actors and self._get_empty(),
        )
        self._add_top(page, company, actors)
        page.sheets = fill_sheets(self._get_groups(actors, seats), self._widths, measure_top(page))
        return page

    def _add_top(self, page, company, actors):
        """Hook: add what stands above the list."""
        page.counts = self._get_counts(actors)

    def _get_title(self):
        """Hook: what kind of document it is, on every page."""
        return self.env._("Actor List")

    def _get_name(self):
        """Hook: what is listed."""
        return self.env._("Actors in One Entrance")

    def _get_empty(self):
        """Hook: what stands in the place of a list without actors."""
        return self.env._("There are no actors in this list.")

    def _get_scheme_domain(self):
        """Hook: the actors that the list has where it has all."""
        return Domain("one_entrance_step", "in", ROLLOUT)

    def _is_listed(self, actor):
        return self._shows_left or actor.one_entrance_step != "left"

    def _count_scheme(self, companies):
        """By municipality, how many actors the reader could have had in the list."""
        domain = self._get_scheme_domain() & Domain("one_entrance_company_id", "in", companies.ids)
        Partner = self.env["res.partner"].with_context(active_test=True)
        return dict(Partner._read_group(domain, ["one_entrance_company_id"], ["__count"]))

    def _get_scope(self, actors, total):
        """In words, which actors are in the list."""
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
        """Mayor-led actors come first in their group."""
        name = (actor.complete_name or "").casefold().replace("aa", "å").translate(LAST_LETTERS)
        return not actor.one_entrance_mayor_led, remove_accents(name), actor.id

    def _get_kinds(self):
        """The headings of the list by kind, in their order."""
        return {
            "company": self.env._("Companies"),
            "association": self.env._("Associations"),
            "institution": self.env._("Institutions"),
            "other": self.env._("Other actors"),
            False: self.env._("Kind not recorded"),
        }

    def _get_counts(self, actors):
        """How many actors of each kind there are, as labels and numbers."""
        by_kind = actors.grouped("one_entrance_kind")
        rows = [(title, len(by_kind[kind])) for kind, title in self._get_kinds().items() if kind in by_kind]
        if rows:
            rows.append((self.env._("Total"), len(actors)))
        return [SimpleNamespace(label=label, count=count) for label, count in rows]

    def _get_groups(self, actors, seats):
        """Hook: the actors by kind, those of each kind as rows."""
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
        """The rows of one actor, one for each list of lines about its seats: nearly always one."""
        first, *others = seats
        row = self._describe_actor(actor)
        row.seats, row.continues = first, False
        name = self.env._("%(actor)s (continued)", actor=row.name)
        return [row, *(SimpleNamespace(name=name, seats=lines, continues=True) for lines in others)]

    def _describe_actor(self, actor):
        """Hook: one actor's row."""
        mayor_led = actor.one_entrance_mayor_led
        return SimpleNamespace(
            name=actor.complete_name,
            town=actor.city,
            kind=self._label(actor, "one_entrance_kind"),
            is_mayor_led=False,
            holders=[] if mayor_led else self._get_holders(actor.one_entrance_leader_id),
            holder_text=mayor_led and self.env._("Led by the mayor and the municipal director"),
        )

    def _get_holders(self, leaders):
        """Who holds the entrance, each as name and title."""
        return [
            SimpleNamespace(
                name=leader.name,
                title=self._get_title_beside(leader.name, leader.title or self._label(leader, "role")),
            )
            for leader in leaders
        ]

    def _get_principals(self, company):
        """Who leads the dialogue, the mayor first, each as name and title; who is not named yet, too."""
        company = company.sudo()  # the two are for everybody to know, the company's settings are not
        mayor, municipal_director = company.one_entrance_mayor_id, company.one_entrance_municipal_director_id
        return [
            *(self._get_holders(mayor) or [SimpleNamespace(name=self.env._("mayor not set"), title=False)]),
            *(
                self._get_holders(municipal_director)
                or [SimpleNamespace(name=self.env._("municipal director not set"), title=False)]
            ),
        ]

    def _get_seats(self, actors):
        """Hook: by actor, who sits in which of its bodies, as a list of lines for each row of the table."""
        return {}
