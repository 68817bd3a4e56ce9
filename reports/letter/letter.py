from base64 import b64decode
from types import SimpleNamespace

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from ...models.letter.letter_text import LetterText
from ..common.paper_html import fit_to_paper, get_image_uri
from .letter_parts import take_apart

# A signature stands 60 mm wide and 18 mm high at most.
SIGNATURE_SIZE = (710, 213)
# So many characters fit on a line of the window, and so many lines into it at their usual size.
WINDOW_CHARACTERS = 44
WINDOW_LINES = 8


class LetterDocument(models.AbstractModel):
    """Official letters (S4), each in its actor's language, by the same number of queries for any number of actors."""

    _name = "report.one_entrance.letter_document"
    _inherit = "one.entrance.paper.mixin"
    _description = "Official Letter, Printed"

    _paper_model = "res.partner"

    @api.model
    def _get_report_values(self, docids, data=None):
        # a form that shows a letter asks for the sizes of images instead of the images
        return super(LetterDocument, self.with_context(bin_size=False))._get_report_values(docids, data)

    def _get_paper_records(self, docids):
        """Refuse readers who do not keep the register, and actors that no letter can be printed for."""
        actors = super()._get_paper_records(docids)
        # the letters show the signatures: they are for those who send them
        actors._check_one_entrance_access()
        self._check_can_be_printed(actors)
        return actors

    def _get_page_lang(self, actor):
        return actor._get_one_entrance_letter_lang()

    def _check_can_be_printed(self, actors):
        problems = actors._get_one_entrance_letter_problems()
        if problems:
            partners = actors.filtered(lambda actor: actor in problems)
            lines = [f"{actor.display_name}: {problems[actor]}" for actor in partners[:10]]
            if len(partners) > len(lines):
                lines.append(self.env._("… and %(count)s more.", count=len(partners) - len(lines)))
            raise UserError(
                self.env._(
                    "No letter can be printed for these actors. Mend what is missing, or leave them out.\n\n%(actors)s",
                    actors="\n".join(lines),
                )
            )
        for company, group in actors.grouped("one_entrance_company_id").items():
            obstacle = company._get_one_entrance_letter_obstacle(
                {each._get_one_entrance_letter_lang() for each in group}
            )
            if obstacle:
                raise UserError(obstacle)

    def _get_pages(self, actors):
        # sudo: who holds the entrance, and who signs, is on everything that the municipality sends to an actor
        actors_sudo = actors.sudo()
        companies = actors_sudo.one_entrance_company_id
        principals = companies.one_entrance_mayor_id | companies.one_entrance_municipal_director_id
        (principals | actors_sudo.one_entrance_leader_id).mapped("name")  # read for all actors at once
        people = self._get_people(actors)
        return [
            letter
            for company, group in actors_sudo.grouped("one_entrance_company_id").items()
            for letter in self._write_letters(group, company, people)
        ]

    def _get_people(self, actors):
        """By actor id, the name of whom one writes to: somebody with a function first."""
        # whoever has left is not written to, also where archived actors are looked at
        People = self.env["res.partner"].with_context(active_test=True)
        people = People.search_fetch(
            Domain("parent_id", "in", actors.ids) & Domain("type", "=", "contact") & Domain("is_company", "=", False),
            ["parent_id", "name", "function"],
            order="name, id",
        )
        return {
            actor.id: group.sorted(lambda person: not person.function)[0].name
            for actor, group in people.grouped("parent_id").items()
        }

    def _write_letters(self, actors, company, people):
        """The letters of one municipality; it and the actors as superuser, ``people`` as names by actor id."""
        letterhead = self._get_letterhead(company)
        sender = self._get_sender(company)
        mark = self._get_classification("actor")
        signatures = [
            self._get_signature(leader)
            for leader in (company.one_entrance_mayor_id, company.one_entrance_municipal_director_id)
        ]
        (source,) = fit_to_paper(self.env, [company.one_entrance_letter_body])
        subject, text, closing = (LetterText(part) for part in take_apart(source))
        shared = {
            "mayor": company.one_entrance_mayor_id.name,
            "municipal_director": company.one_entrance_municipal_director_id.name,
            "municipality": company.name,
            "decision_date": self._format_long(company.one_entrance_decision_date),
        }
        entrances = {}
        letters = []
        for actor in actors:
            holders = self._get_holders(actor, company)
            if holders not in entrances:
                entrances[holders] = self._get_entrance(holders)
            address = self._get_address(actor, company)
            date = self._get_letter_date(actor)
            person = people.get(actor.id) if actor.is_company or not actor.parent_id else actor.name
            values = {
                **shared,
                **entrances[holders],
                "actor": actor.name,
                "address": Markup("<br/>").join(address),
                "contact_person": person or actor.name,
                "letter_date": date,
            }
            letters.append(
                SimpleNamespace(
                    id=actor.id,
                    lang=self.env.lang,
                    letterhead=letterhead,
                    sender=sender,
                    mark=mark,
                    date=date,
                    receiver=self._get_receiver(actor, person, address),
                    subject=subject.fill_in(values)
                    or self.env._("One entrance to %(municipality)s", municipality=company.name),
                    text=text.fill_in(values),
                    closing=closing.fill_in(values),
                    signatures=signatures,
                )
            )
        return letters

    def _get_sender(self, company):
        """Where the municipality is found and reached, a line each."""
        reach = (company.phone, company.email, company.website)
        return [company.name, *self._get_address(company.partner_id, company), *filter(None, reach)]

    def _get_address(self, partner, company):
        """A postal address as its country writes it; where none is recorded, as the municipality's does, or else
        Denmark. The country itself is named on letters abroad only.
        """
        address_format, parts = partner._prepare_display_address(without_company=True)
        home = company.country_id or self._get_denmark()
        if not partner.country_id or partner.country_id == home:
            address_format = home.address_format or address_format
            parts["country_name"] = ""
        lines = ((address_format or "") % parts).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    def _get_denmark(self):
        # by its id, which is cached: to look a record up by its name takes a query each time
        return self.env["res.country"].browse(self.env["ir.model.data"]._xmlid_to_res_id("base.dk"))

    def _get_receiver(self, actor, person, address):
        """What stands in the window of the envelope; ``small`` where it would not fit there otherwise."""
        name = actor.name if actor.is_company or not actor.parent_id else actor.commercial_company_name or actor.name
        lines = [name]
        if person and person != name:
            lines.append(self.env._("Att. %(name)s", name=person))
        lines += address
        needed = sum(1 + len(line) // WINDOW_CHARACTERS for line in lines)
        return SimpleNamespace(lines=lines, small=needed > WINDOW_LINES)

    def _get_letter_date(self, actor):
        """The day that the printing asks for, or else that the letter was sent, or else today."""
        asked = fields.Date.to_date(self.env.context.get("one_entrance_letter_date"))
        today = actor.one_entrance_company_id._get_one_entrance_today()
        return self._format_long(asked or actor.one_entrance_letter_date or today)

    def _format_long(self, date):
        return format_date(self.env, date, date_format="long") if date else ""

    def _get_holders(self, actor, company):
        """The contact leader, or mayor and municipal director."""
        if actor.one_entrance_mayor_led:
            return company.one_entrance_mayor_id | company.one_entrance_municipal_director_id
        return actor.one_entrance_leader_id.with_env(self.sudo().env)

    def _get_entrance(self, holders):
        """What the letter says of the holders, by placeholder; two are in the same order in each."""
        name = format_list(self.env, holders.mapped("name"))
        title = format_list(self.env, [self._get_title(holder) for holder in holders])
        if len(holders) > 1 and not any(holders.mapped("title")):
            title = self.env._("Mayor and Municipal Director")
        return {
            "leader_name": name,
            "leader_title": self._get_title_beside(name, title),
            "leader_phone": self._get_reach(holders, "phone"),
            "leader_mail": self._get_reach(holders, "email"),
        }

    def _get_title(self, leader):
        return leader.title or (self._label(leader, "role") if leader.role != "other" else self.env._("Contact leader"))

    def _get_reach(self, holders, name):
        """The holders' numbers or addresses; with their names where only one of several has one."""
        reached = holders.filtered(name)
        if len(reached) == len(holders):
            return format_list(self.env, list(dict.fromkeys(holders.mapped(name))))
        return format_list(self.env, [f"{holder[name]} ({holder.name})" for holder in reached])

    def _get_signature(self, leader):
        # sudo: the image itself is the manager's to read, its print is for everybody who sends letters
        image = leader.sudo().signature
        return SimpleNamespace(
            name=leader.name,
            title=self._get_title_beside(leader.name, self._get_title(leader)),
            image=get_image_uri(b64decode(image), SIGNATURE_SIZE) if image else False,
        )
