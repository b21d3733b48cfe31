"""Gaps: questions that people ask on a subject of the report and that the report does not answer, in many wordings.

The counterpart of the fact cards, shipped with the report as `gaps.jsonl`: a careful reader's note that the figure, the name or
the year is not there. A gap quotes what the report does say nearest to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from index.model import Document, Span
from index.quoted import place_of, read_lines

NAME = "gaps.jsonl"


class Missing(StrEnum):
    """What a report leaves open on a subject of which it speaks."""

    YEAR = "year"
    PLACE = "place"
    PERSON = "person"
    DATE = "date"
    AMOUNT = "amount"
    COUNT = "count"
    BREAKDOWN = "breakdown"
    TOTAL = "total"
    REASON = "reason"
    CONTACT = "contact"
    PRACTICAL = "practical"
    DETAIL = "detail"
    RESULT = "result"
    COMPARISON = "comparison"
    FUTURE = "future"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Questions that the report does not answer; `quote`, at `span`, is what it says nearest to them."""

    quote: str
    span: Span
    missing: Missing
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCard:
    """A line of `gaps.jsonl`; `section` is the title of the section of the quote, which may occur in several."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    quote: str
    section: str
    missing: Missing
    questions: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.quote.strip() or not self.questions:
            raise ValueError("a gap needs a quote and a question")


_ADAPTER = TypeAdapter(GapCard)


def read_gaps(path: Path) -> tuple[GapCard, ...]:
    """Return the gaps of a file; () if there is no such file.

    Raises:
        FactsError: a line is no gap; the message gives its number.
    """
    return read_lines(path, _ADAPTER, "une lacune")


def placed_gaps(cards: tuple[GapCard, ...], document: Document) -> tuple[Gap, ...]:
    """Return the gaps with the places of their quotes, in the order given.

    Raises:
        FactsError: a quote is not verbatim; the message gives the first one.
    """
    return tuple(
        Gap(
            quote=card.quote,
            span=place_of(card.quote, card.section, document),
            missing=card.missing,
            questions=card.questions,
        )
        for card in cards
    )
