import textwrap

# A row of a table stays on one page: the printer would print the head of the table over a row that goes on from the
# page before. So a text that is longer than these lines is told in several rows.
ROW_LINES = 18


def split_rows(text, length):
    """Cut a text, which may be empty, between words into pieces for a row each; ``length`` is characters a line."""
    pieces, count = [[]], 0
    for paragraph in (text or "").splitlines():
        wrapped = textwrap.wrap(paragraph, length, break_long_words=False, break_on_hyphens=False) or [""]
        while wrapped:
            if count >= ROW_LINES:
                pieces.append([])
                count = 0
            fitting, wrapped = wrapped[: ROW_LINES - count], wrapped[ROW_LINES - count :]
            pieces[-1].append(" ".join(fitting))
            count += len(fitting)
    return ["\n".join(piece) for piece in pieces]
