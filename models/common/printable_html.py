import re
from urllib.parse import unquote

from lxml import etree, html

from odoo import fields


def _words(text):
    return frozenset(text.split())


# What a text may be made of. Other elements are taken away and their text is kept.
TAGS = _words(
    "a abbr b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font h1 h2 "
    "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th "
    "thead tr tt u ul var"
)
# Elements whose contents are no text of their writer's.
CONTAINERS = _words(
    "applet audio button canvas embed frame frameset head iframe input link math meta noembed noframes noscript object "
    "plaintext script select style svg template textarea title video xmp"
)
# Attributes that say how a text looks or what it means; none of them makes anybody fetch anything.
ATTRIBUTES = _words(
    "abbr align alt class color cols colspan data-oe-version dir height id lang rel reversed rowspan size span start "
    "target title type valign value width"
)
# What a style may set: nothing that takes an address, and nothing that leaves the text's own place on the page.
STYLES = _words(
    "background-color border-collapse border-radius border-spacing break-after break-before break-inside caption-side color "
    "direction display empty-cells float font font-family font-size font-style font-variant font-weight height "
    "letter-spacing line-height list-style-type margin max-height max-width min-height min-width opacity overflow padding "
    "page-break-after page-break-before page-break-inside table-layout text-align text-decoration text-decoration-color "
    "text-decoration-line text-decoration-style text-indent text-transform vertical-align white-space width word-break "
    "word-wrap"
)
STYLE_FAMILIES = ("border-", "margin-", "padding-")
STYLE_VALUE = re.compile(r"""(?:[\w\s#%.,!+*/'"-]|\b(?:rgba?|hsla?|calc)\(|\))*""")
LINK_SCHEMES = ("http", "https", "mailto", "tel")
OWN_IMAGE = re.compile(r"/web/image/[\w.-]+(?:/[^/\\?#]+)*(?:\?[\w=&.,:-]*)?")
INLINE_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+", re.IGNORECASE)
# Browsers leave these out of an address before they read it.
IGNORED_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0]")


def parse_fragment(source):
    """Return a ``div`` element that encloses HTML without a root of its own."""
    return html.fragment_fromstring(source, create_parent="div")


def serialize_fragment(root):
    """Return as HTML what an element from ``parse_fragment`` encloses."""
    return etree.tostring(root, encoding="unicode", method="html").removeprefix("<div>").removesuffix("</div>")


def strip_remote_content(source):
    """Return the text and formatting of HTML, without anything that a browser or the PDF printer would fetch or run.

    Images in Odoo or in the text itself stay, and so do links, which only a person follows.
    """
    if "<" not in source:
        return source
    root = parse_fragment(source)
    for node in list(root.iterdescendants()):
        is_element = isinstance(node.tag, str)  # a comment is none, nor is a processing instruction
        if not is_element or node.tag in CONTAINERS or (node.tag == "img" and not _is_own_image(node.get("src"))):
            node.drop_tree()
        elif node.tag not in TAGS:
            node.drop_tag()
        else:
            _keep_harmless_attributes(node)
    return serialize_fragment(root)


def _keep_harmless_attributes(element):
    for name, value in list(element.attrib.items()):
        if name == "style":
            kept = _get_harmless_style(value)
            if kept:
                element.set("style", kept)
                continue
        elif name == "href" and element.tag == "a":
            scheme, colon, _rest = IGNORED_IN_ADDRESS.sub("", value).partition(":")
            if not colon or "/" in scheme or "?" in scheme or "#" in scheme or scheme.lower() in LINK_SCHEMES:
                continue
        elif name in ATTRIBUTES or (name == "src" and element.tag == "img"):
            continue
        del element.attrib[name]


def _get_harmless_style(style):
    """The declarations that neither name an address nor move the text out of its place."""
    kept = []
    for declaration in style.split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        name = name.lower()
        known = name in STYLES or (name.startswith(STYLE_FAMILIES) and "image" not in name)
        if known and value and STYLE_VALUE.fullmatch(value):
            kept.append(f"{name}: {value}")
    return "; ".join(kept)


def _is_own_image(address):
    """Whether an image lies in the text itself, or is one that Odoo serves from its database."""
    address = (address or "").strip()
    if INLINE_IMAGE.fullmatch(address):
        return True
    path = unquote(address.partition("?")[0])
    climbs = "\\" in path or any(part in (".", "..") for part in path.split("/"))
    return bool(OWN_IMAGE.fullmatch(address)) and not climbs


class PrintableHtml(fields.Html):
    """Rich text without remote content (S8). Odoo's sanitizing lets it through, and it would tell a stranger when a
    text is read, or let the PDF printer call out.
    """

    def _convert(self, value, record, validate):
        value = super()._convert(value, record, validate)
        return strip_remote_content(value) if value and validate else value
