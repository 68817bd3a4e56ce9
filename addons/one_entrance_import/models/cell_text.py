import re
import unicodedata

# Spaces that do not break, and marks that nobody sees.
SPACES = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"), " ")
UNSEEN = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"))


def one_form(text):
    """:return: a text in the form cells are kept in: composed letters, common spaces, and none around it"""
    return unicodedata.normalize("NFC", text).translate(SPACES | UNSEEN).strip()


def compared(text):
    """:return: a text as it is compared: in one form, in small letters, with one space between words"""
    return " ".join(one_form(text or "").casefold().split())


def company_number(text):
    """:return: a company's number as it is compared: of a Danish one, its digits"""
    return re.sub(r"[\W_]", "", compared(text)).removeprefix("dk")
