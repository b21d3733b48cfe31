"""The register: every figure of the indexed reports with the sentence that prints it, to be searched and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.auditing import Finding
from index.french.folding import fold
from index.french.tokens import terms
from index.model import Document, Figure, FigureKind, Passage, Span
from index.store.report_index import ReportIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure with where it stands: `sentence` is the sentence, item or table row of the report around it, `sections` are the
    ids of all sections that it is in, `findings` what is wrong with it.
    """

    figure: Figure
    document: Document
    passage: Passage
    sentence: Span
    sections: frozenset[str]
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The sentence as the report prints it."""
        return self.sentence.of(self.document.text)


class Order(StrEnum):
    """What rows are sorted by: a column, or the place in the report, those first that count what was searched for."""

    PLACE = "place"
    VALUE = "value"
    PERIOD = "period"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows are wanted: each field left empty lets all pass.

    `words` must all stand in the sentence, its titles or what the figure counts, whatever their endings; `section` is the id
    of a section, those below it included; `period` is a year or an ISO 8601 date that the figure's period begins with;
    `with_findings` leaves only figures with something wrong.
    """

    words: str = ""
    kind: FigureKind | None = None
    unit: str = ""
    period: str = ""
    section: str = ""
    document: str = ""
    with_findings: bool = False
    order: Order = Order.PLACE
    descending: bool = False


class Register:
    """Immutable; safe to share between threads."""

    def __init__(self, reports: Iterable[ReportIndex]) -> None:
        self._rows = [row for report in reports for row in rows_of(report)]
        self._by_place = {(row.document.slug, row.figure.span): row for row in self._rows}
        self._terms = [_terms_of(row) for row in self._rows]

    def row(self, document: str, place: Span) -> Row | None:
        """Return the row of the figure at that place in the report of that slug, None if there is none."""
        return self._by_place.get((document, place))

    def search(self, wanted: Wanted) -> tuple[Row, ...]:
        """Return the rows wanted, in the order asked for."""
        words = set(terms(wanted.words))
        found = [row for row, told in zip(self._rows, self._terms, strict=True) if words <= told and _passes(row, wanted)]
        if wanted.order is not Order.PLACE:
            found.sort(key=lambda row: _sort_key(row, wanted.order), reverse=wanted.descending)
            if wanted.order is Order.VALUE:  # dates have none: last, whichever way the values run
                found.sort(key=lambda row: row.figure.value is None)
        else:
            found.sort(key=lambda row: not words <= set(terms(row.figure.label)), reverse=wanted.descending)
        return tuple(found)

    def units(self) -> tuple[str, ...]:
        """Return the units in use, the commonest first."""
        counts = Counter(row.figure.unit for row in self._rows if row.figure.unit)
        return tuple(unit for unit, _ in counts.most_common())


def rows_of(report: ReportIndex) -> Iterator[Row]:
    """Yield the rows of one report in reading order."""
    inside = _sections_around(report.document)
    for figure in report.figures:
        passage = report.passage(figure.passage_id)
        if passage is None:
            continue
        unit = next((unit for unit in passage.units if figure.span in unit.span), None)
        yield Row(
            figure=figure,
            document=report.document,
            passage=passage,
            sentence=unit.span if unit else figure.span,
            sections=frozenset(inside[passage.section_id]),
            findings=tuple(finding for finding in report.findings if figure.span in finding.figures),
        )


def _sections_around(document: Document) -> dict[str, set[str]]:
    """Return for each section its own id and those of the sections around it."""
    around: dict[str, set[str]] = {}
    for section in document.walk():
        for below in section.walk():
            around.setdefault(below.id, set()).add(section.id)
    return around


def _terms_of(row: Row) -> frozenset[str]:
    titles = (*row.passage.section_path, *row.passage.headings)
    return frozenset(terms(" ".join((*titles, row.figure.label, row.figure.unit, row.figure.text, row.text))))


def _passes(row: Row, wanted: Wanted) -> bool:
    figure = row.figure
    return bool(
        wanted.kind in (None, figure.kind)
        and (not wanted.unit or fold(wanted.unit) == fold(figure.unit))
        and (not wanted.period or _covers(figure.period or figure.date or "", wanted.period))
        and (not wanted.section or wanted.section in row.sections)
        and (row.findings or not wanted.with_findings)
        and wanted.document in ("", row.document.slug)
    )


def _covers(period: str, wanted: str) -> bool:
    """Tell whether a period is the one wanted, in it, or a range of years with it inside."""
    first, _, last = period.partition("/")
    return first.startswith(wanted) or bool(last and first[:4] <= wanted[:4] <= last[:4])


def _sort_key(row: Row, order: Order) -> tuple[str, Decimal]:
    figure = row.figure
    match order:
        case Order.VALUE:  # by unit first: euros and tonnes have no common order
            return (fold(figure.unit), figure.value or Decimal())
        case Order.PERIOD:
            return (figure.period or figure.date or "", Decimal())
        case _:
            return (fold(figure.label), Decimal())
