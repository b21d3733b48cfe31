"""Two dates for the end of the same works: an opening in one place of the report, a later one in another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.auditing.finding import Certainty, Finding, FindingCode
from index.french.folding import fold
from index.french.tokens import terms
from index.model import Figure, FigureKind, Passage, Span, Unit

_DONE = re.compile(
    r"\b(?:ouvertur|ouvrira|ouvrir|livr|achev|inaugur|mises? en (?:service|exploitation)|reprise d'activite|realiser"
    r"|termin|fin des travaux|recept)"
)
_OF_STUDIES = re.compile(r"\b(?:etude|conception|concours|consultation|procedure)")  # an end too, but of what comes before
_LONGEST_LABEL = 60
_REACH = 80  # characters before a date in which it is said what happens then
_PART_PRINTED = re.compile(
    r"(?:(?:premier|dernier|second|deuxième|troisième|quatrième|1er) (?:trimestre|semestre)|fin|début) $", re.IGNORECASE
)
_PARTS = (
    (re.compile(r"\b(?:premier|1er|1\^\{er\}) trimestre (?:de )?$"), 1, 3),
    (re.compile(r"\b(?:deuxieme|second|2e|2eme) trimestre (?:de )?$"), 4, 6),
    (re.compile(r"\b(?:troisieme|3e|3eme) trimestre (?:de )?$"), 7, 9),
    (re.compile(r"\b(?:quatrieme|dernier|4e|4eme) trimestre (?:de )?$"), 10, 12),
    (re.compile(r"\b(?:premier|1er|1\^\{er\}) semestre (?:de )?$"), 1, 6),
    (re.compile(r"\b(?:second|deuxieme|2e|2eme) semestre (?:de )?$"), 7, 12),
    (re.compile(r"\bfin (?:de )?$"), 9, 12),
    (re.compile(r"\bdebut (?:de )?$"), 1, 4),
)


@dataclass(frozen=True, slots=True)
class _End:
    """The date of an end, from its first to its last day, with the stems of its title: names of places, and what is there."""

    figure: Figure
    first: str
    last: str
    names: frozenset[str]
    words: frozenset[str]


def contradicting_dates(
    text: str, passages: Sequence[Passage], figures: Mapping[str, Sequence[Figure]], places: Iterable[str]
) -> Iterator[Finding]:
    """Yield each pair of ends, of one thing in one of `places`, of which no day is in both."""
    names = frozenset(terms(" ".join(places)))
    ends = [end for passage in passages for unit in passage.units for end in _ends(text, passage, unit, figures, names)]
    for one, other in combinations(ends, 2):
        apart = one.last < other.first or other.last < one.first
        if apart and one.names & other.names and one.words & other.words:
            yield Finding(
                code=FindingCode.DATES,
                figures=(one.figure.span, other.figure.span),
                text=f"Deux échéances pour la même chose : {_printed(text, one)} ici, {_printed(text, other)} ailleurs.",
                certainty=Certainty.LIKELY,
            )


def _ends(
    text: str, passage: Passage, unit: Unit, figures: Mapping[str, Sequence[Figure]], names: frozenset[str]
) -> Iterator[_End]:
    for figure in figures.get(passage.id, ()):
        if figure.kind is not FigureKind.DATE or figure.span not in unit.span or not (figure.date or "-")[0].isdigit():
            continue
        before = fold(text[max(unit.span.start, figure.span.start - _REACH) : figure.span.start]) + " "
        if _DONE.search(before) and not _OF_STUDIES.search(before):
            words = frozenset(terms(_title(passage, unit)))
            yield _End(figure, *_days(figure.date or "", before), words & names, words - names)


def _title(passage: Passage, unit: Unit) -> str:
    """Return what introduces a unit, or its own label ("Piscine : …"), else its headings."""
    label, colon, _ = unit.text.partition(" :")
    own = label if colon and len(label) <= _LONGEST_LABEL else ""
    return unit.introduction or own or f"{passage.heading} {passage.section_path[-1]}"


def _days(date: str, before: str) -> tuple[str, str]:
    """Return the first and the last day that an ISO 8601 date, with the words before it, may mean."""
    first, last = 1, 12
    if len(date) == len("2021"):
        first, last = next(((start, end) for part, start, end in _PARTS if part.search(before)), (first, last))
    elif len(date) == len("2021-01"):
        first = last = int(date[5:])
    else:
        return date, date
    year = date[:4]
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(int(year), last)[1]}"


def _printed(text: str, end: _End) -> str:
    """Return a date with the part of the year before it."""
    start = end.figure.span.start
    lead = _PART_PRINTED.search(text[max(0, start - _REACH) : start])
    return Span(start - len(lead.group()) if lead else start, end.figure.span.end).of(text)
