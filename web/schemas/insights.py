"""The JSON of what a report gives for several years, and of what in it to check before quoting."""

from __future__ import annotations

from typing import Self

from index.auditing import Certainty, Finding, FindingCode
from index.evolutions import Evolution
from index.model import Passage, Span
from index.store.report_index import ReportIndex
from web.links import citation_key, report_url
from web.schemas.answers import FigureBase, Schema, figure_fields, place_fields


class Stated(Schema):
    """Words of a report, verbatim, at offsets `start` to `end` (half-open) of the document's text."""

    document: str
    quote: str
    section: tuple[str, ...]
    heading: str
    page_first: int | None
    page_last: int | None
    start: int
    end: int
    url: str

    @classmethod
    def of(cls, report: ReportIndex, passage: Passage, span: Span) -> Self:
        """Return the words of a passage at `span`; needs the application's context for `url`."""
        quote = span.of(report.document.text)
        return cls(
            **place_fields(passage),
            quote=quote,
            start=span.start,
            end=span.end,
            url=report_url(report.document.slug, passage.id, citation_key(span, quote)),
        )


class EvolutionOut(Schema):
    """The same thing at two times or more, in the order of time.

    `difference` is the last value less the first, `percentage` the same in percent: None from nothing, and of percentages,
    whose difference is in points. `said` is the percentage that the report prints for the change, `agrees` whether it is right.
    """

    label: str
    points: tuple[FigureBase, ...]
    is_dated: bool
    difference: str
    percentage: str | None
    said: str | None
    agrees: bool | None
    source: Stated

    @classmethod
    def of(cls, evolution: Evolution, report: ReportIndex) -> Self:
        """Return an evolution as JSON; needs the application's context."""
        return cls(
            label=evolution.label,
            points=tuple(FigureBase(**figure_fields(point)) for point in evolution.points),
            is_dated=evolution.is_dated,
            difference=f"{evolution.difference:f}",
            percentage=None if evolution.percentage is None else f"{evolution.percentage:.2f}",
            said=evolution.said.text if evolution.said else None,
            agrees=evolution.agrees,
            source=Stated.of(report, evolution.passage, evolution.span),
        )


class EvolutionList(Schema):
    """What the reports give for several years, in their order."""

    evolutions: tuple[EvolutionOut, ...]


class FindingOut(Schema):
    """Something to check: `text` says in French what, with the arithmetic; `sources` are the sentences concerned."""

    code: FindingCode
    certainty: Certainty
    text: str
    figures: tuple[str, ...]
    sources: tuple[Stated, ...]

    @classmethod
    def of(cls, finding: Finding, report: ReportIndex) -> Self:
        """Return a finding as JSON; needs the application's context."""
        text = report.document.text
        sources: dict[Span, Stated] = {}
        for figure in finding.figures:
            passage, span = report.sentence_around(figure)
            sources.setdefault(span, Stated.of(report, passage, span))
        return cls(
            code=finding.code,
            certainty=finding.certainty,
            text=finding.text,
            figures=tuple(span.of(text) for span in finding.figures),
            sources=tuple(sources.values()),
        )


class FindingList(Schema):
    """What in the reports to check before quoting, in their order."""

    findings: tuple[FindingOut, ...]
