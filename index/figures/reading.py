"""The figures of one stretch of text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from index.figures.context import is_house_number, is_part_of_word
from index.figures.dates import DateMention, dates_in, months_alone
from index.figures.labels import label_of
from index.figures.language import DATE_BLANK, NAME_BLANK, blank, plain
from index.figures.names import blank_codes, blank_names
from index.figures.numerals import numerals_in
from index.figures.periods import period_of, relative_period, sentences_in
from index.figures.qualifiers import qualifier_of
from index.figures.quantities import quantities_in
from index.model import Figure, FigureKind, Span

_LEAST_BARE = 10
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODED = re.compile(r"(?:\bn°|\bno|\barticles?|\bart\.|\bpages?|\bp\.|\brue|\bavenue|\d\d|\b(?-i:[A-Z]))[ .-]?$", re.IGNORECASE)


def figures_in(text: str, *, offset: int = 0, default_period: str | None) -> tuple[Figure, ...]:
    """Return the figures of `text` in reading order.

    Args:
        text: as printed; a figure's text is `text[span.start - offset : span.end - offset]`.
        offset: where `text` begins in its document: spans are counted from there.
        default_period: the year, or range, of what the text gives no year; a day without a year is of it too.
    """
    figures = figures_with_own_period(text, offset=offset, default_period=default_period)
    return tuple(
        figure if figure.kind is FigureKind.DATE or figure.period else replace(figure, period=default_period)
        for figure in figures
    )


def months_in(text: str) -> tuple[Figure, ...]:
    """Return the months without a year that `text` gives as dates, which `figures_in` does not read."""
    return tuple(_date_figure(text, month, 0) for month in months_alone(plain(text)))


def bare_numbers(text: str) -> Iterator[Figure]:
    """Yield the numbers in digits of which nothing tells what they count ("elle en a traité 250"): no years, no codes, no parts
    of a telephone number. `figures_in` leaves them out: in a report they are mostly names.
    """
    uniform = blank_names(blank_codes(plain(text)))
    for numeral in numerals_in(uniform):
        printed = numeral.span.of(uniform)
        near = uniform[max(0, numeral.span.start - 12) : numeral.span.start]
        is_name = is_part_of_word(uniform, numeral.span) or is_house_number(uniform, numeral.span.end)
        is_code = is_name or bool(_CODED.search(near)) or printed.startswith("0")
        if numeral.form is None and numeral.value >= _LEAST_BARE and not is_code and not _YEAR.fullmatch(printed):
            yield Figure(text=numeral.span.of(text), value=numeral.value, unit="", kind=FigureKind.COUNT, span=numeral.span)


def figures_with_own_period(text: str, *, offset: int, default_period: str | None) -> tuple[Figure, ...]:
    """Return the figures of `text` as `figures_in` does, with no period where the text itself gives none."""
    uniform = plain(text)
    without_codes = blank_codes(uniform)
    dates = dates_in(without_codes, default_year=default_period[:4] if default_period else None)
    numbers = blank_names(blank(without_codes, [date.span for date in dates], DATE_BLANK))
    quantities = quantities_in(numbers)
    numbers_blanked = blank(uniform, [quantity.span for quantity in quantities], NAME_BLANK)
    sentences = sentences_in(uniform)
    found = [_date_figure(text, date, offset) for date in dates]
    for quantity in quantities:
        sentence = sentences[bisect_right(sentences, quantity.span.start, key=_start) - 1]
        period = period_of(without_codes, sentence, quantity.span, dates)
        figure = Figure(
            text=quantity.span.of(text),
            value=quantity.value,
            unit=quantity.unit,
            kind=quantity.kind,
            span=_moved(quantity.span, offset),
            period=relative_period(without_codes, quantity.after, default_period) or period,
            qualifier=qualifier_of(numbers, quantity),
            label=label_of(uniform, numbers_blanked, sentence, quantity),
        )
        found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.span))


def _start(span: Span) -> int:
    return span.start


def _date_figure(text: str, date: DateMention, offset: int) -> Figure:
    return Figure(
        text=date.span.of(text),
        value=None,
        unit="",
        kind=FigureKind.DATE,
        span=_moved(date.span, offset),
        date=date.iso,
    )


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
