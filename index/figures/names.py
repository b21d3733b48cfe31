"""Numbers that belong to a name: what is no figure though it is written in digits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.figures.language import NAME_BLANK, alternation, blank, read_table, words
from index.figures.units import measure_after
from index.model import Span

_TABLE = read_table("identifiers")
_CONTENTS_LINES = 4  # a contents page has at least this many lines; a list of counts rarely rises line after line
_TITLE_WORDS = 6  # a longer quotation is what somebody said, with figures of its own

# Before dates are read: these hold digits that look like years and days.
_CODES = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]+@\S+"  # addresses
    r"|\b[Nn](?:°|º|os?\.|o(?=[ .]?\d)|um[ée]ro) ?\d[\w/-]*"  # "n°2021-175"
    r"|\b[LRDA]\*?(?:\. ?\d|\d{3})[\d.]*(?: ?- ?\d+)*"  # "L.229-26", "L2224 - 5"
    r"|(?<!\d)0\d(?:[ .]\d{2}){4}(?!\d)"  # telephone
    r"|(?<![\w-])(?:[\dA-Z_]+-){3,}[\w-]+"  # "075-123456789-C12_D3-FR"
    r"|\[\d{1,3}\]|\(\d\)"  # footnote marks
    r"|(?<![\d/])7 ?j? ?/ ?7(?: ?j\b)?|(?<![\d/])24 ?h? ?/ ?24(?: ?h\b)?"
)
_HEADING_NUMBERS = re.compile(
    r"^[ \f>]*(?:- )?"
    r"(?:\d{1,2}(?:\.\d{1,2})*(?: ?[-–.)](?= +[^\W\d])|[.)](?= *$))|\d{1,2}(?:\.\d{1,2})+(?= +[A-ZÀ-Þ][^\W\d]))",
    re.MULTILINE,
)
_ZONE = re.compile(rf"\b{alternation(words(_TABLE, 'zones'))} (?:des|de l'an) \d+(?! *[^\W\d_]{{3}})")
# After dates are read.
_CLOCK = re.compile(
    r"(?:(?<=\bde )|(?<=\bentre )|(?<=\bà )|(?<=\bet ))\d{1,2} ?h(?:\d\d)?(?= (?:à|et) \d{1,2} ?h)"
    r"|(?<=\d h à )\d{1,2} ?h\b|(?<=\dh à )\d{1,2} ?h(?:\d\d)?\b|(?<=\bà )\d{1,2} ?h\b|\b\d{1,2} ?h ?\d\d\b"
)
_POSTCODE = re.compile(r"(?<!\d)(?<!\d )\d{5}(?= [A-ZÀ-Þ])")
_ADDRESS = re.compile(rf"(?<![\d ])\d{{1,4}}(?: ?(?:bis|ter))?,? (?={alternation(words(_TABLE, 'streets'))} )", re.I)
_PROPER_NAME = re.compile(r"(?<=[\w,)] )Les \d+(?= [A-ZÀ-Þ])")  # "la résidence Les 3 Chênes"
_SMALL = r"\d{1,3}(?:[/-]\d{1,3})?(?![\d.,]\d)(?! \d{3}(?!\d))"
_NUMBERED = re.compile(
    rf"\b{alternation(words(_TABLE, 'nouns'))}s? (?:du |au )?{_SMALL}(?:(?: et | à |/){_SMALL}(?! [^\W\d]+[sx]\b))*",
    re.I,
)
_TITLE = re.compile(r"«([^«»\n]{1,80})»|\"([^\"\n]{1,80})\"|“([^“”\n]{1,80})”")
_CONTENTS_ENTRY = re.compile(r"(?:- )?(?P<page>\d{1,3}) [A-ZÀ-Þ]")


def blank_codes(text: str) -> str:
    """Return a plain text with references, addresses and heading numbers blanked, of the same length."""
    spans = [Span(*match.span()) for pattern in (_CODES, _HEADING_NUMBERS, _ZONE) for match in pattern.finditer(text)]
    return blank(text, [*spans, *contents_pages(text)], NAME_BLANK)


def blank_names(text: str) -> str:
    """Return a plain text, its dates blanked already, with hours of the day, places and titles blanked."""
    patterns = (_CLOCK, _POSTCODE, _ADDRESS, _PROPER_NAME)
    spans = [Span(*match.span()) for pattern in patterns for match in pattern.finditer(text)]
    return blank(text, [*spans, *_numbered(text), *_titles(text)], NAME_BLANK)


def _numbered(text: str) -> Iterable[Span]:
    """Yield "phase 2", "lots 12/14 et 4"; a unit makes it a measure after all ("DN 125 mm")."""
    return (Span(*match.span()) for match in _NUMBERED.finditer(text) if not measure_after(text, match.end()))


def _titles(text: str) -> Iterable[Span]:
    """Yield short quotations: "« 1 000 jardins »" names a programme and counts nothing."""
    return (Span(*match.span()) for match in _TITLE.finditer(text) if len(match.group().split()) <= _TITLE_WORDS + 2)


def contents_pages(text: str) -> Iterable[Span]:
    """Yield the page numbers of a plain text's contents page: lines "5 Title" or "- 5 Title" that only rise."""
    run: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        entry = _CONTENTS_ENTRY.match(line.group())
        page = entry and Span(line.start() + entry.start("page"), line.start() + entry.end("page"))
        if page and (not run or int(page.of(text)) > int(run[-1].of(text))):
            run.append(page)
            continue
        yield from run if len(run) >= _CONTENTS_LINES else ()
        run = [page] if page else []
    yield from run if len(run) >= _CONTENTS_LINES else ()
