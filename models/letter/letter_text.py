import re
from html import unescape
from urllib.parse import unquote

from lxml import etree
from markupsafe import Markup, escape

from odoo.tools.rendering_tools import parse_inline_template, render_inline_template

from ..common.printable_html import parse_fragment, serialize_fragment

# What a letter's text may name. Nothing else is ever evaluated: no record, no environment and no expression.
PLACEHOLDERS = (
    "actor",
    "address",
    "contact_person",
    "leader_name",
    "leader_title",
    "leader_phone",
    "leader_mail",
    "mayor",
    "municipal_director",
    "municipality",
    "decision_date",
    "letter_date",
)
TAG = re.compile(r"<[^<>]*>")
# What the editor may leave between two braces and around a name: formatting, spaces of every kind.
GAP = r"(?:<[^<>]*>|&nbsp;|[\s\xa0\u200b-\u200d\ufeff])*"
PLACEHOLDER = re.compile(rf"\{{{GAP}\{{([^{{}}]*)\}}{GAP}\}}")
INVISIBLE = re.compile(r"[\s\xa0\u200b-\u200d\ufeff]+")
# Where a line of the text begins or ends.
LINE_END = re.compile(
    r"(<br\s*/?>|</?(?:p|div|li|ul|ol|h[1-6]|table|thead|tbody|tfoot|tr|td|th|blockquote|pre|hr)\b[^<>]*>)"
)
LINE_BREAK = re.compile(r"<br\s*/?>")
# How much of a text is shown around a brace that stands alone.
EXCERPT = 20


def tidy_placeholders(source):
    """Return sanitized HTML with each placeholder as ``{{ name }}``, as Odoo's inline templates have it.

    Making a name bold may mark some of its braces only: tags within are put behind, and enclose what they enclosed.
    """
    text = serialize_fragment(parse_fragment(source or ""))
    return PLACEHOLDER.sub(lambda match: f"{{{{ {_get_name(match[1])} }}}}{''.join(TAG.findall(match[0]))}", text)


def _get_name(inner):
    return INVISIBLE.sub(" ", TAG.sub("", inner).replace("&nbsp;", " ")).strip()


def find_mistakes(source):
    """Find what in a letter's sanitized HTML would not become what its writer means.

    :return: unknown placeholders, places of braces without a partner, placeholders in links or other attributes
    :rtype: tuple[list[str], list[str], list[str]]
    """
    root = parse_fragment(source or "")
    hidden = [
        unquote(value)
        for element in root.iterdescendants(etree.Element)
        for value in element.attrib.values()
        if "{" in unquote(value) or "}" in unquote(value)
    ]
    for element in root.iterdescendants(etree.Element):
        element.attrib.clear()
    text = tidy_placeholders(serialize_fragment(root))
    names = [_get_name(match[1]) for match in PLACEHOLDER.finditer(text)]
    unknown = [f"{{{{ {unescape(name)} }}}}" for name in names if name not in PLACEHOLDERS]
    # a space where a line ends, so that the excerpt reads as the text does
    lines = (TAG.sub("", piece) for piece in LINE_END.split(PLACEHOLDER.sub("", text)))
    rest = unescape(" ".join(lines))
    alone = [rest[max(match.start() - EXCERPT, 0) : match.end() + EXCERPT] for match in re.finditer(r"[{}]+", rest)]
    return unknown, [" ".join(excerpt.split()) for excerpt in alone], hidden


class LetterText:
    """A letter's text, made ready once and filled in for any number of actors."""

    def __init__(self, source):
        """:param str source: HTML out of a sanitized field, in one language"""
        self.lines = []
        for piece in LINE_END.split(tidy_placeholders(source)):
            instructions = parse_inline_template(piece)
            names = [name for _literal, name, _default in instructions if name]
            self.lines.append((instructions, names, "".join(TAG.findall(piece))))

    def names(self):
        """Return the set of the placeholders that the text uses."""
        return {name for _instructions, names, _tags in self.lines for name in names}

    def fill_in(self, values):
        """Fill in values by placeholder, in Odoo's sandbox, where nothing else is known; what is no Markup is escaped.

        A line that only names what is empty, such as the phone of a leader who has none, is left out.
        """
        known = {name: escape(values.get(name) or "") for name in PLACEHOLDERS}
        written = []
        for instructions, names, tags in self.lines:
            if not names or any(known[name] for name in names):
                written.append(render_inline_template(instructions, known))
                continue
            if written and LINE_BREAK.fullmatch(written[-1]):
                written.pop()
            written.append(tags)
        return Markup("".join(written))  # noqa: S704  (a sanitized text, and values that are escaped)
