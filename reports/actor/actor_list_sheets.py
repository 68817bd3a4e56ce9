"""Where the pages of an actor list break.

The printer would leave the head of a table alone at the foot of a page, count pages wrongly, and fail on some tables.
So the list says what stands on which page, measured with Helvetica, which is as wide as the document's Liberation Sans.
"""

from math import ceil
from types import SimpleNamespace

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

FONT = "Helvetica"
POINTS = 72 / 25.4  # in a millimetre
# The text's place on the page, as the paper format leaves it; a line is kept free for what is measured too small.
WIDTH = 267
HEIGHT = 166 - 4
# As the templates' styles have it: text in points, room in millimetres.
TEXT = 9
LINE = 1.33 * TEXT / POINTS
CELL_PADDING = 3
ROW_PADDING = 2.4
TABLE_HEAD = 16
TABLE_GAP = 4
TITLE = 9
FACT = 5
COUNTS = 8
ROLLOUT = 29
ROLLOUT_ROW = 4.9
# A row is never higher than this many lines, or an actor with many seats would not fit on a page.
SEAT_LINES = 24


def count_lines(text, width, size=TEXT):
    """Return how many lines a text, which may be empty, takes in a width in millimetres."""
    width *= POINTS
    lines = simpleSplit(str(text or ""), FONT, size, width)
    # a word that is longer than the line is broken
    return sum(max(1, ceil(stringWidth(line, FONT, size) / width)) for line in lines)


def measure_top(page):
    """Return the height of what stands above the list on the first page, in millimetres."""
    height = TITLE + count_lines(" · ".join(page.facts), WIDTH) * FACT
    if page.counts:
        height += COUNTS
    if page.principals:
        height += COUNTS + max(_count_person(person, WIDTH / 3) for person in page.principals) * LINE
    if page.rollout:
        height += ROLLOUT + len(page.rollout.kinds) * ROLLOUT_ROW
    return height


def split_seats(seats, share):
    """Return how many seats, given as texts, go in each row of an actor; ``share`` is the column's, in percent."""
    width = _get_cell_width(share)
    parts, lines = [0], 0
    for seat in seats:
        needed = count_lines(seat, width)
        if parts[-1] and lines + needed > SEAT_LINES:
            parts.append(0)
            lines = 0
        parts[-1] += 1
        lines += needed
    return parts


def fill_sheets(groups, widths, taken):
    """Return for each page its tables, with title, count and rows like the groups they are parts of.

    :param list groups: the actors by kind, with title, count and rows
    :param dict widths: of the columns, in percent of the width of the page
    :param float taken: how much of the first page is taken already, in millimetres
    """
    sheets, room = [[]], HEIGHT - taken
    for group in groups:
        table = None
        for row in group.rows:
            height = _measure_row(row, widths)
            if height + (0 if table else TABLE_HEAD + TABLE_GAP) > room:
                sheets.append([])
                room, table = HEIGHT + TABLE_GAP, None
            if table is None:
                table = SimpleNamespace(title=group.title, count=group.count, rows=[])
                sheets[-1].append(table)
                room -= TABLE_HEAD + TABLE_GAP
            table.rows.append(row)
            room -= height
    return sheets


def _get_cell_width(share):
    return WIDTH * share / 100 - CELL_PADDING


def _count_person(person, width):
    title = person.title if person.title != person.name else ""
    return count_lines(person.name, width) + count_lines(title, width)


def _measure_row(row, widths):
    """The height of a row, in millimetres."""
    width = {name: _get_cell_width(share) for name, share in widths.items()}
    lines = [
        count_lines(row.name, width["name"]),
        sum(count_lines(line, width["seats"]) for line in row.seats),
    ]
    if not row.continues:
        lines[0] += count_lines(row.town, width["name"]) + 1.2 * row.is_mayor_led
        if "kind" in width:
            lines.append(count_lines(row.kind, width["kind"]))
        if "holders" in width:
            people = sum(_count_person(person, width["holders"]) for person in row.holders)
            lines.append(people + count_lines(row.holder_text, width["holders"]))
        if "step" in width:
            lines.append(count_lines(row.step, width["step"]) + bool(row.left_date))
    return max(lines) * LINE + ROW_PADDING
