"""Which year or date a figure is of: the nearest one that its sentence gives it, if any."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.figures.dates import DateMention
from index.figures.language import alternation, read_table, words
from index.model import Span

_TABLE = read_table("calendar")
_SENTENCE_END = re.compile(r"\n|\t|(?<=[.!?]) +(?=[A-ZÀ-Þ«\"\d(])")
_OTHER_YEAR = re.compile(
    rf"(?:\b{alternation(words(_TABLE, 'comparisons'))}(?: (?:l'|la |le |les )?[^\W\d]+)?"
    rf"|\b{alternation(words(_TABLE, 'legal_acts'))}\b[^.;:,()\d]*?(?: du| de)?) *$",
    re.I,
)
_INTRODUCED = re.compile(rf"(?:\b{alternation(words(_TABLE, 'introductions'))}[ -]|\()$", re.I)
_SAME_CLAUSE = re.compile(r"(?:(?!\b(?:soit|contre|dont)\b)[^\d,;:.()]){0,70}")
_AS_AT = re.compile(r"(?<!jusqu')\bau +$|à la date du +$", re.I)
_RANGE = re.compile(r" ?[-–/] ?| à | au ")
_SECOND_FOLLOWS = re.compile(r" à [\d ,.]+[^\d;:.()]{0,30} entre ")
_FIRST_PRECEDES = re.compile(r"\bde [\d ,.]+[^\d;:.()]{0,30} à $")
_ASIDE = re.compile(r" [-–] ")
_LABELS = re.compile(r" *: *(?:[^\W\d][^\d;:.()]*)?")
_BRACKET = re.compile(r"[()]")
_YEAR_BEFORE = re.compile(rf"[^.;:()\d]{{0,30}}?{alternation(words(_TABLE, 'previous_year'))}", re.I)
_REACH = 60  # characters before a date that say what it is
_FAR = 600  # characters beyond which a date says nothing of a figure


def sentences_in(text: str) -> tuple[Span, ...]:
    """Return the sentences, lines and table cells of a plain text; together they cover all but what parts them."""
    ends = [Span(*match.span()) for match in _SENTENCE_END.finditer(text)]
    starts = [0, *(end.end for end in ends)]
    return tuple(Span(start, end) for start, end in zip(starts, [*(end.start for end in ends), len(text)], strict=True))


def period_of(text: str, sentence: Span, place: Span, dates: Sequence[DateMention]) -> str | None:
    """Return the year, range of years or date that governs the figure at `place` of a sentence; None if none does.

    A year in brackets governs only what is in the same brackets; one that compares ("par rapport à 2020") or belongs to
    a law governs nothing.
    """
    if ends := _end_of_change(text, place, dates):
        return ends.iso[:4]
    sentence = _near(sentence, place)
    nearby = dates[bisect_left(dates, sentence.start, key=_start) : bisect_left(dates, sentence.end, key=_start)]
    inside = _without_others(text, nearby)
    own = _brackets(text, sentence, place.start)
    for scope in dict.fromkeys((own, sentence)):
        near = [date for date in inside if _brackets(text, sentence, date.span.start) == scope]
        if date := _governing(text, place, near):
            return _period(text, date, inside)
    return None


def _start(date: DateMention) -> int:
    return date.span.start


def _near(sentence: Span, place: Span) -> Span:
    """Return what of a sentence is near enough to a figure to date it."""
    return Span(max(sentence.start, place.start - _FAR), max(place.end, min(sentence.end, place.end + _FAR)))


def relative_period(text: str, end: int, default_period: str | None) -> str | None:
    """Return the year before the report's for a figure ending at `end` ("contre 135 l'année précédente"); or None."""
    if default_period and default_period.isdigit() and _YEAR_BEFORE.match(text, end):
        return str(int(default_period) - 1)
    return None


def _end_of_change(text: str, place: Span, dates: Sequence[DateMention]) -> DateMention | None:
    """Return the date of one of two numbers that change "de 10 653 à 11 122 entre décembre 2020 et décembre 2021"."""
    index = bisect_left(dates, place.end, key=_start)
    if index + 1 >= len(dates) or text[dates[index].span.end : dates[index + 1].span.start] != " et ":
        return None
    between = text[place.end : dates[index].span.start]
    if _SECOND_FOLLOWS.fullmatch(between):
        return dates[index]
    return dates[index + 1] if between == " entre " and _FIRST_PRECEDES.search(text[: place.start][-_REACH:]) else None


def _before(text: str, date: DateMention) -> str:
    return text[max(0, date.span.start - _REACH) : date.span.start]


def _without_others(text: str, dates: Sequence[DateMention]) -> list[DateMention]:
    """Return the dates but those that something is compared with, dated by or counted from, with their ranges."""
    kept: list[DateMention] = []
    for previous, date in zip([None, *dates], dates, strict=False):
        ends_range = previous is not None and _RANGE.fullmatch(text, previous.span.end, date.span.start) is not None
        if not (previous not in kept if ends_range else _OTHER_YEAR.search(_before(text, date))):
            kept.append(date)
    return kept


def _governing(text: str, place: Span, dates: Sequence[DateMention]) -> DateMention | None:
    before = next((date for date in reversed(dates) if date.span.end <= place.start), None)
    if before and _LABELS.fullmatch(text, before.span.end, place.start):
        return before
    after = next((date for date in dates if date.span.start >= place.end), None)
    if after and _SAME_CLAUSE.fullmatch(text, place.end, after.span.start) and _introduces(text, after):
        return after
    return before if before and not _ASIDE.search(text, before.span.end, place.start) else None


def _introduces(text: str, date: DateMention) -> bool:
    is_day = len(date.iso) > len("2021-10")
    return bool((_AS_AT if is_day else _INTRODUCED).search(_before(text, date)))


def _period(text: str, date: DateMention, dates: Sequence[DateMention]) -> str:
    index = dates.index(date)
    for first, second in zip(dates[max(0, index - 1) :][:2], dates[max(1, index) :][:2], strict=False):
        if _RANGE.fullmatch(text, first.span.end, second.span.start):
            return "/".join(dict.fromkeys((first.iso[:4], second.iso[:4])))
    return date.iso if _AS_AT.search(_before(text, date)) else date.iso[:4]


def _brackets(text: str, sentence: Span, position: int) -> Span:
    """Return the innermost brackets around `position`, else the whole sentence."""
    open_at: list[int] = []
    for bracket in _BRACKET.finditer(text, sentence.start, position):
        if bracket.group() == "(":
            open_at.append(bracket.start())
        elif open_at:
            open_at.pop()
    if not open_at:
        return sentence
    close = text.find(")", position, sentence.end)
    return Span(open_at[-1], sentence.end if close < 0 else close)
