from lxml import etree, html

from odoo import fields

# Attributes by which a page or a printed document fetches something by itself.
FETCHING_ATTRIBUTES = ("src", "srcset", "background", "poster", "data", "style", "xlink:href")
# Elements that are nothing without what they fetch.
FETCHING_ELEMENTS = ("img", "image", "video", "audio", "source", "embed", "iframe", "object", "link", "svg")
OWN_SOURCES = ("/web/image/", "data:image/png", "data:image/jpeg", "data:image/gif")


def strip_remote_content(source):
    """Remove everything from a piece of HTML that a reader's browser or the PDF printer would fetch from elsewhere.

    Images that lie in Odoo itself or in the text are kept, and so are links: they are followed by a person only.

    :param str source: HTML, already sanitized by Odoo
    :return: the same HTML without remote images, media and styles that name an address
    :rtype: str
    """
    lowered = source.lower()
    if not any(f"<{tag}" in lowered for tag in FETCHING_ELEMENTS) and not any(
        name in lowered for name in ("url(", *(f"{attribute}=" for attribute in FETCHING_ATTRIBUTES))
    ):
        return source
    root = html.fragment_fromstring(source, create_parent="div")
    for element in list(root.iter(etree.Element)):
        own = (element.get("src") or "").strip().lower().startswith(OWN_SOURCES)
        if element.tag in FETCHING_ELEMENTS and not (element.tag == "img" and own):
            element.drop_tree()
            continue
        for attribute in FETCHING_ATTRIBUTES:
            value = (element.get(attribute) or "").lower()
            fetches = "url(" in value or "\\" in value or "@import" in value if attribute == "style" else value
            if fetches and not (attribute == "src" and own):
                del element.attrib[attribute]
    return (root.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in root)


class PrintableHtml(fields.Html):
    """Rich text that may be shown and printed without asking anybody outside for anything (S8).

    Beyond Odoo's own sanitizing (scripts, event handlers), remote images and other remote content are removed on the
    way into the database: they would tell a stranger when a sheet is read, and let the PDF printer call out.
    """

    def _convert(self, value, record, validate):
        value = super()._convert(value, record, validate)
        return strip_remote_content(value) if value and validate else value
