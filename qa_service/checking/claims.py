"""The figures that a draft states, each with the words around it that say of what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.figures import bare_numbers, figures_in, months_in, shares_in
from index.figures.reading import figures_with_own_period
from index.french.sentences import sentences
from index.model import Figure, FigureKind, Span
from qa_service.checking.clauses import words_about

_ITEM = re.compile(r"\s*(?:[-–•*·▪►>]|\d{1,2}[.)])\s|[^|]*\|")  # a list item, or a row of a Markdown table
_ENDED = re.compile(r"[.!?…]\W*$")  # a sentence that introduces no list
_SEMICOLON = re.compile(r" ?; ")
_RULE = re.compile(r"[\s|:-]*")
_LONGEST_TITLE = 150  # characters of a first line that tells what the whole draft is about
_NEAR = 400  # characters around a figure beyond which a sentence says nothing of it
_BEFORE = 2  # sentences before a figure's own that may hold its subject
_REACH = 20  # characters before a year that say which part of it
_YEAR = re.compile(r"\d{4}")
_WRITTEN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR_YEAR = 80
_SEASON = re.compile(r"\b(?:printemps|été|automne|hiver|rentrée|trimestre|semestre) $", re.IGNORECASE)
_MOMENT = re.compile(rf"{_SEASON.pattern}|\b(?:ici(?: à)?|horizon|fin|début|mi)[ -]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A figure of a draft: `sentence` is the place of the sentence, list item or table row that states it.

    `clause` is what of the sentence is about this figure and no other, `told` the whole sentence, both without the figure;
    `before` what comes first, `title` the first line of the draft ("" where the sentence stands in it).
    """

    figure: Figure
    sentence: Span
    clause: str
    told: str
    before: str = ""
    title: str = ""


def claims_in(text: str, *, period: str) -> tuple[Claim, ...]:
    """Return the figures that a draft states, in reading order; `period` is the reports' own.

    A year that only says of when something is ("en 2021, 165 jeunes") states nothing by itself.
    """
    uniform = text.replace("|", "\t")  # a table in Markdown is read as one: cell by cell
    figures = _figures(uniform, period)
    lines = list(_lines(text))
    starts = [line.start for line in lines]
    inside: dict[int, list[Figure]] = {}
    for figure in figures:
        inside.setdefault(bisect_right(starts, figure.span.start) - 1, []).append(figure)
    return tuple(
        _claim(text, lines, number, figure, found)
        for number, found in inside.items()
        for figure in found
        if not _only_dates(text, figure, found, period)
    )


def _figures(text: str, period: str) -> Sequence[Figure]:
    """Return the figures of a draft in reading order, with the months without a year and the shares ("un sur quatre")."""
    found = list(shares_in(text))
    # "L'an passé" is the year before the report's, but a day without a year may be of any.
    periods = {figure.span: figure.period for figure in figures_with_own_period(text, offset=0, default_period=period)}
    for figure in (*figures_in(text, default_period=None), *months_in(text)):
        if not any(_touch(figure, other) for other in found):
            is_dated = _WRITTEN_YEAR.search(text, figure.span.end, figure.span.end + _NEAR_YEAR)  # "l'an passé (2021)"
            found.append(figure if is_dated else replace(figure, period=periods.get(figure.span)))
    found += [number for number in bare_numbers(text) if not any(_touch(number, figure) for figure in found)]
    return sorted(found, key=lambda figure: figure.span)


def _touch(one: Figure, other: Figure) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _lines(text: str) -> Iterator[Span]:
    """Yield the sentences, list items and table rows of a draft; what parts them is in none."""
    start = 0
    for line in text.split("\n"):
        if not _RULE.fullmatch(line):
            whole = Span(start, start + len(line))
            parts = [whole] if _ITEM.match(line) else [_moved(part, start) for part in sentences(line)]
            yield from (clause for part in parts for clause in _clauses(text, part))
        start += len(line) + 1


def _clauses(text: str, part: Span) -> Iterator[Span]:
    """Yield what semicolons part: each says something of its own."""
    start = part.start
    for mark in _SEMICOLON.finditer(text, part.start, part.end):
        yield Span(start, mark.end())
        start = mark.end()
    yield Span(start, part.end)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _only_dates(text: str, figure: Figure, others: Sequence[Figure], period: str) -> bool:
    """Tell whether a date is but the year of what stands beside it, the year that the report is of, or the head of a column."""
    if figure.kind is not FigureKind.DATE or not _YEAR.fullmatch(figure.date or ""):
        return False
    year, before = str(figure.date), text[max(0, figure.span.start - _REACH) : figure.span.start]
    if year == period[:4]:
        return not _SEASON.search(before)
    beside = any(other.kind is not FigureKind.DATE for other in others)
    heads = len(others) > 1 and not beside and all(_YEAR.fullmatch(other.date or "") for other in others)
    return heads or (beside and not _MOMENT.search(before) and year < period[:4])


def _claim(text: str, lines: Sequence[Span], number: int, figure: Figure, others: Sequence[Figure]) -> Claim:
    line = Span(min(lines[number].start, figure.span.start), max(lines[number].end, figure.span.end))
    near = Span(max(line.start, figure.span.start - _NEAR), min(line.end, figure.span.end + _NEAR))
    header = _header_over(text, lines[:number], figure.span, line)
    if _YEAR.fullmatch(header) and figure.kind is not FigureKind.DATE:
        figure = replace(figure, period=header)
    about = words_about(text, figure.span, [other.span for other in others if other is not figure], line)
    title = lines[0].of(text)
    return Claim(
        figure=figure,
        sentence=line,
        clause=" ".join((header, _row_head(text, figure.span, line), *about)),
        told=f"{header} {text[near.start : figure.span.start]} {text[figure.span.end : near.end]}",
        before=" ".join(span.of(text) for span in _leading(text, lines, number)),
        title=title if number and len(title) <= _LONGEST_TITLE else "",
    )


def _leading(text: str, lines: Sequence[Span], number: int) -> Sequence[Span]:
    """Return what may hold the subject of a sentence: the sentences before it, or what introduces its list."""
    if _ITEM.match(lines[number].of(text)):
        before = [line for line in lines[:number] if not _ITEM.match(line.of(text))][-1:]
        return [line for line in before if not _ENDED.search(line.of(text))]
    return [line for line in lines[max(0, number - _BEFORE) : number] if not _ITEM.match(line.of(text))]


def _header_over(text: str, before: Sequence[Span], figure: Span, row: Span) -> str:
    """Return what a Markdown table says of a cell: the head of its column and of its row, "" outside a table."""
    cells = row.of(text).strip().strip("|").split("|")
    column = text.count("|", row.start, figure.start) - row.of(text).lstrip().startswith("|")
    rows = [line.of(text) for line in before]
    first = next((place for place in range(len(rows), 0, -1) if "|" not in rows[place - 1]), 0)
    if len(cells) < 2 or first == len(rows):
        return ""
    heads = rows[first].strip().strip("|").split("|")
    return heads[column].strip() if column < len(heads) else ""


def _row_head(text: str, figure: Span, row: Span) -> str:
    """Return the first cell of a table's row for a figure in a later one."""
    first, bar, _ = text[row.start : figure.start].strip().strip("|").partition("|")
    return first.strip() if bar else ""
