"""Plots as SVG that lie in a document themselves: vectors and real text, in millimetres of paper, told apart in grey.

The PDF printer knows SVG of about 2011: shapes, lines and text in attributes of their own, and no more is used here.
"""

from markupsafe import Markup

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
SIZE = 2.75  # of the letters: 7.8 pt
SMALL = 2.45
LINE = 3.3
# Dark and filled, or light with a rim: two series differ in print, in grey and for eyes that see no colours.
FILLS = (("#24466d", "#24466d"), ("#ffffff", "#24466d"))
INK, QUIET, GRID = "#212529", "#5a6268", "#ced4da"
# How wide the letters of the document's type are, as shares of their size.
WIDTHS = {**dict.fromkeys("ijl'|", 0.23), **dict.fromkeys("ftI.,:;!/ ()[]-", 0.3), **dict.fromkeys('rs"z*', 0.4)}
WIDE = {**dict.fromkeys("mwæMÆ", 0.87), **dict.fromkeys("WO@%Ø–…—", 0.95)}


def measure(text, size=SIZE):
    """:return: about how many millimetres a text takes"""
    return size * sum(WIDTHS.get(letter) or WIDE.get(letter) or (0.7 if letter.isupper() else 0.56) for letter in text)


def wrap(text, width, size=SIZE, most=2):
    """Break a text in at most so many lines of this width (mm); what does not fit is cut, and the cut is shown."""
    lines, words = [""], (text or "").split()
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [_cut(line, width, size) for line in lines]


def _cut(line, width, size):
    if measure(line, size) <= width:
        return line
    while line and measure(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def draw(width, height, parts, title, description):
    """Put the parts of a plot together; title and description (its numbers) are for who hears the document."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}" '
        'role="img" font-family="{font}" font-size="{size}" fill="{ink}" style="display: block">'
        "<title>{title}</title><desc>{description}</desc>{parts}</svg>"
    ).format(
        width=_round(width),
        height=_round(height),
        font=FONT,
        size=SIZE,
        ink=INK,
        title=title,
        description=description,
        parts=Markup("").join(parts),
    )


def text(x, y, words, anchor="start", size=SIZE, bold=False, color=INK):
    return Markup('<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}">{}</text>').format(
        _round(x), _round(y), anchor, size, "bold" if bold else "normal", color, words
    )


def paragraph(x, middle, lines, anchor="start", size=SIZE, color=INK):
    """Lines of text, the middle of them all at a height."""
    first = middle - (len(lines) - 1) * LINE / 2 + size * 0.36
    return [text(x, first + i * LINE, line, anchor, size, color=color) for i, line in enumerate(lines)]


def bar(x, y, width, height, series=0):
    """A bar; one of a value too small to be seen is a stroke."""
    fill, rim = FILLS[series]
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.25"></rect>'
    ).format(_round(x), _round(y), _round(max(width, 0.2)), _round(height), fill, rim)


def stroke(x1, y1, x2, y2, color=GRID, width=0.2):
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"></line>').format(
        _round(x1), _round(y1), _round(x2), _round(y2), color, width
    )


def dot(x, y, series=0):
    """A mark: the first series' is round and filled, the second's is square, open and stands on its corner."""
    fill, rim = FILLS[series]
    if series == 0:
        return Markup('<circle cx="{}" cy="{}" r="1.1" fill="{}" stroke="{}" stroke-width="0.35"></circle>').format(
            _round(x), _round(y), fill, rim
        )
    corners = ((0, -1.9), (1.9, 0), (0, 1.9), (-1.9, 0))
    points = " ".join(f"{_round(x + dx)},{_round(y + dy)}" for dx, dy in corners)
    return Markup('<polygon points="{}" fill="{}" stroke="{}" stroke-width="0.45"></polygon>').format(points, fill, rim)


def legend(x, y, names, mark=dot):
    """What the series are, side by side; ``mark`` is the function that draws a series' mark at a place."""
    parts = []
    for series, name in enumerate(names):
        parts += [mark(x + 1.6, y, series), text(x + 4.6, y + SIZE * 0.36, name, color=QUIET)]
        x += measure(name) + 10
    return parts


def swatch(x, y, series=0):
    return bar(x - 1.6, y - 1.1, 3.2, 2.2, series)


def _round(number):
    return f"{number:.2f}".rstrip("0").rstrip(".")
