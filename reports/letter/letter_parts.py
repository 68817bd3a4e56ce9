import re

from lxml import etree, html

# The signatures never stand alone: so many characters of the text, or more, go to the last page with them.
LEAST_BEFORE_SIGNATURES = 120
# A longer paragraph is not kept on one page, but parted at the end of a sentence.
LONGEST_KEPT = 900
KEPT_OF_LONG = 500
HEADING = "h4"  # what every heading of a text is on paper
# Marks a paragraph that may go over a page's end: the printer knows of no other way to keep lines from standing alone.
LONG = "oe_long"
# Marks what was parted, so that no gap shows where it was.
GOES_ON = "oe_goes_on"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def take_apart(source):
    """Return subject, text and closing of a letter, out of HTML that is fit for paper.

    The subject is the heading that it begins with, or empty; the closing, its last paragraphs, goes to the signatures.
    """
    root = html.fragment_fromstring(source or "", create_parent="div")
    while len(root) == 1 and root[0].tag == "div" and not (root.text or root[0].tail or "").strip():
        root = root[0]
    _wrap_loose_text(root)
    for paragraph in root.iter("p"):
        if _get_length(paragraph) > LONGEST_KEPT:
            paragraph.set("class", LONG)
    for element in reversed(list(root)):
        if _get_length(element) or element.find(".//img") is not None:
            break
        root.remove(element)
    subject = ""
    if len(root) and root[0].tag == HEADING:
        subject = _get_content(root[0])
        root.remove(root[0])
    closing = etree.Element("div")
    length = 0
    while len(root) and length < LEAST_BEFORE_SIGNATURES:
        last = _part_long_block(root[-1])
        if last is root[-1]:
            root.remove(last)
        closing.insert(0, last)
        length += _get_length(last)
    while len(root) and root[-1].tag == HEADING:
        last = root[-1]
        root.remove(last)
        closing.insert(0, last)
    return subject, _get_content(root), _get_content(closing)


def _wrap_loose_text(root):
    """Put text that stands in no paragraph into one, so that all of it is found by walking over the elements."""
    if (root.text or "").strip():
        paragraph = etree.Element("p")
        paragraph.text, root.text = root.text, None
        root.insert(0, paragraph)
    for element in list(root):
        if (element.tail or "").strip():
            paragraph = etree.Element("p")
            paragraph.text = element.tail
            element.tail = None
            element.addnext(paragraph)


def _part_long_block(element):
    """:return: the end of a list or of a long paragraph, taken from it, or the whole element where it is short"""
    if element.tag in ("ul", "ol") and len(element) > 1:
        end = etree.Element(element.tag)
        if element.tag == "ol":
            end.set("start", str(int(element.get("start") or 1) + len(element) - 1))
        end.append(element[-1])
        element.set("class", GOES_ON)
        return end
    if element.tag == "p" and _get_length(element) > LONGEST_KEPT:
        text = (element[-1].tail if len(element) else element.text) or ""
        breaks = [match for match in SENTENCE_END.finditer(text) if len(text) - match.end() <= KEPT_OF_LONG]
        if breaks and len(text) - breaks[0].end() >= LEAST_BEFORE_SIGNATURES:
            end = etree.Element("p")
            end.text = text[breaks[0].end() :]
            if len(element):
                element[-1].tail = text[: breaks[0].start()]
            else:
                element.text = text[: breaks[0].start()]
            element.set("class", GOES_ON)
            return end
    return element


def _get_length(element):
    return len(" ".join("".join(element.itertext()).split()))


def _get_content(element):
    text = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return text[text.index(">") + 1 : text.rindex("<")]
