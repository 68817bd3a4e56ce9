import re
from base64 import b64encode

from lxml import etree, html
from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.tools import consteq, is_html_empty
from odoo.tools.image import image_data_uri, image_process

# What a text keeps on paper. Pasted texts bring classes and ids that would mix with the document's own, and fonts and
# sizes that would break it; other attributes could make the PDF printer fetch something.
KEPT_ATTRIBUTES = {"a": ("href",), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DROPPED_ELEMENTS = ("script", "style", "link", "svg", "iframe", "object", "embed", "video", "audio")
# An image of the editor: /web/image/<attachment>, then perhaps a checksum, a name and a token.
ATTACHED_IMAGE = re.compile(r"^/web/image/(\d+)(?:[-/?]|$)")
TOKEN = re.compile(r"[?&]access_token=([\w-]+)")
# Paper is 174 mm wide here: more dots than these are not seen.
IMAGE_SIZE = (1200, 1600)
PRINTABLE_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def fit_to_paper(env, sources):
    """Return sanitized rich texts in a document's own type, with lower headings and with their images in them, so that
    the PDF printer fetches nothing.

    :param Environment env: the reader's, who sees only images that are theirs to read
    :return: the texts in the same order, empty ones as ``False``
    """
    roots = [
        None if is_html_empty(source) else html.fragment_fromstring(source, create_parent="div") for source in sources
    ]
    images = _read_images(
        env, [image.get("src") or "" for root in roots if root is not None for image in root.iter("img")]
    )
    return [root is not None and _fit(root, images) for root in roots]


def _fit(root, images):
    for element in list(root.iterdescendants(etree.Element)):
        if element.tag == "img":
            source = images.get(element.get("src"))
            element.attrib.clear()
            if source:
                element.set("src", source)
            else:
                element.drop_tree()
            continue
        if element.tag in DROPPED_ELEMENTS:
            element.drop_tree()
            continue
        if element.tag in HEADINGS:
            element.tag = "h4"
        kept = KEPT_ATTRIBUTES.get(element.tag, ())
        for attribute in set(element.attrib) - set(kept):
            del element.attrib[attribute]
    content = html.tostring(root, encoding="unicode")
    return Markup(content)  # noqa: S704  (it was sanitized on the way into the database, and has only lost since)


def _read_images(env, sources):
    """By address in the text, the images that the reader may see, as ``data:`` addresses: two queries."""
    images = {source: source for source in sources if source.startswith("data:image/")}
    attached = {source: int(match[1]) for source in sources if (match := ATTACHED_IMAGE.match(source))}
    if not attached:
        return images
    attachments = env["ir.attachment"].browse(set(attached.values())).exists()
    readable = attachments._filtered_access("read")
    for source, attachment_id in attached.items():
        # sudo: whoever has the token in the text may see the image, as in the browser
        attachment = attachments.browse(attachment_id).sudo()
        if attachment not in attachments or attachment.mimetype not in PRINTABLE_IMAGES or not attachment.raw:
            continue
        token = TOKEN.search(source)
        if attachment in readable or (token and consteq(attachment.access_token or "", token[1])):
            try:
                images[source] = get_image_uri(attachment.raw, IMAGE_SIZE)
            except (UserError, ValueError):  # no image after all: the text is printed without it
                continue
    return images


def get_image_uri(raw, size):
    """Return an image as ``data:`` address that the PDF printer knows; ``size`` is the most dots across and down."""
    output_format = "PNG" if raw[:4] == b"\x89PNG" else "JPEG"
    return image_data_uri(b64encode(image_process(raw, size=size, output_format=output_format)))
