"""What else a report gives for the figure of an answer: another year or date, before or after tax, the total or its parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from index.auditing import FindingCode
from index.auditing.sums import totals_in
from index.french.writing import period_in_french
from index.model import Figure, FigureKind, Span
from index.store.report_index import ReportIndex
from qa_service.model import Alternative, Citation
from qa_service.references import readable

_MOST = 4


def alternatives_to(figure: Figure, index: ReportIndex) -> tuple[Alternative, ...]:
    """Return the other figures that whoever quotes this one should know of, the ones that contradict it first."""
    readings = (_contradicting, _of_other_years, _taxed_otherwise, _wholes)
    found = dict(chain.from_iterable(reading(figure, index) for reading in readings))
    first = enumerate(islice(found.items(), _MOST), start=1)
    return tuple(_alternative(number, text, span, index) for number, (text, span) in first)


def _alternative(number: int, text: str, figure: Span, index: ReportIndex) -> Alternative:
    passage, sentence = index.sentence_around(figure)
    quote = sentence.of(index.document.text)
    return Alternative(text=text, citation=Citation(number=number, passage=passage, quote=quote, span=sentence))


def _contradicting(figure: Figure, index: ReportIndex) -> Iterator[tuple[str, Span]]:
    for finding in index.findings:
        if finding.code is FindingCode.DATES and figure.span in finding.figures:
            for other in finding.figures:
                if other != figure.span:
                    yield f"Ailleurs dans le rapport : {readable(other.of(index.document.text))}", other


def _of_other_years(figure: Figure, index: ReportIndex) -> Iterator[tuple[str, Span]]:
    """Yield what the report gives for other years, the nearest first."""
    for evolution in index.evolutions:
        if evolution.is_dated and any(point.span == figure.span for point in evolution.points):
            others = [point for point in evolution.points if point.span != figure.span]
            for point in sorted(others, key=lambda point: _years_apart(point, figure)):
                printed, period = _printed(point), period_in_french(point.period)
                yield printed if period in printed else f"{_capital(period)} : {printed}", point.span


def _years_apart(one: Figure, other: Figure) -> int:
    return abs(int((one.period or "0")[:4]) - int((other.period or "0")[:4]))


def _taxed_otherwise(figure: Figure, index: ReportIndex) -> Iterator[tuple[str, Span]]:
    """Yield the same amount before or after tax: the next one of its sentence that says the other."""
    if figure.kind is not FigureKind.MONEY:
        return
    sentence = index.sentence_around(figure.span)[1]
    for other in index.figures_within(sentence):
        taxes = {figure.unit.removeprefix("EUR "), other.unit.removeprefix("EUR ")}
        if other.kind is FigureKind.MONEY and taxes == {"HT", "TTC"}:
            yield f"{other.unit.removeprefix('EUR ')} : {readable(other.text)}", other.span


def _wholes(figure: Figure, index: ReportIndex) -> Iterator[tuple[str, Span]]:
    """Yield the total that a figure is a part of, or the parts that make it."""
    sentence = index.sentence_around(figure.span)[1]
    for total, parts in totals_in(index.document.text, index.figures_within(sentence)):
        if figure.span == total.span:
            yield from ((f"Dont : {_printed(part)}", part.span) for part in parts)
        elif any(part.span == figure.span for part in parts):
            yield f"Total : {_printed(total)}", total.span


def _printed(figure: Figure) -> str:
    text = readable(figure.text)
    what = figure.label or figure.unit
    return f"{text} {what}".strip() if figure.kind is FigureKind.COUNT else text


def _capital(text: str) -> str:
    return f"En {text}" if text.isdigit() else text[:1].upper() + text[1:]
