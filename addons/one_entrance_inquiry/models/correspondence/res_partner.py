from urllib.parse import urlsplit

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize
from odoo.tools.mail import email_escape_char

# crm, which this addon depends on, takes the same from there: no more has to be installed for it
from odoo.addons.iap.tools.iap_tools import mail_prepare_for_domain_search


def _words(text):
    return frozenset(text.split())


# Providers where anybody has an address, beside those that Odoo knows by their whole name.
PROVIDERS = _words(
    "adslhome.dk altiboxmail.dk anarki.dk bbsyd.dk city.dk danbbs.dk dlgmail.dk dlgtele.dk energimail.dk fastmail.com "
    "fibermail.dk forum.dk get2net.dk hey.com image.dk jubii.dk jubiimail.dk kabelmail.dk mail-online.dk mail.dk "
    "mail.tele.dk mailbox.org mobilixnet.dk newmail.dk nypost.dk ofir.dk paradis.dk pc.dk post.tele.dk post1.tele.dk "
    "post10.tele.dk post11.tele.dk post12.tele.dk post2.tele.dk post3.tele.dk post4.tele.dk post5.tele.dk post6.tele.dk "
    "post7.tele.dk post8.tele.dk post9.tele.dk privat.dk profibermail.dk sol.dk stofanet.dk tdcadsl.dk tdcspace.dk "
    "thuleadsl.dk tiscali.dk turbopost.dk tuta.com tutanota.com vip.cybercity.dk webspeed.dk wimail.dk worldonline.dk "
    "youmail.dk"
)
# Providers under the ending of any country.
FAMILIES = _words("gmail googlemail gmx hotmail icloud live msn outlook protonmail yahoo yandex")


class ResPartner(models.Model):
    """Whose mail it is, by the sender's address or its domain; of several actors it could be, none is chosen."""

    _inherit = "res.partner"

    @api.model
    def _find_one_entrance_sender(self, address, company, name=False):
        """Find the actor that a mail comes from.

        The address is the actor's or one of its people's; else the domain is that of their addresses or of the website.
        The domain of a mail provider says nothing, nor does the municipality's own.

        :param str name: of the sender, by which candidates are proposed where the address finds none
        :return: the actor in the scheme of this municipality, or none; and the candidates
        :rtype: tuple[res.partner, res.partner]
        """
        nobody = self.browse()
        email = email_normalize(address, strict=False)
        if not email:
            return nobody, nobody
        known = self.search([("email_normalized", "=", email)])
        if not all(known.mapped("partner_share")):
            return nobody, nobody  # a colleague's mail, such as one that is forwarded
        candidates = known._get_one_entrance_nearest_actors(company)
        if candidates:
            return candidates._choose_one_entrance_sender(), candidates
        candidates = self._find_one_entrance_domain(email, company)
        # somebody of another company, or of another municipality's actor, does not speak for who has the same domain
        elsewhere = known.filtered(lambda partner: partner.is_company or partner.parent_id)
        if candidates:
            return nobody if elsewhere else candidates._choose_one_entrance_sender(), candidates
        if not name:
            return nobody, nobody
        namesakes = self.search([("name", "=ilike", email_escape_char(name)), ("parent_id", "!=", False)])
        return nobody, namesakes._get_one_entrance_nearest_actors(company)

    @api.model
    def _find_one_entrance_domain(self, email, company):
        """:return: a municipality's actors with an address or a website at the same domain, left ones too"""
        domain = email.rpartition("@")[2]
        if (
            not mail_prepare_for_domain_search(email).startswith("@")
            or domain in PROVIDERS
            or domain.split(".")[0] in FAMILIES
            or domain in self._get_one_entrance_own_domains(company)
        ):
            return self.browse()
        found = self.search(
            Domain("email_normalized", "=like", f"%@{email_escape_char(domain)}")
            | Domain("website", "ilike", email_escape_char(domain))
        )
        found = found.filtered(
            lambda partner: (
                (partner.email_normalized or "").rpartition("@")[2] == domain or _get_host(partner.website) == domain
            )
        )
        return found._get_one_entrance_nearest_actors(company)

    @api.model
    def _get_one_entrance_own_domains(self, company):
        """:return: the domains that the municipality itself writes from"""
        # sudo: the addresses of the municipality are no secret, its settings are
        contact = company.sudo().partner_id
        own = {(contact.email_normalized or "").rpartition("@")[2], _get_host(contact.website)}
        return own | set(self.env["mail.alias.domain"].sudo().search([]).mapped("name"))

    def _get_one_entrance_nearest_actors(self, company):
        """:return: the municipality's actors that these contacts are, or stand below; left ones too"""
        actors = self.browse()
        for partner in self:
            while partner and not partner.one_entrance_step:
                partner = partner.parent_id
            actors |= partner
        return actors.filtered(lambda actor: actor.one_entrance_company_id == company)

    def _choose_one_entrance_sender(self):
        """:return: the only one of these actors, where it is in the scheme still"""
        return self if len(self) == 1 and self.active and self.one_entrance_step != "left" else self.browse()


def _get_host(website):
    """:return: the domain of a website, without what browsers add"""
    if not website:
        return ""
    host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    return host.removeprefix("www.")
