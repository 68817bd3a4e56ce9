"""The plots of the documents, made of the parts of ``svg_plot``: each takes rows as tuples, with texts ready to be
read, and returns SVG as ``Markup``. More rows than ``MOST_ROWS`` have no room on one page, and take several plots.
"""

from .svg_plot import (
    INK,
    LINE,
    QUIET,
    SIZE,
    SMALL,
    bar,
    dot,
    draw,
    legend,
    measure,
    paragraph,
    stroke,
    swatch,
    text,
    wrap,
)

MOST_ROWS = 12
BAR, SPACE = 3.4, 1.6
# The printer's millimetre is a little longer than the page's: these fill a page of 174 mm, and a half of it.
FULL, HALF = 168, 80


def cut_in_plots(rows):
    """:return: the rows in pieces of about the same length, each of which fits on a page"""
    rows = list(rows)
    pieces = -(-len(rows) // MOST_ROWS)
    length = -(-len(rows) // pieces) if pieces else 1
    return [rows[i : i + length] for i in range(0, len(rows), length)]


def plot_bars(title, rows, names=(), width=HALF, most=None):
    """Bars from left to right, one a series in each row, with the number at the end of each.

    :param list[tuple] rows: (label, [(value, text) a series]); a value that is ``None`` has no bar, only its text
    :param list[str] names: of the series, where there are two
    :param float most: the value that fills the plot; else the highest
    """
    label_width = min(max((measure(label) for label, _bars in rows), default=0), width * 0.42)
    number_width = max((measure(words, SMALL) for _label, bars in rows for _value, words in bars), default=0) + 2
    left = label_width + 2
    room = max(width - left - number_width, 10)
    most = most or max((value or 0 for _label, bars in rows for value, _words in bars), default=0) or 1
    parts, y = [], 1
    if names:
        fits = left + sum(measure(name) + 10 for name in names) - 10 <= width
        parts += legend(left - 1.6 if fits else 0, y + 1.4, names, swatch)
        y += 5
    top = y
    for label, bars in rows:
        lines = wrap(label, label_width + 0.2)
        height = max(len(bars) * BAR, len(lines) * LINE)
        parts += paragraph(label_width, y + height / 2, lines, "end")
        offset = y + (height - len(bars) * BAR) / 2
        for series, (value, words) in enumerate(bars):
            length = 0 if value is None else room * min(max(value, 0) / most, 1)
            if length:
                parts.append(bar(left, offset + 0.3, length, BAR - 0.6, series))
            parts.append(text(left + length + 1.2, offset + BAR / 2 + SMALL * 0.36, words, size=SMALL, color=INK))
            offset += BAR
        y += height + SPACE
    parts.insert(0, stroke(left, top - 0.6, left, y - SPACE + 0.6, QUIET, 0.25))
    return draw(width, y, parts, title, _describe(rows, names))


def plot_mirrored(title, rows, names, width=FULL):
    """Shares of two sides: the first side's bars grow to the left, the second's to the right, the label between them.

    :param list[tuple] rows: (label, [(share, text) a side]), shares from 0 to 1; a side that is ``None`` is not shown
    """
    label_width = min(max((measure(label) for label, _sides in rows), default=0) + 4, width * 0.36)
    number_width = 14
    room = (width - label_width) / 2 - number_width
    edges = (room + number_width, room + number_width + label_width)
    parts = [
        text(edges[0], 3, names[0], "end", color=QUIET),
        swatch(edges[0] - measure(names[0]) - 3, 2, 0),
        text(edges[1] + 4.4, 3, names[1], color=QUIET),
        swatch(edges[1] + 1.8, 2, 1),
    ]
    y = top = 5.4
    for label, sides in rows:
        lines = wrap(label, label_width - 3)
        height = max(BAR, len(lines) * LINE)
        parts += paragraph((edges[0] + edges[1]) / 2, y + height / 2, lines, "middle")
        for series, side in enumerate(sides):
            if side is None:
                continue
            share, words = side
            length = room * min(share, 1)
            start = edges[0] - length if series == 0 else edges[1]
            if length:
                parts.append(bar(start, y + height / 2 - BAR / 2 + 0.3, length, BAR - 0.6, series))
            x = start - 1.2 if series == 0 else start + length + 1.2
            parts.append(text(x, y + height / 2 + SMALL * 0.36, words, "start" if series else "end", SMALL))
        y += height + 1
    parts += [stroke(edge, top - 0.4, edge, y - 0.6, QUIET, 0.25) for edge in edges]
    return draw(width, y, parts, title, _describe(rows, names))


def plot_gaps(title, rows, names, low, high, gap_name, width=FULL):
    """Two sides' averages on one scale, a line between them, and the gap beside it.

    :param list[tuple] rows: (label, [(value, text) a side], gap as text); a side that is ``None`` is not shown
    :param list[str] names: of the sides
    :param low: the scale's ends
    """
    label_width, gap_width = width * 0.46, 16
    left, right = label_width + 12, width - gap_width - 10
    parts = legend(left - 1.6, 2.4, names)
    parts.append(text(width, 3.4, gap_name, "end", color=QUIET))
    y = top = 6

    def place(value):
        return left + (right - left) * min(max((value - low) / ((high - low) or 1), 0), 1)

    for label, sides, gap in rows:
        lines = wrap(label, label_width, most=3)
        height = max(6, len(lines) * LINE + 1.4)
        middle = y + height / 2
        parts += paragraph(0, middle, lines)
        parts.append(stroke(left, middle, right, middle))
        shown = [place(side[0]) for side in sides if side is not None]
        if len(shown) == 2:
            parts.append(stroke(*(shown[0], middle), *(shown[1], middle), INK, 0.5))
        marks = [(place(side[0]), series, side[1]) for series, side in enumerate(sides) if side is not None]
        for number, (x, _series, words) in enumerate(sorted(marks)):
            # the lower one's number stands to its left, the higher one's to its right: they never meet
            before = number == 0 and len(marks) == 2
            anchor, offset = ("end", -2.6) if before else ("start", 2.6)
            parts.append(text(x + offset, middle + SMALL * 0.36, words, anchor, SMALL))
        # the small one lies on the large one where both sides agree
        parts += [dot(x, middle, series) for x, series, _words in sorted(marks, key=lambda mark: -mark[1])]
        parts.append(text(width, middle + SIZE * 0.36, gap, "end", bold=True))
        y += height
    steps = _get_steps(low, high)
    parts[:0] = [stroke(place(step), top, place(step), y) for step in steps]
    parts += [text(place(step), y + 3, f"{step:g}", "middle", SMALL, color=QUIET) for step in steps]
    return draw(width, y + 4.4, parts, title, _describe([row[:2] for row in rows], names))


def plot_line(title, points, width=HALF, height=26, inverted=False):
    """A line over years, with the number at each point.

    :param list[tuple] points: (label under it, value, text over it), in the order of time
    :param bool inverted: the lowest value stands at the top, as the first place does
    """
    values = [value for _label, value, _words in points]
    low, high = min(values), max(values)
    top, bottom, left, right = 6, height - 6, 8, width - 8

    def place(index, value):
        share = (value - low) / (high - low) if high > low else 0.5
        x = (left + right) / 2 if len(points) == 1 else left + (right - left) * index / (len(points) - 1)
        return x, top + (bottom - top) * (share if inverted else 1 - share)

    places = [place(index, value) for index, value in enumerate(values)]
    parts = [stroke(left - 4, height - 4.6, right + 4, height - 4.6, QUIET, 0.25)]
    parts += [stroke(*one, *other, INK, 0.4) for one, other in zip(places, places[1:], strict=False)]
    for (x, y), (label, _value, words) in zip(places, points, strict=True):
        parts += [dot(x, y), text(x, y - 2.3, words, "middle", SMALL, bold=True)]
        parts.append(text(x, height - 1.2, label, "middle", SMALL, color=QUIET))
    return draw(width, height, parts, title, "; ".join(f"{label}: {words}" for label, _value, words in points))


def _get_steps(low, high):
    """:return: where a scale has its strokes: at whole numbers, or only at its ends where these are too many"""
    if low == int(low) and high == int(high) and 0 < high - low <= 12:
        return range(int(low), int(high) + 1)
    return (low, high)


def _describe(rows, names):
    return "; ".join(
        f"{label}: "
        + ", ".join(
            " ".join(filter(None, [names[series] if names else "", side[1]]))
            for series, side in enumerate(sides)
            if side is not None
        )
        for label, sides in rows
    )
