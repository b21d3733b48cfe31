"""The JSON of the register of figures, and what may be asked of it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints

from index.model import FigureKind
from qa_service.register import Order, Row, Wanted
from web.links import citation_key, report_url
from web.schemas.answers import FigureBase, Schema, WarningOut, figure_fields, place_fields

MAX_LIMIT = 200
_Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class FiguresQuery(Schema):
    """What a client asks of the register; an empty field lets all pass. `cursor` is `next_cursor` of the page before."""

    model_config = ConfigDict(extra="forbid")

    q: _Word = ""
    kind: FigureKind | None = None
    unit: _Word = ""
    period: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(\d{4}(-\d{2}){0,2})?$")] = ""
    section: _Word = ""
    document: _Word = ""
    warnings: bool = False  # only figures with a warning
    sort: Order = Order.PLACE
    descending: bool = False
    cursor: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = 50

    def wanted(self) -> Wanted:
        """Return the same for the register."""
        return Wanted(
            words=self.q,
            kind=self.kind,
            unit=self.unit,
            period=self.period,
            section=self.section,
            document=self.document,
            with_findings=self.warnings,
            order=self.sort,
            descending=self.descending,
        )


class FigureRow(FigureBase):
    """A figure of the register and the sentence that prints it; `start` and `end` are the figure's offsets in the document."""

    id: str
    document: str
    sentence: str
    section: tuple[str, ...]
    heading: str
    page_first: int | None
    page_last: int | None
    passage_id: str
    start: int
    end: int
    url: str
    warnings: tuple[WarningOut, ...]

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return a row as JSON; needs the application's context for `url`."""
        figure, passage = row.figure, row.passage
        key = citation_key(figure.span, figure.text)
        return cls(
            **figure_fields(figure),
            id=key,
            sentence=row.text,
            **place_fields(passage),
            passage_id=passage.id,
            start=figure.span.start,
            end=figure.span.end,
            url=report_url(row.document.slug, passage.id, key),
            warnings=tuple(WarningOut(code=finding.code, text=finding.text) for finding in row.findings),
        )


class FigureList(Schema):
    """A page of the register; `total` counts all rows found, `next_cursor` is None on the last page."""

    figures: tuple[FigureRow, ...]
    total: int
    next_cursor: int | None
