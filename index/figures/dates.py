"""The dates of a text: days, months, bare years, school years and lists such as "8,9 et 10 décembre 2021"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.figures.language import alternation, read_table
from index.figures.nouns import noun_after
from index.figures.units import measure_after
from index.model import Span

_TABLE = read_table("calendar")


def _months() -> dict[str, int]:
    months = _TABLE["months"]
    rows = months if isinstance(months, list) else []
    return {str(form): number for number, row in enumerate(rows, 1) if isinstance(row, list) for form in row}


_MONTHS = _months()
_MONTH = rf"(?:{alternation(_MONTHS)}(?!\w))"
_YEAR = r"(?:19|20)\d{2}(?!\w)(?![.,]\d)"
_DAY = r"(?<!\d)(?:3[01]|[12]\d|0?[1-9])(?:ers?|\^\{ers?\})?"
_ANY_YEAR = r"(?:1[89]|20)\d{2}(?!\w)(?![.,]\d)"  # beside a month; alone, 1850 is a count
_REACH = 300  # characters before a day in which its year is looked for
_STEP = r"(?: ?, ?| et | au | à | ?[-–] ?)"
_DAYS = re.compile(rf"(?<![\w.])(?P<days>{_DAY}(?:{_STEP}{_DAY}){{0,11}}) (?P<month>{_MONTH})(?: (?P<year>{_ANY_YEAR}))?", re.I)
_MONTH_LIST = re.compile(rf"(?<!\w)(?P<months>{_MONTH}(?:{_STEP}{_MONTH}){{0,11}}) (?P<year>{_ANY_YEAR})", re.I)
_MONTH_ALONE = re.compile(
    rf"(?:\b(?:en|dès|depuis|fin|début|mi|d'ici|à partir de|courant)[ -]|^ *[-•*] )(?P<month>{_MONTH})(?! \d)", re.I | re.M
)
_NUMERIC = re.compile(r"(?<![\w/.-])(3[01]|[12]\d|0?[1-9])[/.](1[0-2]|0?[1-9])[/.]((?:19|20)\d{2})(?![\w/])")
_ISO = re.compile(r"(?<![\w-])((?:19|20)\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
_DECADE = re.compile(r"\bannées (?P<decade>(?:19|20)?\d0)(?!\w)", re.I)
_BARE_YEAR = re.compile(
    rf"(?:(?<![\w.,'/-])|(?<=\bmi-)|(?<=\bpost-)|(?<=\d{{4}}[-/])){_YEAR}(?![-/](?!{_YEAR})\d)(?! \d{{3}}(?!\d))", re.I
)
_AFTER_YEAR_WORD = re.compile(r"\b(?:en|depuis|année|an|dès|fin|début|mi|d'ici|courant|exercice)[ -]$", re.I)
_CONNECTOR = re.compile(_STEP)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed: `iso` is cut where the text is less exact; "--11-17" is a day of a year that nothing tells."""

    span: Span
    iso: str


def dates_in(text: str, *, default_year: str | None) -> tuple[DateMention, ...]:
    """Return the dates of a plain text in reading order; a day without a year takes the year nearest to it."""
    found = [*_numeric_dates(text), *_day_dates(text, default_year)]
    found += _unclaimed(_month_dates(text), found)
    found += _unclaimed(_decades(text), found)
    found += _unclaimed(_bare_years(text), found)
    return tuple(sorted(found, key=lambda mention: mention.span))


def months_alone(text: str) -> tuple[DateMention, ...]:
    """Return the months of a plain text that no year follows, after a word that makes them a date ("dès juin"): "--06"."""
    return tuple(
        DateMention(Span(*match.span("month")), f"--{_month(match['month'])}") for match in _MONTH_ALONE.finditer(text)
    )


def _unclaimed(mentions: Sequence[DateMention], claimed: Sequence[DateMention]) -> list[DateMention]:
    taken = {place for mention in claimed for place in range(mention.span.start, mention.span.end)}
    return [mention for mention in mentions if mention.span.start not in taken and mention.span.end - 1 not in taken]


def _numeric_dates(text: str) -> list[DateMention]:
    french = [(match, f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}") for match in _NUMERIC.finditer(text)]
    iso = [(match, match.group()) for match in _ISO.finditer(text)]
    return [DateMention(Span(*match.span()), date) for match, date in french + iso]


def _day_dates(text: str, default_year: str | None) -> list[DateMention]:
    matches = list(_DAYS.finditer(text))
    return [mention for index in range(len(matches)) for mention in _list_of_days(text, matches, index, default_year)]


def _list_of_days(text: str, matches: Sequence[re.Match[str]], index: int, default_year: str | None) -> list[DateMention]:
    match = matches[index]
    year = match["year"] or _year_near(text, matches, index) or default_year or "-"
    days = list(re.finditer(_DAY, match["days"]))
    ends = [*(match.start() + day.end() for day in days[:-1]), match.end()]
    return [
        DateMention(Span(match.start() + day.start(), end), f"{year}-{_month(match['month'])}-{_number(day.group()):02}")
        for day, end in zip(days, ends, strict=True)
    ]


def _year_near(text: str, matches: Sequence[re.Match[str]], index: int) -> str | None:
    """Return the year at the end of a day's range ("du 26 novembre au 05 décembre 2021"), else the last one before."""
    for match, following in zip(matches[index:], matches[index + 1 :], strict=False):
        if not _CONNECTOR.fullmatch(text[match.end() : following.start()]):
            break
        if following["year"]:
            return str(following["year"])
    start = matches[index].start()
    years = re.findall(_YEAR, text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start])
    return str(years[-1]) if years else None


def _month_dates(text: str) -> list[DateMention]:
    return [mention for match in _MONTH_LIST.finditer(text) for mention in _list_of_months(match)]


def _list_of_months(match: re.Match[str]) -> list[DateMention]:
    months = list(re.finditer(_MONTH, match["months"], re.I))
    ends = [*(match.start() + month.end() for month in months[:-1]), match.end()]
    return [
        DateMention(Span(match.start() + month.start(), end), f"{match['year']}-{_month(month.group())}")
        for month, end in zip(months, ends, strict=True)
    ]


def _decades(text: str) -> list[DateMention]:
    return [DateMention(Span(*match.span()), _decade(match["decade"])) for match in _DECADE.finditer(text)]


def _decade(digits: str) -> str:
    """Return the three digits that ISO 8601 gives a decade; two printed digits below 30 are of this century."""
    return digits[:3] if len(digits) == 4 else f"{20 if int(digits) < 30 else 19}{digits[0]}"


def _bare_years(text: str) -> list[DateMention]:
    return [DateMention(Span(*match.span()), match.group()) for match in _BARE_YEAR.finditer(text) if _is_year(text, match)]


def _is_year(text: str, match: re.Match[str]) -> bool:
    if measure_after(text, match.end()):
        return False
    noun = noun_after(text, match.end())
    counts = noun is not None and noun.is_plural and noun.text[0].islower()
    return not counts or _AFTER_YEAR_WORD.search(text[max(0, match.start() - 20) : match.start()]) is not None


def _month(name: str) -> str:
    return f"{_MONTHS[name.lower()]:02}"


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))
