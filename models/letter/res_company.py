import re

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import is_html_empty

from ..common.printable_html import PrintableHtml
from .letter_text import PLACEHOLDERS, LetterText, find_mistakes

# An image that lies in Odoo, as the editor names it.
IMAGE = re.compile(r'src="/web/image/(\d+)')


class ResCompany(models.Model):
    """The text of the official letter from mayor and municipal director (S4)."""

    _inherit = "res.company"

    one_entrance_letter_body = PrintableHtml(
        string="Text of the Official Letter",
        translate=True,
        help="What mayor and municipal director write to an actor that enters the scheme. Each actor gets it in its own "
        "language, with its own names filled in.",
    )

    @api.constrains("one_entrance_letter_body")
    def _check_one_entrance_letter_body(self):
        """Only known placeholders stand in the text, in every language that it is saved in."""
        field = self._fields["one_entrance_letter_body"]
        languages = dict(self.env["res.lang"].get_installed())
        for company in self:
            saved = field._get_stored_translations(company) or {}
            # the user's language first: it is the one that the mistake was made in
            for lang, source in sorted(saved.items(), key=lambda each: each[0] != self.env.lang):
                unknown, alone, hidden = find_mistakes(source)
                if not (unknown or alone or hidden):
                    continue
                names = {
                    "company": company.name,
                    "language": languages.get(lang.removeprefix("_"), lang),
                    "known": ", ".join(f"{{{{ {name} }}}}" for name in PLACEHOLDERS),
                }
                if unknown:
                    raise ValidationError(
                        self.env._(
                            "%(company)s, official letter in %(language)s: “%(placeholder)s” is no placeholder. Correct it, or "
                            "take it out. The placeholders are %(known)s.",
                            placeholder=unknown[0],
                            **names,
                        )
                    )
                if alone:
                    raise ValidationError(
                        self.env._(
                            "%(company)s, official letter in %(language)s: there is a brace without its partner at “%(place)s”. "
                            "A placeholder begins with two braces and ends with two. The placeholders are %(known)s.",
                            place=alone[0],
                            **names,
                        )
                    )
                raise ValidationError(
                    self.env._(
                        "%(company)s, official letter in %(language)s: “%(placeholder)s” stands in a link or a formatting, where "
                        "no placeholder is filled in. Write it in the text itself. The placeholders are %(known)s.",
                        placeholder=hidden[0],
                        **names,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies.filtered(lambda company: not company.one_entrance_letter_body)._fill_in_one_entrance_letter_body()
        companies._keep_one_entrance_letter_images()
        return companies

    def write(self, vals):
        if "one_entrance_letter_body" in vals:
            # each language keeps its whole text until somebody has translated the change: no letter is half in one
            # language and half in another
            self = self.with_context(delay_translations=True)
        result = super().write(vals)
        if "one_entrance_letter_body" in vals:
            self._keep_one_entrance_letter_images()
        return result

    def _keep_one_entrance_letter_images(self):
        """Attach images to the company: those put in from Settings would go with that record, after an hour."""
        for company in self:
            ids = {int(number) for number in IMAGE.findall(company.one_entrance_letter_body or "")}
            if ids:
                # sudo: only images that were put into Settings, by somebody who may write them
                images = self.env["ir.attachment"].sudo().browse(ids).exists()
                images = images.filtered(lambda image: image.res_model == "res.config.settings")
                images.write({"res_model": "res.company", "res_id": company.id})

    def _fill_in_one_entrance_letter_body(self):
        """Give these companies the standard text of the letter, in every active language."""
        if not self:
            return
        # sudo: the text belongs to the addon, whoever registers a company
        companies = self.sudo().with_context(lang="en_US")
        companies.one_entrance_letter_body = self._get_one_entrance_standard_letter("en_US")
        companies._translate_one_entrance_letter_body([code for code, _name in self.env["res.lang"].get_installed()])

    def _translate_one_entrance_letter_body(self, codes):
        """Translate the text while it is the standard one: nobody else's words are translated here."""
        standard = self._get_one_entrance_standard_letter("en_US")
        field = self._fields["one_entrance_letter_body"]
        for company in self.sudo().with_context(lang="en_US"):  # sudo: as above
            done = field._get_stored_translations(company) or {}
            # a mark before a language: the text was changed in another one
            if done.get("en_US") != standard or any(code.startswith("_") for code in done):
                continue
            terms = {
                code: dict(zip(field.get_trans_terms(standard), field.get_trans_terms(translated), strict=True))
                for code in codes
                if code not in done and (translated := self._get_one_entrance_standard_letter(code)) != standard
            }
            if terms:
                company._update_field_translations("one_entrance_letter_body", terms)

    @api.model
    def _get_one_entrance_standard_letter(self, lang):
        """The text that every municipality begins with, in a language."""
        self = self.with_context(lang=lang)
        subject = self.env._("One entrance to {{ municipality }}")
        paragraphs = (
            self.env._("Dear {{ contact_person }}"),
            self.env._(
                "On {{ decision_date }} the municipal council decided that the companies, associations and institutions which "
                "mean most to our area shall have one entrance to {{ municipality }}. {{ actor }} is one of them."
            ),
            self.env._("This is your entrance to the municipality:"),
            self.env._(
                "{{ leader_name }}<br>{{ leader_title }}<br>Telephone: {{ leader_phone }}<br>E-mail: {{ leader_mail }}"
            ),
            self.env._(
                "Use it when you meet a challenge, or want to discuss something that lies outside your daily contact with the "
                "municipality. Cases in which the municipality is the authority are still dealt with by the departments that "
                "you know."
            ),
            self.env._(
                "We will soon contact you to agree on a first meeting. There we would like to hear what matters to you, and "
                "agree with you on how, and how often, we are to meet from then on."
            ),
            self.env._("We look forward to working with you."),
            self.env._("Yours sincerely"),
        )
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        # as the field would store it, so that a text can be told from one that somebody has changed
        return self._fields["one_entrance_letter_body"].convert_to_cache(f"<h2>{subject}</h2>{text}", self)

    def _get_one_entrance_letter_obstacle(self, langs=()):
        """Why no letter at all can be printed in these languages, or else the user's, and what to do; or ``False``."""
        self.ensure_one()
        company = self.sudo()  # Settings decide whether letters can be printed, also for those who may not read them
        if not company.one_entrance_mayor_id or not company.one_entrance_municipal_director_id:
            return self.env._(
                "%(company)s has not named its mayor and its municipal director, who sign the letter. Name both under One "
                "Entrance > Configuration > Settings.",
                company=company.name,
            )
        texts = [
            company.with_context(lang=lang).one_entrance_letter_body for lang in langs or [self.env.lang or "en_US"]
        ]
        if any(is_html_empty(text) for text in texts):
            return self.env._(
                "%(company)s has no text for the official letter. Write one under One Entrance > Configuration > Settings.",
                company=company.name,
            )
        uses_date = any("decision_date" in LetterText(text).names() for text in texts)
        if uses_date and not company.one_entrance_decision_date:
            return self.env._(
                "The official letter of %(company)s names the day of the council's decision, which is not recorded. Record it "
                "under One Entrance > Configuration > Settings, or take {{ decision_date }} out of the text.",
                company=company.name,
            )
        return False
